import Measures

/// How far long work on a collection is.
public struct CollectionProgress: Hashable, Sendable {
  /// Pairs, or queries of a search, that are done.
  public let done: Int
  /// How many there are.
  public let total: Int

  /// A report of progress.
  public init(done: Int, total: Int) {
    self.done = done
    self.total = total
  }
}

/// The distances of some pairs that stand next to each other in a list.
public struct DistanceBlock: Hashable, Sendable {
  /// The places of the pairs in their list.
  public let places: Range<Int>
  /// A distance for each.
  public let distances: [Double]

  /// Distances by the places of their pairs.
  public init(places: Range<Int>, distances: [Double]) {
    self.places = places
    self.distances = distances
  }
}

/// The distances between all measures of a collection.
public struct DistanceMatrix: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The distances, rows × columns, row-major.
  public let entries: [Double]

  /// The distance from one measure to another.
  public subscript(source: Int, target: Int) -> Double { entries[source * columns + target] }
}

extension MeasureCollection {
  /// The distances of pairs, handed over in the order of the list while others are still solved.
  ///
  /// The distances are the same bits whatever the number of workers, and whatever part of the list a call
  /// is for. Work stops early where the task is cancelled.
  ///
  ///     try await digits.pairwiseDistances(workers: 2) { block in file.append(block.distances) }
  ///
  /// - Parameters:
  ///   - list: The pairs; nil for `pairs`.
  ///   - places: The places in the list; nil for all of them.
  ///   - workers: How many threads work, each with memory of its own.
  ///   - deliver: Takes block after block, never two at a time; while it works, so does no other.
  /// - Throws: `CancellationError`; `CollectionError.pair` where a pair has no distance; and what `deliver`
  ///   throws. What was handed over by then is the beginning of the list, without a gap.
  public func pairwiseDistances(
    _ list: PairList? = nil, at places: Range<Int>? = nil, workers: Int = 1,
    deliver: @escaping @Sendable (DistanceBlock) throws -> Void
  ) async throws {
    let list = list ?? pairs
    let places = places ?? list.indices
    precondition(
      places.lowerBound >= 0 && places.upperBound <= list.count, "there are no such places")
    precondition(
      list.isEmpty || (list.sources.upperBound <= count && list.targets.upperBound <= count),
      "the pairs leave the collection")
    let size = pairsInBlock
    let blocks = (places.count + size - 1) / size
    try await OrderedWork(
      makeWorker: { PairSolver(self) },
      product: { solver, block in
        let start = places.lowerBound + block * size
        return try Self.block(list, start..<min(start + size, places.upperBound), solver)
      },
      deliver: { _, block in try deliver(block) }
    ).run(count: blocks, workers: workers)
  }

  private static func block(
    _ list: PairList, _ places: Range<Int>, _ solver: PairSolver
  ) throws -> DistanceBlock {
    var distances: [Double] = []
    distances.reserveCapacity(places.count)
    var pair = list[places.lowerBound]
    for _ in places {
      distances.append(try solver.solve(pair.source, pair.target).distance)
      if distances.count < places.count { pair = list.next(after: pair) }
    }
    return DistanceBlock(places: places, distances: distances)
  }

  /// How many pairs a worker takes at a time: what is done in some milliseconds.
  private var pairsInBlock: Int {
    switch method {
    case .line: 4096
    case .sharedBins(let bins, _): max(1, min(256, 1 << 20 / (bins.costs.rows * bins.costs.rows)))
    case .problems: 1
    }
  }

  /// The distances of all pairs.
  ///
  ///     let matrix = try await digits.pairwiseDistances(workers: 2)
  ///     matrix[3, 8]
  ///
  /// Where they are symmetric, each pair is solved once, and a measure is at distance 0 from itself.
  ///
  /// - Parameters:
  ///   - workers: How many threads work, each with memory of its own.
  ///   - progress: Called now and then with the number of pairs that are done.
  /// - Returns: n × n distances.
  /// - Throws: `CancellationError`, and `CollectionError.pair` where a pair has no distance.
  public func pairwiseDistances(
    workers: Int = 1, progress: (@Sendable (CollectionProgress) -> Void)? = nil
  ) async throws -> DistanceMatrix {
    let list = pairs
    let gathered = Gathered<Double>()
    try await pairwiseDistances(list, workers: workers) { block in
      gathered.append(block.distances)
      progress?(CollectionProgress(done: block.places.upperBound, total: list.count))
    }
    return DistanceMatrix(of: list, count: count, gathered.values)
  }
}

extension DistanceMatrix {
  /// A square matrix from the distances of a list of all its pairs.
  init(of list: PairList, count: Int, _ distances: [Double]) {
    var entries = [Double](repeating: 0, count: count * count)
    for (pair, distance) in zip(list, distances) {
      entries[pair.source * count + pair.target] = distance
      if list.isTriangle { entries[pair.target * count + pair.source] = distance }
    }
    self.init(rows: count, columns: count, entries: entries)
  }
}
