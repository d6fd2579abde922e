import MeasureFiles
import Measures
import Testing

/// What rows, columns and names of a table mean.
struct TableReadingTests {
  @Test func oneColumnWithoutHeaderIsMasses() throws {
    #expect(try measure("1\n2\n3\n") == .histogram(Histogram([1, 2, 3])))
  }

  @Test func oneMassColumnIsMasses() throws {
    #expect(try measure("Mass\n1\n2\n") == .histogram(Histogram([1, 2])))
  }

  @Test func oneOtherColumnIsPointsOfEqualMass() throws {
    let measure = try measure("height\n1\n2\n4\n8\n")
    #expect(measure == .points(try PointCloud([[1], [2], [4], [8]])))
    #expect(measure.total == 1)
    #expect(measure.masses == [0.25, 0.25, 0.25, 0.25])
  }

  @Test(arguments: [
    "mass", "weight", "weights", "count", "counts", "frequency", "probability", "Count", "MASS",
  ])
  func namesOfTheMass(name: String) throws {
    let histogram = try Histogram([3, 4], at: [10, 20])
    #expect(try measure("level,\(name)\n10,3\n20,4\n") == .histogram(histogram))
    #expect(try measure("\(name),level\n3,10\n4,20\n") == .histogram(histogram))
  }

  @Test func pointsWithMasses() throws {
    let cloud = try PointCloud([[0, 1], [2, 3]], masses: [5, 6])
    #expect(try measure("x,mass,y\n0,5,1\n2,6,3\n") == .points(cloud))
  }

  @Test func pointsWithoutMasses() throws {
    #expect(try measure("x,y\n0,1\n2,3\n") == .points(PointCloud([[0, 1], [2, 3]])))
  }

