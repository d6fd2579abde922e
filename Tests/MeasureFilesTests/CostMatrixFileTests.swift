import MeasureFiles
import Measures
import Testing

/// Cost and capacity matrices: every format, forbidden arcs, and what is refused.
struct CostMatrixFileTests {
  @Test(arguments: [
    ("c.csv", "0,1,inf\n-2.5,3e2,0\n"), ("c.csv", "a,b,c\n0,1,Infinity\n-2.5,300,0\n"),
    ("c.tsv", "0\t1\tINF\n-2.5\t300\t0\n"), ("c.txt", "0 1 inf\n-2.5 300 0\n"),
    ("c.json", "[[0, 1, Infinity], [-2.5, 300, 0]]"), ("c.json", "[[0,1,\"inf\"],[-2.5,300,0]]"),
    ("c.json", "[[0,1,\"Infinity\"],[-2.5,300,0]]"),
  ])
  func formats(name: String, text: String) throws {
    let folder = try TemporaryFolder()
    let expected = try CostMatrix([0, 1, .infinity, -2.5, 300, 0], rows: 2, columns: 3)
    #expect(try CostMatrix(contentsOf: folder.file(name, text)) == expected)
  }

  @Test func array() throws {
    let folder = try TemporaryFolder()
    let data = NPYBytes.littleEndian([0, 1, .infinity, 4].map(\Double.bitPattern))
    let path = try folder.file("c.npy", NPYBytes(shape: "(2, 2)", data: data).bytes)
    #expect(
      try CostMatrix(contentsOf: path) == CostMatrix([0, 1, .infinity, 4], rows: 2, columns: 2))
    let line = try folder.file("line.npy", NPYBytes(shape: "(4,)", data: data).bytes)
    let error = try failure { () throws(MeasureFileError) in _ = try CostMatrix(contentsOf: line) }
    #expect(error.what == "the array has 1 axes, and a matrix has two")
  }

  @Test(arguments: [
    (
      "c.csv", "0,1\n2\n",
      ":2:1: the row has 1 cell, the first row has 2; give every row the same number of cells"
    ),
    (
      "c.csv", "0,nan\n",
      ":1:3: nan is not allowed here; write a finite number, or inf to forbid "
        + "an arc"
    ),
    (
      "c.csv", "0,-inf\n",
      ":1:3: -inf is not allowed here; write a finite number, or inf to forbid "
        + "an arc"
    ),
    ("c.csv", "0,1e999\n", ":1:3: \"1e999\" is beyond the largest double; scale the numbers down"),
    ("c.csv", "0,1\n2,x\n", ":2:3: \"x\" is not a number; write numbers such as 0.25 or 2.5e-3"),
    (
      "c.json", "[0, 1]",
      ":1:1: a matrix is an array of rows, each an array of numbers; "
        + "write [[0, 1], [1, 0]]"
    ),
    ("c.json", "[[0, \"one\"]]", ":1:6: a number is expected, and this is a string"),
    (
      "c.json", "[[0, 1], [2]]",
      ":1:10: the rows are of different length or depth; "
        + "give every row the same number of entries"
    ),
  ])
  func bad(name: String, text: String, expected: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(name, text)
    let error = try failure { () throws(MeasureFileError) in _ = try CostMatrix(contentsOf: path) }
    #expect(error.description == path + expected)
  }
}
