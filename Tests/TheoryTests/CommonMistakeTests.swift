import GLPK
import OptimalTransport
import Transport
import Testing

/// What introductory texts often state wrongly, stated rightly: `Docs/Theory/CommonMistakes.md`.
@Suite struct CommonMistakeTests {
  /// One unit of mass at a point of the line.
  private func dirac(at position: Double) throws -> Histogram {
    try Histogram([1], at: [position])
  }

  @Test func withoutTheRootTheTriangleInequalityFails() throws {
    let points = try [0, 1, 2].map { try dirac(at: $0) }
    func cost(_ i: Int, _ j: Int) throws -> Double {
      try NetworkSimplex().solve(TransportProblem(from: points[i], to: points[j], order: 2)).cost
    }
    #expect(try cost(0, 2) == 4)
    #expect(try cost(0, 2) > cost(0, 1) + cost(1, 2))
    func distance(_ i: Int, _ j: Int) throws -> Double {
      try points[i].wassersteinDistance(to: points[j], order: 2)
    }
    #expect(try distance(0, 2) <= distance(0, 1) + distance(1, 2))
  }

  /// Seed 2: fifty triples of random histograms, orders 1 to 3.
  @Test func withTheRootTheTriangleInequalityHolds() throws {
    var random = SplitMix64(seed: 2)
    for _ in 0..<50 {
      let (a, b, c) = (
        try randomHistogram(&random), try randomHistogram(&random), try randomHistogram(&random)
      )
      for order in [1, 1.5, 2, 3] {
        let direct = try a.wassersteinDistance(to: c, order: order)
        let detour =
          try a.wassersteinDistance(to: b, order: order)
          + b.wassersteinDistance(to: c, order: order)
        #expect(direct <= detour + 1e-7)  // the root magnifies rounding near zero
      }
    }
  }

  @Test func wassersteinToZeroDoesNotBringDivergencesToZero() throws {
    for n in [1, 10, 1000, 1_000_000] {
      let p = try dirac(at: 0)
      let q = try dirac(at: 1 / Double(n))
      #expect(agree(try earthMoversDistance(from: p, to: q) * Double(n), 1))
      #expect(agree(try p.jensenShannonDivergence(to: q), 0.693_147_180_559_945_3))
      #expect(try p.klDivergence(from: q) == .infinity)
    }
  }

  /// The distance is at most diameter · TV, and TV at most √(KL / 2), which is Pinsker's inequality.
  ///
  /// Seed 3: a hundred random pairs.
  @Test func divergencesToZeroBringWassersteinToZero() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<100 {
      let p = try randomHistogram(&random)
      let q = try randomHistogram(&random)
      let distance = try earthMoversDistance(from: p, to: q)
      let variation = try p.totalVariationDistance(to: q)
      #expect(distance <= 9 * variation + 1e-12)
      #expect(variation <= (try p.klDivergence(from: q) / 2).squareRoot() + 1e-12)
      #expect(variation * variation / 2 <= (try p.jensenShannonDivergence(to: q)) + 1e-12)
    }
  }

  @Test func theDualOptimumIsTheDistanceAndNotZero() throws {
    let problem = try SevenBins.problem()
    for solver in solvers(for: problem) {
      let potentials = try solver.solve(problem).potentials
      #expect(agree(problem.dualValue(of: potentials), 0.9), "\(solver.name)")
    }
    // Potentials of value zero are feasible, and far from optimal.
    let zero = KantorovichPotentials(
      source: [Double](repeating: 0, count: 7), target: [Double](repeating: 0, count: 7))
    let plan = try NetworkSimplex().solve(problem).plan
    #expect(problem.dualValue(of: zero) == 0)
    #expect(!OptimalityCertificate(of: problem, plan: plan, potentials: zero).holds)
  }

  /// All mass must run from the middle to both ends, so the potential has a kink in the middle.
  @Test func lipschitzPotentialsAreContinuousAndMayHaveKinks() throws {
    let p = try Histogram([0, 0, 0, 1, 0, 0, 0])
    let q = try Histogram([0.5, 0, 0, 0, 0, 0, 0.5])
    let problem = try TransportProblem(from: p, to: q)
    for solver in solvers(for: problem) {
      let potentials = try solver.solve(problem).potentials
      let left = -potentials.target[0] - potentials.source[3]
      let right = -potentials.target[6] - potentials.source[3]
      #expect(agree(left, -3) && agree(right, -3), "\(solver.name)")
    }
  }

  @Test func withoutPositivePlansThereIsNoOptimum() throws {
    var program = LinearProgram(.minimize)
    let plan = (0..<2).map { i in
      (0..<2).map { j in program.addColumn(cost: Double(abs(i - j)), bounds: .free) }
    }
    for i in 0..<2 { program.addRow(.exactly(0.5), terms: plan[i].map { ($0, 1) }) }
    program.addRow(.exactly(0.5), terms: plan.map { ($0[0], 1) })
    guard case .unbounded(let ray?) = try program.solve().outcome else {
      Issue.record("free entries make the program unbounded")
      return
    }
    #expect(ray.objectiveChange < 0)
    for column in plan.joined() { program[bounds: column] = .atLeast(0) }
    #expect(try program.solve().objective == 0)
  }

  /// The same masses with three costs: |i − j|, its square, and 1 for every move.
  @Test func theCostMatrixDecidesTheValue() throws {
    let p = try Histogram(SevenBins.p)
    let q = try Histogram(SevenBins.q)
    for (cost, value) in [
      ({ Double(abs($0 - $1)) }, 0.9), ({ Double(($0 - $1) * ($0 - $1)) }, 1.3),
      ({ $0 == $1 ? 0 : 1 }, 0.3),
    ] as [((Int, Int) -> Double, Double)] {
      let matrix = try CostMatrix(rows: (0..<7).map { i in (0..<7).map { cost(i, $0) } })
      let problem = try TransportProblem(from: p, to: q, cost: matrix)
      #expect(agree(try LinearProgramSolver().solve(problem).cost, value))
    }
  }

  /// Exchanging the measures exchanges rows and columns of the plan, and the distance stays.
  @Test func theDirectionMattersForThePlanAndKLAndNotForTheDistance() throws {
    let p = try Histogram(SevenBins.p)
    let q = try Histogram(SevenBins.q)
    #expect(agree(try earthMoversDistance(from: q, to: p), 0.9))
    #expect(try p.klDivergence(from: q) < q.klDivergence(from: p))
  }
}
