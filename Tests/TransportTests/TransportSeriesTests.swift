import Measures
import TestSupport
import Testing
import Transport

/// Series of problems on the same bins against the network simplex on each.
@Suite struct TransportSeriesTests {
  /// Random masses, many of them zero, ties among costs, more rows than columns and the reverse: the cost
  /// is that of the network simplex, and plan and potentials are certified.
  @Test(arguments: [(1, 1), (1, 7), (9, 1), (12, 12), (20, 9), (17, 33), (140, 270)])
  func agreesWithTheNetworkSimplex(rows: Int, columns: Int) throws {
    var random = SplitMix64(seed: UInt64(rows * 100 + columns))
    let entries = (0..<rows * columns).map { _ in Double(Int.random(in: -3...6, using: &random)) }
    let series = TransportSeries(
      try CostMatrix(entries, rows: rows, columns: columns), mass: .normalize)
    // More than 128 bins are searched in several pieces, one round for each kind of masses.
    for round in 0..<(rows > 128 ? 3 : 30) {
      let source = try Self.histogram(rows, round, &random)
      let target = try Self.histogram(columns, round + 1, &random)
      let problem = try series.problem(from: source, to: target)
      let expected = try NetworkSimplex().solve(problem).cost
      let solution = try series.solve(from: source, to: target)
      #expect(solution.certificate(for: problem).holds)
      // 1e-12 of the largest cost, since costs of both signs may cancel.
      #expect(abs(solution.cost - expected) <= 6e-12)
      #expect(abs(try series.cost(from: source, to: target) - expected) <= 6e-12)
      let both = try series.costAndPotentials(from: source, to: target)
      #expect(both.potentials == solution.potentials)
      #expect(abs(problem.dualValue(of: both.potentials) - expected) <= 6e-12)
    }
  }

  /// Masses of three kinds: any, whole numbers with many zeros, and ones twelve orders apart.
  private static func histogram(
    _ count: Int, _ kind: Int, _ random: inout SplitMix64
  ) throws -> Histogram {
    var masses = (0..<count).map { _ in
      switch kind % 3 {
      case 0: Double.random(in: 0..<1, using: &random)
      case 1: Double(max(0, Int.random(in: -4...4, using: &random)))
      default: Double.random(in: 0..<1, using: &random) < 0.5 ? 1e-12 : 1
      }
    }
    masses[Int.random(in: 0..<count, using: &random)] = 1
    return try Histogram(masses)
  }

  /// Bit for bit the same, whatever was solved before.
  @Test func answersDoNotDependOnWhatWasSolvedBefore() throws {
    var random = SplitMix64(seed: 40)
    let bins = try PointCloud(
      coordinates: (0..<36).flatMap { [Double($0 / 6), Double($0 % 6)] }, dimension: 2)
    let used = try TransportSeries(onBins: bins, order: 2, mass: .normalize)
    for round in 0..<20 {
      let source = try Self.histogram(36, round, &random)
      let target = try Self.histogram(36, round / 2, &random)
      let fresh = try TransportSeries(onBins: bins, order: 2, mass: .normalize)
      let (first, second) = (
        try fresh.solve(from: source, to: target), try used.solve(from: source, to: target)
      )
      #expect(first.plan == second.plan)
      #expect(first.potentials == second.potentials)
      #expect(first.cost == second.cost)
      #expect(
        try fresh.distance(from: source, to: target)
          == used.distance(from: source, to: target))
    }
  }

  /// A cost that arises from masses of 1e-12 alone keeps its digits: 62 bits would not.
  @Test func smallMassesKeepTheirDigits() throws {
    let series = TransportSeries(
      try CostMatrix(rows: [[0, 1, 5], [1, 0, 1], [5, 1, 0]]))
    let cost = try series.cost(
      from: Histogram([1, 3e-15, 1e-15]), to: Histogram([1, 1e-15, 3e-15]))
    #expect(abs(cost - 2e-15) <= 1e-12 * 2e-15)
  }

  /// What the small loop does not take: forbidden arcs and costs of very different size.
  @Test func forbiddenArcsAndHugeCostsAreHandedOn() throws {
    let series = TransportSeries(
      try CostMatrix(rows: [[1, .infinity], [2, 1e32]]))
    let solution = try series.solve(from: Histogram([1, 1]), to: Histogram([2, 0]))
    #expect(solution.cost == 3)
    #expect(throws: TransportSolverError.self) {
      try series.cost(from: Histogram([2, 0]), to: Histogram([1, 1]))
    }
  }

  @Test func orderAndMassPolicyAreThoseOfTheProblem() throws {
    let bins = try PointCloud([[0], [2]])
    let series = try TransportSeries(onBins: bins, order: 2)
    #expect(try series.cost(from: Histogram([1, 0]), to: Histogram([0, 1])) == 4)
    #expect(try series.distance(from: Histogram([1, 0]), to: Histogram([0, 1])) == 2)
    #expect(throws: TransportProblemError.self) {
      try series.cost(from: Histogram([1, 0]), to: Histogram([0, 2]))
    }
    #expect(throws: TransportProblemError.self) {
      try series.cost(from: Histogram([1]), to: Histogram([0, 1]))
    }
    let all = try series.distances(
      from: [Histogram([1, 0]), Histogram([0, 1])], to: [Histogram([1, 0])])
    #expect(all == [0, 2])
  }

  /// Powers of two in masses and costs scale the answer and change no bit.
  @Test func powersOfTwoChangeNothingButTheScale() throws {
    var random = SplitMix64(seed: 41)
    let entries = (0..<100).map { _ in Double.random(in: 0..<1, using: &random) }
    let masses = (0..<20).map { _ in Double.random(in: 0..<1, using: &random) }
    func cost(_ length: Double, _ mass: Double) throws -> Double {
      try TransportSeries(
        CostMatrix(entries.map { $0 * length }, rows: 10, columns: 10),
        mass: .requireEqual(relativeTolerance: 1)
      ).cost(
        from: Histogram(masses[..<10].map { $0 * mass }),
        to: Histogram(masses[10...].map { $0 * mass }))
    }
    let plain = try cost(1, 1)
    #expect(try cost(0x1p300, 0x1p-200) == plain * 0x1p100)
  }
}

