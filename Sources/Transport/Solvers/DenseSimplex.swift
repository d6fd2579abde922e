/// The network simplex over a dense matrix of costs, generic over what costs are counted in.
///
/// Row by row, the best arc of a source enters if its reduced cost is negative; a full round without
/// one, with potentials fresh from the tree, is the proof of optimality. There are no artificial arcs
/// and no large numbers: where arcs are forbidden, a first phase counts forbidden arcs (each costs 1,
/// every other 0) and the second may use only arcs of reduced count 0, which keeps the count least.
///
/// - Source: R. Ahuja, T. Magnanti, J. Orlin, "Network Flows", 1993, chapter 11; strongly feasible
///   trees after Cunningham 1976.
struct DenseSimplex<Cost: SimplexCost> {
  private(set) var tree: SpanningTree<Cost>
  private let costs: [Cost]
  private let monitor: PivotMonitor
  /// Flow on forbidden arcs up to this much is rounding of the masses.
  private let tolerance: Int128
  private(set) var pivots = 0
  /// The potentials of the first phase, if arcs are forbidden.
  private(set) var counts: [Cost]?

  /// A start for supplies and demands of equal total.
  ///
  /// - Parameters:
  ///   - supplies: The mass of each source, positive.
  ///   - demands: The mass of each target, positive.
  ///   - costs: m × n costs, row-major, `Cost.forbidden` where nothing may go.
  ///   - tolerance: How much flow on forbidden arcs counts as rounding of the masses.
  ///   - monitor: Says when to stop.
  init(
    supplies: [Int128], demands: [Int128], costs: [Cost], tolerance: Int128, monitor: PivotMonitor
  ) {
    self.costs = costs
    self.tolerance = tolerance
    self.monitor = monitor
    let forest = GreedyStart.start(supplies: supplies, demands: demands, costs: costs)
    tree = SpanningTree(
      sourceCount: supplies.count, targetCount: demands.count, forest: forest)
  }

  /// How a run ended.
  enum Ending { case optimal, infeasible, limitReached }

  /// Runs both phases.
  mutating func run() -> Ending {
    guard costs.contains(Cost.forbidden) else {
      return optimize(costs) ? .optimal : .limitReached
    }
    let isForbidden = costs.map { $0 == Cost.forbidden ? 1 as Cost : 0 }
    guard optimize(isForbidden) else { return .limitReached }
    let counts = tree.potential
    self.counts = counts
    guard forbiddenFlow <= tolerance else { return .infeasible }
    return optimize(costsOfSecondPhase(isForbidden, counts)) ? .optimal : .limitReached
  }

  /// The flow on forbidden arcs.
  var forbiddenFlow: Int128 {
    (0..<tree.nodeCount).reduce(0) { sum, node in
      guard node != tree.root, isForbidden(above: node) else { return sum }
      return sum + tree.flow[node]
    }
  }

  /// Whether the tree arc above a node is a forbidden one.
  private func isForbidden(above node: Int) -> Bool {
    let (source, target) = tree.arc(above: node)
    return costs[source * tree.targetCount + target] == Cost.forbidden
  }

  /// The flow on every allowed arc of the tree that has any.
  var arcs: [ForestArc] {
    (0..<tree.nodeCount).compactMap { node in
      guard node != tree.root, tree.flow[node] > 0, !isForbidden(above: node) else { return nil }
      let (source, target) = tree.arc(above: node)
      return ForestArc(source: source, target: target, flow: tree.flow[node])
    }
  }

  /// The arcs of the tree.
  var basis: Set<BasisArc> {
    Set(
      (0..<tree.nodeCount).compactMap { node in
        guard node != tree.root else { return nil }
        let (source, target) = tree.arc(above: node)
        return BasisArc(source: source, target: target)
      })
  }

  /// The potentials f and g, feasible on every allowed arc once a run was optimal.
  ///
  /// Arcs that the second phase had to leave aside have a positive reduced count; a multiple of the
  /// counts, large enough for the worst of them, makes them feasible and changes no other arc.
  var potentials: (source: [Cost], target: [Cost]) {
    var source = Array(tree.potential[..<tree.sourceCount])
    var target = tree.potential[tree.sourceCount...].map { -$0 }
    guard let counts else { return (source, target) }
    let multiple = multipleOfCounts(counts, source, target)
    for i in source.indices { source[i] += multiple * counts[i] }
    for j in target.indices { target[j] -= multiple * counts[tree.sourceCount + j] }
    return (source, target)
  }

  private func multipleOfCounts(_ counts: [Cost], _ source: [Cost], _ target: [Cost]) -> Cost {
    var multiple: Cost = 0
    for i in source.indices {
      for j in target.indices where costs[i * target.count + j] != Cost.forbidden {
        let excess = source[i] + target[j] - costs[i * target.count + j]
        if counts[tree.sourceCount + j] - counts[i] > 0 { multiple = max(multiple, excess) }
      }
    }
    return multiple
  }

