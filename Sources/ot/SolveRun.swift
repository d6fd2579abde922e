import ArgumentParser
import Dispatch
import Reports
import Transport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Solves a problem in a task that Ctrl-C cancels, with progress where a person is watching.
struct SolveRun {
  let solver: any TransportSolver
  let timeLimit: Double?
  let interruption: Interruption

  /// What came out, and whether Ctrl-C ended it.
  struct Ending {
    let solution: TransportSolution
    let wasInterrupted: Bool
  }

  func solve(_ problem: TransportProblem) async throws -> Ending {
    if let reason = solver.reasonAgainst(problem) {
      throw TransportSolverError.unsupported(solver: solver.name, reason: reason)
    }
    let control = SolveControl(
      timeLimit: timeLimit.map { Duration.seconds($0) },
      progress: StandardError.isTerminal ? Self.showProgress : nil)
    let task = Task { [solver] in try solver.solve(problem, control: control) }
    let solution = try await interruption.cancelling(task)
    if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
    return Ending(solution: solution, wasInterrupted: task.isCancelled)
  }

  @Sendable private static func showProgress(_ progress: SolveProgress) {
    StandardError.write("\r\u{1B}[K\(progress.iterations) iterations")
  }
}
