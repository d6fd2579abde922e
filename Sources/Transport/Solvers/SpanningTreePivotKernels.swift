/// The cycle that an entering arc closes in the tree, and the arc that leaves.
struct PivotCycle<Flow: FlowCount> {
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
  let flow: Flow

  /// The end of the entering arc in the part that is cut off.
  var inner: Int { leavesOnSourceSide ? source : target }
  /// The end of the entering arc in the part that stays.
  var outer: Int { leavesOnSourceSide ? target : source }
}

/// A part of the ring, cut out: its first and last node.
private struct RingSegment {
  let first: Int
  let last: Int
}

extension SpanningTree {
  /// Brings an arc into the tree: finds the cycle, moves flow round it, exchanges the arcs and shifts
  /// the potentials of the smaller part.
  ///
  /// - Parameters:
  ///   - source: The entering arc's source.
  ///   - target: The entering arc's target.
  ///   - reduced: Its reduced cost, negative.
  ///   - geometry: Is told of each target whose π fell.
  @inline(__always)
  func pivot<Geometry: ArcGeometry>(
    source: Int, target: Int, reduced: Cost, telling geometry: inout Geometry
  ) where Geometry.Cost == Cost {
    let cycle = cycle(closedBy: source, sourceCount + target)
    let moved = cutOff(cycle)
    let stem = turnRound(cycle, moved: moved)
    splice(stem, after: cycle.outer)
    let change = cycle.leavesOnSourceSide ? reduced : -reduced
    // Only differences of potentials count, so the smaller part is shifted.
    if Int(moved) * 2 > nodeCount {
      shift(from: next(stem.last), count: nodeCount - Int(moved), by: -change, &geometry)
    } else {
      shift(from: stem.first, count: Int(moved), by: change, &geometry)
    }
  }

  /// The cycle of an entering arc and its leaving arc.
  ///
  /// Flow runs from the source over the entering arc to the target and through the tree back. The
  /// leaving arc is the last blocking one when the cycle is followed in that direction from the apex:
  /// strictly less while climbing from the source, less or equal from the target. That keeps the tree
  /// strongly feasible, so that no basis comes twice (Cunningham 1976).
  private func cycle(closedBy source: Int, _ target: Int) -> PivotCycle<Flow> {
    var (x, y) = (source, target)
    var (leastX, leavingX) = (Flow.max, -1)
    var (leastY, leavingY) = (Flow.max, -1)
    while x != y {
      let (sizeX, sizeY) = unsafe (up[x].size, up[y].size)
      if sizeX <= sizeY {
        if isSource(x), flow(above: x) < leastX { (leastX, leavingX) = (flow(above: x), x) }
        x = parent(x)
      }
      if sizeY <= sizeX {
        if !isSource(y), flow(above: y) <= leastY { (leastY, leavingY) = (flow(above: y), y) }
        y = parent(y)
      }
    }
    let onSourceSide = leastX < leastY
    return PivotCycle(
      source: source, target: target, apex: x, leaving: onSourceSide ? leavingX : leavingY,
      leavesOnSourceSide: onSourceSide, flow: min(leastX, leastY))
  }

  /// Takes the subtree under the leaving arc out of the ring and out of the sizes above it, and moves
  /// the flow on the way from there, and on the way from the outer end, to the apex.
  ///
  /// - Returns: The number of nodes that are cut off.
  private func cutOff(_ cycle: PivotCycle<Flow>) -> Int32 {
    let top = cycle.leaving
    let moved = unsafe up[top].size
    let (before, last) = unsafe (Int(ring[top].previous), ring[top].last)
    link(before, next(Int(last)))
    // On the source's way flow leaves sources' arcs; on the target's way it enters them.
    let fromSource = cycle.leavesOnSourceSide ? -cycle.flow : cycle.flow
    var node = parent(top)
    climb(from: node, to: cycle.apex, addingSize: -moved, flowOfSources: fromSource)
    climb(from: cycle.outer, to: cycle.apex, addingSize: moved, flowOfSources: -fromSource)
    while node >= 0, unsafe ring[node].last == last {
      unsafe ring[node].last = Int32(truncatingIfNeeded: before)
      node = parent(node)
    }
    return moved
  }

  @inline(__always)
  private func climb(from start: Int, to apex: Int, addingSize change: Int32, flowOfSources: Flow) {
    var node = start
    while node != apex {
      unsafe up[node].size &+= change
      unsafe up[node].flow &+= isSource(node) ? flowOfSources : -flowOfSources
      node = parent(node)
    }
  }

  /// Makes the inner end the top of the subtree that was cut off: turns every arc of the stem, from the
  /// inner end up to the old top, and puts the runs of the ring into the new order.
  ///
  /// Each stem node's subtree is one run with that of the stem node before in its middle; the new order
  /// is the inner end's run, then for each further stem node what stood before and after that middle.
  private func turnRound(_ cycle: PivotCycle<Flow>, moved: Int32) -> RingSegment {
    let flowOfSources = cycle.leavesOnSourceSide ? -cycle.flow : cycle.flow
    var node = cycle.inner
    var (newParent, newFlow, below) = (cycle.outer, cycle.flow, Int32(0))
    var (way, place) = unsafe (up[node], ring[node])
    var tail = Int(place.last)
    var after = next(tail)
    while true {
      let oldFlow = way.flow &+ (isSource(node) ? flowOfSources : -flowOfSources)
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
      (newParent, newFlow, below) = (node, oldFlow, way.size)
      node = stem
      (way, place) = unsafe (up[stem], placeAbove)
    }
    while true {
      unsafe ring[node].last = Int32(truncatingIfNeeded: tail)
      if node == cycle.inner { break }
      node = parent(node)
    }
    return RingSegment(first: cycle.inner, last: tail)
  }

  /// Puts a segment into the ring as the first child of a node.
  private func splice(_ segment: RingSegment, after outer: Int) {
    let successor = next(outer)
    link(outer, segment.first)
    link(segment.last, successor)
    var node = outer
    while node >= 0, unsafe Int(ring[node].last) == outer {
      unsafe ring[node].last = Int32(truncatingIfNeeded: segment.last)
      node = parent(node)
    }
  }

  /// Adds a number to the potentials of consecutive nodes of the ring.
  @inline(__always)
  private func shift<Geometry: ArcGeometry>(
    from first: Int, count: Int, by change: Cost, _ geometry: inout Geometry
  ) where Geometry.Cost == Cost {
    var node = first
    guard Geometry.heedsFalls, change < 0 else {
      for _ in 0..<count {
        setPotential(of: node, to: unsafe potential[node] + change)
        node = next(node)
      }
      return
    }
    for _ in 0..<count {
      let value = unsafe potential[node] + change
      setPotential(of: node, to: value)
      if node >= sourceCount { geometry.targetFell(node - sourceCount, to: value) }
      node = next(node)
    }
  }

  @inline(__always)
  private func setPotential(of node: Int, to value: Cost) {
    unsafe potential[node] = value
    if Cost.hasRounded { unsafe rounded[node] = value.rounded }
  }
}
