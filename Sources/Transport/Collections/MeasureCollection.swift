public import Measures

/// Measures whose distances are wanted: all pairs, one against all, or the nearest neighbours.
///
///     let digits = try MeasureCollection(grids, cost: .squaredEuclidean, mass: .normalize)
///     let matrix = try await digits.pairwiseDistances(workers: 2)
///     let nearest = try await digits.nearestNeighbours(1, workers: 2)
///
/// Every distance is exact: on the line, with order 1, it is the closed form of `LineSeries`; up to
/// `mostSharedBins` bins each pair is solved by `TransportSeries`, and plan and potentials are checked by
/// code that does not trust the solver; other pairs go to a `TransportSolver`, and the certificate of
/// each must hold. A pair is always solved from nothing, so that its distance does not depend, in any bit,
/// on what was solved before or beside it.
public struct MeasureCollection: Sendable {
  /// How the distances are found.
  enum Method: Sendable {
    /// Histograms on the line, order 1.
    case line(LineSeries, [Histogram])
    /// Histograms on the same few bins.
    case sharedBins(SharedBins, [Histogram])
    /// Anything else: the problem of a pair.
    case problems(any TransportSolver, @Sendable (Int, Int) throws -> TransportProblem)
  }

  /// The number of measures.
  public let count: Int
  /// Whether the distance from i to j is that from j to i.
  public let isSymmetric: Bool
  let method: Method

  /// The most bins whose costs are kept as a matrix.
  public static let mostSharedBins = 1024

  /// Histograms on the same points, pixels or bins.
  ///
  /// - Parameters:
  ///   - histograms: One mass for each bin in each; positions of their own play no part.
  ///   - bins: Where the bins are; masses play no part.
  ///   - cost: The distance of two bins.
  ///   - order: The power p ≥ 1 of the distance.
  ///   - mass: What to do about unequal totals.
  ///   - solver: What solves pairs of more than `mostSharedBins` bins.
  /// - Throws: `CollectionError` where a histogram does not fit, `MeasureError` where costs do not.
  /// - Complexity: O(n² (d + log n)) for n bins up to `mostSharedBins`.
  public init(
    _ histograms: [Histogram], on bins: PointCloud, cost: GroundCost = .euclidean,
    order: Double = 1, mass: MassPolicy = .requireEqual(),
    solver: any TransportSolver = NetworkSimplex()
  ) throws {
    let costs = try PairwiseCosts(from: bins, to: bins, under: cost, order: order)
    try Self.check(histograms, bins: bins.count, mass)
    count = histograms.count
    isSymmetric = true
    if bins.dimension == 1, order == 1, cost.exponentOnTheLine == 1 {
      method = .line(try LineSeries(at: bins.coordinates, mass: mass), histograms)
    } else if bins.count <= Self.mostSharedBins {
      method = .sharedBins(
        SharedBins(
          costs: costs.matrix(), order: order, mass: mass,
          projections: BinProjections(bins, cost, order)), histograms)
    } else {
      let clouds = try histograms.map {
        try PointCloud(
          coordinates: bins.coordinates, dimension: bins.dimension, masses: $0.masses)
      }
      method = .problems(solver) {
        try TransportProblem(
          from: clouds[$0], to: clouds[$1], cost: cost, order: order, mass: mass)
      }
    }
  }

  /// Images, or grids of any dimension, of the same shape and spacing.
  ///
  /// - Parameters:
  ///   - grids: The measures.
  ///   - cost: The distance of two pixels.
  ///   - order: The power p ≥ 1 of the distance.
  ///   - mass: What to do about unequal totals.
  ///   - solver: What solves pairs of more than `mostSharedBins` pixels.
  /// - Throws: `CollectionError` where a grid does not fit, `MeasureError` where costs do not.
  public init(
    _ grids: [Grid], cost: GroundCost = .euclidean, order: Double = 1,
    mass: MassPolicy = .requireEqual(), solver: any TransportSolver = NetworkSimplex()
  ) throws {
    guard let first = grids.first else { throw CollectionError.empty }
    for (place, grid) in grids.enumerated()
    where grid.shape != first.shape || grid.spacing != first.spacing {
      throw CollectionError.otherBins(place)
    }
    if first.count <= Self.mostSharedBins || first.shape.count == 1 {
      try self.init(
        grids.map { try Histogram($0.masses) }, on: first.pointCloud, cost: cost, order: order,
        mass: mass, solver: solver)
    } else {
      try Self.check(grids.map { try Histogram($0.masses) }, bins: first.count, mass)
      try self.init(count: grids.count, isSymmetric: true, solver: solver) {
        try TransportProblem(
          from: grids[$0], to: grids[$1], cost: cost, order: order, mass: mass)
      }
    }
  }

