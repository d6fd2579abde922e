import Measures
import OptimalTransport
import Testing

/// Examples from the documentation and the issue trackers of other tools, with the values that these
/// name, or where these are wrong, with the right ones: `Docs/Theory/OtherTools.md`.
@Suite struct DocumentedExampleTests {
  /// The cost by every solver that can take the problem, each with a certificate that holds.
  private func expectCost(_ problem: TransportProblem, _ cost: Double, within part: Double = 1e-12)
    throws
  {
    for solver in solvers(for: problem) + [AutomaticSolver()] {
      let solution = try solver.solve(problem)
      #expect(abs(solution.cost - cost) <= part * abs(cost) + 1e-15, "\(solver.name)")
      #expect(solution.certificate(for: problem).holds, "\(solver.name)")
    }
  }

  private func histogram(_ positions: [Double], _ masses: [Double]? = nil) throws -> Histogram {
    try Histogram(masses ?? positions.map { _ in 1 }, at: positions)
  }

  /// SciPy, `scipy.stats.wasserstein_distance`: values and weights, normalised by it.
  @Test func sciPyOnTheLine() throws {
    try expectCost(
      TransportProblem(
        from: histogram([0, 1, 3]), to: histogram([5, 6, 8]), mass: .normalize), 5)
    try expectCost(
      TransportProblem(
        from: histogram([0, 1], [3, 1]), to: histogram([0, 1], [2, 2]), mass: .normalize), 0.25)
    try expectCost(
      TransportProblem(
        from: histogram([3.4, 3.9, 7.5, 7.8], [1.4, 0.9, 3.1, 7.2]),
        to: histogram([4.5, 1.4], [3.2, 3.5]), mass: .normalize), 4.078_133_143_804_786)
  }

  /// SciPy, `scipy.stats.wasserstein_distance_nd`.
  @Test func sciPyInSpace() throws {
    try expectCost(
      TransportProblem(
        from: PointCloud([[0, 2, 3], [1, 2, 5]]), to: PointCloud([[3, 2, 3], [4, 2, 5]])), 3)
    try expectCost(
      TransportProblem(
        from: PointCloud([[0, 2.75], [2, 209.3], [0, 0]], masses: [0.4, 5.2, 0.114]),
        to: PointCloud([[0.2, 0.322], [4.5, 25.1808]], masses: [0.8, 1.5]), mass: .normalize),
      174.158_402_452_171_69)
  }

  /// POT, quick start of `ot.emd`: nothing has to move.
  @Test func potTwoByTwo() throws {
    let half = try Histogram([0.5, 0.5])
    let problem = try TransportProblem(
      from: half, to: half, cost: CostMatrix(rows: [[0, 1], [1, 0]]))
    try expectCost(problem, 0)
    let plan = try AutomaticSolver().solve(problem).plan
    #expect(plan.arcs.map { [$0.source, $0.target] } == [[0, 0], [1, 1]])
  }

  /// POT issue 345: all mass should change places; a release returned a plan of zeros.
  @Test func potIssue345() throws {
    let half = try Histogram([0.5, 0.5])
    let problem = try TransportProblem(
      from: half, to: half, cost: CostMatrix(rows: [[2, 1], [1, 1]]))
    try expectCost(problem, 1)
    let plan = try AutomaticSolver().solve(problem).plan
    #expect(plan.arcs.map { [$0.source, $0.target] } == [[0, 1], [1, 0]])
  }

  /// POT issue 229: entries of 10³² stand for "forbidden"; POT's plan costs 88.51.
  @Test(arguments: [1e32, .infinity])
  func potIssue229(_ forbidden: Double) throws {
    let rows = [
      [250.275352, 374.653218, 2413.52736, forbidden, 0.0015175154],
      [213.08203, 328.812836, 2294.87946, forbidden, 0.1371098],
      [197.333083, 309.175848, 2242.5055, forbidden, 2.46506283],
      [forbidden, forbidden, forbidden, 5.26223432, forbidden / 4],
      [38.4690152, 80.9465684, 333.064175, forbidden / 4, 0],
    ]
    let masses = try Histogram([0.125, 0.125, 0.125, 0.125, 0.5])
    let problem = try TransportProblem(from: masses, to: masses, cost: CostMatrix(rows: rows))
    try expectCost(problem, 57.543_210_383_175)
  }

