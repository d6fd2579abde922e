@testable import GLPK
import Testing

@Suite struct MisuseTests {
  @Test func numbersThatAreNotFinite() {
    for bad in [Double.nan, .infinity, -.infinity] {
      var cost = Sample.textbook()
      cost[cost: LinearProgram.Column(1)] = bad
      refuse(cost, mentioning: "column 1 (y)")
      var coefficient = Sample.textbook()
      coefficient.addTerm(bad, of: LinearProgram.Column(0), in: LinearProgram.Row(1))
      refuse(coefficient, mentioning: "row 1 (second)")
      var constant = Sample.textbook()
      constant.objectiveConstant = bad
      refuse(constant, mentioning: "constant")
      let kinds: [LinearProgram.Bounds] = [
        .atLeast(bad), .atMost(bad), .exactly(bad), .between(bad, 1), .between(1, bad),
      ]
      for bounds in kinds {
        var program = Sample.textbook()
        program[bounds: LinearProgram.Row(0)] = bounds
        refuse(program, mentioning: "row 0 (first)")
        program = Sample.textbook()
        program[bounds: LinearProgram.Column(0)] = bounds
        refuse(program, mentioning: "column 0 (x)")
      }
    }
  }

  @Test func sumsOfTermsThatOverflow() {
    var program = Sample.textbook()
    let huge = Double.greatestFiniteMagnitude
    program.addRow(.atMost(1), terms: [(.init(0), huge), (.init(0), huge)], name: "sum")
    refuse(program, mentioning: "row 2 (sum)")
  }

  @Test func crossedBounds() {
    var program = Sample.textbook()
    program[bounds: LinearProgram.Row(1)] = .between(2, 1)
    refuse(program, mentioning: "row 1 (second) has the lower bound 2.0 above")
  }

  @Test func handlesOfNoRowOrColumn() {
    for index in [2, -1, Int(Int32.max) + 1, .max, .min] {
      var program = Sample.textbook()
      program.addRow(.free, terms: [(LinearProgram.Column(index), 1)])
      refuse(program, mentioning: "row 2")
      program = Sample.textbook()
      program.addTerm(1, of: LinearProgram.Column(0), in: LinearProgram.Row(index))
      refuse(program, mentioning: "row of the term")
    }
  }

  @Test func settingsWithoutMeaning() {
    let bad = [
      SolveOptions(primalTolerance: 0), SolveOptions(dualTolerance: 1),
      SolveOptions(pivotTolerance: .nan), SolveOptions(iterationLimit: -1),
      SolveOptions(timeLimit: .seconds(-1)),
    ]
    for options in bad {
      let error = #expect(throws: LinearProgramError.self) {
        try Sample.textbook().solve(options)
      }
      #expect(error?.description.contains("a setting has no meaning") == true)
    }
  }

  @Test func basesThatAreNone() {
    let bases = [
      Basis(rows: [], columns: []),
      Basis(rows: [.basic, .basic], columns: [.basic, .atLower]),
      Basis(rows: [.atLower, .atLower], columns: [.atLower, .atLower]),
    ]
    for basis in bases {
      let error = #expect(throws: LinearProgramError.self) {
        try Sample.textbook().solve(SolveOptions(startingBasis: .given(basis)))
      }
      #expect(error?.description.contains("the basis cannot be used") == true)
    }
    // Two equal columns cannot both be basic.
    var program = LinearProgram(.minimize)
    let (x, y) = (program.addColumn(cost: 1), program.addColumn(cost: 1))
    for _ in 0..<2 { program.addRow(.atLeast(1), terms: [(x, 1), (y, 1)]) }
    let singular = Basis(rows: [.atLower, .atLower], columns: [.basic, .basic])
    #expect(throws: LinearProgramError.self) {
      try program.solve(SolveOptions(startingBasis: .given(singular)))
    }
  }

  @Test func everyErrorSaysWhatToDo() {
    let place = LinearProgramError.Place(kind: "row", index: 1, name: nil)
    let errors: [LinearProgramError] = [
      .notFinite(place, value: .nan), .crossedBounds(place, lower: 1, upper: 0),
      .indexOutOfRange(place, index: 3, count: 2), .duplicateTerm(place, index: 0),
      .mismatchedArrays("a"), .tooLarge(what: "rows", count: 1), .invalidOption("a"),
      .invalidBasis("a"), .invalidName(place, reason: "a"),
      .unreadableFile(path: "p", message: "a"), .unwritableFile(path: "p", message: "a"),
      .integerColumns(path: "p", count: 1, first: "x"), .sessionEnded, .sessionInvalidated,
      .wrongThread, .numericalFailure("a"), .aborted(message: "a"),
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
    #expect(!errors.contains { $0.description == "unknown error" })
  }

  private func refuse(
    _ program: LinearProgram, mentioning text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: LinearProgramError.self, sourceLocation: sourceLocation) {
      try program.solve()
    }
    #expect(error?.description.contains(text) == true, sourceLocation: sourceLocation)
    #expect(throws: LinearProgramError.self) { try program.withSession { _ in } }
    for format in FileFormat.allCases {
      #expect(throws: LinearProgramError.self) { try program.text(in: format) }
    }
  }
}
