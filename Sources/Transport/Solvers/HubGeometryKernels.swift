/// Arcs under a threshold T, min(c, T), where those that cost T are ways through a hub.
///
/// Beside the arcs of another geometry there is a hub: a further target (0) that every source reaches at
/// cost T, and further sources (the last) that reach every target at cost 0, the hub's own as well. What
/// the sources ship to the hub, the hub ships to the targets, so that m + n arcs stand for all that
/// are longer than T. Arcs that cost more than T need not be left out: the way through the hub is cheaper.
///
/// - Source: O. Pele, M. Werman, "Fast and robust Earth Mover's Distances", ICCV 2009, section 4.
struct HubGeometry<Base: ArcGeometry>: ArcGeometry {
  typealias Cost = Base.Cost

  private var base: Base
  private let threshold: Cost
  let sourceCount: Int
  let targetCount: Int

  static var heedsFalls: Bool { Base.heedsFalls }

  init(_ base: Base, threshold: Cost, hubSources: Int) {
    self.base = base
    self.threshold = threshold
    sourceCount = base.sourceCount + hubSources
    targetCount = base.targetCount + 1
  }

  /// The first source of the hub.
  var hub: Int { base.sourceCount }

  func cost(_ source: Int, _ target: Int) -> Cost {
    if source >= hub { return 0 }
    return target == 0 ? threshold : base.cost(source, target - 1)
  }

  var quickSearches: Int { base.quickSearches }
  var firstSearch: Int { base.firstSearch }

  @inline(__always)
  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    guard source < hub else { return leastPotential(potentials) }
    let throughHub = threshold + potentials[0]
    return better(
      base.cheapest(
        from: source, under: potentials.withoutFirst, below: min(ceiling, throughHub)),
      throughHub, ceiling)
  }

  @inline(__always)
  mutating func quickly(
    _ search: Int, from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    guard source < hub else { return leastPotential(potentials) }
    let throughHub = threshold + potentials[0]
    return better(
      base.quickly(
        search, from: source, under: potentials.withoutFirst, below: min(ceiling, throughHub)),
      throughHub, ceiling)
  }

  /// The better of an arc and the way through the hub, if either is below the ceiling.
  @inline(__always)
  private func better(
    _ arc: (value: Cost, target: Int), _ throughHub: Cost, _ ceiling: Cost
  ) -> (value: Cost, target: Int) {
    if arc.target >= 0, arc.value < min(ceiling, throughHub) { return (arc.value, arc.target + 1) }
    return throughHub < ceiling ? (throughHub, 0) : (ceiling, -1)
  }

  private func leastPotential(_ potentials: PotentialRow<Cost>) -> (value: Cost, target: Int) {
    var best = (value: potentials[0], target: 0)
    for target in 1..<potentials.count where potentials[target] < best.value {
      best = (potentials[target], target)
    }
    return best
  }

  mutating func reset(to potentials: PotentialRow<Cost>) {
    base.reset(to: potentials.withoutFirst)
  }

  @inline(__always)
  mutating func targetFell(_ target: Int, to potential: Cost) {
    if target > 0 { base.targetFell(target - 1, to: potential) }
  }
}

extension PotentialRow {
  /// The row from its second potential on.
  var withoutFirst: PotentialRow {
    precondition(count > 0, "the row is empty")
    let second = Cost.hasRounded ? 1 : 0
    return unsafe PotentialRow(
      start: start + 1, rounded: rounded + second, count: count - 1)
  }
}
