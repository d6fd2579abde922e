/// The loop of the network simplex, the same for every geometry.
///
/// Source by source, the best arc enters if its reduced cost is negative; a full round without one, with
/// potentials fresh from the tree, is the proof of optimality. There are no artificial arcs and no large
/// numbers.
///
/// - Source: R. Ahuja, T. Magnanti, J. Orlin, "Network Flows", 1993, chapter 11; strongly feasible
///   trees after Cunningham 1976.
struct SimplexLoop<Cost: SimplexCost, Flow: FlowCount> {
  let tree: SpanningTree<Cost, Flow>
  /// How many units of mass a unit of flow stands for.
  let unit: Int128
  private let monitor: PivotMonitor
  private(set) var pivots = 0

  init(masses: FlowMasses, forest: [ForestArc], monitor: PivotMonitor) {
    tree = SpanningTree(
      sourceCount: masses.supplies.count, targetCount: masses.demands.count, forest: forest,
      unit: masses.unit)
    unit = masses.unit
    self.monitor = monitor
  }

  /// The loop over a tree that stands.
  init(tree: SpanningTree<Cost, Flow>, unit: Int128, monitor: PivotMonitor) {
    self.tree = tree
    self.unit = unit
    self.monitor = monitor
  }

  /// Pivots until no arc improves; false if it had to stop before.
  ///
  /// Where the geometry has quick searches, which may miss arcs, rounds of the exact one come when those
  /// find nothing more.
  mutating func optimize<Geometry: ArcGeometry>(_ geometry: inout Geometry) -> Bool
  where Geometry.Cost == Cost {
    refresh(&geometry)
    let stride = Self.stride(for: tree.sourceCount)
    var round = PricingRound(
      sourceCount: tree.sourceCount, quickSearches: geometry.quickSearches,
      first: geometry.firstSearch)
    var (source, pivotsSinceRefresh) = (0, 0)
    while true {
      let arc = entering(from: source, by: round.search, &geometry)
      if let arc {
        tree.pivot(source: source, target: arc.target, reduced: arc.reduced, telling: &geometry)
        pivots += 1
        pivotsSinceRefresh += 1
        if pivots & 0xFF == 0, shouldStop(geometry) { return false }
        if pivotsSinceRefresh > 4 * tree.nodeCount {
          refresh(&geometry)
          pivotsSinceRefresh = 0
        }
      }
      source += stride
      if source >= tree.sourceCount { source -= tree.sourceCount }
      let isEnd = round.isEnd(afterPivot: arc != nil)
      if isEnd, pivotsSinceRefresh == 0 { return true }
      // Potentials are fresh for the exact round, so that its finding nothing is the proof.
      if isEnd || round.isStartOfExact, pivotsSinceRefresh > 0 {
        refresh(&geometry)
        pivotsSinceRefresh = 0
      }
    }
  }

  private func shouldStop<Geometry: ArcGeometry>(_ geometry: Geometry) -> Bool
  where Geometry.Cost == Cost {
    monitor.shouldStop(after: pivots) { [tree, unit] in
      var sum = 0.0
      for node in 0..<tree.nodeCount where node != tree.root && tree.flow(above: node) > 0 {
        let (source, target) = tree.arc(above: node)
        sum += Double(tree.flow(above: node)) * geometry.cost(source, target).asDouble
      }
      return sum * Double(unit)
    }
  }

  /// A step that visits every one of so many sources before any a second time.
  ///
  /// Sources of points stand in block order. Next neighbours undo each other's work: with a step of one
  /// there are up to twice as many pivots. Far ones meet another part of the tree each time, which then
  /// is not in the cache. A few places further is best at every size that was measured.
  private static func stride(for count: Int) -> Int {
    var stride = 7
    while !areCoprime(stride, count) { stride += 1 }
    return stride < count ? stride : 1
  }

  private static func areCoprime(_ a: Int, _ b: Int) -> Bool {
    var (divisor, rest) = (a, b)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    return divisor == 1
  }

  /// The best arc of a source, if it improves.
  @inline(__always)
  private func entering<Geometry: ArcGeometry>(
    from source: Int, by search: Int, _ geometry: inout Geometry
  ) -> (target: Int, reduced: Cost)? where Geometry.Cost == Cost {
    let f = tree.potential(of: source)
    let potentials = tree.targetPotentials
    let best =
      search == geometry.quickSearches
      ? geometry.cheapest(from: source, under: potentials, below: f)
      : geometry.quickly(search, from: source, under: potentials, below: f)
    guard best.target >= 0 else { return nil }
    let reduced = best.value - f
    guard reduced < 0,
      Cost.improves(
        reduced, cost: best.value - tree.potential(of: tree.sourceCount + best.target), f,
        tree.potential(of: tree.sourceCount + best.target))
    else { return nil }
    return (best.target, reduced)
  }

