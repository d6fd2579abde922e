import Measures
import TestSupport
import Testing
import Transport

/// min(d, T), solved through a hub, against the matrix of its entries.
@Suite struct ThresholdTests {
  private func expectSameOptimum(_ problem: TransportProblem, _ what: String) throws {
    guard case .points(let points) = problem.costs else {
      Issue.record("points expected")
      return
    }
    let matrix = try TransportProblem(
      from: Histogram(problem.sourceMasses), to: Histogram(problem.targetMasses),
      cost: points.matrix())
    let solution = try NetworkSimplex().solve(problem)
    let dense = try NetworkSimplex().solve(matrix)
    #expect(abs(solution.cost - dense.cost) <= 1e-12 * dense.cost, "\(what)")
    // Judged under the truncated matrix itself: the plan is one of pairs, the potentials fit all pairs.
    let certificate = solution.certificate(for: matrix)
    #expect(certificate.holds, "\(what): \(certificate)")
  }

  @Test(arguments: [GroundCost.euclidean, .squaredEuclidean, .cityBlock, .chebyshev])
  func theHubAgreesWithTheMatrix(base: GroundCost) throws {
    var random = SplitMix64(seed: 31)
    for (m, n) in [(1, 9), (17, 1), (40, 33), (150, 70)] {
      for threshold in [1e-6, 0.03, 0.2, 0.9] {
        for order in [1.0, 2] {
          let problem = try TransportProblem(
            from: Instances.cloud(m, dimension: 2, &random),
            to: Instances.cloud(n, dimension: 2, &random),
            cost: .thresholded(base, at: threshold), order: order, mass: .normalize)
          try expectSameOptimum(problem, "\(base) up to \(threshold), order \(order), \(m) × \(n)")
        }
      }
    }
  }

  /// Equal masses, empty bins and ties: many ways through the hub and beside it cost the same.
  @Test func tiesAndEmptyBins() throws {
    var random = SplitMix64(seed: 32)
    for threshold in [1.0, 2, 3] {
      func cloud() throws -> PointCloud {
        try PointCloud(
          coordinates: (0..<200).map { _ in Double(Int.random(in: 0...6, using: &random)) },
          dimension: 2, masses: (0..<100).map { $0.isMultiple(of: 7) ? 0 : 1 })
      }
      let problem = try TransportProblem(
        from: cloud(), to: cloud(), cost: .thresholded(.cityBlock, at: threshold))
      try expectSameOptimum(problem, "up to \(threshold)")
    }
  }

