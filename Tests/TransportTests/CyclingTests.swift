import Measures
import TestSupport
import Testing
import Transport

/// Problems on which pivot rules are known to cycle or to stall: each ends, certified, within a bound on
/// its number of pivots.
///
/// The largest numbers measured were a fraction of the bounds; a method that stalls exceeds them.
@Suite struct CyclingTests {
  private func assignment(_ costs: [Double], count: Int) throws -> TransportProblem {
    let masses = try Histogram([Double](repeating: 1, count: count))
    return try TransportProblem(
      from: masses, to: masses, cost: CostMatrix(costs, rows: count, columns: count))
  }

  private func expectOptimum(
    _ problem: TransportProblem, cost: Double?, atMost pivots: Int, _ what: String
  ) throws {
    let solution = try NetworkSimplex().solve(problem)
    #expect(solution.certificate(for: problem).holds, "\(what)")
    #expect(solution.statistics.iterations <= pivots, "\(what)")
    if let cost { #expect(solution.cost == cost, "\(what)") }
  }

  /// Every tree is optimal, and every one is degenerate: not a single pivot.
  @Test func assignmentWithEqualCosts() throws {
    #if DEBUG
    let count = 400
    #else
    let count = 2_000
    #endif
    let problem = try assignment([Double](repeating: 3, count: count * count), count: count)
    try expectOptimum(problem, cost: 3 * Double(count), atMost: 0, "equal costs")
    // One cheaper and one dearer arc: a pivot for each at most, however long the ties.
    var costs = [Double](repeating: 3, count: count * count)
    costs[count + 7] = 1
    costs[5 * count + 5] = 9
    try expectOptimum(
      assignment(costs, count: count), cost: 3 * Double(count) - 2, atMost: count, "but two")
  }

  /// The 4 × 4 assignment on which the rule of the least reduced cost cycles.
  ///
  /// - Source: B. J. Gassner, "Cycling in the transportation problem", Naval Research Logistics Quarterly
  ///   11 (1964). Copies of it side by side have as many places to cycle in.
  @Test(arguments: [1, 2, 10, 40])
  func gassner(copies: Int) throws {
    let block: [Double] = [3, 5, 5, 11, 9, 7, 9, 15, 7, 7, 11, 13, 13, 13, 13, 17]
    let count = 4 * copies
    let costs = (0..<count * count).map { arc in
      let (i, j) = (arc / count, arc % count)
      return i / 4 == j / 4 ? block[i % 4 * 4 + j % 4] : 100
    }
    let single = try #require(bruteForceAssignment(block, count: 4))
    try expectOptimum(
      assignment(costs, count: count), cost: Double(copies) * single, atMost: 20 * count,
      "\(copies) copies")
  }

  /// cᵢⱼ = i · j, hard for assignment methods; its optimum pairs the largest with the least.
  ///
  /// - Source: R. E. Machol, M. Wien, "A 'hard' assignment problem", Operations Research 24 (1976).
  @Test(arguments: [5, 50, 150])
  func products(count: Int) throws {
    let costs = (0..<count * count).map { Double($0 / count * ($0 % count)) }
    let cost = (0..<count).reduce(0) { $0 + $1 * (count - 1 - $1) }
    try expectOptimum(
      assignment(costs, count: count), cost: Double(cost), atMost: 20 * count * count,
      "products of \(count)")
  }

  /// Costs 2^|i − j| of growing steps: the weights of the networks on which the simplex takes
  /// exponentially many pivots under the rule of the least reduced cost.
  ///
  /// - Source: N. Zadeh, "A bad network problem for the simplex method and other minimum cost flow
  ///   algorithms", Mathematical Programming 5 (1973).
  @Test(arguments: [10, 30, 45])
  func powersOfTwo(count: Int) throws {
    func power(_ exponent: Int) -> Double {
      Double(sign: .plus, exponent: exponent, significand: 1)
    }
    let costs = (0..<count * count).map { power(abs($0 / count - $0 % count)) }
    let (left, right) = (
      (0..<count).map { power(min($0, count - 1 - $0)) },
      (0..<count).map { power(min($0, count - 1 - $0)) }
    )
    let problem = try TransportProblem(
      from: Histogram(left), to: Histogram(Array(right.dropFirst()) + [right[0]]),
      cost: CostMatrix(costs, rows: count, columns: count))
    try expectOptimum(problem, cost: nil, atMost: 20 * count, "\(count) powers")
  }

  /// Zeros and ones at random: nearly every pivot is degenerate.
  @Test(arguments: [30, 100, 250])
  func zerosAndOnes(count: Int) throws {
    var random = SplitMix64(seed: 91)
    for share in [0.02, 0.1, 0.5, 0.9] {
      let costs = (0..<count * count).map { _ in
        Double.random(in: 0..<1, using: &random) < share ? 0.0 : 1
      }
      try expectOptimum(
        assignment(costs, count: count), cost: nil, atMost: 10 * count, "share \(share)")
    }
  }

  /// All 512 matrices of zeros and ones, 3 × 3, against all assignments.
  @Test func everySmallMatrix() throws {
    for bits in 0..<512 {
      let costs = (0..<9).map { Double(bits >> $0 & 1) }
      try expectOptimum(
        assignment(costs, count: 3), cost: bruteForceAssignment(costs, count: 3), atMost: 9,
        "matrix \(bits)")
    }
  }

  /// The least cost over all orders.
  private func bruteForceAssignment(_ costs: [Double], count: Int) -> Double? {
    func least(_ row: Int, _ free: Set<Int>) -> Double? {
      if row == count { return 0 }
      return free.compactMap { column in
        least(row + 1, free.subtracting([column])).map { $0 + costs[row * count + column] }
      }.min()
    }
    return least(0, Set(0..<count))
  }
}
