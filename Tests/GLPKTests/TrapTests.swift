@testable import GLPK
import Testing

@Suite struct TrapTests {
  @Test func abortBecomesAnErrorAndTheNextSolveWorks() throws {
    for _ in 0..<3 {
      let handle = try ProblemHandle(try CheckedProgram(Sample.textbook()))
      // A handle does not check; GLPK aborts on a column that does not exist.
      let error = #expect(throws: LinearProgramError.self) {
        try handle.setCost(1, ofColumn: 99)
      }
      guard case .aborted(let message) = error else {
        Issue.record("an abortion was expected, not \(String(describing: error))")
        return
      }
      #expect(message.contains("column number out of range"))
      #expect(throws: LinearProgramError.sessionInvalidated) { try handle.basis() }
      handle.close()
      #expect(try Sample.textbook().optimum() == 11)
    }
  }

  @Test func abortInvalidatesEverySessionOfTheThread() throws {
    try Sample.textbook().withSession { session in
      try session.solve()
      let other = try ProblemHandle(try CheckedProgram(Sample.infeasible()))
      #expect(throws: LinearProgramError.self) { try other.setCost(1, ofColumn: -5) }
      #expect(throws: LinearProgramError.sessionInvalidated) { try session.solve() }
      #expect(throws: LinearProgramError.sessionInvalidated) { try session.columnValues() }
      #expect(try Sample.textbook().optimum() == 11)
      #expect(throws: LinearProgramError.sessionInvalidated) { try session.setCost(1, ofColumn: 0) }
    }
  }

  @Test func abortOnOneTaskLeavesOthersAlone() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask {
          if number.isMultiple(of: 2) {
            let handle = try ProblemHandle(try CheckedProgram(Sample.textbook()))
            #expect(throws: LinearProgramError.self) { try handle.setCost(1, ofColumn: 99) }
          } else {
            #expect(try Sample.textbook().optimum() == 11)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func messagesAreBounded() throws {
    let solution = try Sample.transport(30, seed: 1).solve(SolveOptions(method: .interiorPoint))
    #expect(solution.messages.utf8.count <= 16_384)
    #expect(solution.messages.contains("OPTIMAL SOLUTION FOUND"))
  }
}
