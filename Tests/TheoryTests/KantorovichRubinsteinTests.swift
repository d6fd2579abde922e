import GLPK
import Measures
import OptimalTransport
import Transport
import Testing

/// One potential instead of two, and what happens when it may be steeper.
@Suite struct KantorovichRubinsteinTests {
  /// The greatest Σ (p − q) φ over φ with |φᵢ − φⱼ| ≤ K |i − j|.
  private func supremum(_ p: [Double], _ q: [Double], slope: Double) throws -> Double {
    var program = LinearProgram(.maximize)
    let potential = p.indices.map { program.addColumn(cost: p[$0] - q[$0], bounds: .free) }
    for i in p.indices {
      for j in 0..<i {
        let bound = slope * Double(i - j)
        program.addRow(.between(-bound, bound), terms: [(potential[i], 1), (potential[j], -1)])
      }
    }
    program[bounds: potential[0]] = .exactly(0)
    return try #require(try program.solve().objective)
  }

  @Test(arguments: [(0.5, 0.45), (1, 0.9), (2, 1.8), (5, 4.5)])
  func kLipschitzFunctionsReachKTimesTheDistance(_ slope: Double, _ expected: Double) throws {
    #expect(agree(try supremum(SevenBins.p, SevenBins.q, slope: slope), expected))
  }

  /// Seed 1: twenty pairs of random histograms.
  @Test func scalingHoldsForRandomHistograms() throws {
    var random = SplitMix64(seed: 1)
    for _ in 0..<20 {
      let p = try randomHistogram(&random)
      let q = try randomHistogram(&random)
      let distance = try earthMoversDistance(from: p, to: q)
      for slope in [0.25, 1, 3] {
        let value = try supremum(p.masses, q.masses, slope: slope)
        // Free potentials with a total that is 1 to rounding only: 1e-10 is above the solver's 1e-12.
        #expect(abs(value - slope * distance) < 1e-10)
      }
    }
  }

  @Test func theFormReturnsOneLipschitzPotential() throws {
    let problem = try SevenBins.problem()
    let solution = try LinearProgramSolver(form: .kantorovichRubinstein).solve(problem)
    let f = solution.potentials.source
    let g = solution.potentials.target
    for i in 0..<7 {
      #expect(abs(f[i] + g[i]) < 1e-12)
      for j in 0..<7 { #expect(abs(f[i] - f[j]) <= Double(abs(i - j)) + 1e-12) }
    }
    let value = (0..<7).reduce(0) { $0 + (SevenBins.p[$1] - SevenBins.q[$1]) * f[$1] }
    #expect(agree(value, 0.9))
  }

  /// The squared distance is no metric: one potential cannot do, and the form says so.
  @Test func theFormIsForMetricsOnly() throws {
    let solver = LinearProgramSolver(form: .kantorovichRubinstein)
    #expect(!solver.supports(try SevenBins.problem(order: 2)))
  }
}
