/// A rows × columns matrix of doubles, row-major: a row for each sample, a column for each feature.
///
/// A value, copied when it is changed. For derivatives wrap it in a `Tensor`.
///
/// ```swift
/// let m = Matrix([[1, 2], [3, 4]])
/// m[1, 0]              // 3
/// m.product(with: m)   // [[7, 10], [15, 22]]
/// ```
public struct Matrix: Hashable, Sendable {
  /// The number of rows and columns.
  public let shape: Shape
  var storage: MatrixStorage

  /// A matrix with the given entries, row after row.
  public init(rows: Int, columns: Int, elements: [Double]) {
    self.init(Shape(rows: rows, columns: columns), elements)
  }

  /// A matrix of which every entry is the same.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(Shape(rows: rows, columns: columns), repeating: value)
  }

  /// A matrix given by its rows, all of the same length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(
      rows.allSatisfy { $0.count == columns }, "The rows of a matrix have the same length")
    self.init(Shape(rows: rows.count, columns: columns), rows.flatMap(\.self))
  }

  init(_ shape: Shape, _ elements: [Double]) {
    precondition(
      elements.count == shape.count,
      "A matrix of \(shape) has \(shape.count) entries, not \(elements.count)")
    self.shape = shape
    storage = MatrixStorage(elements)
  }

  /// The entries, row after row.
  public internal(set) var elements: [Double] {
    get { storage.elements }
    _modify {
      makeUnique()
      yield &storage.elements
    }
  }

  /// Copies the entries if another matrix shares them.
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = MatrixStorage(storage.elements) }
  }

  /// The number of rows.
  public var rows: Int { shape.rows }

  /// The number of columns.
  public var columns: Int { shape.columns }

  /// The entry in a row and a column, counted from 0.
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(contains(row, column), "There is no entry (\(row), \(column)) in \(shape)")
      return elements[row * columns + column]
    }
    set {
      precondition(contains(row, column), "There is no entry (\(row), \(column)) in \(shape)")
      elements[row * columns + column] = newValue
    }
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < rows && column >= 0 && column < columns
  }

  /// The only entry of a 1 × 1 matrix.
  public var scalar: Double {
    precondition(shape == .scalar, "A matrix of \(shape) is not a single number")
    return elements[0]
  }

  /// The matrix product.
  ///
  /// - Parameter other: As many rows as this matrix has columns.
  /// - Returns: rows × other.columns.
  /// - Complexity: O(rows · columns · other.columns), by OpenBLAS on one thread.
  public func product(with other: Matrix) -> Matrix {
    Matrix.product(self, other, transposing: .neither)
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix { transposedCopy() }

  /// Whether no entry is infinite or not a number.
  public var isFinite: Bool { elements.allSatisfy(\.isFinite) }

  /// Whether shapes and entries agree.
  public static func == (a: Matrix, b: Matrix) -> Bool {
    a.shape == b.shape && a.elements == b.elements
  }

  /// Feeds shape and entries to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(shape)
    hasher.combine(elements)
  }
}
