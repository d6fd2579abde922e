import OptimalTransport
import Transport

/// Times of one solver on one problem.
struct Measurement {
  private let seconds: [Double]
  private let cost: Double
  private let isCertified: Bool

  init(of solver: any TransportSolver, on problem: TransportProblem, runs: Int) throws {
    var (times, last) = ([Double](), try solver.solve(problem))
    for _ in 0..<runs {
      last = try solver.solve(problem)
      times.append(last.statistics.cpuSeconds)
    }
    seconds = times.sorted()
    cost = last.cost
    isCertified = last.certificate(for: problem).holds
  }

  /// Median, least, most, cost and whether the certificate holds.
  var csv: String {
    "\(seconds[seconds.count / 2]),\(seconds[0]),\(seconds[seconds.count - 1]),\(cost),"
      + (isCertified ? "yes" : "no")
  }
}
