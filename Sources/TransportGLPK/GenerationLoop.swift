import GLPK
import Transport

/// The loop that column generation and row generation share: solve, let more join, solve again from where
/// the last solve ended, until nothing that would join is left.
struct GenerationLoop {
  /// How the loop ended.
  enum Ending {
    /// The optimum of the whole program: a full round of pricing found nothing.
    case optimal
    /// The whole transport problem has no plan: its ray stands against every arc.
    case noPlan
    /// Time was up or the task cancelled.
    case limitReached
  }

  /// The method for a program that was solved by no other before or has no solution yet.
  private let first: SolveOptions.Method
  /// The method that goes on from an optimum after more has joined.
  private let later: SolveOptions.Method
  private let control: SolveControl
  private let limit: LimitWatch
  /// Simplex iterations of all solves.
  private(set) var iterations = 0

  init(_ first: SolveOptions.Method, then later: SolveOptions.Method, _ control: SolveControl) {
    self.first = first
    self.later = later
    self.control = control
    limit = LimitWatch(control)
  }

  /// Runs the loop.
  ///
  /// - Parameters:
  ///   - session: The program, which already holds its first columns or rows.
  ///   - joinImproving: Adds what would improve on the present optimum; false if there is nothing.
  ///   - joinFeasible: Adds what breaks the present proof that no plan exists; false if nothing does.
  /// - Returns: How it ended; the session then stands at its last solution.
  /// - Throws: What the closures and GLPK throw.
  mutating func run(
    _ session: LinearProgramSession, joinImproving: () throws -> Bool,
    joinFeasible: () throws -> Bool
  ) throws -> Ending {
    var method = first
    while true {
      let outcome = try session.solve(ScaledProgram.options(method, limit))
      iterations += outcome.iterations
      switch outcome.status {
      case .optimal:
        guard try joinImproving() else { return .optimal }
        method = later
      case .infeasible, .unbounded:
        guard try joinFeasible() else { return .noPlan }
        method = first
      case .limitReached: return .limitReached
      }
      control.progress?(SolveProgress(iterations: iterations, cost: nil))
      if limit.isReached { return .limitReached }
    }
  }
}
