/// Weighted points in the plane, in space or in any dimension: a finite discrete measure.
///
///     let cloud = try PointCloud([[0, 0], [3, 4]], masses: [1, 2])
///     cloud.count      // 2
///     cloud.dimension  // 2
///
/// Coordinates are stored flat, point by point (n × d, row-major).
public struct PointCloud: Hashable, Sendable {
  /// The coordinates, n × d, row-major.
  public let coordinates: [Double]
  /// The number of coordinates of a point, at least 1.
  public let dimension: Int
  /// The mass of each point: finite, not negative, not all zero.
  public let masses: [Double]
  /// The sum of all masses.
  public let total: Double
  /// The masses as decimals, if they came from text.
  public let decimals: [DecimalNumber]?
  /// The coordinates as decimals (n × d, row-major), if they came from text.
  public let coordinateDecimals: [DecimalNumber]?
  /// Whether no masses were given, so that each point has the mass 1 / n exactly.
  public let hasEqualMasses: Bool

  /// A cloud from flat coordinates.
  ///
  /// - Parameters:
  ///   - coordinates: n × d finite numbers, row-major.
  ///   - dimension: The number d of coordinates of a point, at least 1.
  ///   - masses: One mass per point; nil gives each the mass 1 / n.
  ///   - decimals: The masses as they were written.
  ///   - coordinateDecimals: The coordinates as they were written.
  /// - Throws: `MeasureError` with the index of the first offending value.
  /// - Complexity: O(n d).
  public init(
    coordinates: [Double], dimension: Int, masses: [Double]? = nil,
    decimals: [DecimalNumber]? = nil, coordinateDecimals: [DecimalNumber]? = nil
  ) throws(MeasureError) {
    guard dimension >= 1 else {
      throw .invalidParameter(
        what: "the dimension of the points", value: Double(dimension), allowed: "at least 1")
    }
    guard !coordinates.isEmpty else { throw .empty(what: "the list of points") }
    guard coordinates.count.isMultiple(of: dimension) else {
      throw .lengthMismatch(
        what: "coordinates of points in dimension \(dimension)",
        expected: (coordinates.count / dimension + 1) * dimension, found: coordinates.count)
    }
    let count = coordinates.count / dimension
    let weights = masses ?? [Double](repeating: 1 / Double(count), count: count)
    guard weights.count == count else {
      throw .lengthMismatch(what: "masses of the points", expected: count, found: weights.count)
    }
    try MassCheck.finite(coordinates, what: "coordinate")
    total = try MassCheck.total(of: weights, what: "the list of points")
    try MassCheck.decimals(decimals, count: count, what: "masses")
    try MassCheck.decimals(coordinateDecimals, count: coordinates.count, what: "coordinates")
    self.coordinates = coordinates
    self.dimension = dimension
    self.masses = weights
    hasEqualMasses = masses == nil
    self.decimals = decimals
    self.coordinateDecimals = coordinateDecimals
  }

  /// A cloud from an array of points.
  ///
  /// - Parameters:
  ///   - points: Points of the same, positive dimension.
  ///   - masses: One mass per point; nil gives each the mass 1 / n.
  /// - Throws: `MeasureError`, also where points differ in dimension.
  public init(_ points: [[Double]], masses: [Double]? = nil) throws(MeasureError) {
    guard let first = points.first else { throw .empty(what: "the list of points") }
    for (index, point) in points.enumerated() where point.count != first.count {
      throw .lengthMismatch(
        what: "coordinates of point \(index)", expected: first.count, found: point.count)
    }
    try self.init(
      coordinates: points.flatMap { $0 }, dimension: first.count, masses: masses)
  }

  /// A cloud from parts that were checked before.
  init(
    uncheckedCoordinates coordinates: [Double], dimension: Int, masses: [Double], total: Double,
    decimals: [DecimalNumber]?, coordinateDecimals: [DecimalNumber]?
  ) {
    self.coordinates = coordinates
    self.dimension = dimension
    self.masses = masses
    hasEqualMasses = false
    self.total = total
    self.decimals = decimals
    self.coordinateDecimals = coordinateDecimals
  }

  /// The number of points, those of zero mass included.
  public var count: Int { masses.count }

  /// The coordinates of one point.
  public func point(_ index: Int) -> ArraySlice<Double> {
    coordinates[index * dimension..<(index + 1) * dimension]
  }
}
