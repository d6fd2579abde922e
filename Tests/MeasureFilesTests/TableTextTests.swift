import MeasureFiles
import Measures
import Testing

/// Line ends, quotes, comments, encodings, and the places that errors name.
struct TableTextTests {
  private static let reference = "x,mass\n1,2\n3,4\n"

  /// Other ways to write the same table.
  @Test(arguments: [
    "x,mass\r\n1,2\r\n3,4\r\n",
    "\u{FEFF}x,mass\n1,2\n3,4",
    "x,mass\n1,2\n3,4\n\n\n  \n\r\n",
    "# made by hand\nx,mass\n # a remark, with a comma\n1,2\n\n3,4\n#",
    " x , mass \n 1 ,\t2 \n3 , 4\n",
    "\"x\",\"mass\"\n\"1\",2\n3 , \"4\" \n",
    "x,mass\n1.0,+2\n3e0,.4e1\n",
    "x,mass\n10E-1,2.\n0.3e+1,400e-2\n",
  ])
  func sameTable(text: String) throws {
    #expect(try measure(text) == measure(Self.reference))
  }

  @Test func quotedNames() throws {
    let reading = MeasureReading(columns: ["a,b"])
    #expect(try measure("\"a,b\",c\n1,x\n2,y\n", reading) == .points(PointCloud([[1], [2]])))
    #expect(
      try message("a,\"b\n1,2\n")
        == "p.csv:1:3: a quote is opened and never closed")
    #expect(
      try message("a,\"b\"c\n1,2\n")
        == "p.csv:1:6: there is text behind a closing quote; "
        + "write a quote inside a quoted cell twice")
  }

  /// Lines are those of the file, comments and quoted line ends included; columns are characters.
  @Test func placesOfErrors() throws {
    #expect(
      try message("# one\r\n\r\nx,größe\r\n1,2\r\n1, ab\r\n")
        == "p.csv:5:4: \"ab\" in column größe is not a number; "
        + "write numbers such as 0.25 or 2.5e-3")
    #expect(
      try message("1\n2\nü3\n") == "p.csv:3:1: \"ü3\" is not a number; "
        + "write numbers such as 0.25 or 2.5e-3")
    let names = "name,x,mass\n\"a\nü\",1,2\nb,1,zwei\n"
    #expect(
      try message(names, MeasureReading(columns: ["x", "mass"]))
        .hasPrefix("p.csv:4:5: \"zwei\" in column mass is not a number"))
    #expect(try message("\u{FEFF}1,x\n").hasPrefix("p.csv:1:3: "))
  }

  @Test func kindAndPlaceOfAnError() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("p.csv", "x,mass\n1,2\n1,-3\n")
    let error = try failure { () throws(MeasureFileError) in
      _ = try MeasureReading().measure(at: path)
    }
    #expect(error.kind == .badData)
    #expect(error.path == path)
    #expect(error.line == 3)
    #expect(error.column == 3)
    #expect(error.what == "the mass -3 is negative")
    #expect(error.fix == "masses must not be negative")
  }

  @Test(arguments: [
    (
      "x,mass\n1,2\n3\n",
      "p.csv:3:1: the row has 1 cell, the first row has 2; "
        + "give every row the same number of cells"
    ),
    (
      "1\n2,3\n",
      "p.csv:2:1: the row has 2 cells, the first row has 1; "
        + "give every row the same number of cells"
    ),
    (
      "mass\n1\nnan\n",
      "p.csv:3:1: nan in column mass is not allowed here; "
        + "masses and coordinates must be finite"
    ),
    (
      "x,mass\n1,2\n-inf,2\n",
      "p.csv:3:1: -inf in column x is not allowed here; "
        + "masses and coordinates must be finite"
    ),
    (
      "x,mass\n1,1e999\n",
      "p.csv:2:3: \"1e999\" in column mass is beyond the largest double; "
        + "scale the numbers down"
    ),
    ("1\n-2\n", "p.csv:2:1: the mass -2 is negative; masses must not be negative"),
    ("0\n0\n0\n", "p.csv: all 3 masses are zero; at least one must be positive"),
    ("x,mass\n1,\n", "p.csv:2:3: a cell in column mass is empty; fill it or take the row out"),
    (
      "1,5;2\n3;4\n",
      "p.csv:1:3: the first row mixes numbers and text: \"5;2\"; "
        + "where commas are decimal marks, say --delimiter semicolon --decimal comma"
    ),
    (
      "x;mass\n1;2\n1;2,5\n",
      "p.csv:3:3: \"2,5\" in column mass is not a number; "
        + "say --decimal comma if that is the decimal mark"
    ),
    (
      "1\n2;3\n",
      "p.csv:2:1: \"2;3\" is not a number; "
        + "where commas are decimal marks, say --delimiter semicolon --decimal comma"
    ),
    ("mass\n", "p.csv: there is a header and no row of data; add rows of numbers"),
    ("# nothing\n\n", "p.csv: there is no row of data in the file; at least one number is needed"),
    ("", "p.csv: the file is empty; at least one number is needed"),
    ("1\n0x10\n", "p.csv:2:1: \"0x10\" is not a number; write numbers such as 0.25 or 2.5e-3"),
    ("1\n1_000\n", "p.csv:2:1: \"1_000\" is not a number; write numbers such as 0.25 or 2.5e-3"),
    ("1\n2e\n", "p.csv:2:1: \"2e\" is not a number; write numbers such as 0.25 or 2.5e-3"),
    (
      "1\r2\r3\r",
      "p.csv:1:2: the line ends in a lone carriage return; end lines with line feeds"
    ),
  ])
  func badTables(text: String, expected: String) throws {
    #expect(try message(text) == expected)
  }

  @Test func otherEncodings() throws {
    #expect(
      try message([0xFF, 0xFE, 0x31, 0, 0x0A, 0], as: "p.csv")
        == "p.csv: the text is in UTF-16; save it as UTF-8")
    // Bytes that are no UTF-8 are shown as such, and do not hurt.
    #expect(
      try message([0x31, 0x0A, 0xE9, 0x07, 0x0A], as: "p.csv").hasPrefix("p.csv:2:1: \"��\""))
  }

  @Test func longCellsAreCut() throws {
    let long = String(repeating: "a", count: 1000)
    #expect(try message("1\n\(long)\n").count < 150)
  }
}
