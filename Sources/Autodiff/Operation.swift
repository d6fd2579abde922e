/// What a tensor was computed by.
///
/// `Operation+Value.swift` says how, and `Operation+Derivative.swift` has the derivative of each
/// case, written in these same operations.
enum Operation {
  /// Given, not computed.
  case leaf
  /// Entry by entry from one input.
  case map(Map)
  /// Entry by entry from two inputs, repeated along axes of size 1.
  case combine(Combination)
  /// The matrix product of two inputs.
  case product(Transposition)
  /// x·W + b: two inputs as in `product`, and a row added to each row of the result.
  case affine(Transposition)
  /// Rows and columns exchanged; its value is only made when somebody other than a product asks.
  case transpose
  /// The same entries, row after row, in another shape.
  case reshape
  /// Repeated along axes of size 1 to fill the result's shape.
  case broadcast
  /// Summed along the axes where the result's size is 1.
  case sum
  /// Entry k of the result is the input's entry `indices[k]`, both row-major.
  case gather(Indices)
  /// The input's entry k is added to entry `indices[k]` of a result that is otherwise zero.
  case scatter(Indices)
  /// Row k of the result is the input's row `rows[k]`.
  case gatherRows([Int])
  /// The input's row k is added to row `rows[k]` of a result that is otherwise zero.
  case scatterRows([Int])
  /// The block of the result's size that starts at a row and a column.
  case slice(row: Int, column: Int)
  /// The input as the block that starts at a row and a column of a result that is otherwise zero.
  case embed(row: Int, column: Int)
  /// All inputs below each other.
  case stackRows
  /// All inputs beside each other.
  case stackColumns
  /// The entries of images under each window, as rows.
  case patches(PatchGrid)
  /// Rows of entries under windows, added to the pixels that they cover.
  case fold(PatchGrid)

  enum Map {
    case scale(Double)
    case shift(Double)
    case power(Double)
    case square, squareRoot, reciprocal, exp, log, tanh, sigmoid, softplus, absolute
    /// x where positive, otherwise `slope` · x.
    case rectify(slope: Double)
    case clamp(Double, Double)
    /// −1, 0 or 1; piecewise constant.
    case sign
    /// 1 within the bounds, 0 outside; piecewise constant.
    case inside(Double, Double)
  }

  enum Combination {
    case add, subtract, multiply, divide, maximum, minimum
    /// 1 where the first is at least the second, otherwise 0; piecewise constant.
    case notLess
    /// 1 where the first is below the second, otherwise 0; piecewise constant.
    case less
    /// The first where the second is positive, otherwise `slope` times the first.
    case gate(slope: Double)
    /// a · (1 − b²), the derivative rule of tanh.
    case tanhRule
    /// a · b · (1 − b), the derivative rule of the sigmoid.
    case sigmoidRule
  }

  typealias Indices = [Int32]
}

/// Which of the two factors of a product are read with rows and columns exchanged.
enum Transposition {
  case neither, left, right, both

  init(left: Bool, right: Bool) {
    self = left ? (right ? .both : .left) : (right ? .right : .neither)
  }

  var left: Bool { self == .left || self == .both }
  var right: Bool { self == .right || self == .both }

  /// The rows, inner size and columns of a product of matrices of the given shapes.
  func sizes(_ a: Shape, _ b: Shape) -> (rows: Int, inner: Int, columns: Int) {
    let first = left ? a.transposed : a
    let second = right ? b.transposed : b
    precondition(
      first.columns == second.rows,
      "Cannot multiply \(first) by \(second): the inner sizes must agree")
    return (first.rows, first.columns, second.columns)
  }
}
