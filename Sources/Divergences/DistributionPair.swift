public import Measures

/// Two probability distributions on the same bins: what every divergence is computed from.
///
///     let pair = try DistributionPair(p, q)
///     pair.klDivergence            // KL(p‖q)
///     pair.jensenShannonDistance
///
/// Histograms without positions must have the same number of bins; with coordinates, the bins are
/// the points that occur in either, and points that are exactly equal are one bin.
public struct DistributionPair: Hashable, Sendable {
  /// The probability of each bin under p.
  public let p: [Double]
  /// The probability of each bin under q.
  public let q: [Double]
  /// The coordinates of the bins, n × d row-major, in lexicographic order; nil without coordinates.
  public let coordinates: [Double]?
  /// The number of coordinates of a bin; zero without coordinates.
  public let dimension: Int

  /// Two histograms: bin by bin if neither has positions, else on the union of their positions.
  ///
  /// - Parameters:
  ///   - p: The first distribution.
  ///   - q: The second one, that divergences are taken from.
  ///   - mass: What to do about totals that are not 1.
  /// - Throws: `DivergenceError`.
  /// - Complexity: O(n) without positions, O(n log n) with them.
  public init(
    _ p: Histogram, _ q: Histogram, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) {
    guard p.positions == nil, q.positions == nil else {
      try self.init(p.pointCloud, q.pointCloud, mass: mass)
      return
    }
    guard p.count == q.count else { throw .binCounts(p: p.count, q: q.count) }
    try mass.check(p: p.total, q: q.total)
    self.init(
      p: mass.probabilities(p.masses, total: p.total),
      q: mass.probabilities(q.masses, total: q.total), coordinates: nil, dimension: 0)
  }

  /// Two clouds of points, on the union of their points; masses of equal points add up.
  ///
  /// - Parameters:
  ///   - p: The first distribution.
  ///   - q: The second one, of the same dimension.
  ///   - mass: What to do about totals that are not 1.
  /// - Throws: `DivergenceError`.
  /// - Complexity: O(n d log n).
  public init(
    _ p: PointCloud, _ q: PointCloud, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) {
    guard p.dimension == q.dimension else { throw .dimensions(p: p.dimension, q: q.dimension) }
    try mass.check(p: p.total, q: q.total)
    let union = PointUnion(p, q)
    self.init(
      p: mass.probabilities(union.firstMasses, total: p.total),
      q: mass.probabilities(union.secondMasses, total: q.total),
      coordinates: union.coordinates, dimension: p.dimension)
  }

  private init(p: [Double], q: [Double], coordinates: [Double]?, dimension: Int) {
    self.p = p
    self.q = q
    self.coordinates = coordinates
    self.dimension = dimension
  }

  /// The number of bins.
  public var count: Int { p.count }

  /// The pair with p and q exchanged.
  public var reversed: DistributionPair {
    DistributionPair(p: q, q: p, coordinates: coordinates, dimension: dimension)
  }
}

/// The points of two clouds, each once, with the masses of both.
struct PointUnion {
  private(set) var coordinates: [Double] = []
  private(set) var firstMasses: [Double] = []
  private(set) var secondMasses: [Double] = []

  init(_ first: PointCloud, _ second: PointCloud) {
    let all = first.coordinates + second.coordinates
    let dimension = first.dimension
    let order = Self.lexicographicOrder(of: all, dimension: dimension)
    var sums = (first: CompensatedSum(), second: CompensatedSum())
    for (place, point) in order.enumerated() {
      if point < first.count {
        sums.first.add(first.masses[point])
      } else {
        sums.second.add(second.masses[point - first.count])
      }
      let next = place + 1 < order.count ? order[place + 1] : nil
      if let next, !Self.precedes(all, point, next, dimension) { continue }
      coordinates.append(contentsOf: all[point * dimension..<(point + 1) * dimension])
      firstMasses.append(sums.first.value)
      secondMasses.append(sums.second.value)
      sums = (CompensatedSum(), CompensatedSum())
    }
  }

  private static func lexicographicOrder(of points: [Double], dimension: Int) -> [Int] {
    (0..<points.count / dimension).sorted { precedes(points, $0, $1, dimension) }
  }

  private static func precedes(
    _ points: [Double], _ first: Int, _ second: Int, _ dimension: Int
  ) -> Bool {
    for axis in 0..<dimension {
      let x = points[first * dimension + axis]
      let y = points[second * dimension + axis]
      if x != y { return x < y }
    }
    return false
  }
}
