import Measures

/// The network simplex of a series: one cost matrix without forbidden arcs, one pair at a time.
final class SeriesSimplex {
  private let original: CostMatrix
  /// The costs, scaled by a power of two.
  private let costs: [Double]
  /// The same in single precision.
  private let rounded: RoundedMatrix
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
    rounded = RoundedMatrix(self.costs, columns: costs.columns)
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
    pair.pack(costs)
    let tree = SpanningTree(
      in: memory, sourceCount: pair.sources.count, targetCount: pair.targets.count)
    start.plant(tree, pair, costs: pair.isWhole ? costs : pair.packed)
    var geometry = PackedGeometry(
      sourceCount: pair.sources.count, targetCount: pair.targets.count,
      costs: pair.isWhole ? costs : pair.packed, rounded: pair.isWhole ? rounded : pair.rounded)
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
    for (place, row) in pair.sources.enumerated() {
      for column in 0..<columns {
        least[column] = min(least[column], costs[Int(row) * columns + column] - source[place])
      }
    }
    for column in 0..<columns where all[column] == .infinity { all[column] = -least[column] }
    let f = (0..<original.rows).map { row in
      RowScan.leastSum(costs, from: row * columns, all, from: 0, count: columns).value
    }
    return scaled(f, all.map { -$0 })
  }
}

/// The matrix of the bins that have mass.
///
/// Arcs are looked for in single precision, which takes half as long, and proved in double.
struct PackedGeometry: ArcGeometry {
  let sourceCount: Int
  let targetCount: Int
  let costs: [Double]
  let rounded: RoundedMatrix

  static var heedsFalls: Bool { false }

  @inline(__always)
  func cost(_ source: Int, _ target: Int) -> Double { costs[source * targetCount + target] }

  @inline(__always)
  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    let best = RowScan.leastSum(
      costs, from: source * targetCount, potentials, below: ceiling)
    return (best.value, best.index)
  }

  var quickSearches: Int { 1 }

  @inline(__always)
  mutating func quickly(
    _ search: Int, from source: Int, under potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, target: Int) {
    let target = rounded.leastSum(source, potentials, below: ceiling.rounded).target
    guard target >= 0 else { return (ceiling, -1) }
    return (cost(source, target) + potentials[target], target)
  }

  mutating func reset(to potentials: PotentialRow<Double>) {}
  mutating func targetFell(_ target: Int, to potential: Double) {}
}
