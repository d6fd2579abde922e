import Measures

/// The start of each pair of a series: what `GreedyStart`, `ComponentJoin` and `PreorderForest` do, in
/// memory that is made once.
///
/// Unsafe pointers live in this file alone; places come from the pair, whose bins were checked.
@safe final class SeriesStart {
  private let columns: Int
  /// All sources in a fixed random order.
  private let order: [Int32]
  /// The cheapest target of each source.
  private let cheapest: [Int32]
  /// For each target, the sources from the nearest to the farthest.
  private let nearest: [Int32]
  private let left: UnsafeMutablePointer<Int64>
  /// The place of each bin among those that have mass, or −1; sources first.
  private let place: UnsafeMutablePointer<Int32>
  /// The arcs, and for each node the first of a list of them, two entries to an arc.
  private let source: UnsafeMutablePointer<Int32>
  private let target: UnsafeMutablePointer<Int32>
  private let flow: UnsafeMutablePointer<Int64>
  private let first: UnsafeMutablePointer<Int32>
  private let after: UnsafeMutablePointer<Int32>
  private let isReached: UnsafeMutablePointer<Bool>
  private let pending: UnsafeMutablePointer<Int32>
  private let store: PotentialStore<Double>
  private let rows: Int
  private var arcCount = 0

  init(_ costs: CostMatrix) {
    (rows, columns) = (costs.rows, costs.columns)
    var order = (0..<Int32(costs.rows)).map { $0 }
    var random = SplitMix64(seed: 0x9E37_79B9)
    order.shuffle(using: &random)
    self.order = order
    cheapest = (0..<costs.rows).map { row in
      let columns = 0..<costs.columns
      return Int32(columns.min { (costs[row, $0], $0) < (costs[row, $1], $1) } ?? 0)
    }
    nearest = (0..<costs.columns).flatMap { column in
      (0..<Int32(costs.rows)).sorted {
        (costs[Int($0), column], $0) < (costs[Int($1), column], $1)
      }
    }
    let count = rows + columns
    unsafe left = .allocate(capacity: count)
    unsafe left.initialize(repeating: 0, count: count)
    unsafe place = .allocate(capacity: count)
    unsafe place.initialize(repeating: -1, count: count)
    unsafe source = .allocate(capacity: count)
    unsafe source.initialize(repeating: 0, count: count)
    unsafe target = .allocate(capacity: count)
    unsafe target.initialize(repeating: 0, count: count)
    unsafe flow = .allocate(capacity: count)
    unsafe flow.initialize(repeating: 0, count: count)
    unsafe first = .allocate(capacity: count)
    unsafe first.initialize(repeating: -1, count: count)
    unsafe after = .allocate(capacity: 2 * count)
    unsafe after.initialize(repeating: -1, count: 2 * count)
    unsafe isReached = .allocate(capacity: count)
    unsafe isReached.initialize(repeating: false, count: count)
    unsafe pending = .allocate(capacity: count)
    unsafe pending.initialize(repeating: 0, count: count)
    store = PotentialStore(repeating: 0, count: count)
  }

  deinit {
    unsafe left.deallocate()
    unsafe place.deallocate()
    unsafe source.deallocate()
    unsafe target.deallocate()
    unsafe flow.deallocate()
    unsafe first.deallocate()
    unsafe after.deallocate()
    unsafe isReached.deallocate()
    unsafe pending.deallocate()
  }

  /// Makes the tree that the simplex starts from.
  func plant(_ tree: SpanningTree<Double, Int64>, _ pair: SeriesPair, costs: [Double]) {
    precondition(
      costs.count >= tree.sourceCount * tree.targetCount && tree.sourceCount <= rows
        && tree.targetCount <= columns, "the pair is larger than the series")
    unsafe costs.withUnsafeBufferPointer { costs in
      guard let costs = costs.baseAddress else { return }
      takeMasses(pair)
      unsafe ship(tree, costs)
      unsafe join(tree, pair, costs)
    }
    plantAll(tree)
  }

  private func takeMasses(_ pair: SeriesPair) {
    arcCount = 0
    let (m, n) = (pair.sources.count, pair.targets.count)
    for bin in 0..<rows + columns { unsafe place[bin] = -1 }
    for i in 0..<m {
      unsafe left[i] = pair.supplies[i]
      unsafe place[Int(pair.sources[i])] = Int32(truncatingIfNeeded: i)
    }
    for j in 0..<n {
      unsafe left[m + j] = pair.demands[j]
      unsafe place[rows + Int(pair.targets[j])] = Int32(truncatingIfNeeded: j)
    }
    for node in 0..<m + n {
      unsafe first[node] = -1
      unsafe isReached[node] = false
    }
  }

