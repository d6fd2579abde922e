/// A measure that is near another.
public struct Neighbour: Hashable, Sendable {
  /// Its place in the collection.
  public let index: Int
  /// Its distance.
  public let distance: Double

  /// A neighbour at a distance.
  public init(index: Int, distance: Double) {
    self.index = index
    self.distance = distance
  }
}

/// The nearest neighbours of one measure, and what it took to find them.
public struct NeighbourList: Hashable, Sendable {
  /// The place of the measure in the collection.
  public let query: Int
  /// The nearest first; of those at equal distances the first in the collection.
  public let neighbours: [Neighbour]
  /// How many measures could have been neighbours.
  public let candidates: Int
  /// How many transport problems were solved; the others were skipped by lower bounds.
  public let solves: Int

  /// A list of neighbours.
  public init(query: Int, neighbours: [Neighbour], candidates: Int, solves: Int) {
    self.query = query
    self.neighbours = neighbours
    self.candidates = candidates
    self.solves = solves
  }
}

/// The nearest neighbours of several measures.
public struct NeighbourTable: Hashable, Sendable {
  /// The neighbours of each query, in order.
  public let lists: [NeighbourList]

  /// How many pairs of a query and a candidate there are.
  public var candidates: Int { lists.reduce(0) { $0 + $1.candidates } }
  /// How many of them were solved.
  public var solves: Int { lists.reduce(0) { $0 + $1.solves } }
  /// The part of the pairs that lower bounds made it possible to skip, from 0 to 1.
  public var skippedShare: Double {
    candidates == 0 ? 0 : 1 - Double(solves) / Double(candidates)
  }
}

extension MeasureCollection {
  /// The exact nearest neighbours of measures, handed over query by query while others are searched.
  ///
  /// Lower bounds by centroids, by shadows on lines, by relaxed marginals and by the potentials of earlier
  /// solves skip most transport problems. They are lowered by more than rounding can add to them, so that
  /// neighbours and distances are those of the whole matrix, in every bit. Bounds exist for bins that the
  /// measures share, up to `mostSharedBins`; otherwise every pair is solved.
  ///
  /// - Parameters:
  ///   - neighbourCount: How many neighbours each query gets, at least 1; fewer if there are no more.
  ///   - queries: The places of the queries; nil for all.
  ///   - candidates: The places of the measures that may be neighbours; nil for all. A measure is no
  ///     neighbour of itself.
  ///   - workers: How many threads work, each with memory of its own.
  ///   - deliver: Takes the queries' lists in order, never two at a time.
  /// - Throws: `CancellationError`, `CollectionError.pair`, and what `deliver` throws.
  /// - Complexity: O(n) bounds for each query, and the solves that they cannot avoid.
  public func nearestNeighbours(
    _ neighbourCount: Int, of queries: Range<Int>? = nil, among candidates: Range<Int>? = nil,
    workers: Int = 1, deliver: @escaping @Sendable (NeighbourList) throws -> Void
  ) async throws {
    let (queries, candidates) = (queries ?? 0..<count, candidates ?? 0..<count)
    precondition(neighbourCount >= 1, "a query has at least one neighbour")
    precondition(
      queries.lowerBound >= 0 && queries.upperBound <= count && candidates.lowerBound >= 0
        && candidates.upperBound <= count, "queries and candidates are places of the collection")
    let table = BoundTable(self)
    try await OrderedWork(
      makeWorker: { NeighbourSearch(self, table) },
      product: { search, query in
        try search.neighbours(
          neighbourCount, of: queries.lowerBound + query, among: candidates)
      },
      deliver: { _, list in try deliver(list) }
    ).run(count: queries.count, workers: workers)
  }

  /// The exact nearest neighbours of measures.
  ///
  ///     let nearest = try await digits.nearestNeighbours(1, workers: 2)
  ///     nearest.lists[0].neighbours[0].index
  ///     nearest.skippedShare
  ///
  /// - Parameters:
  ///   - neighbourCount: How many neighbours each query gets, at least 1; fewer if there are no more.
  ///   - queries: The places of the queries; nil for all.
  ///   - candidates: The places of the measures that may be neighbours; nil for all.
  ///   - workers: How many threads work, each with memory of its own.
  ///   - progress: Called with the number of queries that are done.
  /// - Returns: The neighbours of each query, and how many pairs were skipped.
  /// - Throws: `CancellationError` and `CollectionError.pair`.
  public func nearestNeighbours(
    _ neighbourCount: Int, of queries: Range<Int>? = nil, among candidates: Range<Int>? = nil,
    workers: Int = 1, progress: (@Sendable (CollectionProgress) -> Void)? = nil
  ) async throws -> NeighbourTable {
    let total = queries?.count ?? count
    let gathered = Gathered<NeighbourList>()
    let deliver: @Sendable (NeighbourList) throws -> Void = { list in
      let done = gathered.append([list])
      progress?(CollectionProgress(done: done, total: total))
    }
    try await nearestNeighbours(
      neighbourCount, of: queries, among: candidates, workers: workers, deliver: deliver)
    return NeighbourTable(lists: gathered.values)
  }
}
