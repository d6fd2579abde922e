/// The cycle that an entering arc closes in the tree, and the arc that leaves.
private struct FlowCycle<Flow: FlowCount> {
  /// The node where the ways up from both ends meet.
  let apex: Int
  /// The leaving arc is the one between this node and its parent.
  let leaving: Int
  /// Whether the leaving arc is on the way up from the tail of the entering arc.
  let leavesOnTailSide: Bool
  /// The flow that the entering arc takes over.
  let flow: Flow
  /// The end of the entering arc in the part that is cut off.
  let inner: Int
  /// The end of the entering arc in the part that stays.
  let outer: Int

  /// What is added to the flow towards the parent, between the inner end and the apex.
  var changeInside: Flow { leavesOnTailSide ? 0 - flow : flow }
}

extension FlowTree {
  /// Brings an arc into the tree: finds the cycle, moves flow round it, exchanges the arcs and shifts
  /// the potentials of the smaller part.
  ///
  /// - Parameters:
  ///   - tail: The node that the entering arc leaves.
  ///   - head: The node that it reaches.
  ///   - reduced: Its reduced cost, negative.
  func pivot(from tail: Int, to head: Int, reduced: Double) {
    let cycle = cycle(closedFrom: tail, to: head)
    let moved = cutOff(cycle)
    let last = turnRound(cycle, moved: moved)
    splice(cycle.inner, last, after: cycle.outer)
    let change = cycle.leavesOnTailSide ? reduced : -reduced
    // Only differences of potentials count, so the smaller part is shifted.
    if Int(moved) * 2 > nodeCount {
      shift(from: next(last), count: nodeCount - Int(moved), by: -change)
    } else {
      shift(from: cycle.inner, count: Int(moved), by: change)
    }
  }

  /// The cycle of an entering arc and its leaving arc.
  ///
  /// Flow runs over the entering arc to the head and through the tree back to the tail. The leaving arc
  /// is the last blocking one when the cycle is followed in that direction from the apex: strictly less
  /// while climbing from the tail, less or equal from the head. That keeps the tree strongly feasible,
  /// so that no basis comes twice (Cunningham 1976).
  private func cycle(closedFrom tail: Int, to head: Int) -> FlowCycle<Flow> {
    var (x, y) = (tail, head)
    var (leastX, leavingX) = (Flow.max, -1)
    var (leastY, leavingY) = (Flow.max, -1)
    while x != y {
      let (sizeX, sizeY) = unsafe (up[x].size, up[y].size)
      if sizeX <= sizeY {
        let flow = flow(above: x)
        if flow >= 0, flow < leastX { (leastX, leavingX) = (flow, x) }
        x = parent(x)
      }
      if sizeY <= sizeX {
        let flow = flow(above: y)
        if flow < 0, 0 - flow <= leastY { (leastY, leavingY) = (0 - flow, y) }
        y = parent(y)
      }
    }
    let onTailSide = leastX < leastY
    let leaving = onTailSide ? leavingX : leavingY
    precondition(leaving >= 0, "a cycle without an end: some arc has a negative cost")
    return FlowCycle(
      apex: x, leaving: leaving, leavesOnTailSide: onTailSide, flow: min(leastX, leastY),
      inner: onTailSide ? tail : head, outer: onTailSide ? head : tail)
  }

  /// Takes the subtree under the leaving arc out of the ring and out of the sizes above it, and moves
  /// the flow on the way from there, and on the way from the outer end, to the apex.
  ///
  /// - Returns: The number of nodes that are cut off.
  private func cutOff(_ cycle: FlowCycle<Flow>) -> Int32 {
    let moved = unsafe up[cycle.leaving].size
    let (before, last) = unsafe (Int(ring[cycle.leaving].previous), ring[cycle.leaving].last)
    link(before, next(Int(last)))
    var node = parent(cycle.leaving)
    climb(from: node, to: cycle.apex, addingSize: -moved, flow: cycle.changeInside)
    climb(from: cycle.outer, to: cycle.apex, addingSize: moved, flow: 0 - cycle.changeInside)
    while node >= 0, unsafe ring[node].last == last {
      unsafe ring[node].last = Int32(truncatingIfNeeded: before)
      node = parent(node)
    }
    return moved
  }

  @inline(__always)
  private func climb(from start: Int, to apex: Int, addingSize change: Int32, flow: Flow) {
    var node = start
    while node != apex {
      unsafe up[node].size &+= change
      unsafe up[node].flow &+= flow
      node = parent(node)
    }
  }

  /// Makes the inner end the top of the subtree that was cut off: turns every arc of the stem, from the
  /// inner end up to the old top, and puts the runs of the ring into the new order.
  ///
  /// Each stem node's subtree is one run with that of the stem node before in its middle; the new order
  /// is the inner end's run, then for each further stem node what stood before and after that middle.
  ///
  /// - Returns: The last node of the new order.
  private func turnRound(_ cycle: FlowCycle<Flow>, moved: Int32) -> Int {
    var node = cycle.inner
    var newParent = cycle.outer
    var newFlow = cycle.leavesOnTailSide ? cycle.flow : 0 - cycle.flow
    var below = Int32(0)
    var (way, place) = unsafe (up[node], ring[node])
    var tail = Int(place.last)
    var after = next(tail)
    while true {
      let oldFlow = way.flow &+ cycle.changeInside
      unsafe up[node].parent = Int32(truncatingIfNeeded: newParent)
      unsafe up[node].flow = newFlow
      unsafe up[node].size = moved &- below
      if node == cycle.leaving { break }
      let stem = Int(way.parent)
      let placeAbove = unsafe ring[stem]
      link(tail, stem)
      if placeAbove.last == place.last {
        tail = Int(place.previous)
      } else {
        link(Int(place.previous), after)
        tail = Int(placeAbove.last)
        after = next(tail)
      }
      (newParent, newFlow, below) = (node, 0 - oldFlow, way.size)
      node = stem
      (way, place) = unsafe (up[stem], placeAbove)
    }
    while true {
      unsafe ring[node].last = Int32(truncatingIfNeeded: tail)
      if node == cycle.inner { break }
      node = parent(node)
    }
    return tail
  }

  /// Puts a run into the ring as the first child of a node.
  private func splice(_ first: Int, _ last: Int, after outer: Int) {
    let successor = next(outer)
    link(outer, first)
    link(last, successor)
    var node = outer
    while node >= 0, unsafe Int(ring[node].last) == outer {
      unsafe ring[node].last = Int32(truncatingIfNeeded: last)
      node = parent(node)
    }
  }

  /// Adds a number to the potentials of consecutive nodes of the ring.
  private func shift(from first: Int, count: Int, by change: Double) {
    var node = first
    for _ in 0..<count {
      unsafe potential[node] += change
      node = next(node)
    }
  }
}
