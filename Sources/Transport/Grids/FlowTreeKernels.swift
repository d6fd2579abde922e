/// A spanning tree of any graph whose arcs have no capacity, with its flow and potentials.
///
/// Flow on the arc between a node and its parent has a sign: positive towards the parent, negative away
/// from it. An arc without flow points to the parent, which is what makes the tree strongly feasible.
/// Potentials φ are kept so that an arc of the tree from x to y costs φ(x) − φ(y). Nodes that are not in
/// the tree have the potential ∞, so that no arc to them looks good.
///
/// The nodes form a ring in which each subtree is one run, parents first. Unsafe pointers live in the
/// files of this type alone; indices were checked when the tree was made.
///
/// - Source: R. Barr, F. Glover, D. Klingman, "Enhancements of spanning tree labelling procedures
///   for network optimization", INFOR 17 (1979); strongly feasible trees after W. H. Cunningham, "A
///   network simplex method", Mathematical Programming 11 (1976).
@safe final class FlowTree<Flow: FlowCount> {
  /// How many nodes there are places for.
  let capacity: Int
  let nodeCount: Int
  let root: Int
  /// The way up from each node.
  let up: UnsafeMutablePointer<WayUp<Flow>>
  /// The node after each in the ring.
  let following: UnsafeMutablePointer<Int32>
  let ring: UnsafeMutablePointer<RingPlace>
  /// The potential of each node.
  let potential: UnsafeMutablePointer<Double>

  /// A tree whose flow meets every node's supply.
  ///
  /// - Parameters:
  ///   - shape: The tree: its nodes, parents first, and their parents.
  ///   - supplies: What each node has more than it wants; the total is 0.
  init(_ shape: RootedTree, supplies: [Flow]) {
    capacity = supplies.count
    nodeCount = shape.order.count
    root = Int(shape.order[0])
    unsafe up = .allocate(capacity: capacity)
    unsafe following = .allocate(capacity: capacity)
    unsafe ring = .allocate(capacity: capacity)
    unsafe potential = .allocate(capacity: capacity)
    unsafe up.initialize(repeating: WayUp(), count: capacity)
    unsafe following.initialize(repeating: 0, count: capacity)
    unsafe ring.initialize(repeating: RingPlace(), count: capacity)
    unsafe potential.initialize(repeating: .infinity, count: capacity)
    for (place, node32) in shape.order.enumerated() {
      let node = Int(node32)
      unsafe up[node].parent = shape.parent[node]
      unsafe up[node].flow = supplies[node]
      unsafe ring[node].last = node32
      link(node, place + 1 < nodeCount ? Int(shape.order[place + 1]) : root)
    }
    for node32 in shape.order.reversed() where Int(node32) != root {
      let node = Int(node32)
      let parent = unsafe Int(up[node].parent)
      unsafe up[parent].size += up[node].size
      unsafe up[parent].flow += up[node].flow
      // The child that comes last in the ring is met first.
      if unsafe Int(ring[parent].last) == parent { unsafe ring[parent].last = ring[node].last }
    }
    unsafe up[root].flow = 0
  }

  deinit {
    unsafe up.deallocate()
    unsafe following.deallocate()
    unsafe ring.deallocate()
    unsafe potential.deallocate()
  }

  /// The parent of a node; −1 for the root.
  @inline(__always)
  func parent(_ node: Int) -> Int { unsafe Int(up[node].parent) }

  /// The flow from a node to its parent, negative if it runs the other way.
  @inline(__always)
  func flow(above node: Int) -> Flow { unsafe up[node].flow }

  @inline(__always)
  func next(_ node: Int) -> Int { unsafe Int(following[node]) }

  /// The potential of a node; ∞ if it is not in the tree.
  @inline(__always)
  func potential(of node: Int) -> Double { unsafe potential[node] }

  /// Makes one node the next of another in the ring.
  @inline(__always)
  func link(_ node: Int, _ successor: Int) {
    unsafe following[node] = Int32(truncatingIfNeeded: successor)
    unsafe ring[successor].previous = Int32(truncatingIfNeeded: node)
  }

  /// The nodes, parents first.
  var preorder: [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(nodeCount)
    var node = root
    for _ in 0..<nodeCount {
      order.append(Int32(truncatingIfNeeded: node))
      node = next(node)
    }
    return order
  }

  /// Computes all potentials anew, from the root down.
  func refreshPotentials(cost: (_ from: Int, _ to: Int) -> Double) {
    unsafe potential[root] = 0
    var node = next(root)
    while node != root {
      let above = parent(node)
      unsafe potential[node] =
        flow(above: node) >= 0
        ? potential[above] + cost(node, above) : potential[above] - cost(above, node)
      node = next(node)
    }
  }
}

/// A tree by its nodes, parents first and each subtree one run, and their parents; −1 above the root.
struct RootedTree {
  let order: [Int32]
  let parent: [Int32]

  /// The tree of undirected edges between nodes below a count, hung by a root.
  ///
  /// - Complexity: O(n).
  init(edges: [(Int32, Int32)], capacity: Int, root: Int) {
    var starts = [Int32](repeating: 0, count: capacity + 1)
    for (a, b) in edges {
      starts[Int(a) + 1] += 1
      starts[Int(b) + 1] += 1
    }
    for node in 0..<capacity { starts[node + 1] += starts[node] }
    var fill = starts
    var neighbours = [Int32](repeating: 0, count: 2 * edges.count)
    func note(_ node: Int32, _ neighbour: Int32) {
      neighbours[Int(fill[Int(node)])] = neighbour
      fill[Int(node)] += 1
    }
    for (a, b) in edges {
      note(a, b)
      note(b, a)
    }
    var parent = [Int32](repeating: -1, count: capacity)
    var order: [Int32] = []
    order.reserveCapacity(edges.count + 1)
    var pending = [Int32(root)]
    while let node = pending.popLast() {
      order.append(node)
      for place in starts[Int(node)]..<starts[Int(node) + 1] {
        let other = neighbours[Int(place)]
        guard other != parent[Int(node)] else { continue }
        parent[Int(other)] = node
        pending.append(other)
      }
    }
    precondition(order.count == edges.count + 1, "the edges are no tree")
    self.order = order
    self.parent = parent
  }
}
