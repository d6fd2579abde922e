/// A dense matrix of costs, row-major, of which rows are scanned.
///
/// Large matrices of doubles have a copy in single precision, half as much to read, that is scanned for
/// arcs to look at.
struct DenseGeometry<Cost: SimplexCost>: ArcGeometry {
  let sourceCount: Int
  let targetCount: Int
  /// The costs; to be changed between runs only.
  var costs: [Cost] {
    didSet { scan = Self.scan(of: costs, sourceCount, targetCount) }
  }
  private var scan: RoundedScan?

  static var heedsFalls: Bool { false }

  init(sourceCount: Int, targetCount: Int, costs: [Cost]) {
    precondition(costs.count == sourceCount * targetCount, "one cost per arc")
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.costs = costs
    scan = Self.scan(of: costs, sourceCount, targetCount)
  }

  private static func scan(of costs: [Cost], _ sourceCount: Int, _ targetCount: Int) -> RoundedScan?
  {
    Cost.hasRounded && costs.count >= RoundedMatrix.leastEntries
      ? RoundedScan(RoundedMatrix(costs, columns: targetCount), sourceCount: sourceCount) : nil
  }

  var quickSearches: Int { scan?.searchCount ?? 0 }
  var firstSearch: Int { scan?.firstSearch ?? 0 }

  @inline(__always)
  mutating func quickly(
    _ search: Int, from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    guard let target = scan?.leastSum(search, source, potentials, below: ceiling), target >= 0
    else { return (ceiling, -1) }
    return (cost(source, target) + potentials[target], target)
  }

  mutating func nearlyCheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    guard let scan else { return cheapest(from: source, under: potentials, below: ceiling) }
    let target = scan.matrix.leastSum(source, potentials, below: ceiling.rounded).target
    guard target >= 0 else { return (ceiling, -1) }
    return (cost(source, target) + potentials[target], target)
  }

  @inline(__always)
  func cost(_ source: Int, _ target: Int) -> Cost { costs[source * targetCount + target] }

  @inline(__always)
  mutating func cheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    let best = Cost.leastSum(
      costs, from: source * targetCount, potentials, below: ceiling)
    return (best.value, best.index)
  }

  mutating func reset(to potentials: PotentialRow<Cost>) {}
  mutating func targetFell(_ target: Int, to potential: Cost) {}
}
