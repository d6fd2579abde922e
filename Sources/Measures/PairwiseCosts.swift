import RealModule

/// The costs between two sets of points under a ground cost, computed when asked for.
///
/// Row i holds the costs from source i to every target. Differences of coordinates are taken first,
/// never ‖x‖² + ‖y‖² − 2xy, and squares that would overflow or underflow are rescaled, so that every
/// cost that is a normal double is right to a few roundings.
public struct PairwiseCosts: Hashable, Sendable {
  /// The distance of two points.
  public let groundCost: GroundCost
  /// The power p ≥ 1 that the distance is raised to.
  public let order: Double
  /// The number of coordinates of a point.
  public let dimension: Int
  /// The coordinates of the sources, row-major.
  public let sources: [Double]
  /// The coordinates of the targets, row-major.
  public let targets: [Double]
  /// The coordinates of the targets, axis by axis, for rows at once.
  private let targetAxes: [Double]

  /// The costs between two clouds.
  ///
  /// - Parameters:
  ///   - sources: Points that mass leaves.
  ///   - targets: Points that mass reaches, of the same dimension.
  ///   - groundCost: The distance.
  ///   - order: The power p, finite and at least 1.
  /// - Throws: `MeasureError`, also if the largest cost does not fit a double.
  public init(
    from sources: PointCloud, to targets: PointCloud, under groundCost: GroundCost,
    order: Double = 1
  ) throws(MeasureError) {
    guard order >= 1, order.isFinite else {
      throw .invalidParameter(what: "the order", value: order, allowed: "finite and at least 1")
    }
    guard sources.dimension == targets.dimension else {
      throw .lengthMismatch(
        what: "coordinates of the target's points", expected: sources.dimension,
        found: targets.dimension)
    }
    try groundCost.validate(dimension: sources.dimension)
    self.groundCost = groundCost
    self.order = order
    dimension = sources.dimension
    self.sources = sources.coordinates
    self.targets = targets.coordinates
    targetAxes = Self.transpose(targets.coordinates, dimension: targets.dimension)
    try checkRange()
  }

  /// The number of sources.
  public var rows: Int { sources.count / dimension }

  /// The number of targets.
  public var columns: Int { targets.count / dimension }

  /// The cost from one source to one target.
  ///
  /// - Complexity: O(d).
  public subscript(source: Int, target: Int) -> Double {
    pointCost(source, of: sources, target, of: targets)
  }

  /// The cost of one pair of any points under the same ground cost and order.
  package var pointCost: PointCost {
    PointCost(groundCost: groundCost, order: order, dimension: dimension)
  }

  /// Writes the costs from one source to all targets.
  ///
  /// - Parameters:
  ///   - source: The index of the source.
  ///   - row: Room for one cost per target.
  /// - Complexity: O(d · columns).
  public func copyRow(_ source: Int, into row: inout [Double]) {
    precondition(row.count == columns, "a row needs one place per target")
    let (base, threshold) = groundCost.parts
    switch base {
    case .euclidean, .squaredEuclidean: copySquares(source, into: &row, under: base)
    case .cityBlock: _ = sumAxes(source, into: &row) { $0 + $1.magnitudes }
    case .chebyshev: _ = sumAxes(source, into: &row) { $0.orGreater($1.magnitudes) }
    case .minkowski, .circular, .thresholded:
      for target in row.indices { row[target] = distance(source, target, under: base) }
    }
    if threshold < .infinity {
      for target in row.indices { row[target] = min(threshold, row[target]) }
    }
    raise(&row)
  }

  /// All costs at once.
  ///
  /// - Complexity: O(rows · columns · d).
  public func matrix() -> CostMatrix {
    var entries: [Double] = []
    entries.reserveCapacity(rows * columns)
    var row = [Double](repeating: 0, count: columns)
    for source in 0..<rows {
      copyRow(source, into: &row)
      entries.append(contentsOf: row)
    }
    return CostMatrix(unchecked: entries, rows: rows, columns: columns)
  }
}

extension PairwiseCosts {
  /// The ground cost between any points, before the order: k × k, row-major.
  ///
  /// - Parameter coordinates: k points of this dimension, row-major.
  /// - Returns: The distances of all pairs.
  /// - Complexity: O(k² d).
  package func distances(among coordinates: [Double]) -> [Double] {
    PairwiseCosts(copying: self, sources: coordinates, targets: coordinates).matrix().entries
  }

