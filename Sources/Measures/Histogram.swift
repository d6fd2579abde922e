/// Masses on bins of the line: a finite measure on 0, 1, …, n − 1 or on positions of its own.
///
///     let p = try Histogram([0.1, 0.2, 0.7])
///     p.total     // 1
///     p.positions // nil: the bins are 0, 1, 2
///
/// Masses need not sum to one; comparing histograms of unequal totals is a matter of the problem's
/// mass policy. A bin of zero mass keeps its place.
public struct Histogram: Hashable, Sendable {
  /// The mass of each bin: finite, not negative, not all zero.
  public let masses: [Double]
  /// The position of each bin on the line, in any order; nil means 0, 1, …, n − 1.
  public let positions: [Double]?
  /// The masses as decimals, if they came from text.
  public let decimals: [DecimalNumber]?
  /// The positions as decimals, if they came from text.
  public let positionDecimals: [DecimalNumber]?
  /// The sum of all masses.
  public let total: Double

  /// A histogram from masses and, if the bins are not 0, 1, …, positions.
  ///
  /// - Parameters:
  ///   - masses: One mass per bin: finite, not negative, not all zero.
  ///   - positions: One finite position per bin; nil for 0, 1, …, n − 1.
  ///   - decimals: The masses as they were written, for exact arithmetic.
  ///   - positionDecimals: The positions as they were written, for exact arithmetic.
  /// - Throws: `MeasureError` with the index of the first offending value.
  /// - Complexity: O(n).
  public init(
    _ masses: [Double], at positions: [Double]? = nil, decimals: [DecimalNumber]? = nil,
    positionDecimals: [DecimalNumber]? = nil
  ) throws(MeasureError) {
    total = try MassCheck.total(of: masses, what: "the list of masses")
    if let positions {
      guard positions.count == masses.count else {
        throw .lengthMismatch(
          what: "positions of the bins", expected: masses.count, found: positions.count)
      }
      try MassCheck.finite(positions, what: "position")
    }
    try MassCheck.decimals(decimals, count: masses.count, what: "masses")
    try MassCheck.decimals(positionDecimals, count: masses.count, what: "positions")
    self.masses = masses
    self.positions = positions
    self.decimals = decimals
    self.positionDecimals = positionDecimals
  }

  /// The number of bins, those of zero mass included.
  public var count: Int { masses.count }

  /// The same masses as points on the line, bin by bin.
  ///
  /// - Complexity: O(n).
  public var pointCloud: PointCloud {
    PointCloud(
      uncheckedCoordinates: positions ?? masses.indices.map(Double.init), dimension: 1,
      masses: masses, total: total, decimals: decimals,
      coordinateDecimals: positionDecimals)
  }
}
