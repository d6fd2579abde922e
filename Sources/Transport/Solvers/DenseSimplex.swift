/// The network simplex over a dense matrix of costs, generic over what costs are counted in.
///
/// Where arcs are forbidden, a first phase counts forbidden arcs (each costs 1, every other 0) and the
/// second may use only arcs of reduced count 0, which keeps the count least.
struct DenseSimplex<Cost: SimplexCost, Flow: FlowCount> {
  private var loop: SimplexLoop<Cost, Flow>
  private var geometry: DenseGeometry<Cost>
  /// The costs of the problem; `geometry` has those of the phase.
  private let costs: [Cost]
  private let hasForbidden: Bool
  /// Flow on forbidden arcs up to this much is rounding of the masses.
  private let tolerance: Int128
  /// The potentials of the first phase, if arcs are forbidden.
  private var counts: [Cost]?

  /// Solves a problem.
  ///
  /// - Parameters:
  ///   - masses: The mass of each source and target.
  ///   - costs: m × n costs, row-major, `Cost.forbidden` where nothing may go.
  ///   - tolerance: How much flow on forbidden arcs counts as rounding of the masses.
  ///   - hint: What is known of a nearby problem, if anything.
  ///   - monitor: Says when to stop.
  ///   - wantsBasis: Whether the arcs of the tree are of interest.
  /// - Returns: How it ended, with flows and potentials.
  static func solve(
    _ masses: FlowMasses, costs: [Cost], tolerance: Int128, near hint: StartHint<Cost>? = nil,
    monitor: PivotMonitor, wantsBasis: Bool = false
  ) -> SimplexResult<Cost> {
    var simplex = DenseSimplex(
      masses, costs: costs, tolerance: tolerance, near: hint, monitor: monitor)
    let ending = simplex.run()
    return simplex.result(ending, wantsBasis: wantsBasis)
  }

  private init(
    _ masses: FlowMasses, costs: [Cost], tolerance: Int128, near hint: StartHint<Cost>?,
    monitor: PivotMonitor
  ) {
    self.costs = costs
    hasForbidden = costs.contains(Cost.forbidden)
    self.tolerance = tolerance
    geometry = DenseGeometry(
      sourceCount: masses.supplies.count, targetCount: masses.demands.count, costs: costs)
    let forest = GreedyStart.tree(
      supplies: masses.supplies, demands: masses.demands, near: hint, &geometry)
    loop = SimplexLoop(masses: masses, forest: forest, monitor: monitor)
  }

  private var tree: SpanningTree<Cost, Flow> { loop.tree }

  /// Runs both phases.
  private mutating func run() -> SimplexResult<Cost>.Ending {
    guard hasForbidden else {
      return loop.optimize(&geometry) ? .optimal : .limitReached
    }
    let isForbidden = costs.map { $0 == Cost.forbidden ? 1 as Cost : 0 }
    geometry.costs = isForbidden
    guard loop.optimize(&geometry) else { return .limitReached }
    let counts = tree.potentials
    self.counts = counts
    guard forbiddenFlow <= tolerance else { return .infeasible }
    geometry.costs = costsOfSecondPhase(isForbidden, counts)
    return loop.optimize(&geometry) ? .optimal : .limitReached
  }

  private func result(
    _ ending: SimplexResult<Cost>.Ending, wantsBasis: Bool
  ) -> SimplexResult<Cost> {
    let (source, target) = ending == .optimal ? potentials : loop.potentials
    let arcs = hasForbidden ? loop.arcs.filter { !isForbidden($0) } : loop.arcs
    return SimplexResult(
      ending: ending, pivots: loop.pivots, arcs: arcs, source: source, target: target,
      forbiddenFlow: forbiddenFlow, counts: counts, basis: wantsBasis ? basis : [])
  }

  /// The flow on forbidden arcs.
  private var forbiddenFlow: Int128 {
    hasForbidden ? loop.arcs.reduce(0) { isForbidden($1) ? $0 + $1.flow : $0 } : 0
  }

  private func isForbidden(_ arc: ForestArc) -> Bool {
    costs[arc.source * tree.targetCount + arc.target] == Cost.forbidden
  }

  /// The arcs of the tree.
  private var basis: Set<BasisArc> {
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
  private var potentials: (source: [Cost], target: [Cost]) {
    var (source, target) = loop.potentials
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
}
