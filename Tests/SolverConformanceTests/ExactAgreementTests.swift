import Measures
import TestSupport
import Testing
import Transport
import TransportGLPK

/// Random small problems against the exact optimum of GLPK's rational simplex: no disagreement.
@Suite struct ExactAgreement {
  /// A release run has 10,000 problems; a debug run, which is 40 times slower, a sample of them.
  #if DEBUG
  static let problems = 300
  #else
  static let problems = 10_000
  #endif

  /// Up to 5 × 5 bins with whole masses and costs from −3 to 9, ties and empty bins everywhere, and in
  /// every third problem forbidden arcs.
  @Test func everySolverFindsTheRationalOptimum() throws {
    var random = SplitMix64(seed: 71)
    var (infeasible, disagreements) = (0, 0)
    for number in 0..<Self.problems {
      let problem = try problem(forbiddenShare: number % 3 == 0 ? 0.3 : 0, &random)
      let rational: ExactCost
      do {
        rational = try #require(
          LinearProgramSolver(arithmetic: .exact).solve(problem).exactCost)
      } catch TransportSolverError.infeasible {
        infeasible += 1
        for arithmetic in [Arithmetic.double, .exact] {
          #expect(throws: TransportSolverError.self) {
            try NetworkSimplex(arithmetic: arithmetic).solve(problem)
          }
        }
        continue
      }
      let integer = try NetworkSimplex(arithmetic: .exact).solve(problem)
      let double = try NetworkSimplex().solve(problem)
      // Costs of whole masses and costs are whole and small: the doubles are exact too.
      let isRight =
        integer.exactCost == rational
        && rational == .fraction(ExactFraction(Int128(double.cost), over: 1))
        && double.certificate(for: problem).holds && integer.certificate(for: problem).holds
      if !isRight {
        disagreements += 1
        Issue.record(
          "\(problem): \(rational), \(double.cost), \(String(describing: integer.exactCost))")
      }
    }
    #expect(disagreements == 0)
    #expect(infeasible > Self.problems / 100 && infeasible < Self.problems / 3)
  }

  private func problem(
    forbiddenShare: Double, _ random: inout SplitMix64
  ) throws -> TransportProblem {
    let rows = Int.random(in: 1...5, using: &random)
    let columns = Int.random(in: 1...5, using: &random)
    let total = Int.random(in: 1...12, using: &random)
    func masses(_ count: Int) -> [Double] {
      let cuts = (1..<count).map { _ in Int.random(in: 0...total, using: &random) }.sorted()
      return zip([0] + cuts, cuts + [total]).map { Double($1 - $0) }
    }
    let entries = (0..<rows * columns).map { _ in
      Double.random(in: 0..<1, using: &random) < forbiddenShare
        ? Double.infinity : Double(Int.random(in: -3...9, using: &random))
    }
    return try TransportProblem(
      from: Histogram(masses(rows)), to: Histogram(masses(columns)),
      cost: CostMatrix(entries, rows: rows, columns: columns))
  }
}
