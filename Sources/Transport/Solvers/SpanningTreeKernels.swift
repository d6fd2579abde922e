/// A spanning tree of the bipartite graph of sources and targets, with its flow and potentials.
///
/// Nodes 0 ..< m are sources, m ..< m + n targets. A tree arc joins a node to its parent and runs
/// from the source to the target of the two; arcs off the tree carry nothing, so that nothing is
/// stored per arc. Potentials are kept as π = f on sources and π = −g on targets, so that moving a
/// subtree adds one number to all of it.
///
/// The nodes form a ring in which each subtree is one run, parents first, so that a walk of a subtree,
/// or of all the rest, is a walk of a list without a branch. What a node's step needs lies in one record.
/// Unsafe pointers live in the files of this type alone; indices were checked when the tree was made.
///
/// - Source: R. Barr, F. Glover, D. Klingman, "Enhancements of spanning tree labelling procedures
///   for network optimization", INFOR 17 (1979): the preorder ring, sizes and last nodes of subtrees.
@safe final class SpanningTree<Cost: SimplexCost, Flow: FlowCount> {
  let sourceCount: Int
  let targetCount: Int
  let nodeCount: Int
  /// The root, a target.
  let root: Int
  /// The way up from each node.
  let up: UnsafeMutablePointer<WayUp<Flow>>
  /// The node after each in the ring.
  let following: UnsafeMutablePointer<Int32>
  let ring: UnsafeMutablePointer<RingPlace>
  private let memory: TreeMemory<Cost, Flow>
  private var store: PotentialStore<Cost> { memory.store }
  /// The potential of each node.
  let potential: UnsafeMutablePointer<Cost>
  /// The same in single precision, where the cost has that.
  let rounded: UnsafeMutablePointer<Float>

  /// A tree from a forest of arcs with positive flow.
  ///
  /// Each component but the root's hangs under the root by an arc without flow that leaves one of its
  /// sources. Arcs without flow thus point to the root: the tree is strongly feasible.
  ///
  /// - Source: W. H. Cunningham, "A network simplex method", Mathematical Programming 11 (1976).
  convenience init(sourceCount: Int, targetCount: Int, forest: [ForestArc], unit: Int128) {
    let count = sourceCount + targetCount
    self.init(
      in: TreeMemory(nodeCount: count), sourceCount: sourceCount, targetCount: targetCount)
    let shape = PreorderForest(
      of: forest, sourceCount: sourceCount, targetCount: targetCount, root: root)
    for (place, node) in shape.order.enumerated() {
      let arc = shape.arcAbove[node]
      plant(
        node, under: shape.parent[node], flow: arc < 0 ? 0 : Flow(forest[arc].flow / unit))
      link(node, place + 1 < count ? shape.order[place + 1] : root)
    }
    measure()
  }

  /// A tree in memory that has room for it, yet to be planted.
  init(in memory: TreeMemory<Cost, Flow>, sourceCount: Int, targetCount: Int) {
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    root = sourceCount
    nodeCount = sourceCount + targetCount
    precondition(memory.nodeCount >= nodeCount, "the tree needs more memory")
    self.memory = memory
    unsafe up = memory.up
    unsafe following = memory.following
    unsafe ring = memory.ring
    unsafe potential = memory.store.start
    unsafe rounded = memory.store.rounded
  }

  /// Sets a node's parent, −1 for the root, and the flow between the two; each node is then to be linked
  /// to the next in preorder, and the last to the root.
  @inline(__always)
  func plant(_ node: Int, under parent: Int, flow: Flow) {
    unsafe up[node] = WayUp(parent: Int32(truncatingIfNeeded: parent), size: 1, flow: flow)
    unsafe ring[node].last = Int32(truncatingIfNeeded: node)
  }

  /// Counts the nodes of each subtree and finds its last, once all nodes are planted.
  func measure() {
    var node = last
    while node != root {
      let parent = parent(node)
      unsafe up[parent].size &+= up[node].size
      // The child that comes last in the ring is met first.
      if unsafe Int(ring[parent].last) == parent {
        unsafe ring[parent].last = ring[node].last
      }
      node = previous(node)
    }
  }

