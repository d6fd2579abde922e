import OptimalTransport
import TestSupport
import Testing

@Suite struct AutomaticSolverTests {
  private func choice(for problem: TransportProblem) -> String {
    AutomaticSolver().choice(for: problem).solver.name
  }

  @Test func theLineHasItsClosedForm() throws {
    let (p, q) = try Instances.sevenBins()
    #expect(choice(for: try TransportProblem(from: p, to: q)) == "monotone")
  }

  @Test func smallProblemsAndCapacitiesAreLinearPrograms() throws {
    let points = try PointCloud([[0, 0], [1, 2]])
    #expect(choice(for: try TransportProblem(from: points, to: points)) == "glpk")
    let (p, q) = try Instances.sevenBins()
    let limited = try TransportProblem(
      from: p, to: q,
      capacities: CostMatrix([Double](repeating: 1, count: 49), rows: 7, columns: 7))
    #expect(choice(for: limited) == "glpk")
  }

  @Test func largeProblemsGoToTheNetworkSimplex() throws {
    var random = SplitMix64(seed: 61)
    let cloud = try Instances.cloud(51, dimension: 2, &random)
    #expect(choice(for: try TransportProblem(from: cloud, to: cloud)) == "network-simplex")
  }

  /// What GLPK's absolute tolerances could lose goes to the network simplex, whatever its size.
  @Test func wideMassesAndCostsGoToTheNetworkSimplex() throws {
    let points = try PointCloud([[0, 0], [1, 2]], masses: [1, 1e-12])
    #expect(choice(for: try TransportProblem(from: points, to: points)) == "network-simplex")
    let wide = try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1]),
      cost: CostMatrix(rows: [[1e-12, 1], [1, 0.5]]))
    #expect(choice(for: wide) == "network-simplex")
  }

  @Test func theChoiceIsSaidInTheStatistics() throws {
    let (p, q) = try Instances.sevenBins()
    let solution = try AutomaticSolver().solve(TransportProblem(from: p, to: q))
    #expect(solution.statistics.solver == "monotone")
    #expect(solution.statistics.reason.contains("line"))
  }

  @Test func theUmbrellaGivesOneLineDistances() throws {
    let (p, q) = try Instances.sevenBins()
    #expect(abs(try earthMoversDistance(from: p, to: q) - 0.9) < 1e-15)
    #expect(abs(try p.wassersteinDistance(to: q, order: 2) - 1.3.squareRoot()) < 1e-15)
    let image = try Grid([1, 0, 0, 0], shape: [2, 2])
    let other = try Grid([0, 0, 0, 1], shape: [2, 2])
    #expect(abs(try image.wassersteinDistance(to: other) - 2.0.squareRoot()) < 1e-15)
    #expect(try image.wassersteinDistance(to: other, cost: .cityBlock) == 2)
  }
}
