import Measures
import TestSupport
import Testing
import Transport

/// Collections of random measures: what is known of their distances from brute force.
@Suite struct MeasureCollectionTests {
  /// A kind of ground cost and order, with the number of axes of the bins.
  struct Family: CustomTestStringConvertible, Sendable {
    let cost: GroundCost
    let order: Double
    let dimension: Int
    /// How far from the origin the bins are.
    var offset = 0.0

    var testDescription: String { "\(cost), order \(order), \(dimension) axes, at \(offset)" }
  }

  static let families: [Family] = [
    Family(cost: .euclidean, order: 1, dimension: 2),
    Family(cost: .euclidean, order: 1, dimension: 2, offset: 1e7),
    Family(cost: .euclidean, order: 1.5, dimension: 3),
    Family(cost: .euclidean, order: 3, dimension: 2),
    Family(cost: .squaredEuclidean, order: 1, dimension: 2),
    Family(cost: .squaredEuclidean, order: 1, dimension: 4, offset: -1e5),
    Family(cost: .squaredEuclidean, order: 2, dimension: 1),
    Family(cost: .cityBlock, order: 1, dimension: 2),
    Family(cost: .cityBlock, order: 2, dimension: 3),
    Family(cost: .chebyshev, order: 1, dimension: 2),
    Family(cost: .chebyshev, order: 2, dimension: 2),
    Family(cost: .minkowski(3), order: 1, dimension: 2),
    Family(cost: .minkowski(1.5), order: 2, dimension: 2),
    Family(cost: .thresholded(.euclidean, at: 2), order: 1, dimension: 2),
    Family(cost: .circular(period: 5), order: 1, dimension: 1),
  ]

  /// Measures of several kinds: on all bins, on few, on one, and the same as another.
  private static func histograms(
    _ count: Int, bins: Int, _ random: inout SplitMix64
  ) throws -> [Histogram] {
    var histograms: [Histogram] = []
    for place in 0..<count {
      if place % 7 == 6 {
        histograms.append(histograms[place / 2])
        continue
      }
      var masses = (0..<bins).map { _ in
        switch place % 3 {
        case 0: Double.random(in: 0..<1, using: &random)
        case 1: Double(max(0, Int.random(in: -6...3, using: &random)))
        default: 0.0
        }
      }
      masses[Int.random(in: 0..<bins, using: &random)] += 1
      histograms.append(try Histogram(masses))
    }
    return histograms
  }

  private static func bins(
    _ family: Family, count: Int, _ random: inout SplitMix64
  ) throws -> PointCloud {
    // Half of the coordinates are whole, so that bins share places on the lines.
    try PointCloud(
      coordinates: (0..<count * family.dimension).map { place in
        let value = Double.random(in: 0..<5, using: &random)
        return family.offset + (place % 4 < 2 ? value.rounded() : value)
      }, dimension: family.dimension)
  }

  private static func collection(
    _ family: Family, count: Int, bins binCount: Int = 12, seed: UInt64
  ) throws -> (collection: MeasureCollection, histograms: [Histogram]) {
    var random = SplitMix64(seed: seed)
    let bins = try bins(family, count: binCount, &random)
    let histograms = try histograms(count, bins: binCount, &random)
    return (
      try MeasureCollection(
        histograms, on: bins, cost: family.cost, order: family.order, mass: .normalize), histograms
    )
  }

  /// The matrix has what the network simplex finds for each pair, to a few roundings.
  @Test(arguments: families)
  func distancesAreThoseOfTheNetworkSimplex(family: Family) async throws {
    var random = SplitMix64(seed: 3)
    let bins = try Self.bins(family, count: 10, &random)
    let histograms = try Self.histograms(8, bins: 10, &random)
    let clouds = try histograms.map {
      try PointCloud(
        coordinates: bins.coordinates, dimension: bins.dimension, masses: $0.masses)
    }
    let matrix = try await MeasureCollection(
      histograms, on: bins, cost: family.cost, order: family.order, mass: .normalize
    ).pairwiseDistances()
    for (i, source) in clouds.enumerated() {
      #expect(matrix[i, i] == 0)
      for (j, target) in clouds.enumerated() where i < j {
        let expected = try NetworkSimplex().solve(
          TransportProblem(
            from: source, to: target, cost: family.cost, order: family.order, mass: .normalize)
        ).distance
        #expect(abs(matrix[i, j] - expected) <= 1e-7 * max(1, expected))
        #expect(matrix[j, i] == matrix[i, j])
      }
    }
  }