  /// The parent of a node; −1 for the root.
  @inline(__always)
  func parent(_ node: Int) -> Int { unsafe Int(up[node].parent) }

  @inline(__always)
  func flow(above node: Int) -> Flow { unsafe up[node].flow }

  @inline(__always)
  func next(_ node: Int) -> Int { unsafe Int(following[node]) }

  /// The node before in the ring.
  @inline(__always)
  func previous(_ node: Int) -> Int { unsafe Int(ring[node].previous) }

  /// The last node in preorder.
  var last: Int { previous(root) }

  @inline(__always)
  func isSource(_ node: Int) -> Bool { node < sourceCount }

  /// Makes one node the next of another in the ring.
  @inline(__always)
  func link(_ node: Int, _ successor: Int) {
    unsafe following[node] = Int32(truncatingIfNeeded: successor)
    unsafe ring[successor].previous = Int32(truncatingIfNeeded: node)
  }

  /// The potential of a node.
  @inline(__always)
  func potential(of node: Int) -> Cost { unsafe potential[node] }

  /// π of all nodes, sources first.
  var potentials: [Cost] { (0..<nodeCount).map { store[$0] } }

  /// π of the targets, as geometries read them.
  var targetPotentials: PotentialRow<Cost> {
    unsafe PotentialRow(
      start: potential + sourceCount, rounded: rounded + (Cost.hasRounded ? sourceCount : 0),
      count: targetCount)
  }

  /// The source and target of the arc from a node to its parent.
  func arc(above node: Int) -> (source: Int, target: Int) {
    isSource(node) ? (node, parent(node) - sourceCount) : (parent(node), node - sourceCount)
  }

  /// Computes all potentials anew, from the root down.
  func refreshPotentials(cost: (_ source: Int, _ target: Int) -> Cost) {
    store[root] = 0
    var node = next(root)
    while node != root {
      let (source, target) = arc(above: node)
      let above = unsafe potential[parent(node)]
      let price = cost(source, target)
      store[node] = isSource(node) ? above + price : above - price
      node = next(node)
    }
  }
}

/// Memory for trees of up to so many nodes, one after the other.
@safe final class TreeMemory<Cost: SimplexCost, Flow: FlowCount> {
  let nodeCount: Int
  let up: UnsafeMutablePointer<WayUp<Flow>>
  let following: UnsafeMutablePointer<Int32>
  let ring: UnsafeMutablePointer<RingPlace>
  let store: PotentialStore<Cost>

  init(nodeCount: Int) {
    self.nodeCount = nodeCount
    unsafe up = .allocate(capacity: nodeCount)
    unsafe up.initialize(repeating: WayUp(), count: nodeCount)
    unsafe following = .allocate(capacity: nodeCount)
    unsafe following.initialize(repeating: 0, count: nodeCount)
    unsafe ring = .allocate(capacity: nodeCount)
    unsafe ring.initialize(repeating: RingPlace(), count: nodeCount)
    store = PotentialStore(repeating: 0, count: nodeCount)
  }

  deinit {
    unsafe up.deallocate()
    unsafe following.deallocate()
    unsafe ring.deallocate()
  }
}

/// What flow is counted in: 128 bits, or 64 where the masses have a common unit that allows it.
protocol FlowCount: FixedWidthInteger & SignedInteger & Sendable {}
extension Int128: FlowCount {}
extension Int64: FlowCount {}

/// The way up from a node.
struct WayUp<Flow: FlowCount> {
  var parent: Int32 = -1
  /// The number of nodes below, itself included.
  var size: Int32 = 1
  /// The flow on the arc to the parent.
  var flow: Flow = 0
}

/// Where a node stands in the ring, beside the node after it.
struct RingPlace {
  /// The node before.
  var previous: Int32 = 0
  /// The last node of the subtree.
  var last: Int32 = 0
}
