extension Tensor {
  /// Each row cut into groups of `size` columns and each group sorted, smallest entry first.
  ///
  /// The gradient goes back by the same permutation, so its norm is preserved: the activation of
  /// C. Anil, J. Lucas and R. Grosse, Sorting out Lipschitz function approximation, 2019.
  ///
  /// - Parameter size: A divisor of the number of columns. 2 is MaxMin, all columns FullSort.
  /// - Returns: The same shape.
  /// - Complexity: O(rows · columns · log size).
  public func sortedInGroups(of size: Int) -> Tensor {
    precondition(
      size > 0 && shape.columns.isMultiple(of: size),
      "Cannot cut the rows of \(shape) into groups of \(size): the columns must be a multiple")
    return Tensor(.gather(value.sortingIndices(groupSize: size)), [self], shape: shape)
  }

  /// Each pair of neighbouring columns sorted: `sortedInGroups(of: 2)`.
  public func maxMin() -> Tensor { sortedInGroups(of: 2) }

  /// Each row sorted, smallest entry first: `sortedInGroups(of: columns)`.
  public func sortedRows() -> Tensor { sortedInGroups(of: shape.columns) }

  /// The rows with the given numbers, in that order and as often as they are named.
  public func rows(at numbers: [Int]) -> Tensor {
    checkRows(numbers, of: shape)
    return Tensor(
      .gatherRows(numbers), [self], shape: Shape(rows: numbers.count, columns: shape.columns))
  }

  /// Row k added to row `numbers[k]` of a tensor that is otherwise zero.
  ///
  /// - Parameters:
  ///   - numbers: As many as there are rows.
  ///   - rowCount: The rows of the result.
  /// - Returns: rowCount × columns.
  public func addingRows(to numbers: [Int], rowCount: Int) -> Tensor {
    let target = Shape(rows: rowCount, columns: shape.columns)
    precondition(
      numbers.count == shape.rows, "\(numbers.count) places are not one for each row of \(shape)")
    checkRows(numbers, of: target)
    return Tensor(.scatterRows(numbers), [self], shape: target)
  }

  /// The entries with the given numbers, counted row after row from 0, as a column.
  public func entries(at numbers: [Int]) -> Tensor {
    Tensor(
      .gather(Self.checkedIndices(numbers, of: shape)), [self],
      shape: Shape(rows: numbers.count, columns: 1))
  }

  /// Entry k added to entry `numbers[k]` of a tensor that is otherwise zero; row after row.
  ///
  /// - Parameters:
  ///   - numbers: As many as there are entries.
  ///   - target: The shape of the result.
  /// - Returns: A tensor of that shape.
  public func addingEntries(to numbers: [Int], of target: Shape) -> Tensor {
    precondition(
      numbers.count == shape.count,
      "\(numbers.count) places are not one for each entry of \(shape)")
    return Tensor(.scatter(Self.checkedIndices(numbers, of: target)), [self], shape: target)
  }

  /// A block of neighbouring rows.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape.rows,
      "There are no rows \(range) in \(shape)")
    return Tensor(
      .slice(row: range.lowerBound, column: 0), [self],
      shape: Shape(rows: range.count, columns: shape.columns))
  }

  /// A block of neighbouring columns.
  public func columns(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape.columns,
      "There are no columns \(range) in \(shape)")
    return Tensor(
      .slice(row: 0, column: range.lowerBound), [self],
      shape: Shape(rows: shape.rows, columns: range.count))
  }

  /// The same entries, row after row, in another shape.
  public func reshaped(to target: Shape) -> Tensor {
    precondition(
      target.count == shape.count, "The entries of \(shape) do not fill \(target) exactly")
    return Tensor(.reshape, [self], shape: target)
  }

  /// All tensors below each other; their columns agree.
  public static func stackedRows(_ parts: [Tensor]) -> Tensor {
    precondition(
      Set(parts.map(\.shape.columns)).count == 1,
      "Cannot stack \(list(parts)): the numbers of columns must agree")
    let rows = parts.reduce(0) { $0 + $1.shape.rows }
    return Tensor(.stackRows, parts, shape: Shape(rows: rows, columns: parts[0].shape.columns))
  }

  /// All tensors beside each other; their rows agree.
  public static func stackedColumns(_ parts: [Tensor]) -> Tensor {
    precondition(
      Set(parts.map(\.shape.rows)).count == 1,
      "Cannot put \(list(parts)) beside each other: the numbers of rows must agree")
    let columns = parts.reduce(0) { $0 + $1.shape.columns }
    return Tensor(.stackColumns, parts, shape: Shape(rows: parts[0].shape.rows, columns: columns))
  }

  private static func list(_ parts: [Tensor]) -> String {
    parts.isEmpty ? "no tensors" : parts.map(\.shape.description).joined(separator: ", ")
  }

  private func checkRows(_ numbers: [Int], of shape: Shape) {
    for row in numbers {
      precondition(row >= 0 && row < shape.rows, "There is no row \(row) in \(shape)")
    }
  }

  private static func checkedIndices(_ numbers: [Int], of shape: Shape) -> [Int32] {
    numbers.map { number in
      precondition(number >= 0 && number < shape.count, "There is no entry \(number) in \(shape)")
      return Int32(number)
    }
  }
}
