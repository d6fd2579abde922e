import Measures
import TestSupport
import Testing
import Transport

@Suite struct NetworkSimplexTests {
  /// 400 random problems of up to 3 × 3 with small integer masses and costs, so that ties and degenerate
  /// bases are the rule: the cost is that of the best basis, tried one by one.
  @Test func agreesWithBruteForceOnDegenerateProblems() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<400 {
      let problem = try smallProblem(&random, forbiddenShare: 0)
      let solution = try NetworkSimplex().solve(problem)
      let best = try #require(bruteForceCost(of: problem))
      #expect(abs(solution.cost - best) <= 1e-12 * max(1, abs(best)))
      #expect(solution.certificate(for: problem).holds)
    }
  }

  @Test func forbiddenArcsAreNeverUsedAndInfeasibleProblemsAreProven() throws {
    var random = SplitMix64(seed: 4)
    var infeasible = 0
    for _ in 0..<400 {
      let problem = try smallProblem(&random, forbiddenShare: 0.35)
      guard let best = bruteForceCost(of: problem) else {
        infeasible += 1
        try expectCut(of: problem)
        continue
      }
      let solution = try NetworkSimplex().solve(problem)
      #expect(abs(solution.cost - best) <= 1e-12 * max(1, abs(best)))
      #expect(solution.certificate(for: problem).holds)
    }
    #expect(infeasible > 20, "the instances must include infeasible ones")
  }

  private func expectCut(of problem: TransportProblem) throws {
    let error = #expect(throws: TransportSolverError.self) {
      try NetworkSimplex().solve(problem)
    }
    guard case .infeasible(let cut)? = error else {
      Issue.record("expected a cut, got \(String(describing: error))")
      return
    }
    #expect(cut.supply > cut.demand)
    for i in cut.sources {
      for j in 0..<problem.targetCount where problem.costs[i, j] < .infinity {
        #expect(cut.targets.contains(j) || problem.targetMasses[j] == 0)
      }
    }
  }

  private func smallProblem(
    _ random: inout SplitMix64, forbiddenShare: Double
  ) throws -> TransportProblem {
    let rows = Int.random(in: 1...3, using: &random)
    let columns = Int.random(in: 1...3, using: &random)
    let total = 6
    let entries = (0..<rows * columns).map { _ in
      Double.random(in: 0..<1, using: &random) < forbiddenShare
        ? Double.infinity : Double(Int.random(in: -2...3, using: &random))
    }
    return try TransportProblem(
      from: Histogram(parts(of: total, count: rows, &random)),
      to: Histogram(parts(of: total, count: columns, &random)),
      cost: CostMatrix(entries, rows: rows, columns: columns))
  }

  /// Whole numbers, zero allowed, that sum to a total.
  private func parts(of total: Int, count: Int, _ random: inout SplitMix64) -> [Double] {
    let cuts = (1..<count).map { _ in Int.random(in: 0...total, using: &random) }.sorted()
    return zip([0] + cuts, cuts + [total]).map { Double($1 - $0) }
  }

  @Test func anAssignmentWithEqualCostsEndsAtOnce() throws {
    let masses = [Double](repeating: 1, count: 300)
    let problem = try TransportProblem(
      from: Histogram(masses), to: Histogram(masses),
      cost: CostMatrix([Double](repeating: 1, count: 90_000), rows: 300, columns: 300))
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.cost == 300)
    #expect(solution.statistics.iterations == 0)
  }

  /// The same pivots at every scale: masses and costs times powers of two give the same plan scaled.
  @Test func powersOfTwoChangeNothingButTheScale() throws {
    var random = SplitMix64(seed: 5)
    let source = try Instances.cloud(30, dimension: 2, &random)
    let target = try Instances.cloud(20, dimension: 2, &random)
    let plain = try NetworkSimplex().solve(
      TransportProblem(from: source, to: target, mass: .normalize))
    let large = try PointCloud(
      coordinates: source.coordinates.map { $0 * 0x1p200 }, dimension: 2, masses: source.masses)
    let largeTarget = try PointCloud(
      coordinates: target.coordinates.map { $0 * 0x1p200 }, dimension: 2, masses: target.masses)
    let scaled = try NetworkSimplex().solve(
      TransportProblem(from: large, to: largeTarget, mass: .normalize))
    #expect(scaled.plan == plain.plan)
    #expect(scaled.statistics.iterations == plain.statistics.iterations)
    #expect(scaled.cost == plain.cost * 0x1p200)
  }

  @Test func aTimeLimitOfZeroGivesABracketAroundTheOptimum() throws {
    let problem = try largerProblem()
    let best = try NetworkSimplex().solve(problem).cost
    let stopped = try NetworkSimplex().solve(problem, control: SolveControl(timeLimit: .zero))
    #expect(stopped.outcome == .limitReached)
    let bracket = try #require(stopped.bracket)
    #expect(bracket.lower <= best * (1 + 1e-12))
    #expect(bracket.upper >= best * (1 - 1e-12))
    #expect(bracket.lower > 0)
    let certificate = stopped.certificate(for: problem)
    #expect(certificate.marginalError <= OptimalityCertificate.tolerance)
    #expect(certificate.minimumReducedCost >= -OptimalityCertificate.tolerance)
  }

  @Test func aCancelledTaskGivesABracket() async throws {
    let problem = try largerProblem()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try NetworkSimplex().solve(problem)
    }
    task.cancel()
    let solution = try await task.value
    #expect(solution.outcome == .limitReached)
    #expect(solution.bracket != nil)
  }

  private func largerProblem() throws -> TransportProblem {
    var random = SplitMix64(seed: 6)
    return try TransportProblem(
      from: Instances.cloud(150, dimension: 2, &random),
      to: Instances.cloud(150, dimension: 2, &random), mass: .normalize)
  }

  /// POT's issue 229: entries of 1e32 for "forbidden" must not drown the others.
  @Test func hugeFiniteCostsDoNotDrownTheOthers() throws {
    let huge = 1e32
    let allowed = [[1.0, 7, huge, 4], [2, huge, 3, 8], [huge, 5, 6, huge], [9, huge, 2, 1]]
    let infinite = allowed.map { $0.map { $0 == huge ? .infinity : $0 } }
    let p = try Histogram([0.1, 0.4, 0.3, 0.2])
    let q = try Histogram([0.25, 0.25, 0.25, 0.25])
    let finite = try TransportProblem(from: p, to: q, cost: CostMatrix(rows: allowed))
    let forbidden = try TransportProblem(from: p, to: q, cost: CostMatrix(rows: infinite))
    let expected = try #require(bruteForceCost(of: forbidden))
    let solution = try NetworkSimplex().solve(finite)
    #expect(abs(solution.cost - expected) < 1e-14)
    #expect(solution.certificate(for: finite).holds)
  }

  @Test func hugeCostsThatCannotBeAvoidedArePaid() throws {
    let problem = try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1]),
      cost: CostMatrix(rows: [[1e32, 1], [1e32, 1]]))
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.cost == 1e32 + 1)
    #expect(solution.certificate(for: problem).holds)
  }
}

