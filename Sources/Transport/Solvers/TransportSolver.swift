/// Something that solves transport problems exactly.
///
/// A solver holds settings and no data; a problem holds data and no settings. Each returns a plan and
/// potentials, so that `TransportSolution.certificate(for:)` can check the answer without it.
public protocol TransportSolver: Sendable {
  /// The name that reports and the command line know the solver by, such as `network-simplex`.
  var name: String { get }

  /// Why the solver cannot take a problem, in words that end a sentence, or nil if it can.
  func reasonAgainst(_ problem: TransportProblem) -> String?

  /// Solves a problem.
  ///
  /// - Parameters:
  ///   - problem: What to solve.
  ///   - control: Limits and progress; the task's cancellation counts as a limit.
  /// - Returns: An optimal solution, or at a limit the best plan and potentials so far.
  /// - Throws: `TransportSolverError`, also where the problem is infeasible.
  func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution
}

extension TransportSolver {
  /// Whether the solver can take the problem.
  public func supports(_ problem: TransportProblem) -> Bool { reasonAgainst(problem) == nil }

  /// Solves a problem without limits.
  public func solve(
    _ problem: TransportProblem
  ) throws(TransportSolverError) -> TransportSolution {
    try solve(problem, control: SolveControl())
  }

  /// Throws unless the solver can take the problem.
  package func requireSupport(for problem: TransportProblem) throws(TransportSolverError) {
    guard let reason = reasonAgainst(problem) else { return }
    throw .unsupported(solver: name, reason: reason)
  }
}

/// How long a solver may work and whom it tells how far it is.
///
/// Cancellation is not here: it is the task's (`Task.cancel()`), and every solver heeds it.
public struct SolveControl: Sendable {
  /// The longest time to work, wall-clock; nil for as long as it takes.
  public var timeLimit: Duration?
  /// How many threads may work where work can be shared out; the answer is the same bit for bit.
  public var threads: Int
  /// Called now and then from the solver's thread.
  public var progress: (@Sendable (SolveProgress) -> Void)?

  /// Limits and progress.
  ///
  /// - Parameters:
  ///   - timeLimit: The longest time to work; nil for none.
  ///   - threads: How many threads may work, at least 1. Pivots follow one another and take one; the
  ///     bounds of an unfinished solve take all.
  ///   - progress: Called now and then; nil for never.
  public init(
    timeLimit: Duration? = nil, threads: Int = 1,
    progress: (@Sendable (SolveProgress) -> Void)? = nil
  ) {
    precondition(threads > 0, "at least one thread works")
    self.timeLimit = timeLimit
    self.threads = threads
    self.progress = progress
  }
}

/// How far a solver is.
public struct SolveProgress: Hashable, Sendable {
  /// Pivots so far.
  public let iterations: Int
  /// The cost of the plan so far, which the optimal cost is at most; nil where there is none, or where the
  /// solver does not keep it.
  public let cost: Double?

  /// A report of progress.
  public init(iterations: Int, cost: Double?) {
    self.iterations = iterations
    self.cost = cost
  }
}