  private func refresh<Geometry: ArcGeometry>(_ geometry: inout Geometry)
  where Geometry.Cost == Cost {
    tree.refreshPotentials { [geometry] in geometry.cost($0, $1) }
    geometry.reset(to: tree.targetPotentials)
  }

  /// The flow on every arc of the tree that has any.
  var arcs: [ForestArc] {
    (0..<tree.nodeCount).compactMap { node in
      guard node != tree.root, tree.flow(above: node) > 0 else { return nil }
      let (source, target) = tree.arc(above: node)
      return ForestArc(
        source: source, target: target, flow: Int128(tree.flow(above: node)) * unit)
    }
  }

  /// The potentials f and g of the tree.
  var potentials: (source: [Cost], target: [Cost]) {
    let all = tree.potentials
    return (Array(all[..<tree.sourceCount]), all[tree.sourceCount...].map { -$0 })
  }
}

/// Which search is made in a round over the sources, and when all arcs were without one that improves.
///
/// A round of a quick search goes on until it finds nothing; a wider one then looks at each source once
/// and hands over to the quickest again. The widest looks at every arc in full precision; its finding
/// nothing is the proof.
private struct PricingRound {
  private let sourceCount: Int
  private let widest: Int
  /// The search, from 0, the quickest, to the number of quick searches, which stands for the exact one.
  private(set) var search: Int
  /// The number of sources looked at in this round, and since the last pivot.
  private var steps = 0
  private var idle = 0

  init(sourceCount: Int, quickSearches: Int, first: Int) {
    self.sourceCount = sourceCount
    widest = quickSearches
    search = first
  }

  /// Whether an exact round follows quick ones.
  var isStartOfExact: Bool { search == widest && widest > 0 && steps == 0 }

  /// Counts a source; whether no arc of any source improves.
  mutating func isEnd(afterPivot: Bool) -> Bool {
    idle = afterPivot ? 0 : idle + 1
    steps += 1
    if idle >= sourceCount {
      (steps, idle) = (0, 0)
      if search == widest { return true }
      search += 1
    } else if search > 0, steps >= sourceCount {
      (search, steps, idle) = (0, 0, 0)
    }
    return false
  }
}

/// How a run of the simplex ended, and what it has.
struct SimplexResult<Cost: SimplexCost> {
  /// How a run ended.
  enum Ending { case optimal, infeasible, limitReached }

  let ending: Ending
  let pivots: Int
  /// The flow on every allowed arc that has any.
  let arcs: [ForestArc]
  /// The potential f of each source and g of each target.
  let source: [Cost]
  let target: [Cost]
  /// The flow on forbidden arcs, and the potentials π of the phase that counts them.
  var forbiddenFlow: Int128 = 0
  var counts: [Cost]?
  /// The arcs of the tree, where asked for.
  var basis: Set<BasisArc> = []
}

/// Tells a simplex when to stop and the caller how far it is.
struct PivotMonitor {
  private let limit: LimitWatch
  private let progress: (@Sendable (SolveProgress) -> Void)?
  /// Pivots of runs before this one.
  var pivotsBefore = 0
  /// Costs of the problem are sums of flow times cost times this; nil where the flow is not one of the
  /// problem itself.
  var costUnit: Double?

  init(_ control: SolveControl) {
    limit = LimitWatch(control)
    progress = control.progress
  }

  /// The same for flows of which a unit times a unit of cost is so much of the problem's.
  func counting(costsIn unit: Double) -> PivotMonitor {
    var copy = self
    copy.costUnit = unit
    return copy
  }

  /// Whether time is up; reports progress every few thousand pivots.
  ///
  /// - Parameters:
  ///   - pivots: The number of pivots of this run.
  ///   - cost: The cost of the plan so far, Σ flow · cost.
  /// - Returns: Whether to stop.
  func shouldStop(after pivots: Int, cost: (() -> Double)? = nil) -> Bool {
    if pivots & 0xFFF == 0, let progress {
      let known = costUnit.flatMap { unit in cost.map { $0() * unit } }
      progress(
        SolveProgress(
          iterations: pivotsBefore + pivots, cost: known.flatMap { $0.isFinite ? $0 : nil }))
    }
    return limit.isReached
  }
}