  /// The costs with every arc set aside whose reduced count is positive; forbidden arcs that are in the
  /// tree carry nothing, stay, and cost 0.
  private func costsOfSecondPhase(_ isForbidden: [Cost], _ counts: [Cost]) -> [Cost] {
    var result = costs
    for source in 0..<tree.sourceCount {
      for target in 0..<tree.targetCount {
        let arc = source * tree.targetCount + target
        let reduced = isForbidden[arc] - counts[source] + counts[tree.sourceCount + target]
        if reduced != 0 { result[arc] = Cost.forbidden }
      }
    }
    for node in 0..<tree.nodeCount where node != tree.root {
      let (source, target) = tree.arc(above: node)
      let arc = source * tree.targetCount + target
      if costs[arc] == Cost.forbidden { result[arc] = 0 }
    }
    return result
  }

  /// Pivots until no arc improves; false if it had to stop before.
  private mutating func optimize(_ costs: [Cost]) -> Bool {
    refresh(costs)
    var (source, idle, pivotsSinceRefresh) = (0, 0, 0)
    while true {
      if let reduced = enter(source, costs) {
        tree.pivot(source: source, target: reduced.target, reduced: reduced.cost)
        pivots += 1
        pivotsSinceRefresh += 1
        idle = 0
        if pivots & 0xFF == 0, monitor.shouldStop(after: pivots) { return false }
        if pivotsSinceRefresh > 4 * tree.nodeCount {
          refresh(costs)
          pivotsSinceRefresh = 0
        }
      } else {
        idle += 1
      }
      source = source + 1 == tree.sourceCount ? 0 : source + 1
      guard idle >= tree.sourceCount else { continue }
      if pivotsSinceRefresh == 0 { return true }
      refresh(costs)
      (idle, pivotsSinceRefresh) = (0, 0)
    }
  }

  /// The best arc of a source, if it improves.
  private func enter(_ source: Int, _ costs: [Cost]) -> (target: Int, cost: Cost)? {
    let start = source * tree.targetCount
    let best = Cost.leastSum(
      costs, from: start, tree.potential, from: tree.sourceCount, count: tree.targetCount)
    let f = tree.potential[source]
    let reduced = best.value - f
    guard reduced < 0,
      Cost.improves(
        reduced, cost: costs[start + best.index], f, tree.potential[tree.sourceCount + best.index])
    else { return nil }
    return (best.index, reduced)
  }

  private mutating func refresh(_ costs: [Cost]) {
    let columns = tree.targetCount
    tree.refreshPotentials { costs[$0 * columns + $1] }
  }
}

/// Tells a simplex when to stop and the caller how far it is.
struct PivotMonitor {
  private let limit: LimitWatch
  private let progress: (@Sendable (SolveProgress) -> Void)?

  init(_ control: SolveControl) {
    limit = LimitWatch(control)
    progress = control.progress
  }

  /// Whether time is up; reports progress every few thousand pivots.
  func shouldStop(after pivots: Int) -> Bool {
    if pivots & 0xFFF == 0 { progress?(SolveProgress(iterations: pivots, cost: nil)) }
    return limit.isReached
  }
}

/// The start: each source, in random order, ships to its cheapest targets that still want mass.
///
/// In a fixed pseudo-random order the simplex needs a quarter of the pivots that sources sorted along
/// a curve need.
package enum GreedyStart {
  /// The start for doubles, `.infinity` where an arc is forbidden.
  ///
  /// - Parameters:
  ///   - supplies: The mass of each source, positive.
  ///   - demands: The mass of each target, positive, of the same total.
  ///   - costs: m × n costs, row-major.
  /// - Returns: Arcs with positive flow, without a cycle.
  package static func forest(
    supplies: [Int128], demands: [Int128], costs: [Double]
  ) -> [ForestArc] {
    start(supplies: supplies, demands: demands, costs: costs)
  }

  static func start<Cost: SimplexCost>(
    supplies: [Int128], demands: [Int128], costs: [Cost]
  ) -> [ForestArc] {
    var order = Array(supplies.indices)
    var random = SplitMix64(seed: 0x9E37_79B9)
    order.shuffle(using: &random)
    var open = demands
    var closed = [Cost](repeating: 0, count: demands.count)
    var forest: [ForestArc] = []
    for source in order {
      var left = supplies[source]
      while left > 0 {
        let target = cheapestOpen(costs, row: source * demands.count, closed, open)
        let flow = min(left, open[target])
        forest.append(ForestArc(source: source, target: target, flow: flow))
        left -= flow
        open[target] -= flow
        if open[target] == 0 { closed[target] = Cost.forbidden }
      }
    }
    return forest
  }

  /// The cheapest target that still wants mass; a forbidden one if there is no other.
  private static func cheapestOpen<Cost: SimplexCost>(
    _ costs: [Cost], row: Int, _ closed: [Cost], _ open: [Int128]
  ) -> Int {
    let best = Cost.leastSum(costs, from: row, closed, from: 0, count: open.count)
    if open[best.index] > 0, best.value < Cost.forbidden { return best.index }
    return open.firstIndex { $0 > 0 } ?? best.index
  }
}

/// A small, fast generator of reproducible pseudo-random numbers.
///
/// - Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator that always gives the same sequence for a seed.
  package init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
