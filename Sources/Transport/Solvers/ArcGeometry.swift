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

  /// About the same for a start, which may be any: a good target and its exact cost + π.
  mutating func nearlyCheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int)

  /// What is known of good potentials before anything is solved.
  var startHint: StartHint<Cost>? { get }

  /// How many quick searches there are beside `cheapest`, from the quickest to the widest.
  var quickSearches: Int { get }

  /// The search to begin with.
  var firstSearch: Int { get }

  /// A good target from a source, with its exact cost + π; it need not be the best, or there may be one
  /// where none is found, so that finding nothing proves nothing.
  mutating func quickly(
    _ search: Int, from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int)

  /// Takes note of all potentials at once.
  mutating func reset(to potentials: PotentialRow<Cost>)

  /// Takes note that the π of a target fell.
  mutating func targetFell(_ target: Int, to potential: Cost)
}

extension ArcGeometry {
  var startHint: StartHint<Cost>? { nil }
  var quickSearches: Int { 0 }
  var firstSearch: Int { 0 }

  @inline(__always)
  mutating func nearlyCheapest(
    from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    cheapest(from: source, under: potentials, below: ceiling)
  }

  @inline(__always)
  mutating func quickly(
    _ search: Int, from source: Int, under potentials: PotentialRow<Cost>, below ceiling: Cost
  ) -> (value: Cost, target: Int) {
    cheapest(from: source, under: potentials, below: ceiling)
  }
}
