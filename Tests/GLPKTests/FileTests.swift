import GLPK
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct FileTests {
  /// A program with every kind of row and column, awkward numbers, and a constant.
  static func everything(_ direction: LinearProgram.Direction) -> LinearProgram {
    var program = LinearProgram(direction)
    program.objectiveConstant = -2.5
    let free = program.addColumn(cost: 0.1 + 0.2, bounds: .free, name: "free_x")
    let low = program.addColumn(cost: -1.0 / 3, bounds: .atLeast(-7), name: "low")
    let high = program.addColumn(cost: 1e-7, bounds: .atMost(-2), name: "high")
    let boxed = program.addColumn(cost: 0, bounds: .between(-1, 1e6), name: "boxed")
    let fixed = program.addColumn(cost: 1e20, bounds: .exactly(0.5), name: "fixed")
    program.addColumn(cost: 4, name: "plain")
    program.addRow(.atLeast(-4), terms: [(free, 1), (low, 2.0 / 3)], name: "least")
    program.addRow(.atMost(9), terms: [(free, 1), (high, -1)], name: "most")
    program.addRow(.between(-1, 3), terms: [(low, 1), (boxed, 0.25)], name: "range")
    program.addRow(.exactly(1), terms: [(boxed, 1), (fixed, 2)], name: "equal")
    program.addRow(.free, terms: [(free, 1), (fixed, 1)], name: "loose")
    return program
  }

  @Test(arguments: FileFormat.allCases, [LinearProgram.Direction.minimize, .maximize])
  func roundTrip(_ format: FileFormat, direction: LinearProgram.Direction) throws {
    let program = Self.everything(direction)
    let read = try through(program, format)
    // Readers of MPS drop free rows, of which the program has one, its last.
    let isMPS = format == .mpsFixed || format == .mpsFree
    try #require(read.rowCount == program.rowCount - (isMPS ? 1 : 0))
    try #require(read.columnCount == program.columnCount)
    #expect(read.direction == program.direction)
    #expect(read.objectiveConstant == program.objectiveConstant)
    // Fixed MPS has 12 places for a number, so 8 digits and more.
    let tolerance = format == .mpsFixed ? 1e-8 : 0
    for j in 0..<program.columnCount {
      let column = LinearProgram.Column(j)
      #expect(read[name: column] == program[name: column])
      #expect(read[bounds: column] == program[bounds: column])
      let cost = program[cost: column]
      #expect(abs(read[cost: column] - cost) <= tolerance * abs(cost))
    }
    for i in 0..<read.rowCount {
      let row = LinearProgram.Row(i)
      #expect(read[name: row] == program[name: row])
      #expect(read[bounds: row] == program[bounds: row])
      let (terms, expected) = (read.sortedTerms(of: row), program.sortedTerms(of: row))
      #expect(terms.map(\.0) == expected.map(\.0))
      for (term, other) in zip(terms, expected) {
        #expect(abs(term.1 - other.1) <= tolerance * abs(other.1))
      }
    }
  }

  @Test(arguments: FileFormat.allCases)
  func optimumSurvives(_ format: FileFormat) throws {
    for seed in 0..<5 as Range<UInt64> {
      let program = Sample.random(6, 8, seed: seed)
      let read = try through(program, format)
      #expect(read.direction == program.direction)
      // Fixed MPS rounds to about ten digits.
      #expect(abs(try read.optimum() - (try program.optimum())) < 1e-7)
    }
  }

  @Test(arguments: FileFormat.allCases)
  func missingNamesAreMadeUp(_ format: FileFormat) throws {
    var program = LinearProgram(.minimize)
    program.addColumn(cost: 1, name: "c2")
    program.addColumn(cost: 1)
    let empty = program.addColumn(cost: 1, name: "")
    program.addRow(.atLeast(1), terms: [(empty, 1)])
    let read = try through(program, format)
    let names = (0..<3).map { read[name: LinearProgram.Column($0)] }
    #expect(names == ["c2", "_c2", "c3"])
    #expect(read[name: LinearProgram.Row(0)] == "r1")
  }

  @Test func programsWithoutRowsOrColumns() throws {
    for format in FileFormat.allCases where format != .cplex {
      var program = LinearProgram(.minimize)
      program.objectiveConstant = 3
      program.addColumn(cost: 1, bounds: .between(1, 2))
      #expect(try through(program, format).optimum() == 4)
    }
    #expect(throws: LinearProgramError.self) { try LinearProgram(.minimize).text(in: .cplex) }
  }

  @Test func fixedFormatIsReadBehindTheFreeOne() throws {
    try withFile(named: "fixed.mps") { path in
      var program = LinearProgram(.minimize)
      let x = program.addColumn(cost: 1, name: "x")
      program.addRow(.atLeast(2), terms: [(x, 1)], name: "r")
      var text = try program.text(in: .mpsFixed)
      // A name with a space can be read from its place only.
      text = text.replacing("    x         ", with: "    x 1       ")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try LinearProgram(contentsOf: path).optimum() == 2)
      #expect(throws: LinearProgramError.self) {
        try LinearProgram(contentsOf: path, format: .mpsFree)
      }
    }
  }

  @Test(arguments: [
    "", "NAME\n", "NAME\nROWS\n X r\nENDATA\n", "garbage\n\u{1}\u{2}",
    "NAME\nROWS\n N c\nCOLUMNS\n",
    "NAME\nROWS\n N c\nCOLUMNS\n x c nonsense\nENDATA\n",
    "NAME\nROWS\n N c\nCOLUMNS\n x unknown 1\nENDATA\n",
    "NAME\nROWS\n N c\n L r\nCOLUMNS\n x r 1 r 2\nENDATA\n",
    "NAME\nROWS\n N c\n L r\n L r\nENDATA\n",
    "NAME\nROWS\n N c\n L r\nCOLUMNS\n x r 1e999\nENDATA\n",
  ])
  func malformedMPS(_ text: String) throws {
    try withFile(named: "bad.mps") { path in
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      do {
        let program = try LinearProgram(contentsOf: path)
        Issue.record("read \(program.columnCount) columns from a malformed file")
      } catch let error as LinearProgramError {
        guard case .unreadableFile(let named, let message) = error else { throw error }
        #expect(named == path)
        // GLPK's message begins with file and line.
        #expect(message.contains("\(path):"))
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test func messageNamesTheLine() throws {
    try withFile(named: "line.mps") { path in
      try "NAME\nROWS\n N c\nCOLUMNS\n x c oops\nENDATA\n".write(
        toFile: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: LinearProgramError.self) {
        try LinearProgram(contentsOf: path)
      }
      #expect(error?.description.contains("line.mps:5:") == true)
    }
  }

  @Test func malformedFilesOfOtherFormats() throws {
    for format in [FileFormat.cplex, .glpk, .mpsFixed] {
      for text in ["", "p lp sideways 1 1 1\n", "Minimize\n obj: x +\nSubject To\nEnd\n", "\u{0}"] {
        try withFile(named: "bad.txt") { path in
          try text.write(toFile: path, atomically: true, encoding: .utf8)
          #expect(throws: LinearProgramError.self) {
            try LinearProgram(contentsOf: path, format: format)
          }
        }
      }
    }
  }

  @Test func integerColumnsAreRefused() throws {
    try withFile(named: "integer.lp") { path in
      let text = "Minimize\n obj: x + y\nSubject To\n r: x + y >= 1\nGenerals\n y\nEnd\n"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: LinearProgramError.self) {
        try LinearProgram(contentsOf: path)
      }
      #expect(error == .integerColumns(path: path, count: 1, first: "y"))
    }
  }

  @Test func placesThatAreNoFiles() throws {
    let program = Sample.textbook()
    for path in ["/", "/nonexistent/x.mps", "", "a\u{0}b"] {
      #expect(throws: LinearProgramError.self) { try program.write(to: path, format: .mpsFree) }
      for format in FileFormat.allCases {
        #expect(throws: LinearProgramError.self) {
          try LinearProgram(contentsOf: path, format: format)
        }
      }
    }
  }

  @Test func namesThatAFormatCannotHold() throws {
    let cases: [(String, [FileFormat])] = [
      ("two words", FileFormat.allCases), ("größe", FileFormat.allCases),
      ("longer_than_8", [.mpsFixed]), ("1st", [.cplex]), ("free", [.cplex]), ("e5", [.cplex]),
      ("a+b", [.cplex]), (String(repeating: "x", count: 256), FileFormat.allCases),
    ]
    for (name, formats) in cases {
      var program = LinearProgram(.minimize)
      let x = program.addColumn(cost: 1, name: name)
      program.addRow(.atLeast(1), terms: [(x, 1)])
      for format in FileFormat.allCases {
        if formats.contains(format) {
          #expect(throws: LinearProgramError.self) { try program.text(in: format) }
        } else {
          #expect(try through(program, format)[name: x] == name)
        }
      }
    }
  }

  @Test func duplicateNamesAreRefused() throws {
    var program = LinearProgram(.minimize)
    program.addColumn(cost: 1, name: "x")
    program.addColumn(cost: 1, name: "x")
    #expect(throws: LinearProgramError.self) { try program.text(in: .glpk) }
  }

  private func through(
    _ program: LinearProgram, _ format: FileFormat
  ) throws -> LinearProgram {
    try withFile(named: "program.\(format.rawValue)") { path in
      try program.write(to: path, format: format)
      return try LinearProgram(contentsOf: path, format: format)
    }
  }
}

/// Makes a directory of its own for a file, and removes both afterwards.
func withFile<Result>(named name: String, _ body: (String) throws -> Result) throws -> Result {
  let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  return try body(directory.appending(path: name).path)
}

extension LinearProgram {
  func sortedTerms(of row: Row) -> [(Column, Double)] {
    terms(of: row).sorted { $0.0.index < $1.0.index }
  }
}