  /// Where every distance is the threshold, the cost is T times the mass that has to move.
  @Test func belowAllDistancesItCountsTheMassThatMoves() throws {
    let p = try PointCloud([[0, 0], [1, 0], [5, 5]], masses: [0.5, 0.25, 0.25])
    let q = try PointCloud([[0, 0], [1, 0], [9, 9]], masses: [0.25, 0.25, 0.5])
    let problem = try TransportProblem(from: p, to: q, cost: .thresholded(.euclidean, at: 0.125))
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.cost == 0.5 * 0.125)
    #expect(solution.certificate(for: problem).holds)
  }

  @Test func aThresholdAboveAllDistancesChangesNothing() throws {
    var random = SplitMix64(seed: 33)
    let (p, q) = (
      try Instances.cloud(30, dimension: 2, &random), try Instances.cloud(30, dimension: 2, &random)
    )
    let plain = try TransportProblem(from: p, to: q, mass: .normalize)
    let limited = try TransportProblem(
      from: p, to: q, cost: .thresholded(.euclidean, at: 2), mass: .normalize)
    let (first, second) = (try NetworkSimplex().solve(plain), try NetworkSimplex().solve(limited))
    #expect(first.plan == second.plan)
    #expect(first.cost == second.cost)
  }

  /// Scales of a threshold far from those of the points, where the hub's scaled cost would vanish.
  @Test func thresholdsOfAnyScale() throws {
    let p = try PointCloud([[0, 0], [1e150, 0]]), q = try PointCloud([[1e-150, 0], [0, 1e150]])
    for threshold in [2e-150, 1e-200, 1e10, 1e149] {
      let problem = try TransportProblem(
        from: p, to: q, cost: .thresholded(.euclidean, at: threshold))
      let solution = try NetworkSimplex().solve(problem)
      let expected = (min(threshold, 1e-150) + threshold) / 2
      #expect(abs(solution.cost - expected) <= 1e-15 * expected)
      #expect(solution.certificate(for: problem).holds)
    }
  }

  /// A plan of the hub at a limit is feasible, and the bracket holds the optimum.
  @Test func aTimeLimitGivesABracket() throws {
    var random = SplitMix64(seed: 34)
    let problem = try TransportProblem(
      from: Instances.cloud(300, dimension: 2, &random),
      to: Instances.cloud(300, dimension: 2, &random),
      cost: .thresholded(.euclidean, at: 0.1), mass: .normalize)
    let best = try NetworkSimplex().solve(problem).cost
    let stopped = try NetworkSimplex().solve(problem, control: SolveControl(timeLimit: .zero))
    let bracket = try #require(stopped.bracket)
    #expect(bracket.lower <= best * (1 + 1e-12) && best <= bracket.upper * (1 + 1e-12))
    #expect(stopped.certificate(for: problem).marginalError <= OptimalityCertificate.tolerance)
  }

  /// The certificate's search of boxes, where boxes beyond the threshold count as one point, finds what a
  /// scan finds, for optimal potentials and for wrong ones.
  @Test func boxesBeyondTheThresholdHideNothing() throws {
    var random = SplitMix64(seed: 35)
    for threshold in [0.02, 0.1, 0.5] {
      let problem = try TransportProblem(
        from: Instances.cloud(120, dimension: 2, &random),
        to: Instances.cloud(140, dimension: 2, &random),
        cost: .thresholded(.euclidean, at: threshold), mass: .normalize)
      let optimal = try NetworkSimplex().solve(problem).potentials
      for error in [0, 1e-3, 0.1] {
        let wrong = KantorovichPotentials(
          source: optimal.source.map { $0 + Double.random(in: -error...error, using: &random) },
          target: optimal.target)
        let searched = problem.leastReducedCostInBoxes(under: wrong).value
        let scanned = problem.leastReducedCostOfAllArcs(under: wrong).value
        #expect(abs(searched - scanned) <= 1e-15)
      }
    }
  }

  @Test func theTriangleInequalitySurvives() throws {
    #expect(GroundCost.thresholded(.euclidean, at: 3).isMetric)
    #expect(!GroundCost.thresholded(.squaredEuclidean, at: 3).isMetric)
    #expect(
      GroundCost.thresholded(.thresholded(.cityBlock, at: 2), at: 3).exponentOnTheLine == nil)
    for wrong in [0, -1, Double.infinity, .nan] {
      #expect(throws: MeasureError.self) {
        try GroundCost.thresholded(.euclidean, at: wrong).validate(dimension: 2)
      }
    }
    #expect(throws: MeasureError.self) {
      try GroundCost.thresholded(.circular(period: 4), at: 1).validate(dimension: 2)
    }
  }

  @Test func aMatrixIsCutOffToo() throws {
    let costs = try CostMatrix(rows: [[1, 9], [.infinity, 2]]).thresholded(at: 4)
    #expect(costs.entries == [1, 4, 4, 2])
    #expect(throws: MeasureError.self) { try costs.thresholded(at: 0) }
  }

  /// In integers: 2.5 is five halves, its square 25/4.
  @Test func exactArithmeticKnowsTheThreshold() throws {
    let p = try decimalHistogram([".1", ".2", ".7", "0", "0", "0", "0"])
    let q = try decimalHistogram(["0", "0", "0", "0", ".7", ".2", ".1"])
    let solver = NetworkSimplex(arithmetic: .exact)
    let cost = GroundCost.thresholded(.euclidean, at: 2.5)
    let linear = try solver.solve(TransportProblem(from: p, to: q, cost: cost))
    #expect(linear.exactCost == .fraction(ExactFraction(215, over: 100)))
    let squared = try solver.solve(TransportProblem(from: p, to: q, cost: cost, order: 2))
    #expect(squared.exactCost == .fraction(ExactFraction(187, over: 40)))
  }
}