/// Histograms on the line in one pass against the closed form with plan and potentials.
@Suite struct LineSeriesTests {
  @Test(arguments: [1, 2, 5, 64, 129])
  func agreesWithTheMonotonePlan(bins: Int) throws {
    var random = SplitMix64(seed: UInt64(bins))
    let positions = (0..<bins).map { _ in Double.random(in: -3..<3, using: &random) }
    for mass in [MassPolicy.normalize, .requireEqual(relativeTolerance: 1)] {
      for line in [
        LineSeries(binCount: bins, mass: mass), try LineSeries(at: positions, mass: mass),
      ] {
        let places = line == LineSeries(binCount: bins, mass: mass) ? nil : positions
        let (first, second) = (
          (0..<bins).map { _ in Double.random(in: 0..<1, using: &random) },
          (0..<bins).map { _ in Double(Int.random(in: 0...3, using: &random)) + 0.25 }
        )
        let problem = try TransportProblem(
          from: Histogram(first, at: places), to: Histogram(second, at: places), mass: mass)
        let expected = try MonotoneRearrangement().solve(problem).cost
        let distance = try line.distance(from: Histogram(first), to: Histogram(second))
        #expect(abs(distance - expected) <= 1e-14 * max(1, expected))
      }
    }
  }

  /// Nearly equal histograms: the difference of the sums keeps its digits.
  @Test func nearlyEqualHistogramsKeepTheirDigits() throws {
    var masses = [Double](repeating: 1, count: 50)
    masses[0] = 1 + 0x1p-50
    var moved = [Double](repeating: 1, count: 50)
    moved[49] = 1 + 0x1p-50
    let distance = try LineSeries(binCount: 50).distance(
      from: Histogram(masses), to: Histogram(moved))
    #expect(distance == 49 * 0x1p-50)
  }

  @Test func allPairsAndErrors() throws {
    let line = try LineSeries(at: [4, 0, 1])
    let (p, q) = (try Histogram([1, 0, 0]), try Histogram([0, 1, 0]))
    #expect(try line.distances(from: [p, q], to: [p, q]) == [0, 4, 4, 0])
    #expect(throws: TransportProblemError.self) {
      try line.distance(from: Histogram([1, 1]), to: q)
    }
    #expect(throws: TransportProblemError.self) {
      try line.distance(from: p, to: Histogram([0, 3, 0]))
    }
    #expect(throws: MeasureError.self) { try LineSeries(at: [0, .nan]) }
    #expect(throws: MeasureError.self) { try LineSeries(at: []) }
  }
}
