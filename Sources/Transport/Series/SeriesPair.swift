import Measures

/// The masses of one pair of a series: the bins that have any, counted in integers, and their costs.
struct SeriesPair {
  /// The bins that have mass.
  private(set) var sources: [Int32] = []
  private(set) var targets: [Int32] = []
  /// Their masses in units of 2⁻⁶² of the power of two above the total, of equal totals.
  private(set) var supplies: [Int64] = []
  private(set) var demands: [Int64] = []
  /// Masses of the problem are scaled masses times two to this power.
  private(set) var massExponent = 0
  /// Whether every mass is a whole number of units.
  private(set) var isExact = true
  /// The flow into the parent of each node in units of 2⁻¹²⁴, once settled.
  private var settled: [Int128]
  private var scaledSources: [Double] = []
  private var scaledTargets: [Double] = []
  private let rows: Int
  private let columns: Int

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    settled = [Int128](repeating: 0, count: rows + columns)
    sources.reserveCapacity(rows)
    supplies.reserveCapacity(rows)
    scaledSources.reserveCapacity(rows)
    targets.reserveCapacity(columns)
    demands.reserveCapacity(columns)
    scaledTargets.reserveCapacity(columns)
  }

  var hasMasses: Bool { !sources.isEmpty && !targets.isEmpty && massExponent.magnitude < 900 }
  /// Whether every bin has mass.
  var isWhole: Bool { sources.count == rows && targets.count == columns }

  /// Takes the masses of a pair.
  mutating func take(_ source: [Double], _ target: [Double], _ adjustment: MassAdjustment) {
    isExact = true
    var (sourceDivisor, targetDivisor, targetFactor) = (1.0, 1.0, 1.0)
    switch adjustment {
    case .none: break
    case .targetScaled(let factor): targetFactor = factor
    case .normalized(let first, let second): (sourceDivisor, targetDivisor) = (first, second)
    }
    Self.collect(source, divisor: sourceDivisor, factor: 1, into: &sources, &scaledSources)
    Self.collect(
      target, divisor: targetDivisor, factor: targetFactor, into: &targets, &scaledTargets)
    massExponent = ReducedProblem.exponent(of: CompensatedSum(scaledSources).value)
    guard hasMasses else { return }
    let unit = Double(sign: .plus, exponent: -massExponent, significand: 1)
    let total = Self.count(&scaledSources, unit, into: &supplies, &isExact)
    let wanted = Self.count(&scaledTargets, unit, into: &demands, &isExact)
    // What the totals differ by goes to the largest target.
    demands[Self.largest(demands)] += total - wanted
  }

  private static func collect(
    _ masses: [Double], divisor: Double, factor: Double, into bins: inout [Int32],
    _ values: inout [Double]
  ) {
    bins.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    for (bin, mass) in masses.enumerated() where mass > 0 {
      let value = divisor == 1 ? mass * factor : mass / divisor
      guard value > 0 else { continue }
      bins.append(Int32(truncatingIfNeeded: bin))
      values.append(value)
    }
  }

  /// Counts masses in units, which scales them on the way, and returns the total.
  private static func count(
    _ values: inout [Double], _ unit: Double, into counts: inout [Int64], _ isExact: inout Bool
  ) -> Int64 {
    counts.removeAll(keepingCapacity: true)
    var total: Int64 = 0
    for place in values.indices {
      values[place] *= unit
      let units = values[place] * 0x1p62
      let count = max(1, Int64(units))
      if Double(count) != units { isExact = false }
      counts.append(count)
      total += count
    }
    return total
  }

  private static func largest(_ counts: [Int64]) -> Int {
    var largest = 0
    for place in counts.indices where counts[place] > counts[largest] { largest = place }
    return largest
  }

  /// Computes the flows of a tree anew, in units of 2⁻¹²⁴, which no double of these masses is finer than
  /// by much; false if the tree's flows would not all be positive.
  mutating func settle(_ tree: SpanningTree<Double, Int64>) -> Bool {
    var excess: Int128 = 0
    for (node, mass) in scaledSources.enumerated() {
      settled[node] = Int128(roundingTimes2To124: mass)
      excess += settled[node]
    }
    for (place, mass) in scaledTargets.enumerated() {
      settled[sources.count + place] = -Int128(roundingTimes2To124: mass)
      excess += settled[sources.count + place]
    }
    settled[sources.count + Self.largest(demands)] -= excess
    // From the leaves up: what a subtree has over flows into its parent.
    var node = tree.last
    while node != tree.root {
      settled[tree.parent(node)] += settled[node]
      if tree.isSource(node) ? settled[node] < 0 : settled[node] > 0 { return false }
      node = tree.previous(node)
    }
    return true
  }

  /// The mass on the arc above a node, once settled.
  func settledMass(above node: Int) -> Double {
    QuantizedMasses.mass(of: abs(settled[node]))
  }
}
