import Measures
import TestSupport
import Testing
import Transport
import TransportGLPK

@Suite struct ExactLinearProgramTests {
  /// GLPK's rational simplex and our integer simplex share no code: on random decimal problems, many of
  /// them degenerate, they give the same fraction.
  @Test func rationalAndIntegerSimplexGiveTheSameFraction() throws {
    var random = SplitMix64(seed: 51)
    for _ in 0..<150 {
      let rows = Int.random(in: 1...6, using: &random)
      let columns = Int.random(in: 1...6, using: &random)
      let problem = try TransportProblem(
        from: decimalHistogram(rows, &random), to: decimalHistogram(columns, &random),
        cost: decimalCosts(rows, columns, &random), mass: .normalize)
      let rational = try LinearProgramSolver(arithmetic: .exact).solve(problem)
      let integer = try NetworkSimplex(arithmetic: .exact).solve(problem)
      #expect(rational.exactCost == integer.exactCost)
      #expect(rational.exactCost != nil)
      #expect(rational.certificate(for: problem).holds)
    }
  }

  @Test func infeasibleProblemsAreProvenExactly() throws {
    let p = try Histogram([1, 1])
    let problem = try TransportProblem(
      from: p, to: p, cost: CostMatrix(rows: [[.infinity, 1], [.infinity, 1]]))
    let error = #expect(throws: TransportSolverError.self) {
      try LinearProgramSolver(arithmetic: .exact).solve(problem)
    }
    guard case .infeasible(let cut)? = error else {
      Issue.record("expected a cut, got \(String(describing: error))")
      return
    }
    #expect(cut.shortfall == 1)
  }

  @Test func noArcAtAllIsInfeasible() throws {
    let p = try Histogram([1])
    let problem = try TransportProblem(from: p, to: p, cost: CostMatrix(rows: [[.infinity]]))
    for arithmetic in [Arithmetic.double, .exact] {
      #expect(throws: TransportSolverError.self) {
        try LinearProgramSolver(arithmetic: arithmetic).solve(problem)
      }
    }
  }

  @Test func irrationalCostsGiveTheSameIntervalEitherWay() throws {
    let p = try PointCloud([[0, 0], [1, 3], [2, 2]])
    let q = try PointCloud([[1, 1], [4, 0], [0, 2]])
    let problem = try TransportProblem(from: p, to: q)
    let rational = try LinearProgramSolver(arithmetic: .exact).solve(problem)
    let integer = try NetworkSimplex(arithmetic: .exact).solve(problem)
    guard case .interval(let lower, let upper, _)? = rational.exactCost,
      case .interval(let otherLower, let otherUpper, _)? = integer.exactCost
    else {
      Issue.record("expected two intervals")
      return
    }
    #expect(lower == otherLower && upper == otherUpper)
    #expect(
      lower.doubleValue <= rational.cost + 1e-15 && rational.cost <= upper.doubleValue + 1e-15)
  }

  @Test func aTimeLimitOfZeroGivesABracketAndNoFraction() throws {
    var random = SplitMix64(seed: 52)
    let problem = try TransportProblem(
      from: Histogram((0..<150).map { _ in Double(Int.random(in: 1...9, using: &random)) }),
      to: Histogram((0..<150).map { _ in Double(Int.random(in: 1...9, using: &random)) }),
      order: 2, mass: .normalize)
    let best = try MonotoneRearrangement().solve(problem).cost
    let solvers: [any TransportSolver] = [
      NetworkSimplex(arithmetic: .exact), LinearProgramSolver(arithmetic: .exact),
    ]
    for solver in solvers {
      let stopped = try solver.solve(problem, control: SolveControl(timeLimit: .zero))
      #expect(stopped.outcome == .limitReached && stopped.exactCost == nil)
      let bracket = try #require(stopped.bracket)
      #expect(bracket.lower <= best * (1 + 1e-12) && best * (1 - 1e-12) <= bracket.upper)
    }
  }

  @Test func exactIsForThePrimalFormAlone() throws {
    let p = try Histogram([1, 1])
    let problem = try TransportProblem(from: p, to: p)
    #expect(!LinearProgramSolver(form: .dual, arithmetic: .exact).supports(problem))
  }

  private func decimalHistogram(_ count: Int, _ random: inout SplitMix64) throws -> Histogram {
    let decimals = (0..<count).map { index in
      DecimalNumber(
        significand: Int128(Int.random(in: (index == 0 ? 1 : 0)...20, using: &random)),
        exponent: -Int.random(in: 0...2, using: &random))
    }
    return try Histogram(decimals.map(\.doubleValue), decimals: decimals)
  }

  private func decimalCosts(
    _ rows: Int, _ columns: Int, _ random: inout SplitMix64
  ) throws -> CostMatrix {
    let decimals = (0..<rows * columns).map { _ in
      DecimalNumber(significand: Int128(Int.random(in: 0...30, using: &random)), exponent: -1)
    }
    return try CostMatrix(
      decimals.map(\.doubleValue), rows: rows, columns: columns, decimals: decimals)
  }
}
