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

  /// Whether `shortlisted` is quicker than `cheapest`.
  var hasShortlists: Bool { get }

  /// The same among a few targets that were best when the source's arcs were last looked at; it may
  /// miss arcs, so that its finding nothing proves nothing.
  mutating func shortlisted(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int)

  /// Takes note of all potentials at once.
  mutating func reset(to potentials: PotentialRow<Cost>)

  /// Takes note that the π of a target fell.
  mutating func targetFell(_ target: Int, to potential: Cost)
}

extension ArcGeometry {
  var hasShortlists: Bool { false }

  @inline(__always)
  mutating func shortlisted(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    cheapest(from: source, under: potentials, below: ceiling)
  }
}

/// A dense matrix of costs, row-major, of which rows are scanned.
struct DenseGeometry<Cost: SimplexCost>: ArcGeometry {
  let sourceCount: Int
  let targetCount: Int
  /// The costs; to be changed between runs only.
  var costs: [Cost] {
    didSet { shortlists?.removeAll() }
  }
  private var shortlists: Shortlists<Cost>?

  static var heedsFalls: Bool { false }

  init(sourceCount: Int, targetCount: Int, costs: [Cost]) {
    precondition(costs.count == sourceCount * targetCount, "one cost per arc")
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.costs = costs
    shortlists =
      Cost.collectsShortlists && targetCount >= Shortlists<Cost>.leastTargets
      ? Shortlists(sourceCount: sourceCount, targetCount: targetCount) : nil
  }

  var hasShortlists: Bool { shortlists != nil }

  @inline(__always)
  mutating func shortlisted(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    shortlists?.cheapest(from: source, under: potentials, below: ceiling) ?? (ceiling, -1)
  }

  @inline(__always)
  func cost(_ source: Int, _ target: Int) -> Cost { costs[source * targetCount + target] }

  @inline(__always)
  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    let start = source * targetCount
    let best =
      hasShortlists
      ? Cost.leastSum(costs, from: start, potentials, collecting: source, in: &shortlists)
      : Cost.leastSum(costs, from: start, potentials)
    return (best.value, best.index)
  }

  mutating func reset(to potentials: PotentialRow<Cost>) {}
  mutating func targetFell(_ target: Int, to potential: Cost) {}
}
