import GLPK
import Testing

@Suite struct ConcurrencyTests {
  @Test func twoHundredTasks() async throws {
    let expected = try (0..<4 as Range<UInt64>).map { try Sample.transport(6, seed: $0).optimum() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask { try Self.task(number, expected) }
      }
      try await group.waitForAll()
    }
  }

  /// One of five kinds of work by the task's number.
  private static func task(_ number: Int, _ expected: [Double]) throws {
    switch number % 5 {
    case 0:
      let seed = number / 5 % 4
      let method = SolveOptions.Method.allCases[number / 5 % 5]
      let optimum = try Sample.transport(6, seed: UInt64(seed)).optimum(
        SolveOptions(method: method))
      #expect(abs(optimum - expected[seed]) < 1e-6)
    case 1:
      #expect(try Sample.infeasible().solve().farkas?.rowMultipliers == [1, -1])
    case 2:
      #expect(try Sample.unbounded().solve().ray?.columnDirections == [1, 1])
    case 3:
      try withFile(named: "bad.mps") { path in
        try Sample.textbook().write(to: path, format: .cplex)
        let error = #expect(throws: LinearProgramError.self) {
          try LinearProgram(contentsOf: path, format: .mpsFree)
        }
        #expect(error?.description.contains(path) == true)
      }
    default:
      try Sample.textbook().withSession { session in
        #expect(try session.solve().objective == 11)
        try session.setBounds(.atMost(2), ofRow: 0)
        #expect(try session.solve().objective == 6)
      }
    }
  }
}
