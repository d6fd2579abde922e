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
    var geometry = DenseGeometry(
      sourceCount: supplies.count, targetCount: demands.count, costs: costs)
    return start(supplies: supplies, demands: demands, &geometry)
  }

  /// The start for any geometry: a closed target's π is that of a forbidden arc.
  ///
  /// Where something is known of a nearby problem, mass first goes along its arcs, and then from each
  /// source to the open targets of the least cost minus potential. Each arc uses up one of its ends, so
  /// that there is no cycle, whatever the arcs.
  static func start<Geometry: ArcGeometry>(
    supplies: [Int128], demands: [Int128], near hint: StartHint<Geometry.Cost>? = nil,
    _ geometry: inout Geometry
  ) -> [ForestArc] {
    var order = Array(supplies.indices)
    var random = SplitMix64(seed: 0x9E37_79B9)
    order.shuffle(using: &random)
    var (left, open) = (supplies, demands)
    var forest: [ForestArc] = []
    forest.reserveCapacity(supplies.count + demands.count)
    func ship(_ source: Int, _ target: Int) {
      let flow = min(left[source], open[target])
      guard flow > 0 else { return }
      forest.append(ForestArc(source: source, target: target, flow: flow))
      left[source] -= flow
      open[target] -= flow
    }
    for arc in hint?.arcs ?? []
    where geometry.cost(arc.source, arc.target) < Geometry.Cost.forbidden {
      ship(arc.source, arc.target)
    }
    let closed = PotentialStore<Geometry.Cost>(repeating: 0, count: demands.count)
    for target in open.indices {
      closed[target] =
        open[target] == 0 ? Geometry.Cost.forbidden : hint?.targetPotentials[target] ?? 0
    }
    geometry.reset(to: closed.row(from: 0))
    for source in order {
      while left[source] > 0 {
        let target = cheapestOpen(source, &geometry, closed, open)
        ship(source, target)
        if open[target] == 0 { closed[target] = Geometry.Cost.forbidden }
      }
    }
    return forest
  }

  /// The start, made one tree by arcs without flow.
  static func tree<Geometry: ArcGeometry>(
    supplies: [Int128], demands: [Int128], near hint: StartHint<Geometry.Cost>? = nil,
    _ geometry: inout Geometry
  ) -> [ForestArc] {
    let forest = start(
      supplies: supplies, demands: demands, near: hint ?? geometry.startHint, &geometry)
    var join = ComponentJoin(forest, geometry)
    return join.run()
  }

  /// The cheapest target that still wants mass; a forbidden one if there is no other.
  private static func cheapestOpen<Geometry: ArcGeometry>(
    _ source: Int, _ geometry: inout Geometry, _ closed: PotentialStore<Geometry.Cost>,
    _ open: [Int128]
  ) -> Int {
    let best = geometry.nearlyCheapest(
      from: source, under: closed.row(from: 0), below: Geometry.Cost.forbidden)
    if best.target >= 0, open[best.target] > 0, best.value < Geometry.Cost.forbidden {
      return best.target
    }
    return open.firstIndex { $0 > 0 } ?? max(0, best.target)
  }
}
