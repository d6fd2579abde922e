/// The cost of moving a unit of mass from each source to each target, as a dense matrix.
///
///     let c = try CostMatrix([0, 1, 1, .infinity], rows: 2, columns: 2)
///     c[1, 1]  // inf: nothing may go from source 1 to target 1
///
/// Entries may be negative; `.infinity` forbids an arc; NaN and −∞ are refused.
public struct CostMatrix: Hashable, Sendable {
  /// The entries, rows × columns, row-major: entry (i, j) is the cost from source i to target j.
  public let entries: [Double]
  /// The number of sources.
  public let rows: Int
  /// The number of targets.
  public let columns: Int
  /// The entries as decimals, if they came from text; a forbidden arc is nil.
  public let decimals: [DecimalNumber?]?

  /// A matrix from flat entries.
  ///
  /// - Parameters:
  ///   - entries: rows × columns costs, row-major.
  ///   - rows: The number of sources.
  ///   - columns: The number of targets.
  ///   - decimals: The entries as they were written; nil for a forbidden arc.
  /// - Throws: `MeasureError`.
  /// - Complexity: O(rows · columns).
  public init(
    _ entries: [Double], rows: Int, columns: Int, decimals: [DecimalNumber?]? = nil
  ) throws(MeasureError) {
    guard rows > 0, columns > 0 else { throw .empty(what: "the cost matrix") }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, entries.count == count else {
      throw .lengthMismatch(
        what: "entries of a \(rows) × \(columns) cost matrix",
        expected: overflow ? .max : count, found: entries.count)
    }
    for (index, entry) in entries.enumerated() where entry.isNaN || entry == -.infinity {
      throw .notFinite(what: "cost", index: index, value: entry)
    }
    if let decimals, decimals.count != entries.count {
      throw .lengthMismatch(
        what: "decimals of the costs", expected: entries.count, found: decimals.count)
    }
    self.entries = entries
    self.rows = rows
    self.columns = columns
    self.decimals = decimals
  }

  /// A matrix from its rows, which must be of the same length.
  public init(rows: [[Double]]) throws(MeasureError) {
    guard let first = rows.first, !first.isEmpty else { throw .empty(what: "the cost matrix") }
    for (index, row) in rows.enumerated() where row.count != first.count {
      throw .lengthMismatch(
        what: "entries of row \(index) of the cost matrix", expected: first.count,
        found: row.count)
    }
    try self.init(rows.flatMap { $0 }, rows: rows.count, columns: first.count)
  }

  /// A matrix from entries that were checked before.
  package init(unchecked entries: [Double], rows: Int, columns: Int) {
    self.entries = entries
    self.rows = rows
    self.columns = columns
    decimals = nil
  }

  /// The matrix with every entry above a threshold lowered to it, forbidden arcs too: min(c, T).
  ///
  /// The decimal form of the threshold is the shortest that reads back to the same double.
  ///
  /// - Parameter threshold: The most that an arc costs, positive and finite.
  /// - Returns: A matrix of the same size.
  /// - Throws: `MeasureError.invalidParameter`.
  /// - Complexity: O(rows · columns).
  public func thresholded(at threshold: Double) throws(MeasureError) -> CostMatrix {
    guard threshold > 0, threshold.isFinite else {
      throw .invalidParameter(
        what: "the threshold", value: threshold, allowed: "positive and finite")
    }
    let limit = DecimalNumber("\(threshold)")
    return try CostMatrix(
      entries.map { min($0, threshold) }, rows: rows, columns: columns,
      decimals: decimals.map { zip(entries, $0).map { $0 > threshold ? limit : $1 } })
  }

  /// The cost from one source to one target.
  public subscript(source: Int, target: Int) -> Double { entries[source * columns + target] }

  /// Whether the matrix is a metric on its bins: square, symmetric, zero on the diagonal and not
  /// negative, finite, with the triangle inequality up to rounding.
  ///
  /// - Complexity: O(n³).
  public var isMetric: Bool {
    guard rows == columns, entries.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return false }
    for i in 0..<rows {
      guard self[i, i] == 0 else { return false }
      for j in 0..<i where self[i, j] != self[j, i] { return false }
    }
    return hasTriangleInequality
  }

  private var hasTriangleInequality: Bool {
    for i in 0..<rows {
      for via in 0..<rows {
        let first = entries[i * columns + via]
        for j in 0..<columns {
          let detour = first + entries[via * columns + j]
          guard entries[i * columns + j] <= detour * (1 + 0x1p-46) else { return false }
        }
      }
    }
    return true
  }
}
