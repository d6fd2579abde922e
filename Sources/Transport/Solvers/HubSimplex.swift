import Measures

/// The network simplex with a hub for all arcs that cost as much as a threshold.
///
/// The hub may pass on twice the total mass, and what it does not need it ships to itself. So that arc
/// always has flow, the hub's two potentials are opposite numbers, and fᵢ + gⱼ ≤ T follows for every
/// pair: the potentials without the hub's are feasible for min(c, T).
///
/// - Source: O. Pele, M. Werman, "Fast and robust Earth Mover's Distances", ICCV 2009, section 4.
struct HubSimplex<Base: ArcGeometry, Flow: FlowCount> where Base.Cost == Double {
  private var geometry: HubGeometry<Base>
  private var loop: SimplexLoop<Double, Flow>

  /// Solves a problem whose costs are the lesser of a geometry's and a threshold.
  ///
  /// - Parameters:
  ///   - masses: The mass of each source and target and the hub's, as `FlowMasses.withHub` has them.
  ///   - base: The costs without threshold.
  ///   - threshold: The most that an arc costs.
  ///   - monitor: Says when to stop.
  /// - Returns: How it ended, with flows and potentials of the sources and targets without the hub.
  static func solve(
    _ masses: FlowMasses, _ base: Base, threshold: Double, monitor: PivotMonitor
  ) -> SimplexResult<Double> {
    var simplex = HubSimplex(masses, base, threshold: threshold, monitor: monitor)
    return simplex.run()
  }

  private init(
    _ masses: FlowMasses, _ base: Base, threshold: Double, monitor: PivotMonitor
  ) {
    geometry = HubGeometry(base, threshold: threshold)
    var join = ComponentJoin(Self.start(masses, &geometry), geometry)
    loop = SimplexLoop(masses: masses, forest: join.run(), monitor: monitor)
  }

  /// The start: sources ship to their cheapest targets, the hub among these; then the hub to all targets
  /// that still want mass, itself included.
  private static func start(
    _ masses: FlowMasses, _ geometry: inout HubGeometry<Base>
  ) -> [ForestArc] {
    var forest = GreedyStart.start(
      supplies: Array(masses.supplies.dropLast()), demands: masses.demands, &geometry)
    var open = masses.demands
    for arc in forest { open[arc.target] -= arc.flow }
    for target in open.indices where open[target] > 0 {
      forest.append(
        ForestArc(source: masses.supplies.count - 1, target: target, flow: open[target]))
    }
    return forest
  }

  private mutating func run() -> SimplexResult<Double> {
    let isOptimal = loop.optimize(&geometry)
    let potentials = loop.potentials
    return SimplexResult(
      ending: isOptimal ? .optimal : .limitReached, pivots: loop.pivots, arcs: arcsOfPairs,
      source: Array(potentials.source.dropLast()), target: Array(potentials.target.dropFirst()))
  }

  /// The flow between sources and targets; what goes through the hub is dealt out in order, since there
  /// every pair costs the same.
  private var arcsOfPairs: [ForestArc] {
    let hub = geometry.sourceCount - 1
    let arcs = loop.arcs
    var pairs = arcs.filter { $0.source != hub && $0.target != 0 }.map {
      ForestArc(source: $0.source, target: $0.target - 1, flow: $0.flow)
    }
    var incoming = arcs.filter { $0.source != hub && $0.target == 0 }.makeIterator()
    var arrived = incoming.next()
    for leaving in arcs where leaving.source == hub && leaving.target != 0 {
      var wanted = leaving.flow
      while wanted > 0, let arc = arrived {
        let flow = min(wanted, arc.flow)
        pairs.append(ForestArc(source: arc.source, target: leaving.target - 1, flow: flow))
        wanted -= flow
        arrived =
          flow == arc.flow
          ? incoming.next() : ForestArc(source: arc.source, target: 0, flow: arc.flow - flow)
      }
    }
    return pairs
  }
}

extension FlowMasses {
  /// The masses with the hub's: as the last source and the first target twice the total.
  var withHub: FlowMasses {
    let through = 2 * supplies.reduce(0, +)
    return FlowMasses(supplies: supplies + [through], demands: [through] + demands)
  }
}

/// The threshold of a problem on points, where it is below some distance.
struct CostThreshold {
  private let distance: Double
  private let order: Double

  /// Nil where there is no threshold or none that matters.
  init?(of points: PairwiseCosts) {
    guard points.thresholdMatters else { return nil }
    distance = points.groundCost.parts.threshold
    order = points.order
  }

  /// The most that an arc costs, if costs are scaled by a power of two.
  ///
  /// - Parameters:
  ///   - costExponent: Costs are to be multiplied with two to this power.
  /// - Returns: The cost.
  func cost(scaledBy costExponent: Int) -> Double {
    let perFactor = Int(order) == 2 ? costExponent / 2 : costExponent
    let scaled = ReducedProblem.scaled([distance], by: perFactor)[0]
    return Int(order) == 2 ? scaled * scaled : scaled
  }
}
