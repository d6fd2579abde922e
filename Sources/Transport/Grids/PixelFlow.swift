/// Which mass of which pixel arrives where: flow along a tree, taken apart into ways from end to end.
///
/// Pixels are taken in the order of the flow. Each hands on what it has in parcels of one origin, first to
/// itself as far as it wants mass, then along its arcs; parcels are divided where they must be. For a metric
/// the arc from end to end costs no more than the way, and at the optimum as much.
struct PixelFlow<Flow: FlowCount> {
  /// Mass from one pixel to another.
  struct Move {
    let from: Int
    let to: Int
    let flow: Flow
  }

  /// What each pixel holds: a list of parcels, by the index of the first.
  private var first: [Int32]
  private var last: [Int32]
  private var parcels: [Parcel<Flow>] = []
  private(set) var moves: [Move] = []

  /// The moves of a tree's flow.
  ///
  /// - Parameters:
  ///   - tree: The tree.
  ///   - supplies: What each node has more than it wants.
  /// - Complexity: O(n) divisions; handing on takes O(1) for the last arc of a pixel, and a step for each
  ///   parcel on the others.
  init(of tree: FlowTree<Flow>, supplies: [Flow]) {
    first = [Int32](repeating: -1, count: tree.capacity)
    last = [Int32](repeating: -1, count: tree.capacity)
    let arcs = OutgoingArcs(of: tree)
    for node in arcs.order {
      let supply = supplies[node]
      if supply > 0 { put(Parcel(origin: Int32(truncatingIfNeeded: node), flow: supply), in: node) }
      if supply < 0 { deliver(0 - supply, at: node) }
      let outgoing = arcs.arcs(from: node)
      for arc in outgoing.dropLast() { handOn(arc.flow, from: node, to: Int(arc.head)) }
      if let arc = outgoing.last { handOnAll(from: node, to: Int(arc.head)) }
    }
  }

  private mutating func put(_ parcel: Parcel<Flow>, in node: Int) {
    parcels.append(parcel)
    append(Int32(truncatingIfNeeded: parcels.count - 1), to: node)
  }

  private mutating func append(_ parcel: Int32, to node: Int) {
    parcels[Int(parcel)].next = -1
    if last[node] >= 0 { parcels[Int(last[node])].next = parcel } else { first[node] = parcel }
    last[node] = parcel
  }

  /// Takes the first parcel of a node, or the part of it that is wanted.
  private mutating func take(upTo flow: Flow, from node: Int) -> Parcel<Flow>? {
    guard first[node] >= 0 else { return nil }
    let index = Int(first[node])
    let parcel = parcels[index]
    guard parcel.flow <= flow else {
      parcels[index].flow -= flow
      return Parcel(origin: parcel.origin, flow: flow)
    }
    first[node] = parcel.next
    if first[node] < 0 { last[node] = -1 }
    return parcel
  }

  private mutating func deliver(_ flow: Flow, at node: Int) {
    var left = flow
    while left > 0, let parcel = take(upTo: left, from: node) {
      left -= parcel.flow
      moves.append(Move(from: Int(parcel.origin), to: node, flow: parcel.flow))
    }
  }

  private mutating func handOn(_ flow: Flow, from node: Int, to head: Int) {
    var left = flow
    while left > 0, let parcel = take(upTo: left, from: node) {
      left -= parcel.flow
      put(Parcel(origin: parcel.origin, flow: parcel.flow), in: head)
    }
  }

  private mutating func handOnAll(from node: Int, to head: Int) {
    guard first[node] >= 0 else { return }
    if last[head] >= 0 {
      parcels[Int(last[head])].next = first[node]
    } else {
      first[head] = first[node]
    }
    last[head] = last[node]
    (first[node], last[node]) = (-1, -1)
  }
}

/// Mass of one origin on its way.
private struct Parcel<Flow: FlowCount> {
  let origin: Int32
  var flow: Flow
  /// The parcel behind it, −1 for none.
  var next: Int32 = -1
}

/// The arcs of a tree that carry flow, by the node that they leave, and the nodes in the order of the flow.
private struct OutgoingArcs<Flow: FlowCount> {
  struct Arc {
    let head: Int32
    let flow: Flow
  }

  private(set) var order: [Int] = []
  private var starts: [Int]
  private var list: [Arc]

  init(of tree: FlowTree<Flow>) {
    let nodes = tree.preorder.map { Int($0) }
    var incoming = [Int32](repeating: 0, count: tree.capacity)
    starts = [Int](repeating: 0, count: tree.capacity + 1)
    func ends(_ node: Int) -> (tail: Int, head: Int, flow: Flow)? {
      guard node != tree.root else { return nil }
      let flow = tree.flow(above: node)
      if flow == 0 { return nil }
      return flow > 0
        ? (node, tree.parent(node), flow) : (tree.parent(node), node, 0 - flow)
    }
    var count = 0
    for node in nodes {
      guard let arc = ends(node) else { continue }
      starts[arc.tail + 1] += 1
      incoming[arc.head] += 1
      count += 1
    }
    for node in 0..<tree.capacity { starts[node + 1] += starts[node] }
    var fill = starts
    list = [Arc](repeating: Arc(head: 0, flow: 0), count: count)
    for node in nodes {
      guard let arc = ends(node) else { continue }
      list[fill[arc.tail]] = Arc(head: Int32(truncatingIfNeeded: arc.head), flow: arc.flow)
      fill[arc.tail] += 1
    }
    order.reserveCapacity(nodes.count)
    order = nodes.filter { incoming[$0] == 0 }
    var place = 0
    while place < order.count {
      for arc in arcs(from: order[place]) {
        incoming[Int(arc.head)] -= 1
        if incoming[Int(arc.head)] == 0 { order.append(Int(arc.head)) }
      }
      place += 1
    }
  }

  func arcs(from node: Int) -> ArraySlice<Arc> { list[starts[node]..<starts[node + 1]] }
}
