import Transport

/// Which arcs of a reduced problem a restricted program holds, and the choice of those that join it.
struct ArcSelection {
  private let reduced: ReducedProblem
  private var isHeld: [Bool]
  /// The arcs held, in the order in which they joined.
  private(set) var arcs: [BasisArc] = []

  /// The cheapest arcs of each source and target and a greedy plan's arcs, so that a plan exists.
  ///
  /// - Parameters:
  ///   - reduced: The problem.
  ///   - nearest: How many of the cheapest arcs of each node join.
  init(_ reduced: ReducedProblem, nearest: Int) {
    self.reduced = reduced
    isHeld = [Bool](repeating: false, count: reduced.costs.count)
    for arc in GreedyPlan.arcs(of: reduced) { hold(arc.source, arc.target) }
    for i in 0..<reduced.rows {
      let row = (0..<reduced.columns).map { reduced.costs[i * reduced.columns + $0] }
      for j in row.indicesOfLeast(nearest) { hold(i, j) }
    }
    for j in 0..<reduced.columns {
      let column = (0..<reduced.rows).map { reduced.costs[$0 * reduced.columns + j] }
      for i in column.indicesOfLeast(nearest) { hold(i, j) }
    }
  }

  /// Takes an arc in unless it is held or forbidden.
  mutating func hold(_ source: Int, _ target: Int) {
    let index = source * reduced.columns + target
    guard !isHeld[index], reduced.costs[index] < .infinity else { return }
    isHeld[index] = true
    arcs.append(BasisArc(source: source, target: target))
  }

  /// Takes in the most violated arcs of each source under given duals.
  ///
  /// - Parameters:
  ///   - duals: Potentials f and g.
  ///   - limit: How many arcs of a source join at most.
  ///   - countsCosts: False for a ray, under which every arc costs nothing.
  /// - Returns: The arcs that joined; empty if no arc that is not held is violated.
  /// - Throws: `numericalFailure` if an arc that is held is violated: the program's answer is wrong.
  /// - Complexity: O(m n).
  mutating func price(
    _ duals: ArcDuals, atMost limit: Int, countsCosts: Bool = true
  ) throws(TransportSolverError) -> ArraySlice<BasisArc> {
    let first = arcs.count
    let columns = reduced.columns
    let negated = duals.target.map { -$0 }
    for i in 0..<reduced.rows {
      if countsCosts {
        let least = RowScan.leastSum(
          reduced.costs, from: i * columns, negated, from: 0, count: columns)
        if least.value - duals.source[i] >= -ScaledProgram.dualTolerance { continue }
      }
      try takeWorst(of: i, duals, limit, countsCosts)
    }
    return arcs[first...]
  }

  private mutating func takeWorst(
    of i: Int, _ duals: ArcDuals, _ limit: Int, _ countsCosts: Bool
  ) throws(TransportSolverError) {
    var worst: [(reduced: Double, target: Int)] = []
    for j in 0..<reduced.columns {
      let index = i * reduced.columns + j
      let cost = reduced.costs[index]
      guard cost < .infinity else { continue }
      let value = (countsCosts ? cost : 0) - duals.source[i] - duals.target[j]
      guard value < -ScaledProgram.dualTolerance else { continue }
      guard !isHeld[index] else {
        if reduced.capacities.map({ $0[index] < .infinity }) ?? false { continue }
        throw .numericalFailure(
          "GLPK left an arc it holds with a reduced cost of \(value) against a largest cost of 1")
      }
      if worst.count < limit || value < (worst.last?.reduced ?? 0) {
        let place = worst.firstIndex { value < $0.reduced } ?? worst.count
        worst.insert((value, j), at: place)
        if worst.count > limit { worst.removeLast() }
      }
    }
    for entry in worst { hold(i, entry.target) }
  }
}

extension [Double] {
  /// The indices of the least entries, ties by index.
  func indicesOfLeast(_ count: Int) -> [Int] {
    var least: [Int] = []
    for (index, value) in enumerated() {
      if least.count == count, value >= self[least[count - 1]] { continue }
      let place = least.firstIndex { value < self[$0] } ?? least.count
      least.insert(index, at: place)
      if least.count > count { least.removeLast() }
    }
    return least
  }
}

/// A feasible plan by the cheapest open arcs, wherever arcs have no capacities.
enum GreedyPlan {
  static func arcs(of reduced: ReducedProblem) -> [TransportPlan.Arc] {
    let masses = QuantizedMasses(reduced)
    return QuantizedMasses.arcs(
      GreedyStart.forest(
        supplies: masses.supplies, demands: masses.demands, costs: reduced.costs))
  }

  /// The plan, or nil where it uses a forbidden arc or exceeds a capacity.
  static func feasibleArcs(of reduced: ReducedProblem) -> [TransportPlan.Arc]? {
    let plan = arcs(of: reduced)
    let isFeasible = plan.allSatisfy {
      let index = $0.source * reduced.columns + $0.target
      return reduced.costs[index] < .infinity
        && $0.mass <= reduced.capacities?[index] ?? .infinity
    }
    return isFeasible ? plan : nil
  }
}
