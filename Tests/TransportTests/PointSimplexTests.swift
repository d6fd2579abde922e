import Measures
import TestSupport
import Testing
import Transport

/// The search for arcs among points against the scan of the whole matrix: the same optimum, certified.
@Suite struct PointSimplexTests {
  static let costs: [GroundCost] = [.euclidean, .squaredEuclidean, .cityBlock, .chebyshev]

  /// Every ground cost and order in one to five dimensions, where boxes are searched, and in seven, where
  /// rows are scanned, with numbers of points around whole blocks of 16 and groups of 256.
  @Test(arguments: costs, [1, 2, 3, 5, 7])
  func agreesWithTheMatrix(cost: GroundCost, dimension: Int) throws {
    var random = SplitMix64(seed: UInt64(dimension))
    for (m, n) in [(1, 17), (16, 15), (33, 16), (40, 290)] {
      let source = try Instances.cloud(m, dimension: dimension, &random)
      let target = try Instances.cloud(n, dimension: dimension, &random)
      for order in [1.0, 2] {
        let points = try TransportProblem(
          from: source, to: target, cost: cost, order: order, mass: .normalize)
        try expectSameOptimum(points, "\(cost), order \(order), \(m) × \(n)")
      }
    }
  }

  /// Ties everywhere: points of a small grid, equal masses and empty bins.
  @Test(arguments: costs)
  func agreesWithTheMatrixOnTies(cost: GroundCost) throws {
    var random = SplitMix64(seed: 9)
    func cloud(_ count: Int) throws -> PointCloud {
      let coordinates = (0..<2 * count).map { _ in Double(Int.random(in: 0...4, using: &random)) }
      return try PointCloud(
        coordinates: coordinates, dimension: 2,
        masses: (0..<count).map { $0.isMultiple(of: 5) ? 0 : 1 })
    }
    let problem = try TransportProblem(from: cloud(100), to: cloud(100), cost: cost)
    try expectSameOptimum(problem, "\(cost)")
  }

  /// Clusters so narrow beside the distance between them that squares of it underflow.
  ///
  /// In single precision all of a cluster is one point.
  @Test(arguments: [2, 6])
  func distancesKeepTheirDigitsBesideFarPoints(dimension: Int) throws {
    let near = 0x1p-700
    let rest = [Double](repeating: 1e9, count: dimension - 2)
    let source = try PointCloud([[0, 0] + rest, [near, 0] + rest, [1, 1] + rest])
    let target = try PointCloud([[0, 3 * near] + rest, [4 * near, 0] + rest, [1, 1] + rest])
    let problem = try TransportProblem(from: source, to: target)
    let solution = try NetworkSimplex().solve(problem)
    #expect(abs(solution.cost - 2 * near) <= 1e-15 * near)
    #expect(solution.certificate(for: problem).holds)
  }

  /// Costs next to the largest double and, squared, to the least normal one.
  @Test func costsAtTheEndsOfTheRangeAreFine() throws {
    for (length, cost) in [(0x1.8p1023, GroundCost.euclidean), (0x1p-511, .squaredEuclidean)] {
      let source = try PointCloud([[0, 0], [length, 0]], masses: [1, 2])
      let target = try PointCloud([[length, 0], [0, 0]], masses: [1, 2])
      let problem = try TransportProblem(from: source, to: target, cost: cost)
      let solution = try NetworkSimplex().solve(problem)
      #expect(solution.cost == problem.costs[1, 1])
      // Sums of two such numbers, as in a certificate, need not be doubles; the potentials are.
      let potentials = solution.potentials.source + solution.potentials.target
      #expect(potentials.allSatisfy { $0.isFinite })
    }
  }