  /// Each source ships to its cheapest target; then, in random order, to the cheapest that still want mass.
  ///
  /// Each arc uses up one of its ends, so that there is no cycle.
  private func ship(_ tree: SpanningTree<Double, Int64>, _ costs: UnsafePointer<Double>) {
    let (m, n) = (tree.sourceCount, tree.targetCount)
    for j in 0..<n { unsafe store.start[j] = 0 }
    for bin in order {
      let (i, j) = unsafe (Int(place[Int(bin)]), Int(place[rows + Int(cheapest[Int(bin)])]))
      if i >= 0, j >= 0, unsafe left[m + j] > 0 { ship(i, j, m) }
    }
    for bin in order {
      let i = unsafe Int(place[Int(bin)])
      guard i >= 0 else { continue }
      while unsafe left[i] > 0 {
        ship(i, unsafe RowScan.leastSum(costs + i * n, store.start, count: n).index, m)
      }
    }
  }

  private func ship(_ i: Int, _ j: Int, _ m: Int) {
    let shipped = unsafe min(left[i], left[m + j])
    precondition(shipped > 0, "the totals are equal")
    unsafe left[i] -= shipped
    unsafe left[m + j] -= shipped
    add(i, j, shipped, m)
    if unsafe left[m + j] == 0 { unsafe store.start[j] = .infinity }
  }

  private func add(_ i: Int, _ j: Int, _ shipped: Int64, _ m: Int) {
    let arc = arcCount
    arcCount += 1
    unsafe source[arc] = Int32(truncatingIfNeeded: i)
    unsafe target[arc] = Int32(truncatingIfNeeded: j)
    unsafe flow[arc] = shipped
    unsafe after[2 * arc] = first[i]
    unsafe first[i] = Int32(truncatingIfNeeded: 2 * arc)
    unsafe after[2 * arc + 1] = first[m + j]
    unsafe first[m + j] = Int32(truncatingIfNeeded: 2 * arc + 1)
  }

  /// Joins the components by arcs without flow, each the best for its source.
  private func join(
    _ tree: SpanningTree<Double, Int64>, _ pair: SeriesPair, _ costs: UnsafePointer<Double>
  ) {
    let (m, n) = (tree.sourceCount, tree.targetCount)
    for j in 0..<n { unsafe store.start[j] = .infinity }
    unsafe store.start[0] = 0
    unsafe reach(m, m, n, costs)
    let row = Int(pair.targets[0]) * rows
    for bin in nearest[row..<row + rows] {
      let i = unsafe Int(place[Int(bin)])
      guard i >= 0, unsafe !isReached[i] else { continue }
      let best = unsafe RowScan.leastSum(costs + i * n, store.start, count: n)
      unsafe sourcePotential[i] = best.value
      add(i, best.index, 0, m)
      unsafe reach(i, m, n, costs)
    }
  }

  /// Gives the component of a node its potentials, along its arcs.
  private func reach(_ start: Int, _ m: Int, _ n: Int, _ costs: UnsafePointer<Double>) {
    walk(from: start, m) { _, other, arc in
      let (i, j) = unsafe (Int(source[arc]), Int(target[arc]))
      let cost = unsafe costs[i * n + j]
      if other < m {
        unsafe sourcePotential[i] = cost + store.start[j]
      } else {
        unsafe store.start[j] = sourcePotential[i] - cost
      }
    }
  }

  /// Potentials of the sources, behind those of the targets.
  private var sourcePotential: UnsafeMutablePointer<Double> { unsafe store.start + columns }

  /// Visits what is reached from a node, in preorder.
  @inline(__always)
  private func walk(
    from start: Int, _ m: Int, visit: (_ node: Int, _ other: Int, _ arc: Int) -> Void
  ) {
    unsafe isReached[start] = true
    unsafe pending[0] = Int32(truncatingIfNeeded: start)
    var count = 1
    while count > 0 {
      count -= 1
      let node = unsafe Int(pending[count])
      var entry = unsafe Int(first[node])
      while entry >= 0 {
        let arc = entry / 2
        let other = unsafe node < m ? m + Int(target[arc]) : Int(source[arc])
        if unsafe !isReached[other] {
          unsafe isReached[other] = true
          visit(node, other, arc)
          unsafe pending[count] = Int32(truncatingIfNeeded: other)
          count += 1
        }
        entry = unsafe Int(after[entry])
      }
    }
  }

  /// Hands all nodes to the tree in preorder.
  private func plantAll(_ tree: SpanningTree<Double, Int64>) {
    let m = tree.sourceCount
    for node in 0..<tree.nodeCount { unsafe isReached[node] = false }
    tree.plant(tree.root, under: -1, flow: 0)
    var last = tree.root
    unsafe isReached[tree.root] = true
    unsafe pending[0] = Int32(truncatingIfNeeded: tree.root)
    var count = 1
    while count > 0 {
      count -= 1
      let node = unsafe Int(pending[count])
      if node != tree.root {
        tree.link(last, node)
        last = node
      }
      var entry = unsafe Int(first[node])
      while entry >= 0 {
        let arc = entry / 2
        let other = unsafe node < m ? m + Int(target[arc]) : Int(source[arc])
        if unsafe !isReached[other] {
          unsafe isReached[other] = true
          tree.plant(other, under: node, flow: unsafe flow[arc])
          unsafe pending[count] = Int32(truncatingIfNeeded: other)
          count += 1
        }
        entry = unsafe Int(after[entry])
      }
    }
    tree.link(last, tree.root)
    tree.measure()
  }
}
