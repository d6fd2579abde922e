import Measures

/// The network simplex with a hub for all arcs that cost as much as a threshold.
///
/// The hub may pass on twice the total mass, and what it does not need it ships to itself. So one of its
/// sources always has flow to its target, these have opposite potentials, and fᵢ + gⱼ ≤ T follows for
/// every pair: the potentials without the hub's are feasible for min(c, T).
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
    geometry = HubGeometry(
      base, threshold: threshold, hubSources: masses.supplies.count - base.sourceCount)
    var join = ComponentJoin(Self.start(masses, &geometry), geometry)
    loop = SimplexLoop(masses: masses, forest: join.run(), monitor: monitor)
  }

  /// The start: sources ship to their cheapest targets, the hub among these; then the hub to all targets
  /// that still want mass, itself included.
  private static func start(
    _ masses: FlowMasses, _ geometry: inout HubGeometry<Base>
  ) -> [ForestArc] {
    var forest = GreedyStart.start(
      supplies: Array(masses.supplies[..<geometry.hub]), demands: masses.demands, &geometry)
    var open = masses.demands
    for arc in forest { open[arc.target] -= arc.flow }
    var (hub, left) = (geometry.hub, masses.supplies[geometry.hub])
    for target in open.indices.dropFirst() + [0] {
      while open[target] > 0 {
        let flow = min(left, open[target])
        forest.append(ForestArc(source: hub, target: target, flow: flow))
        open[target] -= flow
        left -= flow
        if left == 0, hub + 1 < masses.supplies.count {
          hub += 1
          left = masses.supplies[hub]
        }
      }
    }
    return forest
  }

  private mutating func run() -> SimplexResult<Double> {
    let isOptimal = loop.optimize(&geometry)
    let potentials = loop.potentials
    return SimplexResult(
      ending: isOptimal ? .optimal : .limitReached, pivots: loop.pivots, arcs: arcsOfPairs,
      source: Array(potentials.source[..<geometry.hub]),
      target: Array(potentials.target.dropFirst()))
  }

  /// The flow between sources and targets; what goes through the hub is dealt out in order, since there
  /// every pair costs the same.
  private var arcsOfPairs: [ForestArc] {
    let hub = geometry.hub
    let arcs = loop.arcs
    var pairs = arcs.filter { $0.source < hub && $0.target != 0 }.map {
      ForestArc(source: $0.source, target: $0.target - 1, flow: $0.flow)
    }
    var incoming = arcs.filter { $0.source < hub && $0.target == 0 }.makeIterator()
    var arrived = incoming.next()
    for leaving in arcs where leaving.source >= hub && leaving.target != 0 {
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
  /// The masses with the hub's: the first target, and the last sources, which share its mass.
  ///
  /// In each round of pricing every source is looked at once, and most pivots bring an arc of the hub into
  /// the tree. With one part of the hub for 64 sources, problems of 4,000 points take a half to a tenth of
  /// the time that they take with one for all.
  var withHub: FlowMasses {
    let through = 2 * supplies.reduce(0, +)
    let parts = Int128(min(1_024, 1 + supplies.count / 64))
    let share = through / unit / parts * unit
    let shares = [Int128](repeating: share, count: Int(parts) - 1)
    return FlowMasses(
      supplies: supplies + shares + [through - (parts - 1) * share],
      demands: [through] + demands)
  }
}

/// The threshold of a problem on points, where it is below some distance.
struct CostThreshold {
  private let distance: Double
  private let order: Double

  /// Whether a threshold is not so small against the width of the points that, scaled with them, it loses
  /// digits or vanishes.
  static func isInRange(of points: PairwiseCosts) -> Bool {
    points.groundCost.parts.threshold >= points.width * 0x1p-200
  }

  /// Nil where there is no threshold or none that matters.
  init?(of points: PairwiseCosts) {
    guard points.thresholdMatters else { return nil }
    distance = points.groundCost.parts.threshold
    order = points.order
  }

  /// The most that an arc costs, if costs are scaled by a power of two.
  ///
  /// - Parameter costExponent: Costs are to be multiplied with two to this power.
  /// - Returns: The cost.
  func cost(scaledBy costExponent: Int) -> Double {
    let perFactor = Int(order) == 2 ? costExponent / 2 : costExponent
    let scaled = ReducedProblem.scaled([distance], by: perFactor)[0]
    return Int(order) == 2 ? scaled * scaled : scaled
  }
}
