/// The cycle that an entering arc closes in the tree, and the arc that leaves.
struct PivotCycle {
  /// The entering arc, as nodes.
  let source: Int
  let target: Int
  /// The node where the ways up from both ends meet.
  let apex: Int
  /// The leaving arc is the one from this node to its parent.
  let leaving: Int
  /// Whether the leaving arc is on the way up from the source.
  let leavesOnSourceSide: Bool
  /// The flow that the entering arc takes over.
  let flow: Int128
}

extension SpanningTree {
  /// Brings an arc into the tree: finds the cycle, moves flow round it, exchanges the arcs and shifts
  /// the potentials of the smaller part.
  ///
  /// - Parameters:
  ///   - source: The entering arc's source.
  ///   - target: The entering arc's target.
  ///   - reduced: Its reduced cost, negative.
  mutating func pivot(source: Int, target: Int, reduced: Cost) {
    let cycle = cycle(closedBy: source, sourceCount + target)
    if cycle.flow != 0 { push(cycle) }
    let (inner, outer) =
      cycle.leavesOnSourceSide ? (cycle.source, cycle.target) : (cycle.target, cycle.source)
    hang(subtree: cycle.leaving, by: inner, under: outer, flow: cycle.flow, apex: cycle.apex)
    shift(subtree: inner, by: cycle.leavesOnSourceSide ? reduced : -reduced)
  }

  /// The cycle of an entering arc and its leaving arc.
  ///
  /// Flow runs from the source over the entering arc to the target and through the tree back. The
  /// leaving arc is the last blocking one when the cycle is followed in that direction from the apex:
  /// strictly less while climbing from the source, less or equal from the target. That keeps the tree
  /// strongly feasible, so that no basis comes twice (Cunningham 1976).
  private func cycle(closedBy source: Int, _ target: Int) -> PivotCycle {
    var (x, y) = (source, target)
    var (leastX, leavingX) = (Int128.max, Int(Self.none))
    var (leastY, leavingY) = (Int128.max, Int(Self.none))
    while x != y {
      if size[x] < size[y] {
        climb(&x, blocks: isSource(x), &leastX, &leavingX, orEqual: false)
      } else if size[y] < size[x] {
        climb(&y, blocks: !isSource(y), &leastY, &leavingY, orEqual: true)
      } else {
        climb(&x, blocks: isSource(x), &leastX, &leavingX, orEqual: false)
        climb(&y, blocks: !isSource(y), &leastY, &leavingY, orEqual: true)
      }
    }
    let onSourceSide = leastX < leastY
    return PivotCycle(
      source: source, target: target, apex: x, leaving: onSourceSide ? leavingX : leavingY,
      leavesOnSourceSide: onSourceSide, flow: min(leastX, leastY))
  }

  /// Moves one step up and notes whether the arc just passed limits the flow.
  @inline(__always)
  private func climb(
    _ node: inout Int, blocks: Bool, _ least: inout Int128, _ leaving: inout Int, orEqual: Bool
  ) {
    if blocks, flow[node] < least || (orEqual && flow[node] == least) {
      least = flow[node]
      leaving = node
    }
    node = Int(parent[node])
  }

  /// Moves flow round the cycle.
  private mutating func push(_ cycle: PivotCycle) {
    var node = cycle.source
    while node != cycle.apex {
      flow[node] += isSource(node) ? -cycle.flow : cycle.flow
      node = Int(parent[node])
    }
    node = cycle.target
    while node != cycle.apex {
      flow[node] += isSource(node) ? cycle.flow : -cycle.flow
      node = Int(parent[node])
    }
  }

  /// Cuts a subtree off and hangs it under another node, by the end of the entering arc in it.
  private mutating func hang(
    subtree top: Int, by inner: Int, under outer: Int, flow entering: Int128, apex: Int
  ) {
    let moved = size[top]
    resize(from: Int(parent[top]), upTo: apex, by: -moved)
    resize(from: outer, upTo: apex, by: moved)
    var (node, newParent, newFlow, below) = (inner, outer, entering, Int32(0))
    while true {
      let (oldParent, oldFlow, oldSize) = (Int(parent[node]), flow[node], size[node])
      detach(node)
      attach(node, to: newParent)
      flow[node] = newFlow
      size[node] = moved - below
      if node == top { return }
      (node, newParent, newFlow, below) = (oldParent, node, oldFlow, oldSize)
    }
  }

  private mutating func resize(from start: Int, upTo apex: Int, by change: Int32) {
    var node = start
    while node != apex {
      size[node] += change
      node = Int(parent[node])
    }
  }

  /// Adds a number to the potentials of a subtree, or takes it from all others where those are fewer:
  /// only differences count.
  private mutating func shift(subtree top: Int, by change: Cost) {
    guard Int(size[top]) * 2 > nodeCount else {
      var next: Int? = top
      while let node = next {
        potential[node] += change
        next = successor(of: node, below: top)
      }
      return
    }
    var next: Int? = root
    while let node = next {
      if node != top { potential[node] -= change }
      next = successor(of: node, below: root, skippingChildren: node == top)
    }
  }
}
