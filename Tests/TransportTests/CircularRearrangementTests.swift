import Measures
import TestSupport
import Testing
import Transport

@Suite struct CircularRearrangementTests {
  /// The closed form and the network simplex, which share no step, agree for every order; positions lie
  /// on several laps, and some atoms are empty.
  @Test(arguments: [1, 1.5, 2, 3])
  func agreesWithTheNetworkSimplex(order: Double) throws {
    var random = SplitMix64(seed: 71)
    for size in [1, 2, 3, 8, 25] {
      for _ in 0..<8 {
        let problem = try TransportProblem(
          from: atoms(size, &random), to: atoms(size + 2, &random),
          cost: .circular(period: 2.5), order: order, mass: .normalize)
        let closed = try CircularRearrangement().solve(problem)
        let searched = try NetworkSimplex().solve(problem)
        #expect(closed.certificate(for: problem).holds, "\(closed.certificate(for: problem))")
        #expect(abs(closed.cost - searched.cost) <= 1e-13 * max(searched.cost, 1e-3))
      }
    }
  }

  /// Equal masses on a lattice: every boundary is shared, so that the potentials must be mixed.
  @Test(arguments: [1.0, 2])
  func sharedBoundariesClose(order: Double) throws {
    var random = SplitMix64(seed: 72)
    for _ in 0..<40 {
      let count = Int.random(in: 1...9, using: &random)
      func lattice() throws -> PointCloud {
        try PointCloud(
          coordinates: (0..<count).map { _ in Double(Int.random(in: 0..<12, using: &random)) },
          dimension: 1)
      }
      let problem = try TransportProblem(
        from: lattice(), to: lattice(), cost: .circular(period: 12), order: order)
      let closed = try CircularRearrangement().solve(problem)
      let searched = try NetworkSimplex().solve(problem)
      #expect(closed.certificate(for: problem).holds, "\(closed.certificate(for: problem))")
      #expect(abs(closed.cost - searched.cost) <= 1e-12 * max(searched.cost, 1))
    }
  }

  /// On the circle W₁ is the least ∫|F − G − k| over k, attained at a median of F − G.
  @Test func equalsTheMedianFormula() throws {
    let p = [0.3, 0.1, 0.2, 0.05, 0.35]
    let q = [0.1, 0.4, 0.1, 0.3, 0.1]
    var difference = 0.0
    let differences = zip(p, q).map { masses -> Double in
      difference += masses.0 - masses.1
      return difference
    }
    let median = differences.sorted()[2]
    let expected = differences.reduce(0) { $0 + abs($1 - median) }
    let problem = try TransportProblem(
      from: Histogram(p), to: Histogram(q), cost: .circular(period: 5))
    let cost = try CircularRearrangement().solve(problem).cost
    #expect(abs(cost - expected) < 1e-15)
  }

  @Test func aTurnOfBothMeasuresChangesNothing() throws {
    var random = SplitMix64(seed: 73)
    let (source, target) = (try atoms(12, &random), try atoms(9, &random))
    func cost(turned: Double) throws -> Double {
      func turn(_ cloud: PointCloud) throws -> PointCloud {
        try PointCloud(
          coordinates: cloud.coordinates.map { $0 + turned }, dimension: 1, masses: cloud.masses)
      }
      return try CircularRearrangement().solve(
        TransportProblem(
          from: turn(source), to: turn(target), cost: .circular(period: 2.5), order: 2,
          mass: .normalize)
      ).cost
    }
    let reference = try cost(turned: 0)
    for angle in [0.1, 1.3, -2, 7.7] {
      // Positions change by roundings of about 1e-15.
      #expect(abs(try cost(turned: angle) - reference) < 1e-13)
    }
  }

  @Test func theLineIsNoCircle() throws {
    let p = try Histogram([1, 1])
    #expect(!CircularRearrangement().supports(try TransportProblem(from: p, to: p)))
  }

  private func atoms(_ count: Int, _ random: inout SplitMix64) throws -> PointCloud {
    try PointCloud(
      coordinates: (0..<count).map { _ in Double.random(in: -4..<4, using: &random) },
      dimension: 1,
      masses: (0..<count).map { index in
        index > 0 && index.isMultiple(of: 5) ? 0 : Double.random(in: 0.1..<1, using: &random)
      })
  }
}