  @Test func twoMassColumns() throws {
    #expect(
      try message("x,mass,count\n0,1,2\n")
        == "p.csv: the columns mass and count could both be the mass; "
        + "choose the columns to read with --columns")
    let reading = MeasureReading(columns: ["x", "count"])
    #expect(
      try measure("x,mass,count\n0,1,2\n", reading) == .histogram(Histogram([2], at: [0])))
  }

  @Test func columnsWithoutNamesNeedALayout() throws {
    let text = "0,1,2\n3,4,5\n"
    #expect(
      try message(text)
        == "p.csv: there are 3 columns without names; say with --layout what they are: "
        + "grid, points or points+mass (mass last)")
    #expect(
      try measure(text, MeasureReading(layout: .grid))
        == .grid(Grid([0, 1, 2, 3, 4, 5], shape: [2, 3])))
    #expect(
      try measure(text, MeasureReading(layout: .points))
        == .points(PointCloud([[0, 1, 2], [3, 4, 5]])))
    #expect(
      try measure(text, MeasureReading(layout: .pointsWithMass))
        == .points(PointCloud([[0, 1], [3, 4]], masses: [2, 5])))
    #expect(
      try measure("7,2\n8,5\n", MeasureReading(layout: .pointsWithMass))
        == .histogram(Histogram([2, 5], at: [7, 8])))
    #expect(
      try message("7\n8\n", MeasureReading(layout: .pointsWithMass))
        == "p.csv: points with masses need two columns or more, and there is one; "
        + "take the layout points, or none for masses")
  }

  @Test func mixedFirstRow() throws {
    #expect(
      try message("5.1,3.5,setosa\n4.9,3.0,setosa\n")
        == "p.csv:1:9: the first row mixes numbers and text: \"setosa\"; "
        + "give every column a name in a first row, or take the text out")
    #expect(
      try message("1,2,\n3,4,\n")
        == "p.csv:1:5: a cell of the first row is empty; fill it or take the comma away")
  }

  @Test func columnsAndFilters() throws {
    let iris = "length,width,species\n1,2,setosa\n3,4,virginica\n5,6,setosa\n"
    #expect(
      try message(iris)
        == "p.csv:2:5: \"setosa\" in column species is not a number; "
        + "choose the columns to read with --columns, and rows with --where")
    let setosa = try #require(RowFilter("species=setosa"))
    #expect(
      try measure(iris, MeasureReading(columns: ["length"], filters: [setosa]))
        == .points(PointCloud([[1], [5]])))
    #expect(
      try measure(iris, MeasureReading(columns: ["width", "length"]))
        == .points(PointCloud([[2, 1], [4, 3], [6, 5]])))
    // A column that chooses rows is no coordinate unless it is asked for.
    #expect(
      try measure(iris, MeasureReading(filters: [setosa]))
        == .points(PointCloud([[1, 2], [5, 6]])))
  }

  @Test func filterErrors() throws {
    let text = "x,species\n1,setosa\n"
    let rose = RowFilter(column: "species", equals: "rose")
    #expect(
      try message(text, MeasureReading(columns: ["x"], filters: [rose]))
        == "p.csv: no row has species = rose; check the value, capital letters included")
    #expect(
      try message(text, MeasureReading(columns: ["y"]))
        == "p.csv: there is no column y; the columns are x, species")
    #expect(
      try message(text, MeasureReading(columns: ["x", "x"]))
        == "p.csv: column x was asked for twice")
    #expect(
      try message("1\n2\n", MeasureReading(columns: ["x"]))
        == "p.csv: column x was asked for, but the file has no header; "
        + "give every column a name in a first row")
  }

  /// A filter takes equal text and equal numbers; its text is cut at the first `=`.
  @Test func filterValues() throws {
    let text = "x,digit,name\n1,3,\"a,b\"\n2,3.0,c=d\n4,4,\"say \"\"hi\"\"\"\n"
    func points(_ filter: String) throws -> Measure {
      try measure(text, MeasureReading(columns: ["x"], filters: [#require(RowFilter(filter))]))
    }
    #expect(try points("digit=3") == .points(PointCloud([[1], [2]])))
    #expect(try points("name=a,b") == .points(PointCloud([[1]])))
    #expect(try points("name = c=d") == .points(PointCloud([[2]])))
    #expect(try points("name=say \"hi\"") == .points(PointCloud([[4]])))
    #expect(RowFilter("digit") == nil)
    #expect(RowFilter("=3") == nil)
  }

  /// pandas writes the index of the rows as a column without a name: it is no coordinate.
  @Test func columnWithoutName() throws {
    #expect(
      try message(",x,mass\n0,5,1\n1,6,1\n")
        == "p.csv:1:1: column 1 has no name; "
        + "name it, or choose the columns to read with --columns")
    #expect(
      try measure(",x,mass\n0,5,1\n", MeasureReading(columns: ["x", "mass"]))
        == .histogram(Histogram([1], at: [5])))
  }

  /// A layout that is given says what columns are, whatever their names.
  @Test func layoutBeforeNames() throws {
    #expect(
      try measure("mass,x\n1,2\n", MeasureReading(layout: .pointsWithMass))
        == .histogram(Histogram([2], at: [1])))
    #expect(
      try measure("a,b\n1,2\n3,4\n", MeasureReading(layout: .grid))
        == .grid(Grid([1, 2, 3, 4], shape: [2, 2])))
    #expect(
      try measure("3\n4\n", MeasureReading(layout: .points)) == .points(PointCloud([[3], [4]])))
  }

  @Test func duplicateNames() throws {
    #expect(
      try message("x,y,x\n1,2,3\n")
        == "p.csv:1:5: two columns are called x; rename one of them")
  }

  @Test func tabsAndBlanks() throws {
    let cloud = try PointCloud([[0, 1], [2, 3]], masses: [5, 6])
    #expect(try measure("x\ty\tmass\n0\t1\t5\n2\t3\t6\n", as: "p.tsv") == .points(cloud))
    #expect(try measure("  x y   mass\n0 1 5  \n 2\t3 6\n", as: "p.txt") == .points(cloud))
    #expect(try measure("x, y, mass\n0,1,5\n2,3,6", as: "p.TXT") == .points(cloud))
    #expect(
      try message("x\ty\n1\t2\n")
        == "p.csv:1:2: the cells are separated by tabs, where commas are expected; "
        + "say --delimiter tab")
  }
}
