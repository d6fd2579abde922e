import Measures
import TestSupport
import Testing
import Transport

/// Random images on small grids, solved on their own graph and as points without any grid.
@Suite struct GridFlowTests {
  /// Every cost that has a graph of its own or a search from coarse to fine.
  static let costs: [(cost: GroundCost, order: Double)] = [
    (.cityBlock, 1), (.chebyshev, 1), (.euclidean, 1), (.squaredEuclidean, 1), (.euclidean, 2),
    (.minkowski(1), 1), (.minkowski(3), 3), (.cityBlock, 2), (.chebyshev, 2),
    (.squaredEuclidean, 2),
  ]

  static let shapes: [(source: [Int], target: [Int])] = [
    ([4, 5], [4, 5]), ([1, 7], [1, 7]), ([6, 1], [6, 1]), ([1, 1], [1, 1]), ([3, 6], [5, 2]),
    ([2, 3, 4], [2, 3, 4]), ([3, 2, 2], [1, 3, 3]), ([9, 8], [9, 8]), ([5], [5]),
    ([2, 2, 2, 2], [2, 2, 2, 2]),
  ]

  @Test func everyCostAgreesWithPointsOnEveryShape() throws {
    var random = SplitMix64(seed: 4)
    for (source, target) in Self.shapes {
      for (number, (cost, order)) in Self.costs.enumerated() {
        let spacing = source.map { _ in
          number % 2 == 0 ? 1 : Double.random(in: 0.2..<3, using: &random)
        }
        let p = try image(source, spacing, emptyShare: 0.3, &random)
        let q = try image(target, spacing, emptyShare: 0.3, &random)
        try expectAgreement(p, q, cost, order, "\(source) → \(target), \(cost) order \(order)")
      }
    }
  }

  @Test func tiesEqualMassesAndFullCancellationAreNoTrouble() throws {
    for (cost, order) in Self.costs {
      let flat = try Grid([Double](repeating: 1, count: 36), shape: [6, 6])
      let chess = try Grid((0..<36).map { Double(($0 / 6 + $0) % 2 * 2) }, shape: [6, 6])
      let other = try Grid((0..<36).map { Double(($0 / 6 + $0 + 1) % 2 * 2) }, shape: [6, 6])
      let corner = try Grid([36] + [Double](repeating: 0, count: 35), shape: [6, 6])
      for (p, q) in [(flat, flat), (chess, other), (flat, chess), (corner, flat), (flat, corner)] {
        try expectAgreement(p, q, cost, order, "ties, \(cost) order \(order)")
      }
    }
  }

  @Test func scalesOfMassesAndLengthsChangeNothingElse() throws {
    var random = SplitMix64(seed: 5)
    for (cost, order) in Self.costs where order == 1 {
      for (mass, length) in [(1e-300, 1.0), (1e290, 1e-60), (1, 1e60), (1e-12, 1e-9)] {
        let p = try image([5, 4], [length, length], emptyShare: 0, scale: mass, &random)
        let q = try image([5, 4], [length, length], emptyShare: 0.5, scale: mass, &random)
        try expectAgreement(p, q, cost, order, "masses × \(mass), lengths × \(length), \(cost)")
      }
    }
  }

  @Test func massesThatRangeWidelyKeepTheirDigits() throws {
    let p = try Grid([1e12, 0, 1e-12, 0], shape: [2, 2])
    let q = try Grid([1e12, 1e-12, 0, 0], shape: [2, 2])
    let problem = try TransportProblem(from: p, to: q, cost: .cityBlock)
    let solution = try GridFlow().solve(problem)
    #expect(abs(solution.cost - 2e-12) <= 1e-24)
    #expect(solution.certificate(for: problem).holds)
  }

  /// A pixel that is left out is no wall: distances lead through it as before.
  @Test func aMaskLeavesDistancesAsTheyWere() throws {
    let p = try Grid([1, 5, 0], shape: [1, 3]).masked([true, false, true])
    let q = try Grid([0, 7, 1], shape: [1, 3]).masked([true, false, true])
    for (cost, order) in Self.costs {
      let problem = try TransportProblem(from: p, to: q, cost: cost, order: order)
      let solution = try GridFlow().solve(problem)
      #expect(solution.cost == problem.costs[0, 2])
      #expect(solution.certificate(for: problem).holds)
    }
  }

  @Test func sparseMasksAgreeWithPoints() throws {
    var random = SplitMix64(seed: 6)
    for (cost, order) in Self.costs {
      let p = try image([9, 10], [1, 1], emptyShare: 0.93, &random)
      let q = try image([9, 10], [1, 1], emptyShare: 0.93, &random)
      try expectAgreement(p, q, cost, order, "sparse, \(cost) order \(order)")
    }
  }