  /// Histograms under a matrix of costs.
  ///
  /// - Parameters:
  ///   - histograms: One mass for each bin in each; positions play no part.
  ///   - costs: The cost from each bin to each: as many rows as columns.
  ///   - mass: What to do about unequal totals.
  /// - Throws: `CollectionError` where a histogram does not fit.
  public init(
    _ histograms: [Histogram], costs: CostMatrix, mass: MassPolicy = .requireEqual()
  ) throws {
    guard costs.rows == costs.columns else {
      throw TransportProblemError.costShape(
        sources: costs.rows, targets: costs.rows, rows: costs.rows, columns: costs.columns)
    }
    try Self.check(histograms, bins: costs.rows, mass)
    count = histograms.count
    isSymmetric = (0..<costs.rows).allSatisfy { row in
      (0..<row).allSatisfy { costs[row, $0] == costs[$0, row] }
    }
    method = .sharedBins(
      SharedBins(costs: costs, order: 1, mass: mass, projections: nil), histograms)
  }

  /// Measures of any kind, by the problem of each pair.
  ///
  /// - Parameters:
  ///   - count: The number of measures.
  ///   - isSymmetric: Whether the distance from i to j is that from j to i.
  ///   - solver: What solves each pair.
  ///   - problem: The problem from one measure to another, by their places.
  /// - Throws: `CollectionError.empty`.
  public init(
    count: Int, isSymmetric: Bool, solver: any TransportSolver = NetworkSimplex(),
    problem: @escaping @Sendable (_ source: Int, _ target: Int) throws -> TransportProblem
  ) throws {
    guard count > 0 else { throw CollectionError.empty }
    self.count = count
    self.isSymmetric = isSymmetric
    method = .problems(solver, problem)
  }

  /// The pairs that make the matrix of distances: (i, j) with i < j where that is enough, otherwise all.
  public var pairs: PairList {
    isSymmetric ? .all(count: count) : .between(0..<count, 0..<count)
  }

  /// Checks the number of bins, and that the totals agree wherever they must.
  private static func check(_ histograms: [Histogram], bins: Int, _ mass: MassPolicy) throws {
    guard !histograms.isEmpty else { throw CollectionError.empty }
    var (least, most) = (0, 0)
    for (place, histogram) in histograms.enumerated() {
      guard histogram.count == bins else {
        throw CollectionError.binCount(place, expected: bins, found: histogram.count)
      }
      if histogram.total < histograms[least].total { least = place }
      if histogram.total > histograms[most].total { most = place }
    }
    do {
      _ = try TransportProblem.adjustment(
        histograms[least].total, histograms[most].total, under: mass)
    } catch {
      throw CollectionError.pair(source: least, target: most, error)
    }
  }
}

/// Why measures do not make a collection, or which pair of it has no distance.
public enum CollectionError: Error {
  /// There is no measure.
  case empty
  /// The measure at that place has another number of bins.
  case binCount(Int, expected: Int, found: Int)
  /// The measure at that place has another shape or spacing than the first.
  case otherBins(Int)
  /// A pair has no distance, for that reason.
  case pair(source: Int, target: Int, any Error)
}

extension CollectionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "there are no measures"
    case .binCount(let place, let expected, let found):
      "measure \(place) has \(found) bins where \(expected) are needed"
    case .otherBins(let place): "measure \(place) has another shape or spacing than the first"
    case .pair(let source, let target, let error):
      "measures \(source) and \(target): \(error)"
    }
  }
}