  /// The same ground cost between other points, of order 1.
  private init(copying other: PairwiseCosts, sources: [Double], targets: [Double]) {
    groundCost = other.groundCost
    order = 1
    dimension = other.dimension
    self.sources = sources
    self.targets = targets
    targetAxes = Self.transpose(targets, dimension: other.dimension)
  }

  private static func transpose(_ points: [Double], dimension: Int) -> [Double] {
    guard dimension > 1 else { return points }
    let count = points.count / dimension
    var axes = [Double](repeating: 0, count: points.count)
    for point in 0..<count {
      for axis in 0..<dimension { axes[axis * count + point] = points[point * dimension + axis] }
    }
    return axes
  }

  /// How far apart two of the points are along an axis, at most; 0 if all points are equal.
  package var width: Double { widths.max() ?? 0 }

  /// Whether some distance may be above the threshold.
  package var thresholdMatters: Bool {
    let (base, threshold) = groundCost.parts
    return threshold < base.largestLength(within: widths)
  }

  /// How wide all points together are along each axis.
  private var widths: [Double] {
    var corner = [Double](repeating: 0, count: dimension)
    for axis in 0..<dimension {
      var low = Double.infinity
      var high = -Double.infinity
      for points in [sources, targets] {
        for value in stride(from: axis, to: points.count, by: dimension).lazy.map({ points[$0] }) {
          low = min(low, value)
          high = max(high, value)
        }
      }
      corner[axis] = high - low
    }
    return corner
  }

  /// Refuses coordinates so far apart that a cost overflows, or so near that every cost vanishes.
  private func checkRange() throws(MeasureError) {
    let corner = widths
    let widest = corner.max() ?? 0
    let largest = power(groundCost.largestLength(within: corner))
    guard largest.isFinite, widest.isFinite else {
      throw .invalidParameter(
        what: "the largest cost between points", value: largest,
        allowed: "finite; scale the coordinates down")
    }
    guard widest == 0 || largest >= .leastNormalMagnitude else {
      throw .invalidParameter(
        what: "the largest cost between points that differ", value: largest,
        allowed: "a normal double; scale the coordinates up")
    }
  }

  /// The distance of one pair, before threshold and order.
  private func distance(_ source: Int, _ target: Int, under base: GroundCost) -> Double {
    let start = source * dimension
    let end = target * dimension
    return base.length(axes: dimension) { sources[start + $0] - targets[end + $0] }
  }

  private func power(_ distance: Double) -> Double {
    if order == 1 { return distance }
    return order == 2 ? distance * distance : Double.pow(distance, order)
  }

  private func raise(_ row: inout [Double]) {
    guard order != 1 else { return }
    if order == 2 {
      for target in row.indices { row[target] *= row[target] }
    } else {
      for target in row.indices { row[target] = Double.pow(row[target], order) }
    }
  }

  /// Sums of squares, with the few that leave the safe range done again with care.
  private func copySquares(_ source: Int, into row: inout [Double], under base: GroundCost) {
    let isRoot = base == .euclidean
    let isSafe = sumAxes(source, into: &row) {
      $0 + $1 * $1
    } finish: {
      isRoot ? $0.squareRoot() : $0
    }
    guard !isSafe else { return }
    for target in row.indices {
      let square = isRoot ? row[target] * row[target] : row[target]
      // A margin beside the range itself, for the root was rounded.
      if square < 0x1p-959 || square > 0x1p999 {
        row[target] = distance(source, target, under: base)
      }
    }
  }

  /// Folds the differences of every axis into the row.
  ///
  /// - Returns: Whether all sums are within the range in which squares are safe.
  @inline(__always)
  private func sumAxes(
    _ source: Int, into row: inout [Double],
    fold: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>,
    finish: (SIMD8<Double>) -> SIMD8<Double> = { $0 }
  ) -> Bool {
    AxisSums(
      point: sources[source * dimension..<(source + 1) * dimension], axes: targetAxes
    ).write(into: &row, fold: fold, finish: finish)
  }
}
