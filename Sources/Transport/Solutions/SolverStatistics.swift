#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Which solver answered, why it was taken, and what it took.
public struct SolverStatistics: Hashable, Sendable {
  /// The solver's name, such as `network-simplex`.
  public let solver: String
  /// Why this solver was taken.
  public var reason: String
  /// Pivots, or steps of a closed form.
  public let iterations: Int
  /// Wall-clock seconds of the solve, without reading and without the certificate.
  public let seconds: Double
  /// Processor seconds of the process during the solve.
  public let cpuSeconds: Double

  /// A record of one solve.
  public init(
    solver: String, reason: String = "asked for", iterations: Int, seconds: Double,
    cpuSeconds: Double
  ) {
    self.solver = solver
    self.reason = reason
    self.iterations = iterations
    self.seconds = seconds
    self.cpuSeconds = cpuSeconds
  }
}

/// Measures wall-clock and processor time since it was made.
package struct Stopwatch {
  private let start = ContinuousClock.now
  private let cpuStart = clock()

  /// A watch that starts now.
  package init() {}

  /// Wall-clock seconds since the start.
  package var seconds: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  /// Processor seconds of the whole process since the start.
  package var cpuSeconds: Double { Double(clock() - cpuStart) / Double(CLOCKS_PER_SEC) }

  /// The statistics of a solve that began when the watch was made.
  package func statistics(solver: String, iterations: Int) -> SolverStatistics {
    SolverStatistics(
      solver: solver, iterations: iterations, seconds: seconds, cpuSeconds: cpuSeconds)
  }
}

/// Whether a solve that began when this was made should stop: its time is up or its task cancelled.
package struct LimitWatch {
  private let deadline: ContinuousClock.Instant?

  /// A watch over the limits of a control, counted from now.
  package init(_ control: SolveControl) {
    deadline = control.timeLimit.map { ContinuousClock.now + $0 }
  }

  /// Whether to stop.
  package var isReached: Bool {
    if Task.isCancelled { return true }
    guard let deadline else { return false }
    return ContinuousClock.now >= deadline
  }

  /// The time that is left, or nil without a limit.
  package var remaining: Duration? { deadline.map { $0 - ContinuousClock.now } }
}
