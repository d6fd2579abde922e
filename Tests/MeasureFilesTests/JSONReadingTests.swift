import MeasureFiles
import Measures
import Testing

/// Measures in JSON, and what is no JSON.
struct JSONReadingTests {
  private func read(_ text: String, layout: TableLayout? = nil) throws -> Measure {
    try measure(text, as: "p.json", MeasureReading(layout: layout))
  }

  @Test func masses() throws {
    let histogram = Measure.histogram(try Histogram([0.1, 0.2, 0.7]))
    #expect(try read("[0.1, 2e-1, 0.7]") == histogram)
    #expect(try read("\u{FEFF} {\"masses\": [0.1,0.2,\r\n0.7]} \n") == histogram)
    #expect(try read("[1, 2]", layout: .points) == .points(PointCloud([[1], [2]])))
  }

  @Test func points() throws {
    let text = #"{"masses": [5, 6], "points": [[0, 1], [2, 3]]}"#
    #expect(try read(text) == .points(PointCloud([[0, 1], [2, 3]], masses: [5, 6])))
    #expect(try read(#"{"points": [[0, 1]]}"#) == .points(PointCloud([[0, 1]])))
    #expect(
      try read(#"{"points": [[7], [8]], "masses": [1, 2]}"#)
        == .histogram(Histogram([1, 2], at: [7, 8])))
    #expect(
      try read(#"{"points": [7, 8], "masses": [1, 2]}"#)
        == .histogram(Histogram([1, 2], at: [7, 8])))
    #expect(
      try read("[[0, 1, 5]]", layout: .pointsWithMass)
        == .points(
          PointCloud([[0, 1]], masses: [5])))
  }

  @Test func grids() throws {
    #expect(
      try read(#"{"grid": [[0, 1, 2], [3, 4, 5]]}"#)
        == .grid(
          Grid([0, 1, 2, 3, 4, 5], shape: [2, 3])))
    #expect(
      try read(#"{"grid": [[[0, 1]], [[2, 3]]]}"#)
        == .grid(
          Grid([0, 1, 2, 3], shape: [2, 1, 2])))
    #expect(
      try read(#"{"spacing": [1, 2.5], "grid": [[0, 1]]}"#)
        == .grid(
          Grid([0, 1], shape: [1, 2], spacing: [1, 2.5])))
    #expect(
      try read("[[0, 1], [2, 3]]", layout: .grid)
        == .grid(
          Grid([0, 1, 2, 3], shape: [2, 2])))
  }

  /// Names may be written with escapes.
  @Test func escapes() throws {
    #expect(try read(#"{"m\u0061sses": [1]}"#) == .histogram(Histogram([1])))
  }

  @Test(arguments: [
    ("", "p.json: the file is empty; at least one number is needed"),
    ("  ", "p.json:1:3: a value is missing at the end of the text; the file must be JSON"),
    ("[1, 2", "p.json:1:6: a comma or ] is missing; the file must be JSON"),
    ("[1,\n 2,]", "p.json:2:4: no value can start here; the file must be JSON"),
    ("[1] 2", "p.json:1:5: there is text behind the end of the value; the file must be JSON"),
    ("[01]", "p.json:1:2: a number must not start with a zero before other digits"),
    ("[.5]", "p.json:1:2: no value can start here; the file must be JSON"),
    ("[1.]", "p.json:1:4: a digit is missing; the file must be JSON"),
    ("[+1]", "p.json:1:2: no value can start here; the file must be JSON"),
    ("[1e]", "p.json:1:4: a digit is missing; the file must be JSON"),
    (
      "[1, NaN]",
      "p.json:1:5: NaN is not allowed here; masses and coordinates must be finite"
    ),
    (
      "[1, -Infinity]",
      "p.json:1:5: -Infinity is not allowed here; masses and coordinates must be finite"
    ),
    ("[1e999]", "p.json:1:2: the number is beyond the largest double; scale the numbers down"),
    ("[1, \"2\"]", "p.json:1:5: a number is expected, and this is a string"),
    ("[1, null]", "p.json:1:5: a number is expected, and this is null"),
    ("[1, -2]", "p.json:1:5: the mass -2 is negative; masses must not be negative"),
    ("[0, 0]", "p.json: all 2 masses are zero; at least one must be positive"),
    ("[]", "p.json:1:1: the array is empty; at least one number is needed"),
    (
      "[[1, 2], [3]]",
      "p.json:1:10: the rows are of different length or depth; "
        + "give every row the same number of entries"
    ),
    (
      "[[1, 2]]",
      "p.json: there are 2 columns without names; say with --layout what they are: "
        + "grid, points or points+mass (mass last)"
    ),
    ("7", "p.json:1:1: an object is expected, and this is a number"),
    (
      #"{"masses": [1], "spacing": [1]}"#, "p.json:1:28: a spacing goes with a grid alone"
    ),
    (
      #"{"grid": [[1]], "spacing": [1]}"#,
      "p.json: spacings of the grid's axes: expected 2, found 1"
    ),
    ("{}", "p.json:1:1: there are no masses, points or grid"),
    (
      "{\"mass\": [1]}",
      "p.json:1:2: the name \"mass\" has no meaning here; "
        + "the names are points, masses, grid, spacing"
    ),
    ("{\"masses\": [1], \"masses\": [1]}", "p.json:1:17: the name \"masses\" stands twice"),
    (
      "{\"grid\": [[1]], \"masses\": [1]}",
      "p.json:1:10: a grid stands beside points or masses; keep one of them"
    ),
    (
      "{\"points\": [[1], [2]], \"masses\": [1]}",
      "p.json: there are 2 points and 1 masses; give each point a mass"
    ),
    (
      "{\"points\": [[1], [2]], \"masses\": [1, -1]}",
      "p.json:1:38: the mass -1 is negative; masses must not be negative"
    ),
    ("{\"masses\": [[1, 2]]}", "p.json:1:12: masses are one array of numbers"),
    ("{\"masses\" [1]}", "p.json:1:11: a colon is missing; the file must be JSON"),
    ("{masses: [1]}", "p.json:1:2: a name in quotes is missing; the file must be JSON"),
    ("{\"masses", "p.json:1:2: the string is opened and never closed"),
    ("{\"a\\q\": 1}", "p.json:1:5: an escape in a string is none of JSON's; the file must be JSON"),
    ("{\"a\\u12\": 1}", "p.json:1:6: four hexadecimal digits are missing; the file must be JSON"),
  ])
  func bad(text: String, expected: String) throws {
    #expect(try message(text, as: "p.json") == expected)
  }

  /// A text of ten thousand brackets is refused and does not exhaust the stack.
  @Test func deepNesting() throws {
    let text = String(repeating: "[", count: 10_000)
    #expect(
      try message(text, as: "p.json")
        == "p.json:1:65: arrays and objects are nested more than 64 deep; the file must be JSON")
  }

  @Test func columnsCannotBeChosen() throws {
    #expect(
      try message("[1]", as: "p.json", MeasureReading(columns: ["x"]))
        == "p.json: columns and rows cannot be chosen in such a file; "
        + "use a CSV file with a header")
    #expect(
      try message("{\"masses\": [1]}", as: "p.json", MeasureReading(layout: .grid))
        == "p.json:1:1: a layout is given, and the file says itself what it holds; "
        + "leave the layout out")
    // Beside an image, the layout grid is what a grid in JSON is anyway.
    #expect(
      try measure("{\"grid\": [[1, 2]]}", as: "p.json", MeasureReading(layout: .grid))
        == .grid(Grid([1, 2], shape: [1, 2])))
  }
}
