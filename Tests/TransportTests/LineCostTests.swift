import Measures
import TestSupport
import Testing
import Transport

/// The cost alone on the line against the full solver.
@Suite struct LineCostTests {
  /// Equal and unequal masses, ties, sizes above and below where bits are sorted, signs and zeros of both
  /// kinds: the same cost to rounding.
  @Test(arguments: [1, 1.5, 2, 3])
  func equalsTheFullSolver(order: Double) throws {
    var random = SplitMix64(seed: 41)
    for (m, n, equal) in [(1, 1, true), (7, 7, true), (700, 700, true), (600, 900, false)] {
      func positions(_ count: Int) -> [Double] {
        (0..<count).map { place in
          switch place % 7 {
          case 0: -0.0
          case 1: 0
          case 2: Double(Int.random(in: -3...3, using: &random))
          default: Double.random(in: -1...1, using: &random) * 0x1p30
          }
        }
      }
      func cloud(_ count: Int) throws -> PointCloud {
        try PointCloud(
          coordinates: positions(count), dimension: 1,
          masses: equal ? nil : (0..<count).map { _ in Double.random(in: 0...1, using: &random) })
      }
      let problem = try TransportProblem(
        from: cloud(m), to: cloud(n), order: order, mass: .normalize)
      let cost = try #require(MonotoneRearrangement.cost(of: problem))
      let solution = try MonotoneRearrangement().solve(problem)
      #expect(abs(cost - solution.cost) <= 1e-14 * solution.cost)
      #expect(solution.certificate(for: problem).holds)
    }
  }

  /// Clusters of neighbouring doubles far from each other: they differ in their lowest bits alone, which
  /// the sort by high digits leaves to insertion, and that gives up.
  @Test func neighbouringDoublesAreOrdered() throws {
    var random = SplitMix64(seed: 42)
    let ranks = (0..<2_000).shuffled(using: &random)
    let positions = ranks.map { rank in
      let centre = [-0x1p90, -1, 0x1p-80, 3][rank % 4]
      return Double(bitPattern: centre.bitPattern + UInt64(rank / 4))
    }
    let cloud = try PointCloud(coordinates: positions, dimension: 1)
    let sorted = try PointCloud(coordinates: positions.sorted(), dimension: 1)
    let problem = try TransportProblem(from: cloud, to: sorted)
    #expect(MonotoneRearrangement.cost(of: problem) == 0)
    #expect(try MonotoneRearrangement().solve(problem).cost == 0)
  }

  @Test func scalesOfMassAndLengthAreKept() throws {
    let p = try Histogram([1e-300, 2e-300, 1e-300], at: [0, 1e150, -1e150])
    let q = try Histogram([2e-300, 2e-300], at: [3e150, 1e150])
    let problem = try TransportProblem(from: p, to: q)
    let cost = try #require(MonotoneRearrangement.cost(of: problem))
    let solution = try MonotoneRearrangement().solve(problem)
    #expect(abs(cost - solution.cost) <= 1e-15 * cost)
  }

  @Test func otherProblemsHaveNone() throws {
    let plane = try PointCloud([[0, 0]])
    #expect(MonotoneRearrangement.cost(of: try TransportProblem(from: plane, to: plane)) == nil)
  }
}

/// Plans in any order.
@Suite struct TransportPlanOrderTests {
  @Test func arcsAreOrderedAndThoseOfAPairAdded() {
    let arcs = [(2, 1, 1.0), (0, 3, 2), (2, 0, 4), (0, 3, 8), (1, 1, 16), (2, 1, 32)].map {
      TransportPlan.Arc(source: $0.0, target: $0.1, mass: $0.2)
    }
    let plan = TransportPlan(arcs: arcs, sourceCount: 3, targetCount: 4)
    let expected = [(0, 3, 10.0), (1, 1, 16), (2, 0, 4), (2, 1, 33)].map {
      TransportPlan.Arc(source: $0.0, target: $0.1, mass: $0.2)
    }
    #expect(plan.arcs == expected)
    #expect(TransportPlan(arcs: plan.arcs, sourceCount: 3, targetCount: 4) == plan)
  }
}