  /// pyemd's first example, where masses of 1 and 8 are compared at half a unit for each one too many.
  @Test func pyemdFirstExample() throws {
    let p = try Histogram([0, 1])
    let q = try Histogram([5, 3])
    let cost = try CostMatrix(rows: [[0, 0.5], [0.5, 0]])
    #expect(throws: TransportProblemError.self) {
      try TransportProblem(from: p, to: q, cost: cost)
    }
    // The seven that are too many come from a bin of their own, at the penalty.
    let withPenalty = try TransportProblem(
      from: Histogram([0, 1, 7]), to: q,
      cost: CostMatrix(rows: [[0, 0.5], [0.5, 0], [0.5, 0.5]]))
    try expectCost(withPenalty, 3.5)
  }

  /// pyemd's `emd_samples` with two bins, and what the samples themselves give.
  @Test func pyemdSamples() throws {
    try expectCost(
      TransportProblem(
        from: Histogram([0.5, 0.5], at: [2, 4]), to: Histogram([0.25, 0.75], at: [2, 4])), 0.5)
    try expectCost(
      TransportProblem(
        from: histogram([1, 2, 3, 4]), to: histogram([2, 3, 4, 5]), mass: .normalize), 1)
  }

  /// pyemd issue 32: the right plan and 1.57896825463524 for its cost.
  @Test func pyemdIssue32() throws {
    let cost = try CostMatrix(rows: [
      [2.2360679775, 8795.2156412, 3.1622776602], [8796.4805272, 0, 8792.1069089],
      [0, 8796.4805272, 5],
    ])
    try expectCost(
      TransportProblem(from: Histogram([0.5, 0.5, 0]), to: Histogram([0, 0.5, 0.5]), cost: cost),
      1.5811388301)
  }

  /// pyemd issue 57: unequal masses and costs of zero keep it running for ever.
  @Test func pyemdIssue57() throws {
    let p = try Histogram([1, 1, 1])
    let q = try Histogram([2, 0, 0])
    let cost = try CostMatrix([Double](repeating: 0, count: 9), rows: 3, columns: 3)
    #expect(throws: TransportProblemError.self) {
      try TransportProblem(from: p, to: q, cost: cost)
    }
    try expectCost(TransportProblem(from: p, to: q, cost: cost, mass: .normalize), 0)
  }

  /// pyemd issue 58: it returns 0, taking equal masses for equal places.
  @Test func pyemdIssue58() throws {
    // numpy.random.seed(0); numpy.random.random((3, 2)), twice
    let x = try PointCloud([
      [0.5488135039273248, 0.7151893663724195], [0.6027633760716439, 0.5448831829968969],
      [0.4236547993389047, 0.6458941130666561],
    ])
    let y = try PointCloud([
      [0.4375872112626925, 0.8917730007820798], [0.9636627605010293, 0.3834415188257777],
      [0.7917250380826646, 0.5288949197529045],
    ])
    try expectCost(TransportProblem(from: x, to: y), 0.315_919_901_559_913_95)
  }

  /// pyemd returns 1.5 for a negative mass; here it is refused.
  @Test func negativeMassesAreRefused() {
    #expect(throws: MeasureError.negativeMass(index: 1, value: -1)) {
      try Histogram([2, -1])
    }
  }

  /// Lil'Log, "From GAN to WGAN": five shovelfuls, the sum of the cumulative differences.
  @Test func lilLog() throws {
    try expectCost(
      TransportProblem(from: Histogram([3, 2, 1, 4]), to: Histogram([1, 2, 4, 3])), 5)
  }

  /// Where POT returns 0 with a warning (counts of 10⁸ and more) or ends the process (10⁻³⁰⁰).
  @Test(arguments: [1e-300, 1e-12, 1, 1e9, 1e300])
  func massesOfAnyScale(_ scale: Double) throws {
    let p = try Histogram(SevenBins.p.map { $0 * scale })
    let q = try Histogram(SevenBins.q.map { $0 * scale })
    for solver in solvers(for: try TransportProblem(from: p, to: q)) {
      let cost = try solver.solve(TransportProblem(from: p, to: q)).cost
      #expect(abs(cost - 0.9 * scale) <= 1e-12 * scale, "\(solver.name)")
    }
  }

  /// Where POT is wrong by 14 to 48 % (10⁻¹²).
  @Test(arguments: [1e-200, 1e-12, 1, 1e12, 1e200])
  func costsOfAnyScale(_ scale: Double) throws {
    let rows = (0..<7).map { i in (0..<7).map { Double(abs(i - $0)) * scale } }
    let problem = try TransportProblem(
      from: Histogram(SevenBins.p), to: Histogram(SevenBins.q), cost: CostMatrix(rows: rows))
    for solver in solvers(for: problem) {
      let cost = try solver.solve(problem).cost
      #expect(abs(cost - 0.9 * scale) <= 1e-12 * scale, "\(solver.name)")
    }
  }
}
