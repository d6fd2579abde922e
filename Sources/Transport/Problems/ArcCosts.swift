public import Measures

/// Where a problem's costs come from: a closed set of geometries, switched on outside every loop.
public enum ArcCosts: Hashable, Sendable {
  /// A dense matrix of costs, `.infinity` where nothing may go.
  case matrix(CostMatrix)
  /// Points under one of the package's ground costs; the matrix is never stored.
  case points(PairwiseCosts)

  /// The number of sources.
  public var rows: Int {
    switch self {
    case .matrix(let matrix): matrix.rows
    case .points(let points): points.rows
    }
  }

  /// The number of targets.
  public var columns: Int {
    switch self {
    case .matrix(let matrix): matrix.columns
    case .points(let points): points.columns
    }
  }

  /// The cost of one arc; infinite if it is forbidden.
  public subscript(source: Int, target: Int) -> Double {
    switch self {
    case .matrix(let matrix): matrix[source, target]
    case .points(let points): points[source, target]
    }
  }

  /// Writes the costs from one source to all targets.
  ///
  /// - Parameters:
  ///   - source: The index of the source.
  ///   - row: Room for one cost per target.
  public func copyRow(_ source: Int, into row: inout [Double]) {
    switch self {
    case .points(let points): points.copyRow(source, into: &row)
    case .matrix(let matrix):
      let start = source * matrix.columns
      for target in row.indices { row[target] = matrix.entries[start + target] }
    }
  }

  /// The exponent p of |x − y|^p if the problem lives on the line, or nil.
  var lineExponent: Double? {
    guard case .points(let points) = self, points.dimension == 1 else { return nil }
    return points.groundCost.exponentOnTheLine.map { $0 * points.order }
  }
}
