import OptimalTransport

/// The solvers that can take a problem, so that each statement is held against all of them.
func solvers(for problem: TransportProblem) -> [any TransportSolver] {
  let all: [any TransportSolver] = [
    LinearProgramSolver(), LinearProgramSolver(form: .dual),
    LinearProgramSolver(form: .kantorovichRubinstein), NetworkSimplex(), MonotoneRearrangement(),
  ]
  return all.filter { $0.supports(problem) }
}

/// Whether two numbers agree to twelve digits: every solver here promises that many.
func agree(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * max(1, abs(a), abs(b)) }

/// The seven-bin example: p, q and the bins' numbers.
enum SevenBins {
  static let p = [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1]
  static let q = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4]

  /// The problem, with the ground cost |i − j|^order.
  static func problem(order: Double = 1) throws -> TransportProblem {
    try TransportProblem(from: Histogram(p), to: Histogram(q), order: order)
  }
}

/// Random histograms of ten bins, a third of them empty, total 1 up to rounding.
func randomHistogram(_ random: inout some RandomNumberGenerator) throws -> Histogram {
  let masses = (0..<10).map { _ in max(0, Double.random(in: -1...2, using: &random)) }
  return try Histogram(masses.map { $0 / max(masses.reduce(0, +), 1e-3) })
}
