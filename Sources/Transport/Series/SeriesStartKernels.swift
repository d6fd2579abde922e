import Measures

/// The start of each pair of a series, in memory that is made once: mass is shipped, and components are joined
/// and put in preorder as `ComponentJoin` and `PreorderForest` do.
///
/// Unsafe pointers live in this file alone; places come from the pair, whose bins were checked.
@safe final class SeriesStart {
  private let columns: Int
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
  /// For each source the least cost less the means, and the target that has it.
  private let least: UnsafeMutablePointer<Float>
  private let partner: UnsafeMutablePointer<Int32>
  private let pending: UnsafeMutablePointer<Int32>
  private let store: PotentialStore<Double>
  private let rows: Int
  private var arcCount = 0

  init(_ costs: CostMatrix) {
    (rows, columns) = (costs.rows, costs.columns)
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
    unsafe least = .allocate(capacity: PackedMatrix.stride(for: costs.rows))
    unsafe least.initialize(repeating: 0, count: PackedMatrix.stride(for: costs.rows))
    unsafe partner = .allocate(capacity: costs.rows)
    unsafe partner.initialize(repeating: 0, count: costs.rows)
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
    unsafe least.deallocate()
    unsafe partner.deallocate()
    unsafe pending.deallocate()
  }

  /// Makes the tree that the simplex starts from.
  func plant(_ tree: SpanningTree<Double, Int64>, _ pair: SeriesPair, _ costs: PackedMatrix) {
    precondition(
      costs.rows == tree.sourceCount && costs.columns == tree.targetCount
        && tree.sourceCount <= rows && tree.targetCount <= columns,
      "the pair is larger than the series")
    takeMasses(pair)
    ship(tree, costs)
    join(tree, pair, costs)
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

  /// Mass goes along the arcs whose costs are least against the means of their row and their column.
  ///
  /// Costs less the means of rows and columns tell which arcs an optimal plan is made of better than costs
  /// do: for squared distances they do not change when a measure is moved as a whole. Each source knows its
  /// best target; the source whose arc is best of all ships. A source whose target wants no more looks for
  /// another when its turn comes, as arcs that are left can only be worse. Each arc uses up one of its ends,
  /// so that there is no cycle.
  private func ship(_ tree: SpanningTree<Double, Int64>, _ costs: PackedMatrix) {
    let (m, n) = (tree.sourceCount, tree.targetCount)
    for j in 0..<n { unsafe store.rounded[j] = costs.columnShifts[j] }
    for i in 0..<m { find(i, n, costs) }
    for i in m..<PackedMatrix.stride(for: m) { unsafe least[i] = PackedMatrix.unwanted }
    var open = m
    while open > 0 {
      let i = unsafe PackedMatrix.quickLeastSum(
        least, costs.rowShifts, count: m, below: .infinity
      ).target
      let j = unsafe Int(partner[i])
      if unsafe left[m + j] > 0 { ship(i, j, m) }
      if unsafe left[i] == 0 {
        unsafe least[i] = PackedMatrix.unwanted
        open -= 1
      } else {
        find(i, n, costs)
      }
    }
  }

  /// Finds the best target of a source among those that want mass.
  @inline(__always)
  private func find(_ i: Int, _ n: Int, _ costs: PackedMatrix) {
    let best = costs.quickLeastSum(i, store.row(upTo: n), below: .infinity)
    precondition(best.target >= 0 && best.target < n, "the totals are equal")
    unsafe least[i] = best.value
    unsafe partner[i] = Int32(truncatingIfNeeded: best.target)
  }

  private func ship(_ i: Int, _ j: Int, _ m: Int) {
    let shipped = unsafe min(left[i], left[m + j])
    precondition(shipped > 0, "the totals are equal")
    unsafe left[i] -= shipped
    unsafe left[m + j] -= shipped
    add(i, j, shipped, m)
    if unsafe left[m + j] == 0 { unsafe store.rounded[j] = .infinity }
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
    _ tree: SpanningTree<Double, Int64>, _ pair: SeriesPair, _ costs: PackedMatrix
  ) {
    let (m, n) = (tree.sourceCount, tree.targetCount)
    for j in 0..<n { unsafe store.start[j] = .infinity }
    unsafe store.start[0] = 0
    reach(m, m, costs)
    let row = Int(pair.targets[0]) * rows
    for bin in nearest[row..<row + rows] {
      let i = unsafe Int(place[Int(bin)])
      guard i >= 0, unsafe !isReached[i] else { continue }
      let best = costs.leastSum(i, store.row(upTo: n), below: .infinity)
      unsafe sourcePotential[i] = best.value
      add(i, best.target, 0, m)
      reach(i, m, costs)
    }
  }

  /// Gives the component of a node its potentials, along its arcs.
  private func reach(_ start: Int, _ m: Int, _ costs: PackedMatrix) {
    walk(from: start, m) { _, other, arc in
      let (i, j) = unsafe (Int(source[arc]), Int(target[arc]))
      let cost = costs[i, j]
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
