import Measures
import TestSupport
import Testing
import Transport

@Suite struct MonotoneRearrangementTests {
  /// The closed form and the network simplex, which share no step, agree for every order.
  @Test(arguments: [1, 1.25, 2, 3])
  func agreesWithTheNetworkSimplex(order: Double) throws {
    var random = SplitMix64(seed: 31)
    for size in [1, 2, 5, 33] {
      let problem = try TransportProblem(
        from: Instances.cloud(size, dimension: 1, &random),
        to: Instances.cloud(2 * size, dimension: 1, &random), order: order, mass: .normalize)
      let closed = try MonotoneRearrangement().solve(problem)
      let searched = try NetworkSimplex().solve(problem)
      #expect(closed.certificate(for: problem).holds)
      #expect(abs(closed.cost - searched.cost) <= 1e-13 * searched.cost)
    }
  }

  @Test func tiesUnsortedPositionsAndEmptyBinsAreFine() throws {
    let p = try Histogram([0, 2, 0, 1, 1], at: [5, 3, 3, -1, 3])
    let q = try Histogram([1, 0, 3], at: [3, 100, -1])
    let problem = try TransportProblem(from: p, to: q)
    let solution = try MonotoneRearrangement().solve(problem)
    #expect(solution.cost == 8)
    #expect(solution.certificate(for: problem).holds)
  }

  @Test func equalsTheIntegralOfTheDistributionFunctions() throws {
    let (p, q) = try Instances.sevenBins()
    var (difference, integral) = (0.0, 0.0)
    for bin in 0..<6 {
      difference += p.masses[bin] - q.masses[bin]
      integral += abs(difference)
    }
    let cost = try MonotoneRearrangement().solve(TransportProblem(from: p, to: q)).cost
    #expect(abs(cost - integral) < 1e-15)
  }

  @Test func otherProblemsAreRefusedWithAReason() throws {
    let plane = try PointCloud([[0, 0]])
    let error = #expect(throws: TransportSolverError.self) {
      try MonotoneRearrangement().solve(TransportProblem(from: plane, to: plane))
    }
    #expect(error?.description.contains("line") == true)
  }
}
