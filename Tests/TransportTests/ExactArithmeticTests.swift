import Measures
import TestSupport
import Testing
import Transport

/// A histogram from decimal text, as files and literals give it.
func decimalHistogram(_ texts: [String]) throws -> Histogram {
  let decimals = try texts.map { try #require(DecimalNumber($0)) }
  return try Histogram(decimals.map(\.doubleValue), decimals: decimals)
}

@Suite struct ExactArithmeticTests {
  let solver = NetworkSimplex(arithmetic: .exact)

  @Test func sevenBinsAreNineTenths() throws {
    let p = try decimalHistogram([".1", ".2", ".1", ".2", ".1", ".2", ".1"])
    let q = try decimalHistogram([".1", ".1", ".1", ".1", ".1", ".1", ".4"])
    let linear = try solver.solve(TransportProblem(from: p, to: q))
    #expect(linear.exactCost == .fraction(ExactFraction(9, over: 10)))
    let squared = try solver.solve(TransportProblem(from: p, to: q, order: 2))
    #expect(squared.exactCost == .fraction(ExactFraction(13, over: 10)))
  }

  @Test func normalizingDividesExactly() throws {
    let p = try decimalHistogram(["1", "1", "1"])
    let q = try decimalHistogram(["0.7"])
    let solution = try solver.solve(TransportProblem(from: p, to: q, mass: .normalize))
    #expect(solution.exactCost == .fraction(ExactFraction(1, over: 1)))
    let thirds = try decimalHistogram(["2", "1"])
    let other = try solver.solve(TransportProblem(from: thirds, to: q, mass: .normalize))
    #expect(other.exactCost == .fraction(ExactFraction(1, over: 3)))
  }

  @Test func totalsThatDifferAsDecimalsAreRefusedByName() throws {
    let p = try decimalHistogram(["0.5", "0.5"])
    let q = try decimalHistogram(["0.5", "0.5000000001"])
    let error = #expect(throws: TransportSolverError.self) {
      try solver.solve(TransportProblem(from: p, to: q))
    }
    #expect(error?.description.contains("1.0000000001") == true)
    #expect(error?.description.contains("--mass normalize") == true)
  }

  @Test func doublesWithoutAShortDecimalFormAreRefused() throws {
    let problem = try TransportProblem(from: Histogram([0.1, 0.9]), to: Histogram([0.9, 0.1]))
    #expect(throws: TransportSolverError.self) { try solver.solve(problem) }
  }

  @Test func doublesThatAreShortDecimalsAreExact() throws {
    let problem = try TransportProblem(from: Histogram([0.25, 0.75]), to: Histogram([0.5, 0.5]))
    #expect(try solver.solve(problem).exactCost == .fraction(ExactFraction(1, over: 4)))
  }

  @Test func equalMassesAreExactFractions() throws {
    let problem = try TransportProblem(
      from: PointCloud([[0], [1], [2]]), to: PointCloud([[0], [3]]))
    // Sorted quantiles: thirds against halves, 1/6 · 1 + 1/6 · 2 + 1/3 · 1.
    #expect(try solver.solve(problem).exactCost == .fraction(ExactFraction(5, over: 6)))
  }

  @Test func irrationalCostsAreEnclosed() throws {
    let problem = try TransportProblem(from: PointCloud([[0, 0]]), to: PointCloud([[1, 1]]))
    guard case .interval(let lower, let upper, let isProven)? = try solver.solve(problem).exactCost
    else {
      Issue.record("expected an interval")
      return
    }
    let root = 2.0.squareRoot()
    #expect(lower.doubleValue <= root && root <= upper.doubleValue)
    #expect(upper.doubleValue - lower.doubleValue < 1e-14)
    #expect(isProven)
    // The square of the lower bound is below 2 and that of the upper above, in integers.
    #expect(lower.numerator * lower.numerator < 2 * lower.denominator * lower.denominator)
    #expect(upper.numerator * upper.numerator > 2 * upper.denominator * upper.denominator)
  }

  @Test func aTieIsNotCalledTheOnlyPlan() throws {
    // A square's corners: both matchings of opposite corners cost the same.
    let problem = try TransportProblem(
      from: PointCloud([[0, 0], [1, 1]]), to: PointCloud([[0, 1], [1, 0]]), cost: .euclidean,
      order: 3)
    let solution = try solver.solve(problem)
    #expect(solution.exactCost == .fraction(ExactFraction(1, over: 1)))
    let diagonal = try TransportProblem(
      from: PointCloud([[0, 0], [2, 2]]), to: PointCloud([[1, 1], [1, 1]]))
    guard case .interval(_, _, let isProven)? = try solver.solve(diagonal).exactCost else {
      Issue.record("expected an interval")
      return
    }
    #expect(!isProven)
  }

  @Test func forbiddenArcsAndInfeasibilityAreExact() throws {
    let p = try decimalHistogram(["0.3", "0.7"])
    let costs = try CostMatrix(rows: [[1, .infinity], [2, 5]])
    let solution = try solver.solve(TransportProblem(from: p, to: p, cost: costs))
    #expect(solution.exactCost == .fraction(ExactFraction(38, over: 10)))
    let blocked = try CostMatrix(rows: [[.infinity, 1], [.infinity, 1]])
    #expect(throws: TransportSolverError.self) {
      try solver.solve(TransportProblem(from: p, to: p, cost: blocked))
    }
  }

  @Test func whatDoesNotFitIsSaid() throws {
    let wide = try decimalHistogram(["1e-30", "1e30"])
    let error = #expect(throws: TransportSolverError.self) {
      try solver.solve(TransportProblem(from: wide, to: wide))
    }
    #expect(error?.description.contains("128 bits") == true)
  }

  /// Random integer problems: the exact cost is that of the doubles, which are exact here too.
  @Test func exactAndDoubleAgreeOnIntegers() throws {
    var random = SplitMix64(seed: 21)
    for _ in 0..<100 {
      let masses = (0..<6).map { _ in Double(Int.random(in: 0...9, using: &random)) }
      let total = masses.reduce(0, +)
      guard total > 0 else { continue }
      let costs = (0..<36).map { _ in Double(Int.random(in: 0...9, using: &random)) }
      let problem = try TransportProblem(
        from: Histogram(masses), to: Histogram(masses.reversed()),
        cost: CostMatrix(costs, rows: 6, columns: 6))
      let exact = try solver.solve(problem)
      let double = try NetworkSimplex().solve(problem)
      #expect(exact.exactCost == .fraction(ExactFraction(Int128(double.cost), over: 1)))
      #expect(exact.certificate(for: problem).holds)
    }
  }

  /// The proof trusts nobody: a wrong plan, a wrong potential and a basis that is not optimal are refused.
  @Test func wrongOptimaAreRefused() throws {
    let problem = try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1]),
      cost: CostMatrix(rows: [[0, 1], [1, 0]]))
    let form = try problem.integerForm()
    let right = [
      BasisArc(source: 0, target: 0), .init(source: 1, target: 1), .init(source: 0, target: 1),
    ]
    let wrong = [
      BasisArc(source: 0, target: 1), .init(source: 1, target: 0), .init(source: 0, target: 0),
    ]
    #expect(
      try ExactOptimum(of: form, basis: right, anchors: [3]).cost
        == .fraction(ExactFraction(0, over: 1)))
    #expect(throws: TransportSolverError.self) {
      try ExactOptimum(of: form, basis: wrong, anchors: [3])
    }
    #expect(throws: TransportSolverError.self) {
      try ExactOptimum(of: form, basis: Array(right.dropLast()), anchors: [3])
    }
  }
}
