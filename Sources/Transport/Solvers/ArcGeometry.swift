/// What the simplex asks of a problem's geometry: what an arc costs, and which arc of a source is best.
///
/// A closed set: a dense matrix of doubles or integers, whose rows are scanned, and points under one of
/// the package's ground costs, which are searched without ever making the matrix. The choice is made
/// once, outside the loop; each is compiled on its own.
protocol ArcGeometry<Cost> {
  associatedtype Cost: SimplexCost

  /// Whether the geometry keeps bounds that it must lower when the π of a target falls.
  static var heedsFalls: Bool { get }

  var sourceCount: Int { get }
  var targetCount: Int { get }

  /// The cost of an arc.
  func cost(_ source: Int, _ target: Int) -> Cost

  /// The target with the least cost + π from a source.
  ///
  /// - Parameters:
  ///   - source: The source.
  ///   - potentials: π = −g of each target.
  ///   - ceiling: What the sum must be below to be of use.
  /// - Returns: The sum and the target; where none is below the ceiling any target, or −1.
  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int)

  /// Takes note of all potentials at once.
  mutating func reset(to potentials: PotentialRow<Cost>)

  /// Takes note that the π of a target fell.
  mutating func targetFell(_ target: Int, to potential: Cost)
}

/// A dense matrix of costs, row-major, of which rows are scanned.
struct DenseGeometry<Cost: SimplexCost>: ArcGeometry {
  let sourceCount: Int
  let targetCount: Int
  var costs: [Cost]

  static var heedsFalls: Bool { false }

  @inline(__always)
  func cost(_ source: Int, _ target: Int) -> Cost { costs[source * targetCount + target] }

  @inline(__always)
  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    let best = Cost.leastSum(costs, from: source * targetCount, potentials)
    return (best.value, best.index)
  }

  mutating func reset(to potentials: PotentialRow<Cost>) {}
  mutating func targetFell(_ target: Int, to potential: Cost) {}
}
