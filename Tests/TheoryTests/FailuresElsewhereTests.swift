import Measures
import OptimalTransport
import Testing

/// Where other tools stop early, lose digits or call a feasible problem infeasible: the same kinds of
/// problems here.
///
/// `Docs/Theory/OtherTools.md` tells what they answer.
@Suite struct FailuresElsewhereTests {
  private func cloud(
    _ count: Int, dimension: Int, _ random: inout SplitMix64
  ) throws -> PointCloud {
    try PointCloud(
      coordinates: (0..<count * dimension).map { _ in Double.random(in: 0..<1, using: &random) },
      dimension: dimension,
      masses: (0..<count).map { _ in Double.random(in: 0.1..<1, using: &random) })
  }

  /// OpenCV's `EMD` gives up after 500 pivots without a word, up to 17.6 % too high at n = 600.
  @Test func moreThanFiveHundredPivots() throws {
    var random = SplitMix64(seed: 61)
    let problem = try TransportProblem(
      from: cloud(600, dimension: 2, &random), to: cloud(600, dimension: 2, &random),
      mass: .normalize)
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.statistics.iterations > 500)
    #expect(solution.certificate(for: problem).holds)
  }

  /// POT: a cost of 1e12 for "forbidden" gave a wrong optimum in ten of ten trials, by up to 15 %.
  @Test func largeCostsForForbiddenArcs() throws {
    var random = SplitMix64(seed: 62)
    for _ in 0..<10 {
      // The diagonal is allowed, so that there is a plan.
      let isForbidden = (0..<900).map { arc in
        arc % 30 != arc / 30 && Double.random(in: 0..<1, using: &random) < 0.6
      }
      let costs = (0..<900).map { _ in Double.random(in: 0..<1, using: &random) }
      let masses = try Histogram((0..<30).map { _ in Double.random(in: 0.1..<1, using: &random) })
      let answers = try [1e12, .infinity].map { forbidden in
        let problem = try TransportProblem(
          from: masses, to: masses,
          cost: CostMatrix(
            zip(isForbidden, costs).map { $0 ? forbidden : $1 }, rows: 30, columns: 30))
        let solution = try NetworkSimplex().solve(problem)
        #expect(solution.certificate(for: problem).holds)
        return solution.cost
      }
      #expect(agree(answers[0], answers[1]))
    }
  }

  /// POT: raw counts with a total of 1e8 and more are answered with 0.0 and a general warning.
  @Test(arguments: [1e4, 1e8, 1e12, 1e15])
  func rawCounts(_ largest: Double) throws {
    var random = SplitMix64(seed: 63)
    let counts = (0..<20).map { _ in Double(Int.random(in: 1...Int(largest), using: &random)) }
    let shuffled = counts.shuffled(using: &random)
    let costs = (0..<400).map { _ in Double(Int.random(in: 0...99, using: &random)) }
    let problem = try TransportProblem(
      from: Histogram(counts), to: Histogram(shuffled),
      cost: CostMatrix(costs, rows: 20, columns: 20))
    let exact = try NetworkSimplex(arithmetic: .exact).solve(problem)
    guard case .fraction(let value)? = exact.exactCost else {
      Issue.record("expected a fraction")
      return
    }
    for solver in [NetworkSimplex(), AutomaticSolver()] as [any TransportSolver] {
      let solution = try solver.solve(problem)
      #expect(abs(solution.cost - value.doubleValue) <= 1e-12 * value.doubleValue)
      #expect(solution.certificate(for: problem).holds)
    }
  }

  /// POT rescales unequal masses without a word where its check is off, and ends the process for empty input.
  @Test func unequalAndEmptyMeasuresAreErrors() throws {
    let (one, two) = (try Histogram([1, 0]), try Histogram([1, 1]))
    #expect(throws: TransportProblemError.self) { try TransportProblem(from: one, to: two) }
    #expect(throws: MeasureError.self) { try Histogram([]) }
    #expect(throws: MeasureError.self) { try Histogram([0, 0]) }
    #expect(throws: MeasureError.self) { try PointCloud([]) }
  }

  /// LEMON with doubles for supplies calls a feasible 32 × 32 image infeasible: sums of normalised pixels
  /// differ in the last digit.
  @Test func normalizedPixelsAreFeasible() throws {
    #if DEBUG
    let side = 12
    #else
    let side = 32
    #endif
    var random = SplitMix64(seed: 64)
    func image() throws -> Grid {
      let counts = (0..<side * side).map { _ in
        Double(Int.random(in: 0...255, using: &random))
      }
      let total = counts.reduce(0, +)
      return try Grid(counts.map { $0 / total }, shape: [side, side])
    }
    let problem = try TransportProblem(from: image(), to: image())
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.certificate(for: problem).holds)
  }

  /// SciPy's `wasserstein_distance_nd` needs 26 s for 400 points against 400, as a linear program; the same
  /// size here, in three dimensions, against GLPK's program with generated columns.
  @Test func pointsInSpace() throws {
    #if DEBUG
    let count = 60
    #else
    let count = 400
    #endif
    var random = SplitMix64(seed: 65)
    let problem = try TransportProblem(
      from: cloud(count, dimension: 3, &random), to: cloud(count, dimension: 3, &random),
      mass: .normalize)
    let simplex = try NetworkSimplex().solve(problem)
    let program = try LinearProgramSolver().solve(problem)
    #expect(agree(simplex.cost, program.cost))
    #expect(simplex.certificate(for: problem).holds && program.certificate(for: problem).holds)
  }

  /// Spatial-KWD's documented example: 1.834491375 exact, and 1.840876575 under 3 rings of directions.
  @Test func spatialKWD() throws {
    let tiles = SpatialKWD.tiles
    let places = stride(from: 0, to: tiles.count, by: 4).map { [tiles[$0], tiles[$0 + 1]] }
    func cloud(_ column: Int) throws -> PointCloud {
      try PointCloud(
        places, masses: stride(from: column, to: tiles.count, by: 4).map { tiles[$0] })
    }
    let problem = try TransportProblem(from: cloud(2), to: cloud(3), mass: .normalize)
    for solver in solvers(for: problem) {
      let solution = try solver.solve(problem)
      #expect(abs(solution.distance - 1.834_491_375) <= 1e-9, "\(solver.name)")
      #expect(solution.certificate(for: problem).holds)
    }
  }
}
