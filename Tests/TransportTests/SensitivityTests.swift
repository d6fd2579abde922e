import Measures
import TestSupport
import Testing
import Transport

/// What the report says against all vertices of small problems, found by trying every tree.
@Suite struct SensitivityTests {
  #if DEBUG
  static let count = 60
  #else
  static let count = 400
  #endif

  private static let both = count / 20..<count * 19 / 20

  /// Small integers, so that ties and degenerate plans are the rule; empty bins among them.
  private func instance(_ random: inout SplitMix64) throws -> TransportProblem {
    let rows = Int.random(in: 2...3, using: &random)
    let columns = Int.random(in: 1...4, using: &random)
    func masses(_ count: Int) -> [Double] {
      let cuts = (1..<count).map { _ in Int.random(in: 0...4, using: &random) }.sorted()
      return zip([0] + cuts, cuts + [4]).map { Double($1 - $0) }
    }
    let entries = (0..<rows * columns).map { _ in Double(Int.random(in: 0...1, using: &random)) }
    return try TransportProblem(
      from: Histogram(masses(rows)), to: Histogram(masses(columns)),
      cost: CostMatrix(entries, rows: rows, columns: columns))
  }

  private func changed(
    _ problem: TransportProblem, source: Int, target: Int, cost: Double
  ) throws -> TransportProblem {
    guard case .matrix(let matrix) = problem.costs else { preconditionFailure("a matrix") }
    var entries = matrix.entries
    entries[source * matrix.columns + target] = cost
    return try TransportProblem(
      from: Histogram(problem.sourceMasses), to: Histogram(problem.targetMasses),
      cost: CostMatrix(entries, rows: matrix.rows, columns: matrix.columns))
  }

  @Test func thePlanIsUniqueIfOneVertexIsOptimal() throws {
    var random = SplitMix64(seed: 41)
    var unique = 0
    for _ in 0..<Self.count {
      let problem = try instance(&random)
      let report = try SensitivityReport(of: NetworkSimplex().solve(problem), for: problem)
      let isOnly = optimalVertices(of: problem).count == 1
      #expect(report.planIsUnique == isOnly, "\(problem)")
      unique += isOnly ? 1 : 0
    }
    #expect(Self.both.contains(unique), "both kinds must occur often")
  }

  /// Potentials are unique if for every pair of atoms the cost has one slope: V(½) − V(0) = V(0) − V(−½).
  ///
  /// Masses are integers, so that the cost bends at integers only.
  @Test func thePotentialsAreUniqueIfTheCostHasNoBend() throws {
    var random = SplitMix64(seed: 42)
    var unique = 0
    for _ in 0..<Self.count {
      let problem = try instance(&random)
      let report = try SensitivityReport(of: NetworkSimplex().solve(problem), for: problem)
      let best = try #require(bruteForceCost(of: problem))
      var isSmooth = true
      for i in 0..<problem.sourceCount where problem.sourceMasses[i] > 0 {
        for j in 0..<problem.targetCount where problem.targetMasses[j] > 0 {
          let change = MassChange.growing(source: i, target: j)
          let more = try #require(bruteForceCost(of: moved(problem, change, by: 0.5)))
          let less = try #require(bruteForceCost(of: moved(problem, change, by: -0.5)))
          if more - best != best - less { isSmooth = false }
        }
      }
      #expect(report.potentialsAreUnique == isSmooth, "\(problem)")
      unique += isSmooth ? 1 : 0
    }
    #expect(Self.both.contains(unique), "both kinds must occur often")
  }

  private func moved(
    _ problem: TransportProblem, _ change: MassChange, by amount: Double
  ) throws -> TransportProblem {
    var (sources, targets) = (problem.sourceMasses, problem.targetMasses)
    switch change {
    case .growing(let i, let j):
      (sources[i], targets[j]) = (sources[i] + amount, targets[j] + amount)
    case .movingSource(let k, let i):
      sources[k] -= amount
      sources[i] += amount
    case .movingTarget(let l, let j):
      targets[l] -= amount
      targets[j] += amount
    }
    guard case .matrix(let matrix) = problem.costs else { preconditionFailure("a matrix") }
    return try TransportProblem(
      from: Histogram(sources), to: Histogram(targets), cost: matrix)
  }

  /// At the ends of its range a cost leaves the plan optimal; a half beyond it does not.
  @Test func costRangesEndWhereThePlanStopsToBeOptimal() throws {
    var random = SplitMix64(seed: 43)
    for _ in 0..<Self.count / 4 {
      let problem = try instance(&random)
      let solution = try NetworkSimplex().solve(problem)
      let report = try SensitivityReport(of: solution, for: problem)
      for i in 0..<problem.sourceCount {
        for j in 0..<problem.targetCount {
          let range = report.costRange(source: i, target: j)
          #expect(range.lower <= problem.costs[i, j] && problem.costs[i, j] <= range.upper)
          for (cost, isOptimal) in [
            (range.lower, true), (range.upper, true), (range.lower - 0.5, false),
            (range.upper + 0.5, false),
          ] {
            // Without an end, a cost far beyond all others must do.
            let cost = min(max(cost, -1_000), 1_000)
            let changed = try changed(problem, source: i, target: j, cost: cost)
            let best = try #require(bruteForceCost(of: changed))
            let isWithin = isOptimal || abs(cost) == 1_000
            #expect((changed.cost(of: solution.plan) == best) == isWithin, "\(problem) \(i) \(j)")
          }
        }
      }
    }
  }

