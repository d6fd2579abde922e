// For what is not differentiated: initial weights, batches, results.
extension Matrix {
  /// The sum of two matrices, entry by entry; a row, column or number is repeated.
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    combined(a, b, to: a.shape.broadcast(with: b.shape, for: "add")) { $0 + $1 }
  }

  /// The difference of two matrices, entry by entry; a row, column or number is repeated.
  public static func - (a: Matrix, b: Matrix) -> Matrix {
    combined(a, b, to: a.shape.broadcast(with: b.shape, for: "subtract")) { $0 - $1 }
  }

  /// A number times each entry.
  public static func * (a: Double, b: Matrix) -> Matrix { b.mapped { a * $0 } }

  /// The rows with the given numbers, in that order and as often as they are named.
  public func rows(at numbers: [Int]) -> Matrix {
    for row in numbers {
      precondition(row >= 0 && row < rows, "There is no row \(row) in \(shape)")
    }
    return gatheredRows(numbers)
  }
}
