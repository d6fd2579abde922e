extension Tensor {
  /// The matrix product.
  ///
  /// A factor that is `transposed` is read in place, not copied.
  ///
  /// - Parameter other: As many rows as this tensor has columns.
  /// - Returns: rows × other.columns.
  /// - Complexity: O(rows · columns · other.columns), by OpenBLAS on one thread.
  public func matmul(_ other: Tensor) -> Tensor {
    let (a, left) = untransposed
    let (b, right) = other.untransposed
    return .product(a, b, transposing: Transposition(left: left, right: right))
  }

  /// x·W + b with a row b added to each row: a layer of a network, in one pass.
  ///
  /// - Parameters:
  ///   - weights: columns × width; may be `transposed`.
  ///   - bias: 1 × width.
  /// - Returns: rows × width.
  public func affine(_ weights: Tensor, bias: Tensor) -> Tensor {
    let (x, left) = untransposed
    let (w, right) = weights.untransposed
    let transposition = Transposition(left: left, right: right)
    let size = transposition.sizes(x.shape, w.shape)
    let shape = Shape(rows: size.rows, columns: size.columns)
    precondition(
      bias.shape.rows == 1 && bias.shape.columns == size.columns,
      "The bias of a result of \(shape) is 1 × \(size.columns), not \(bias.shape)")
    return Tensor(.affine(transposition), [x, w, bias], shape: shape)
  }

  /// Rows and columns exchanged; free of cost as a factor of a product.
  public var transposed: Tensor {
    if case .transpose = operation { return inputs[0] }
    return Tensor(.transpose, [self], shape: shape.transposed)
  }

  static func product(_ a: Tensor, _ b: Tensor, transposing: Transposition) -> Tensor {
    let size = transposing.sizes(a.shape, b.shape)
    return Tensor(
      .product(transposing), [a, b], shape: Shape(rows: size.rows, columns: size.columns))
  }

  /// The tensor itself, or that of which it is the transpose.
  private var untransposed: (Tensor, isTransposed: Bool) {
    if case .transpose = operation { return (inputs[0], true) }
    return (self, false)
  }
}