  /// No bound, of whatever kind, is above the cost, not even by a rounding.
  @Test(arguments: families)
  func lowerBoundsAreNeverAboveTheCost(family: Family) async throws {
    let (collection, histograms) = try Self.collection(family, count: 14, seed: 5)
    guard let table = BoundTable(collection) else { return }
    var random = SplitMix64(seed: 5)
    let bins = try Self.bins(family, count: 12, &random)
    let series = try TransportSeries(
      onBins: bins, cost: family.cost, order: family.order, mass: .normalize)
    for i in histograms.indices {
      var bank = PotentialBank(table)
      for j in histograms.indices {
        let exact = try series.costAndPotentials(from: histograms[i], to: histograms[j])
        #expect(table.centroidBound(i, j) <= exact.cost)
        #expect(table.projectionBound(i, j) <= exact.cost)
        #expect(table.relaxedBound(i, j) <= exact.cost)
        #expect(bank.bound(i, j, from: 0) <= exact.cost)
        bank.add(query: i, f: exact.potentials.source, g: exact.potentials.target)
        // The potentials of the pair itself are the best that there are.
        #expect(bank.bound(i, j, from: 0) >= exact.cost - 1e-6 * max(1, exact.cost))
        #expect(bank.bound(i, j, from: 0) <= exact.cost)
      }
    }
  }

