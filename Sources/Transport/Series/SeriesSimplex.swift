import Measures

/// The network simplex of a series: one cost matrix without forbidden arcs, one pair at a time.
final class SeriesSimplex {
  private let original: CostMatrix
  /// The costs, scaled by a power of two.
  private let costs: [Double]
  /// The same between the bins of the last pair that have mass.
  private let packed: PackedMatrix
  private let costExponent: Int
  private var pair: SeriesPair
  private let start: SeriesStart
  private let memory: TreeMemory<Double, Int64>
  private let monitor = PivotMonitor(SolveControl())
  private var loop: SimplexLoop<Double, Int64>?

  init(_ costs: CostMatrix) {
    original = costs
    costExponent = ReducedProblem.exponent(of: RowScan.largestMagnitude(of: costs.entries))
    self.costs = ReducedProblem.scaled(costs.entries, by: -costExponent)
    packed = PackedMatrix(rows: costs.rows, columns: costs.columns)
    pair = SeriesPair(rows: costs.rows, columns: costs.columns)
    start = SeriesStart(costs)
    memory = TreeMemory(nodeCount: costs.rows + costs.columns)
  }

  /// The optimal cost, or nil where this loop cannot tell.
  func cost(
    _ source: Histogram, _ target: Histogram, _ adjustment: MassAdjustment
  ) -> Double? {
    guard solve(source, target, adjustment), let tree = loop?.tree else { return nil }
    var sum = CompensatedSum()
    forEachFlow(in: tree) { source, target, mass in
      sum.add(mass * original.entries[source * original.columns + target])
    }
    return sum.value * massUnit
  }

  /// Solves a pair; false where this loop cannot.
  func solve(
    _ source: Histogram, _ target: Histogram, _ adjustment: MassAdjustment
  ) -> Bool {
    pair.take(source.masses, target.masses, adjustment)
    guard pair.hasMasses else { return false }
    packed.fill(
      from: costs, width: original.columns, sources: pair.sources, targets: pair.targets)
    let tree = SpanningTree(
      in: memory, sourceCount: pair.sources.count, targetCount: pair.targets.count)
    start.plant(tree, pair, packed)
    var geometry = PackedGeometry(matrix: packed)
    var loop = SimplexLoop<Double, Int64>(tree: tree, unit: 1, monitor: monitor)
    let isOptimal = loop.optimize(&geometry)
    self.loop = loop
    return isOptimal && (pair.isExact || pair.settle(tree))
  }

  var pivots: Int { loop?.pivots ?? 0 }

  /// Masses of the problem are those of the flows times this.
  private var massUnit: Double { Double(sign: .plus, exponent: pair.massExponent, significand: 1) }

  private func forEachFlow(
    in tree: SpanningTree<Double, Int64>, _ body: (Int, Int, Double) -> Void
  ) {
    for node in 0..<tree.nodeCount where node != tree.root {
      let mass =
        pair.isExact ? Double(tree.flow(above: node)) * 0x1p-62 : pair.settledMass(above: node)
      guard mass > 0 else { continue }
      let (source, target) = tree.arc(above: node)
      body(Int(pair.sources[source]), Int(pair.targets[target]), mass)
    }
  }

  /// Visits the flows of the last pair that was solved: source, target and mass in the problem's units.
  func forEachMove(_ body: (Int, Int, Double) -> Void) {
    guard let tree = loop?.tree else { return }
    let unit = massUnit
    forEachFlow(in: tree) { body($0, $1, $2 * unit) }
  }

  /// The plan of the last pair that was solved.
  var plan: TransportPlan {
    var arcs: [TransportPlan.Arc] = []
    if let tree = loop?.tree {
      arcs.reserveCapacity(tree.nodeCount)
      forEachFlow(in: tree) { source, target, mass in
        arcs.append(TransportPlan.Arc(source: source, target: target, mass: mass * massUnit))
      }
    }
    return TransportPlan(arcs: arcs, sourceCount: original.rows, targetCount: original.columns)
  }

  /// The potentials of the last pair that was solved; those of bins without mass are 0.
  var potentialsOfMasses: KantorovichPotentials {
    var source = [Double](repeating: 0, count: original.rows)
    var target = [Double](repeating: 0, count: original.columns)
    if let tree = loop?.tree {
      for (place, bin) in pair.sources.enumerated() {
        source[Int(bin)] = tree.potential(of: place)
      }
      for (place, bin) in pair.targets.enumerated() {
        target[Int(bin)] = -tree.potential(of: tree.sourceCount + place)
      }
    }
    return scaled(source, target)
  }

  /// The potentials of the last pair that was solved, tight on bins without mass.
  var potentials: KantorovichPotentials {
    let found = loop?.potentials
    let (source, target) = (found?.source ?? [], found?.target ?? [])
    return pair.isWhole ? scaled(source, target) : tightened(source, target.map { -$0 })
  }

  private func scaled(_ source: [Double], _ target: [Double]) -> KantorovichPotentials {
    KantorovichPotentials(
      source: ReducedProblem.scaled(source, by: costExponent),
      target: ReducedProblem.scaled(target, by: costExponent))
  }

  /// Potentials of all bins from those with mass: first π = −g of the targets, then f of the sources.
  private func tightened(_ source: [Double], _ shifts: [Double]) -> KantorovichPotentials {
    let columns = original.columns
    var all = [Double](repeating: .infinity, count: columns)
    for (place, target) in pair.targets.enumerated() { all[Int(target)] = shifts[place] }
    var least = [Double](repeating: .infinity, count: columns)
    var f = [Double](repeating: .infinity, count: original.rows)
    for (place, row) in pair.sources.enumerated() {
      f[Int(row)] = source[place]
      RowScan.lower(&least, to: costs, from: Int(row) * columns, minus: source[place])
    }
    for column in 0..<columns where all[column] == .infinity { all[column] = -least[column] }
    for row in f.indices where f[row] == .infinity {
      f[row] = RowScan.leastSum(costs, from: row * columns, all, from: 0, count: columns).value
    }
    return scaled(f, all.map { -$0 })
  }
}