/// Rows long enough for shortlists, in matrices large enough for a copy in single precision.
@Suite struct ShortlistTests {
  /// Few sources, so that the row alone is long, with ties and in a second matrix forbidden arcs.
  ///
  /// The optimum of the shortlisted simplex is certified by the scan of all arcs.
  @Test(arguments: [0, 0.3])
  func longRowsAreCertified(forbiddenShare: Double) throws {
    var random = SplitMix64(seed: 8)
    let (rows, columns) = (8, 2_104)
    let entries = (0..<rows * columns).map { arc in
      arc >= columns && Double.random(in: 0..<1, using: &random) < forbiddenShare
        ? Double.infinity : Double(Int.random(in: 0...50, using: &random))
    }
    let problem = try TransportProblem(
      from: Histogram([Double](repeating: 263, count: rows)),
      to: Histogram([Double](repeating: 1, count: columns)),
      cost: CostMatrix(entries, rows: rows, columns: columns))
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.certificate(for: problem).holds)
    #expect(solution.cost == solution.cost.rounded())
  }

  /// Points in many dimensions have rows of rounded costs alone.
  @Test func longRowsOfPointsAreCertified() throws {
    var random = SplitMix64(seed: 9)
    let problem = try TransportProblem(
      from: Instances.cloud(4, dimension: 6, &random),
      to: Instances.cloud(2_100, dimension: 6, &random), mass: .normalize)
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.certificate(for: problem).holds)
  }
}