  /// Between two single points every bound is the cost: none is a bound for nothing.
  @Test func boundsBetweenPointsAreTight() throws {
    let bins = try PointCloud(coordinates: [0, 0, 3, 4, 1, 1], dimension: 2)
    let points = try [[1.0, 0, 0], [0, 1, 0], [0, 0, 1]].map { try Histogram($0) }
    for (cost, order, expected) in [
      (GroundCost.euclidean, 1.0, 5.0), (.euclidean, 2, 25), (.squaredEuclidean, 1, 25),
      (.cityBlock, 1, 7), (.chebyshev, 1, 4),
    ] {
      let table = try #require(
        BoundTable(try MeasureCollection(points, on: bins, cost: cost, order: order)))
      #expect(abs(table.centroidBound(0, 1) - expected) < 1e-9)
      #expect(abs(table.projectionBound(0, 1) - expected) < 1e-9)
      #expect(abs(table.relaxedBound(0, 1) - expected) < 1e-9)
    }
  }

  /// Any matrix of costs, not symmetric and with negative entries: relaxed marginals stay below.
  @Test func boundsOfAMatrixAreNeverAboveTheCost() async throws {
    var random = SplitMix64(seed: 8)
    let entries = (0..<100).map { _ in Double(Int.random(in: -4...9, using: &random)) }
    let costs = try CostMatrix(entries, rows: 10, columns: 10)
    let histograms = try Self.histograms(12, bins: 10, &random)
    let collection = try MeasureCollection(histograms, costs: costs, mass: .normalize)
    #expect(!collection.isSymmetric)
    let table = try #require(BoundTable(collection))
    let matrix = try await collection.pairwiseDistances()
    for i in 0..<12 {
      for j in 0..<12 { #expect(table.relaxedBound(i, j) <= matrix[i, j]) }
    }
    let found = try await collection.nearestNeighbours(3)
    #expect(found.lists.map(\.neighbours) == Self.bruteForce(matrix, 3))
  }

  /// The nearest by the matrix; of equal ones the first.
  private static func bruteForce(_ matrix: DistanceMatrix, _ count: Int) -> [[Neighbour]] {
    (0..<matrix.rows).map { query in
      Array(
        (0..<matrix.columns).filter { $0 != query }.map {
          Neighbour(index: $0, distance: matrix[query, $0])
        }.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(count))
    }
  }

  /// Neighbours and distances are those of the matrix in every bit; equal distances are among them.
  @Test(arguments: families)
  func neighboursAreThoseOfTheMatrix(family: Family) async throws {
    let (collection, _) = try Self.collection(family, count: 22, seed: 9)
    let matrix = try await collection.pairwiseDistances()
    for count in [1, 4, 40] {
      let found = try await collection.nearestNeighbours(count)
      #expect(found.lists.map(\.neighbours) == Self.bruteForce(matrix, count))
      #expect(found.candidates == 22 * 21)
    }
  }

  /// Images with one blob each: bounds tell most of them apart, and the part that was skipped is told.
  @Test func boundsSkipMostSolves() async throws {
    var random = SplitMix64(seed: 10)
    let images = try (0..<40).map { _ in
      let (x, y) = (
        Double.random(in: 1..<7, using: &random), Double.random(in: 1..<7, using: &random)
      )
      return try Grid(
        (0..<64).map { pixel in
          let (dx, dy) = (Double(pixel / 8) - x, Double(pixel % 8) - y)
          return max(0, 4 - dx * dx - dy * dy) + Double.random(in: 0..<0.1, using: &random)
        }, shape: [8, 8])
    }
    let collection = try MeasureCollection(images, cost: .squaredEuclidean, mass: .normalize)
    let found = try await collection.nearestNeighbours(1)
    #expect(found.skippedShare > 0.7)
    #expect(found.solves >= 40)
    #expect(
      found.lists.map(\.neighbours) == Self.bruteForce(try await collection.pairwiseDistances(), 1))
  }

  /// Queries and candidates may be parts of the collection.
  @Test func partsOfTheCollectionAreSearched() async throws {
    let (collection, _) = try Self.collection(Self.families[4], count: 15, seed: 11)
    let matrix = try await collection.pairwiseDistances()
    let found = try await collection.nearestNeighbours(2, of: 2..<5, among: 4..<15)
    #expect(found.lists.map(\.query) == [2, 3, 4])
    #expect(found.lists.map(\.candidates) == [11, 11, 10])
    for list in found.lists {
      let expected = (4..<15).filter { $0 != list.query }
        .sorted { (matrix[list.query, $0], $0) < (matrix[list.query, $1], $1) }.prefix(2)
      #expect(list.neighbours.map(\.index) == Array(expected))
    }
  }

  /// One worker or three, whole or in parts: the same bits.
  @Test func bitsDoNotDependOnWorkersOrParts() async throws {
    let (collection, _) = try Self.collection(Self.families[0], count: 40, seed: 12)
    let matrix = try await collection.pairwiseDistances()
    #expect(try await collection.pairwiseDistances(workers: 3) == matrix)
    var gathered: [Double] = []
    for part in 1...3 {
      let places = collection.pairs.places(ofPart: part, of: 3)
      let box = Box()
      try await collection.pairwiseDistances(at: places, workers: 2) { box.append($0) }
      #expect(box.blocks.first?.places.lowerBound == places.lowerBound)
      gathered += box.blocks.flatMap(\.distances)
    }
    #expect(gathered == collection.pairs.map { matrix[$0.source, $0.target] })
    let neighbours = try await collection.nearestNeighbours(2)
    #expect(try await collection.nearestNeighbours(2, workers: 3) == neighbours)
  }

  /// Blocks come in order; an error of the receiver and a cancelled task end the work.
  @Test func workCanBeStopped() async throws {
    let (collection, _) = try Self.collection(Self.families[0], count: 60, seed: 13)
    struct Full: Error {}
    let box = Box()
    await #expect(throws: Full.self) {
      try await collection.pairwiseDistances(workers: 2) { block in
        if box.append(block) == 3 { throw Full() }
      }
    }
    var next = 0
    for block in box.blocks {
      #expect(block.places.lowerBound == next)
      next = block.places.upperBound
    }
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await collection.pairwiseDistances(workers: 2)
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let search = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await collection.nearestNeighbours(1)
    }
    search.cancel()
    await #expect(throws: CancellationError.self) { try await search.value }
  }

  @Test func progressIsTold() async throws {
    let (collection, _) = try Self.collection(Self.families[0], count: 9, seed: 14)
    let box = ProgressBox()
    _ = try await collection.pairwiseDistances { box.append($0) }
    #expect(box.last == CollectionProgress(done: 36, total: 36))
    _ = try await collection.nearestNeighbours(1, of: 0..<4) { box.append($0) }
    #expect(box.last == CollectionProgress(done: 4, total: 4))
  }

  /// Measures that share no bins, and more bins than a matrix is kept for.
  @Test func otherProblemsGoToASolver() async throws {
    var random = SplitMix64(seed: 15)
    let clouds = try (0..<5).map { place in
      try PointCloud(
        coordinates: (0..<2 * (place + 3)).map { _ in Double.random(in: 0..<1, using: &random) },
        dimension: 2)
    }
    let collection = try MeasureCollection(count: 5, isSymmetric: true) {
      try TransportProblem(from: clouds[$0], to: clouds[$1], mass: .normalize)
    }
    let matrix = try await collection.pairwiseDistances(workers: 2)
    let problem = try TransportProblem(from: clouds[1], to: clouds[4], mass: .normalize)
    #expect(matrix[1, 4] == (try NetworkSimplex().solve(problem).distance))
    let found = try await collection.nearestNeighbours(2)
    #expect(found.lists.map(\.neighbours) == Self.bruteForce(matrix, 2))
    #expect(found.skippedShare == 0)
    let images = try (0..<3).map { image in
      try Grid((0..<33 * 33).map { $0 % 5 == image ? 1 : 0 }, shape: [33, 33])
    }
    #expect(images[0].count > MeasureCollection.mostSharedBins)
    let large = try MeasureCollection(
      images, cost: .cityBlock, mass: .normalize, solver: GridFlow())
    let distance = try await large.pairwiseDistances()[0, 2]
    let expected = try GridFlow().solve(
      TransportProblem(from: images[0], to: images[2], cost: .cityBlock, mass: .normalize)
    ).distance
    #expect(distance == expected)
  }

  @Test func whatDoesNotFitIsNamed() async throws {
    let p = try Histogram([1, 2])
    #expect(throws: CollectionError.self) {
      try MeasureCollection([Histogram](), on: p.pointCloud)
    }
    let bins = try PointCloud(coordinates: [0, 0, 1, 1], dimension: 2)
    for (histograms, words) in [
      ([p, try Histogram([1, 2, 3])], "measure 1 has 3 bins where 2 are needed"),
      ([p, try Histogram([3, 3])], "measures 0 and 1: the source's masses total 3"),
    ] {
      do {
        _ = try MeasureCollection(histograms, on: bins)
        Issue.record("no error")
      } catch {
        #expect("\(error)".hasPrefix(words))
      }
    }
    let forbidden = try MeasureCollection(
      [p, try Histogram([0, 3])], costs: CostMatrix(rows: [[0, .infinity], [.infinity, 0]]))
    await #expect(throws: CollectionError.self) { try await forbidden.pairwiseDistances() }
    await #expect(throws: CollectionError.self) { try await forbidden.nearestNeighbours(1) }
  }

  /// The certificate of a pair refuses what is not optimal or not feasible.
  @Test func theCheckOfAPairRefusesWrongAnswers() throws {
    let costs = try CostMatrix(rows: [[0, 1], [1, 0]])
    let (point, even) = (try Histogram([1, 0]), try Histogram([0.5, 0.5]))
    func holds(
      _ arcs: [(Int, Int, Double)], from source: Histogram? = nil, f: [Double], g: [Double]
    ) -> Bool {
      var check = PairCheck(costs)
      check.take(source ?? point, even, .none)
      for arc in arcs { check.take(source: arc.0, target: arc.1, mass: arc.2, costs) }
      return check.holds(under: KantorovichPotentials(source: f, target: g), costs)
    }
    let plan = [(0, 0, 0.5), (0, 1, 0.5)]
    #expect(holds(plan, f: [0, -1], g: [0, 1]))
    #expect(holds(plan, f: [0, 9], g: [0, 1]))  // bin 1 of the source has no mass
    #expect(!holds([(0, 1, 1)], f: [0, -1], g: [0, 1]))  // too much arrives at 1
    // The values are equal, but 1 + 0 is more than the cost from 0 to 0.
    #expect(!holds([(0, 1, 0.5), (1, 0, 0.5)], from: even, f: [1, 1], g: [0, 0]))
    #expect(!holds(plan, f: [0, -1], g: [0, 0.9]))  // a gap
    #expect(!holds([(0, 0, 0.5), (0, 1, 0.4)], f: [0, -1], g: [0, 1]))  // mass is missing
    #expect(!holds([(0, 0, 1), (0, 1, 0.5), (0, 0, -0.5)], f: [0, -1], g: [0, 1]))
    #expect(!holds(plan, f: [0, -1], g: [0, .nan]))
  }
}

private final class Box: @unchecked Sendable {
  // Blocks come one at a time, which is what the tests rely on and check.
  private(set) var blocks: [DistanceBlock] = []

  @discardableResult
  func append(_ block: DistanceBlock) -> Int {
    blocks.append(block)
    return blocks.count
  }
}

private final class ProgressBox: @unchecked Sendable {
  private(set) var last: CollectionProgress?
  func append(_ progress: CollectionProgress) { last = progress }
}