  /// Within its range a pair of masses changes the cost by its price; a half beyond, by more.
  @Test func massRangesEndWhereThePriceChanges() throws {
    var random = SplitMix64(seed: 44)
    for _ in 0..<Self.count / 4 {
      let problem = try instance(&random)
      let report = try SensitivityReport(of: NetworkSimplex().solve(problem), for: problem)
      for change in changes(of: problem) {
        let range = report.massRange(of: change)
        let best = try #require(bruteForceCost(of: problem))
        for (amount, isWithin) in [
          (range.least, true), (range.most, true), (range.least - 0.5, false),
          (range.most + 0.5, false),
        ] {
          let amount = min(max(amount, -1_000), 1_000)
          guard let other = try? moved(problem, change, by: amount) else { continue }
          let cost = try #require(bruteForceCost(of: other))
          #expect((cost == best + amount * range.price) == (isWithin || abs(amount) == 1_000))
        }
      }
    }
  }

  private func changes(of problem: TransportProblem) -> [MassChange] {
    let (m, n) = (problem.sourceCount, problem.targetCount)
    return (0..<m).flatMap { i in (0..<n).map { MassChange.growing(source: i, target: $0) } }
      + (1..<m).map { .movingSource(from: 0, to: $0) }
      + (1..<n).map { .movingTarget(from: $0, to: 0) }
  }

  /// By hand: f = 0, −3, −4 and g = 0, 1, 4; what source 2 gains must go to target 2 in place of what
  /// source 0 sends there, 0.1, and what it loses, at most all it has, source 0 sends there instead.
  @Test func documentedExample() throws {
    let problem = try TransportProblem(
      from: Histogram([0.5, 0.3, 0.2]), to: Histogram([0.2, 0.2, 0.6]), cost: .squaredEuclidean)
    let solution = try NetworkSimplex().solve(problem)
    let report = try SensitivityReport(of: solution, for: problem)
    #expect(report.planIsUnique && report.potentialsAreUnique)
    let range = report.massRange(of: .movingSource(from: 0, to: 2))
    #expect(range.price == -4)
    #expect(abs(range.most - 0.1) <= 1e-15 && abs(range.least + 0.2) <= 1e-15)
    let cost = report.costRange(source: 0, target: 2)
    // Source 0 has 0.1 more than the other targets take, so that no price keeps it from target 2. Two
    // cheaper, and it ships more there while source 1 serves target 1, whose reduced cost is 2.
    #expect(cost.lower == 2 && cost.upper == .infinity)
    #expect(abs(report.sources[0].cost - 0.6) <= 1e-15)
  }

  @Test func contributionsSumToTheCost() throws {
    var random = SplitMix64(seed: 45)
    let problem = try TransportProblem(
      from: Instances.cloud(40, dimension: 2, &random),
      to: Instances.cloud(30, dimension: 2, &random), mass: .normalize)
    let solution = try NetworkSimplex().solve(problem)
    let report = try SensitivityReport(of: solution, for: problem)
    for side in [report.sources, report.targets] {
      #expect(abs(side.reduce(0) { $0 + $1.cost } - solution.cost) <= 1e-14)
    }
    // Random masses and points: nothing is tied.
    #expect(report.planIsUnique && report.potentialsAreUnique)
  }

  /// The report does not depend on who found the solution, where the plan is the only one.
  @Test func aWrongSolutionHasNoReport() throws {
    let problem = try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1]), cost: CostMatrix(rows: [[0, 1], [1, 0]]))
    let solution = try NetworkSimplex().solve(problem)
    let wrong = TransportSolution(
      of: problem,
      plan: TransportPlan(
        arcs: [.init(source: 0, target: 1, mass: 1), .init(source: 1, target: 0, mass: 1)],
        sourceCount: 2, targetCount: 2),
      potentials: solution.potentials, statistics: solution.statistics)
    #expect(throws: SensitivityError.notOptimal) { try SensitivityReport(of: wrong, for: problem) }
    let limited = try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1]), cost: CostMatrix(rows: [[0, 1], [1, 0]]),
      capacities: CostMatrix(rows: [[2, 2], [2, 2]]))
    #expect(throws: SensitivityError.capacities) {
      try SensitivityReport(of: solution, for: limited)
    }
  }

  /// Many points: tight arcs are searched in boxes; a plan of a lattice has ties, one of random points none.
  @Test func manyPoints() throws {
    var random = SplitMix64(seed: 46)
    let count = 2_100
    func cloud(_ coordinate: (inout SplitMix64) -> Double) throws -> PointCloud {
      try PointCloud(
        coordinates: (0..<2 * count).map { _ in coordinate(&random) }, dimension: 2)
    }
    let points = try TransportProblem(
      from: cloud { Double.random(in: 0..<1, using: &$0) },
      to: cloud { Double.random(in: 0..<1, using: &$0) })
    #expect(try SensitivityReport(of: NetworkSimplex().solve(points), for: points).planIsUnique)
    let lattice = try TransportProblem(
      from: cloud { Double(Int.random(in: 0..<40, using: &$0)) },
      to: cloud { Double(Int.random(in: 0..<40, using: &$0)) }, cost: .cityBlock)
    #expect(
      try !SensitivityReport(of: NetworkSimplex().solve(lattice), for: lattice).planIsUnique)
  }
}
