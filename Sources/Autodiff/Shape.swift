/// The number of rows and columns of a matrix, both at least 1.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// At least 1.
  public let rows: Int
  /// At least 1.
  public let columns: Int

  /// The shape of a matrix of `rows` × `columns`.
  public init(rows: Int, columns: Int) {
    precondition(
      rows > 0 && columns > 0, "A matrix has at least one row and column, not \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
  }

  /// The number of entries.
  public var count: Int { rows * columns }

  /// For instance "256 × 64".
  public var description: String { "\(rows) × \(columns)" }

  static let scalar = Shape(rows: 1, columns: 1)

  var transposed: Shape { Shape(rows: columns, columns: rows) }

  /// The shape of an entry-by-entry operation on two matrices.
  ///
  /// Along each axis the sizes agree, or one of them is 1 and its only row or column is repeated.
  func broadcast(with other: Shape, for purpose: String) -> Shape {
    precondition(
      (rows == other.rows || rows == 1 || other.rows == 1)
        && (columns == other.columns || columns == 1 || other.columns == 1),
      "Cannot \(purpose) \(self) and \(other): along each axis the sizes must agree or one be 1")
    return Shape(rows: max(rows, other.rows), columns: max(columns, other.columns))
  }

  /// Whether a matrix of this shape can be repeated along its axes of size 1 to fill `larger`.
  func broadcasts(to larger: Shape) -> Bool {
    (rows == larger.rows || rows == 1) && (columns == larger.columns || columns == 1)
  }
}
