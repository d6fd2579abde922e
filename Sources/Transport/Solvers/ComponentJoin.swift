/// Joins the components of a forest to one tree by arcs without flow, each the best for its source.
///
/// Components are taken by the cost of their nearest source to the root, so that they grow outwards from
/// it. A component hangs by that source under the target with the least cost + π among those that the
/// tree has: the arc is tight, and no arc from that source into the tree has a negative reduced cost. Joining
/// all components under the root itself instead gives potentials that are far from any optimum.
struct ComponentJoin<Geometry: ArcGeometry> {
  typealias Cost = Geometry.Cost

  private var forest: [ForestArc]
  private var geometry: Geometry
  private let neighbours: Neighbours
  private var reached: [Bool]
  private var f: [Cost]
  private let targetPotentials: PotentialStore<Cost>

  /// The target that the tree hangs by.
  private static var root: Int { 0 }

  init(_ forest: [ForestArc], _ geometry: Geometry) {
    self.forest = forest
    self.geometry = geometry
    let count = geometry.sourceCount + geometry.targetCount
    neighbours = Neighbours(of: forest, sourceCount: geometry.sourceCount, count: count)
    reached = [Bool](repeating: false, count: count)
    f = [Cost](repeating: 0, count: geometry.sourceCount)
    targetPotentials = PotentialStore(repeating: Cost.forbidden, count: geometry.targetCount)
  }

  /// The forest with the arcs that join it.
  mutating func run() -> [ForestArc] {
    geometry.reset(to: targetPotentials.row(from: 0))
    setTarget(Self.root, 0)
    reach(from: geometry.sourceCount + Self.root)
    for source in sourcesByCostToRoot where !reached[source] {
      let best = geometry.nearlyCheapest(
        from: source, under: targetPotentials.row(from: 0), below: Cost.forbidden)
      let isAllowed = best.target >= 0 && best.value < Cost.forbidden
      f[source] = isAllowed ? best.value : 0
      forest.append(
        ForestArc(source: source, target: isAllowed ? best.target : Self.root, flow: 0))
      reach(from: source)
    }
    return forest
  }

  private var sourcesByCostToRoot: [Int] {
    let costs = (0..<geometry.sourceCount).map { geometry.cost($0, Self.root) }
    return costs.indices.sorted {
      costs[$0] < costs[$1] || (costs[$0] == costs[$1] && $0 < $1)
    }
  }

  private mutating func setTarget(_ target: Int, _ potential: Cost) {
    targetPotentials[target] = potential
    geometry.targetFell(target, to: potential)
  }

  /// Gives the component of a node its potentials, along its arcs.
  private mutating func reach(from start: Int) {
    reached[start] = true
    var pending = [start]
    while let node = pending.popLast() {
      for place in neighbours.places(of: node) {
        let arc = forest[neighbours.arc(at: place)]
        let other = arc.otherEnd(than: node, sourceCount: geometry.sourceCount)
        guard !reached[other] else { continue }
        reached[other] = true
        pending.append(other)
        let cost = geometry.cost(arc.source, arc.target)
        let price = cost < Cost.forbidden ? cost : 0
        if other < geometry.sourceCount {
          f[other] = price + targetPotentials[arc.target]
        } else {
          setTarget(arc.target, f[arc.source] - price)
        }
      }
    }
  }
}