  /// Chebyshev's steps add up only where they are equal: one step down and two across of 1 × 2 pixels.
  @Test func unequalStepsDoNotTakeTheKingsGraph() throws {
    let p = try Grid([1, 0, 0, 0, 0, 0], shape: [3, 2], spacing: [1, 2])
    let q = try Grid([0, 0, 0, 0, 0, 1], shape: [3, 2], spacing: [1, 2])
    let problem = try TransportProblem(from: p, to: q, cost: .chebyshev)
    #expect(try GridFlow().solve(problem).cost == 2)
  }

  @Test func whatHasNoGridIsRefusedWithAReason() throws {
    let grid = try Grid([1, 1], shape: [1, 2])
    let wide = try Grid([1, 1], shape: [1, 2], spacing: [1, 3])
    let points = try TransportProblem(from: grid.pointCloud, to: grid.pointCloud)
    #expect(GridFlow().reasonAgainst(points)?.contains("two grids") == true)
    #expect(!GridFlow().supports(try TransportProblem(from: grid, to: wide)))
    let odd = try TransportProblem(from: grid, to: grid, cost: .minkowski(2.5), order: 3)
    #expect(GridFlow().reasonAgainst(odd)?.contains("network simplex") == true)
    #expect(throws: TransportSolverError.self) { try GridFlow().solve(odd) }
  }

  @Test func aLimitGivesABracketThatHoldsTheOptimum() throws {
    var random = SplitMix64(seed: 9)
    let p = try image([17, 16], [1, 1], emptyShare: 0.2, &random)
    let q = try image([17, 16], [1, 1], emptyShare: 0.2, &random)
    for (cost, order) in Self.costs {
      let problem = try TransportProblem(
        from: p, to: q, cost: cost, order: order, mass: .normalize)
      let optimum = try GridFlow().solve(problem).cost
      let solution = try GridFlow().solve(problem, control: SolveControl(timeLimit: .zero))
      let bracket = solution.bracket ?? .init(lower: optimum, upper: optimum)
      #expect(bracket.lower <= optimum * (1 + 1e-12))
      #expect(bracket.upper >= optimum * (1 - 1e-12))
      let certificate = solution.certificate(for: problem)
      #expect(certificate.marginalError <= 1e-15)
      #expect(certificate.minimumReducedCost >= -1e-12)
    }
  }

  @Test func aCancelledTaskGivesABracketToo() async throws {
    var random = SplitMix64(seed: 10)
    let p = try image([40, 40], [1, 1], emptyShare: 0, &random)
    let q = try image([40, 40], [1, 1], emptyShare: 0, &random)
    let problem = try TransportProblem(from: p, to: q, cost: .cityBlock, mass: .normalize)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try GridFlow().solve(problem)
    }
    task.cancel()
    let solution = try await task.value
    #expect(solution.outcome == .limitReached)
    #expect(solution.bracket.map { $0.lower <= $0.upper } == true)
  }

  @Test func sameInputsGiveTheSameBits() throws {
    var random = SplitMix64(seed: 11)
    let p = try image([12, 12], [1, 1], emptyShare: 0.1, &random)
    let q = try image([12, 12], [1, 1], emptyShare: 0.1, &random)
    for (cost, order) in Self.costs {
      let problem = try TransportProblem(
        from: p, to: q, cost: cost, order: order, mass: .normalize)
      let (first, second) = (try GridFlow().solve(problem), try GridFlow().solve(problem))
      #expect(first.plan == second.plan)
      #expect(first.potentials == second.potentials)
    }
  }

  private func expectAgreement(
    _ p: Grid, _ q: Grid, _ cost: GroundCost, _ order: Double, _ comment: String
  ) throws {
    let problem = try TransportProblem(from: p, to: q, cost: cost, order: order, mass: .normalize)
    let solution = try GridFlow().solve(problem)
    let certificate = solution.certificate(for: problem)
    #expect(certificate.holds, "\(comment): \(certificate)")
    #expect(solution.outcome == .optimal)
    let points = try NetworkSimplex().solve(problem)
    #expect(
      abs(solution.cost - points.cost) <= 1e-12 * points.cost,
      "\(comment): \(solution.cost) and \(points.cost)")
  }
}

/// A random image, some of whose pixels are empty.
func image(
  _ shape: [Int], _ spacing: [Double], emptyShare: Double, scale: Double = 1,
  _ random: inout some RandomNumberGenerator
) throws -> Grid {
  let count = shape.reduce(1, *)
  var masses = (0..<count).map { _ in
    Double.random(in: 0..<1, using: &random) < emptyShare
      ? 0 : scale * Double.random(in: 0.1..<1, using: &random)
  }
  masses[Int.random(in: 0..<count, using: &random)] = scale
  return try Grid(masses, shape: shape, spacing: spacing)
}
