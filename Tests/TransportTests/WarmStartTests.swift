import Measures
import TestSupport
import Testing
import Transport

/// Warm starts: the same certified optimum, on a shorter way.
@Suite struct WarmStartTests {
  private let source: PointCloud
  private let target: PointCloud

  init() throws {
    var random = SplitMix64(seed: 31)
    source = try Instances.cloud(120, dimension: 2, &random)
    target = try Instances.cloud(140, dimension: 2, &random)
  }

  /// The problem with its target moved by a little, as points or as a matrix.
  private func problem(movedBy shift: Double, asMatrix: Bool) throws -> TransportProblem {
    let moved = try PointCloud(
      coordinates: target.coordinates.enumerated().map { $1 + shift * Double($0 % 7) },
      dimension: 2, masses: target.masses)
    let points = try TransportProblem(from: source, to: moved, mass: .normalize)
    guard asMatrix, case .points(let costs) = points.costs else { return points }
    return try TransportProblem(
      from: source, to: moved, cost: costs.matrix(), mass: .normalize)
  }

  @Test(arguments: [false, true])
  func aNearbySolutionSavesPivots(asMatrix: Bool) throws {
    let first = try NetworkSimplex().solve(problem(movedBy: 0, asMatrix: asMatrix))
    let problem = try problem(movedBy: 1e-4, asMatrix: asMatrix)
    let cold = try NetworkSimplex().solve(problem)
    for start in [WarmStart.solution(first), .potentials(first.potentials)] {
      let warm = try NetworkSimplex().solve(problem, startingFrom: start)
      #expect(warm.certificate(for: problem).holds)
      #expect(abs(warm.cost - cold.cost) <= 1e-12 * cold.cost)
      #expect(warm.statistics.iterations < cold.statistics.iterations)
    }
  }

  @Test func theSolutionItselfNeedsHardlyAPivot() throws {
    let problem = try problem(movedBy: 0, asMatrix: false)
    let cold = try NetworkSimplex().solve(problem)
    let warm = try NetworkSimplex().solve(problem, startingFrom: .solution(cold))
    #expect(warm.cost == cold.cost || abs(warm.cost - cold.cost) <= 1e-14 * cold.cost)
    #expect(warm.statistics.iterations * 10 <= cold.statistics.iterations)
  }

  /// Whatever is claimed of a nearby problem, the answer is right: potentials without any sense, and a plan
  /// with a cycle.
  @Test func senselessStartsGiveTheSameOptimum() throws {
    var random = SplitMix64(seed: 32)
    let problem = try problem(movedBy: 0, asMatrix: true)
    let cold = try NetworkSimplex().solve(problem)
    func noise(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double.random(in: -1e3..<1e3, using: &random) }
    }
    let potentials = KantorovichPotentials(
      source: noise(problem.sourceCount), target: noise(problem.targetCount))
    let arcs = (0..<40).map { _ in
      TransportPlan.Arc(
        source: Int.random(in: 0..<6, using: &random),
        target: Int.random(in: 0..<6, using: &random), mass: 1)
    }
    let plan = TransportPlan(
      arcs: arcs, sourceCount: problem.sourceCount, targetCount: problem.targetCount)
    for start in [WarmStart.potentials(potentials), .basis(plan, potentials)] {
      let warm = try NetworkSimplex().solve(problem, startingFrom: start)
      #expect(warm.certificate(for: problem).holds)
      #expect(abs(warm.cost - cold.cost) <= 1e-12 * cold.cost)
    }
  }

  @Test func exactArithmeticTakesAWarmStartToo() throws {
    let masses = [3.0, 1, 4, 1, 5]
    let problem = try TransportProblem(
      from: Histogram(masses), to: Histogram(masses.reversed()), order: 2)
    let solver = NetworkSimplex(arithmetic: .exact)
    let cold = try solver.solve(problem)
    let warm = try solver.solve(problem, startingFrom: .solution(cold))
    #expect(warm.exactCost == cold.exactCost)
    #expect(warm.statistics.iterations <= cold.statistics.iterations)
  }

  @Test func aWarmStartOfAnotherSizeIsRefused() throws {
    let problem = try problem(movedBy: 0, asMatrix: false)
    let small = KantorovichPotentials(source: [0], target: [0, 0])
    let infinite = KantorovichPotentials(
      source: [Double](repeating: 0, count: problem.sourceCount),
      target: [Double](repeating: .infinity, count: problem.targetCount))
    for potentials in [small, infinite] {
      let error = #expect(throws: TransportSolverError.self) {
        try NetworkSimplex().solve(problem, startingFrom: .potentials(potentials))
      }
      guard case .unfitWarmStart? = error else {
        Issue.record("expected an unfit warm start, got \(String(describing: error))")
        continue
      }
    }
  }
}

/// The bracket at a limit, from transforms that leave out boxes.
@Suite struct BracketOfPointsTests {
  /// Pruned transforms give the bracket that full ones give, for any dimension that boxes are used in;
  /// senseless potentials are no worse than zeros.
  @Test(arguments: [1, 2, 5])
  func equalsTheFullTransforms(dimension: Int) throws {
    var random = SplitMix64(seed: 51)
    for cost in [GroundCost.euclidean, .squaredEuclidean, .cityBlock, .minkowski(3)] {
      let problem = try TransportProblem(
        from: Instances.cloud(90, dimension: dimension, &random),
        to: Instances.cloud(110, dimension: dimension, &random), cost: cost, mass: .normalize)
      let given = KantorovichPotentials(
        source: (0..<90).map { _ in Double.random(in: -1..<1, using: &random) },
        target: (0..<110).map { _ in Double.random(in: -1..<1, using: &random) })
      let plan = TransportPlan(arcs: [], sourceCount: 90, targetCount: 110)
      let stopped = TransportSolution(
        unfinished: problem, plan: plan, potentials: given,
        statistics: SolverStatistics(solver: "none", iterations: 0, seconds: 0, cpuSeconds: 0))
      let zeros = [Double](repeating: 0, count: problem.targetCount)
      let values = [given.target, zeros].map { start in
        let f = problem.sourceTransform(of: start)
        return problem.dualValue(
          of: KantorovichPotentials(source: f, target: problem.targetTransform(of: f)))
      }
      let best = try #require(values.max())
      let lower = try #require(stopped.bracket).lower
      #expect(abs(lower - best) <= 1e-13 * max(1, abs(best)))
      #expect(lower >= 0)
      let least = problem.leastReducedCostOfAllArcs(under: stopped.potentials)
      #expect(least.value >= -1e-14)
    }
  }
}
