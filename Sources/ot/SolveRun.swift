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
  var threads = 1
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
    let line = ProgressLine()
    var control = SolveControl(
      timeLimit: timeLimit.map { Duration.seconds($0) }, threads: threads)
    if StandardError.isTerminal {
      control.progress = { [timeLimit] progress in line.show(limit: timeLimit, progress.words) }
    }
    let task = Task { [solver] in try solver.solve(problem, control: control) }
    let solution = try await interruption.cancelling(task)
    line.clear()
    return Ending(solution: solution, wasInterrupted: task.isCancelled)
  }
}

extension SolveProgress {
  /// How far the solver is, with what is known of the cost.
  var words: String {
    let bound = cost.map { ", cost at most \(NumberText.formatted($0, digits: 6))" } ?? ""
    return "\(iterations) iterations" + bound
  }
}