  /// Powers of two in coordinates and masses change nothing but the scale, whatever the order.
  @Test(arguments: [1.0, 2])
  func powersOfTwoChangeNothingButTheScale(order: Double) throws {
    var random = SplitMix64(seed: 12)
    let source = try Instances.cloud(60, dimension: 3, &random)
    let target = try Instances.cloud(70, dimension: 3, &random)
    func solved(_ length: Double, _ mass: Double) throws -> TransportSolution {
      func scaled(_ cloud: PointCloud) throws -> PointCloud {
        try PointCloud(
          coordinates: cloud.coordinates.map { $0 * length }, dimension: 3,
          masses: cloud.masses.map { $0 / cloud.total * mass })
      }
      return try NetworkSimplex().solve(
        TransportProblem(from: scaled(source), to: scaled(target), cost: .euclidean, order: order))
    }
    let plain = try solved(1, 1)
    let scaled = try solved(0x1p-100, 0x1p300)
    #expect(scaled.statistics.iterations == plain.statistics.iterations)
    #expect(scaled.plan.arcs.map(\.mass) == plain.plan.arcs.map { $0.mass * 0x1p300 })
    #expect(scaled.cost == plain.cost * 0x1p300 * (order == 1 ? 0x1p-100 : 0x1p-200))
  }

  /// Two levels of groups above the blocks, and a step between sources of more than one.
  @Test func manyPointsAreCertified() throws {
    var random = SplitMix64(seed: 13)
    let problem = try TransportProblem(
      from: Instances.cloud(300, dimension: 2, &random),
      to: Instances.cloud(350, dimension: 2, &random), cost: .squaredEuclidean,
      mass: .normalize)
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.certificate(for: problem).holds)
  }

  private func expectSameOptimum(_ problem: TransportProblem, _ comment: Comment) throws {
    guard case .points(let costs) = problem.costs else {
      Issue.record("not points")
      return
    }
    let dense = try TransportProblem(
      from: Histogram(problem.sourceMasses), to: Histogram(problem.targetMasses),
      cost: costs.matrix(), mass: .normalize)
    let searched = try NetworkSimplex().solve(problem)
    let scanned = try NetworkSimplex().solve(dense)
    #expect(searched.certificate(for: problem).holds, comment)
    #expect(abs(searched.cost / problem.totalMass - scanned.cost) <= 1e-12 * scanned.cost, comment)
  }
}

/// The search for the least reduced cost against the scan of all arcs, whatever the potentials.
@Suite struct PotentialTreeTests {
  @Test(arguments: PointSimplexTests.costs + [.minkowski(3)])
  func searchEqualsScan(cost: GroundCost) throws {
    var random = SplitMix64(seed: 21)
    for (size, order) in [(1, 1.0), (13, 2), (90, 1), (90, 1.5)] {
      let problem = try TransportProblem(
        from: Instances.cloud(size, dimension: 2, &random),
        to: Instances.cloud(size + 5, dimension: 2, &random), cost: cost, order: order,
        mass: .normalize)
      let optimal = try NetworkSimplex().solve(problem).potentials
      for bend in [0, 1e-12, 1e-3, 3] {
        let potentials = KantorovichPotentials(
          source: optimal.source.map { $0 + bend * Double.random(in: -1...0.1, using: &random) },
          target: optimal.target.map { $0 - bend })
        let full = problem.leastReducedCostOfAllArcs(under: potentials)
        let searched = problem.leastReducedCostInBoxes(under: potentials)
        // Rows and pairs may round differently by a few units.
        #expect(abs(searched.value - full.value) <= 1e-15, "\(cost), order \(order), \(bend)")
      }
    }
  }

  @Test func potentialsThatAreNotNumbersAreFound() throws {
    let cloud = try PointCloud([[0, 0], [1, 0], [0, 1]])
    let problem = try TransportProblem(from: cloud, to: cloud)
    let potentials = KantorovichPotentials(source: [0, .nan, 0], target: [0, 0, 0])
    #expect(problem.leastReducedCostInBoxes(under: potentials).value == -.infinity)
  }
}
