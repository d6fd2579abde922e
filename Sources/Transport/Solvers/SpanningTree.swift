/// A spanning tree of the bipartite graph of sources and targets, with its flow and potentials.
///
/// Nodes 0 ..< m are sources, m ..< m + n targets. A tree arc joins a node to its parent and runs
/// from the source to the target of the two; arcs off the tree carry nothing, so that nothing is
/// stored per arc. Potentials are kept as π = f on sources and π = −g on targets, so that moving a
/// subtree adds one number to all of it.
struct SpanningTree<Cost: SimplexCost> {
  let sourceCount: Int
  let targetCount: Int
  /// The root, a target.
  let root: Int
  var parent: [Int32]
  var firstChild: [Int32]
  var nextSibling: [Int32]
  var previousSibling: [Int32]
  /// The number of nodes below a node, itself included.
  var size: [Int32]
  /// The flow on the arc to the parent.
  var flow: [Int128]
  var potential: [Cost]

  static var none: Int32 { -1 }

  var nodeCount: Int { sourceCount + targetCount }

  func isSource(_ node: Int) -> Bool { node < sourceCount }

  /// A tree from a forest of arcs with positive flow.
  ///
  /// Each component but the root's hangs under the root by an arc without flow that leaves one of its
  /// sources. Arcs without flow thus point to the root: the tree is strongly feasible.
  ///
  /// - Source: W. H. Cunningham, "A network simplex method", Mathematical Programming 11 (1976).
  init(sourceCount: Int, targetCount: Int, forest: [ForestArc]) {
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    root = sourceCount
    let count = sourceCount + targetCount
    parent = [Int32](repeating: Self.none, count: count)
    firstChild = [Int32](repeating: Self.none, count: count)
    nextSibling = [Int32](repeating: Self.none, count: count)
    previousSibling = [Int32](repeating: Self.none, count: count)
    size = [Int32](repeating: 1, count: count)
    flow = [Int128](repeating: 0, count: count)
    potential = [Cost](repeating: 0, count: count)
    let neighbours = Neighbours(of: forest, sourceCount: sourceCount, count: count)
    var reached = [Bool](repeating: false, count: count)
    var order = grow(from: root, over: neighbours, forest, &reached)
    for source in 0..<sourceCount where !reached[source] {
      attach(source, to: root)
      order += grow(from: source, over: neighbours, forest, &reached)
    }
    for node in order.reversed() where node != root {
      size[Int(parent[node])] += size[node]
    }
  }

  /// Hangs every node that the forest joins to a start below it; returns the nodes, parents first.
  private mutating func grow(
    from start: Int, over neighbours: Neighbours, _ forest: [ForestArc], _ reached: inout [Bool]
  ) -> [Int] {
    reached[start] = true
    var order = [start]
    var next = 0
    while next < order.count {
      let node = order[next]
      next += 1
      for arc in neighbours.arcs(of: node) {
        let other = forest[arc].otherEnd(than: node, sourceCount: sourceCount)
        guard !reached[other] else { continue }
        reached[other] = true
        attach(other, to: node)
        flow[other] = forest[arc].flow
        order.append(other)
      }
    }
    return order
  }

  /// Makes a node without parent the first child of another.
  mutating func attach(_ node: Int, to newParent: Int) {
    let next = firstChild[newParent]
    parent[node] = Int32(newParent)
    nextSibling[node] = next
    previousSibling[node] = Self.none
    if next != Self.none { previousSibling[Int(next)] = Int32(node) }
    firstChild[newParent] = Int32(node)
  }

  /// Takes a node out of its parent's children.
  mutating func detach(_ node: Int) {
    let previous = previousSibling[node]
    let next = nextSibling[node]
    if previous == Self.none {
      firstChild[Int(parent[node])] = next
    } else {
      nextSibling[Int(previous)] = next
    }
    if next != Self.none { previousSibling[Int(next)] = previous }
  }

  /// The node that follows in a walk of the tree, parents first, or nil after the last one below
  /// `top`.
  func successor(of node: Int, below top: Int, skippingChildren: Bool = false) -> Int? {
    if !skippingChildren, firstChild[node] != Self.none { return Int(firstChild[node]) }
    var climber = node
    while climber != top {
      if nextSibling[climber] != Self.none { return Int(nextSibling[climber]) }
      climber = Int(parent[climber])
    }
    return nil
  }

  /// The source and target of the arc from a node to its parent.
  func arc(above node: Int) -> (source: Int, target: Int) {
    isSource(node)
      ? (node, Int(parent[node]) - sourceCount) : (Int(parent[node]), node - sourceCount)
  }

  /// Computes all potentials anew, from the root down.
  mutating func refreshPotentials(cost: (_ source: Int, _ target: Int) -> Cost) {
    potential[root] = 0
    var next = successor(of: root, below: root)
    while let node = next {
      let (source, target) = arc(above: node)
      let above = potential[Int(parent[node])]
      potential[node] = isSource(node) ? above + cost(source, target) : above - cost(source, target)
      next = successor(of: node, below: root)
    }
  }
}

/// An arc with a flow counted in integers.
package struct ForestArc: Sendable {
  /// The index of the source.
  package let source: Int
  /// The index of the target.
  package let target: Int
  /// The flow.
  package let flow: Int128

  /// The node at the other end.
  func otherEnd(than node: Int, sourceCount: Int) -> Int {
    node < sourceCount ? sourceCount + target : source
  }
}

/// The arcs of a forest by node.
private struct Neighbours {
  private var starts: [Int]
  private var list: [Int]

  init(of forest: [ForestArc], sourceCount: Int, count: Int) {
    starts = [Int](repeating: 0, count: count + 1)
    for arc in forest {
      starts[arc.source + 1] += 1
      starts[sourceCount + arc.target + 1] += 1
    }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var fill = starts
    list = [Int](repeating: 0, count: 2 * forest.count)
    for (index, arc) in forest.enumerated() {
      for node in [arc.source, sourceCount + arc.target] {
        list[fill[node]] = index
        fill[node] += 1
      }
    }
  }

  func arcs(of node: Int) -> ArraySlice<Int> { list[starts[node]..<starts[node + 1]] }
}
