import MeasureFiles
import Measures
import Testing

/// Semicolons, other separators, and commas as decimal marks.
struct TableNotationTests {
  private func reading(
    _ separator: CellSeparator? = nil, _ mark: DecimalMark = .point,
    precision: NumberPrecision = .double
  ) -> MeasureReading {
    MeasureReading(
      precision: precision, notation: TableNotation(separator: separator, decimalMark: mark))
  }

  private struct Writing: Sendable {
    let name: String
    let text: String
    let notation: TableNotation

    init(_ name: String, _ text: String, _ separator: CellSeparator?, _ mark: DecimalMark) {
      self.name = name
      self.text = text
      notation = TableNotation(separator: separator, decimalMark: mark)
    }
  }

  /// The same table in the notations that spreadsheets export.
  private static let writings: [Writing] = [
    Writing("p.csv", "x,mass\n1.5,2.25\n-.5,4\n", nil, .point),
    Writing("p.csv", "x;mass\r\n1.5;2.25\r\n-.5;4\r\n", nil, .point),
    Writing("p.csv", "\u{FEFF}x;mass\r\n1,5;2,25\r\n-0,5;4\r\n", nil, .comma),
    Writing("p.csv", "\"x\";\"mass\"\n\"1,5\";\"2,25\"\n-,5;40e-1\n", nil, .comma),
    Writing("p.csv", "x\tmass\n1,5\t2,25\n-0,5\t4\n", nil, .comma),
    Writing("p.csv", "x\tmass\n1.5\t2.25\n-0.5\t4\n", .tab, .point),
    Writing("p.csv", "x|mass\n1.5|2.25\n-0.5|4\n", .bar, .point),
    Writing("p.csv", "\"x\" \"mass\"\n1.5  \"2.25\"\n-0.5 4\n", .whiteSpace, .point),
    Writing("p.txt", "x mass\n1,5 2,25\n-0,5 4\n", nil, .comma),
    Writing("p.txt", "x; mass\n1,5; 2,25\n-0,5; 4\n", nil, .comma),
    Writing("p.txt", "x; mass\n1.5; 2.25\n-0.5; 4\n", nil, .point),
    Writing("p.tsv", "x\tmass\n1,5\t2,25\n-0,5\t4\n", nil, .comma),
  ]

  @Test(arguments: writings)
  private func sameTable(writing: Writing) throws {
    let reading = MeasureReading(notation: writing.notation)
    #expect(
      try measure(writing.text, as: writing.name, reading)
        == .histogram(Histogram([2.25, 4], at: [1.5, -0.5])))
  }

  /// With commas as marks a number keeps all its decimals, the long ones too.
  @Test func decimals() throws {
    let digits = "0,1234567890123456789012345"
    let exact = reading(precision: .decimal)
    var german = exact
    german.notation = TableNotation(decimalMark: .comma)
    let dotted = digits.replacing(",", with: ".")
    #expect(try measure("mass\n\(digits)\n", german) == measure("mass\n\(dotted)\n", exact))
  }

  /// Where commas are decimal marks a point may be one between thousands: it is refused.
  @Test func points() throws {
    #expect(
      try message("x;mass\n1;1.234\n", reading(nil, .comma))
        == "p.csv:2:3: \"1.234\" in column mass is not a number; "
        + "say --decimal point if that is the decimal mark")
  }

  @Test func filters() throws {
    var german = reading(nil, .comma)
    german.columns = ["mass"]
    german.filters = [RowFilter(column: "x", equals: "1.5")]
    #expect(try measure("x;mass\n1,50;7\n2,5;8\n", german) == .histogram(Histogram([7])))
    german.filters = [RowFilter(column: "x", equals: "2,5")]
    #expect(try measure("x;mass\n1,50;7\n2,5;8\n", german) == .histogram(Histogram([8])))
  }

  @Test func namesOfSeparators() {
    for (text, separator) in [
      (",", CellSeparator.comma), (";", .semicolon), ("\t", .tab), ("|", .bar), (" ", .whiteSpace),
      ("semicolon", .semicolon), ("space", .whiteSpace),
    ] {
      #expect(CellSeparator(text) == separator)
    }
    #expect(CellSeparator(":") == nil)
  }

  /// R names its rows in quotes and gives these names no title: they are no numbers.
  @Test func rowNames() throws {
    let text = "\"x\" \"mass\"\n\"1\" 5 7\n\"2\" 6 8\n"
    #expect(try measure(text, as: "p.txt") == .histogram(Histogram([7, 8], at: [5, 6])))
    #expect(
      try message("x mass\n1 5 7\n2 6 8\n", as: "p.txt")
        == "p.txt:2:1: the row has 3 cells, the first row has 2; "
        + "give every row the same number of cells")
    #expect(
      try message("\"x\" \"mass\"\n\"1\" 5 7\n\"2\" 6\n", as: "p.txt").hasPrefix("p.txt:3:1: "))
    #expect(
      try message("\"x\" \"mass\"\n\"1\" 5 7\n\"2\" 6 -8\n", as: "p.txt").hasPrefix("p.txt:3:7: "))
  }
}
