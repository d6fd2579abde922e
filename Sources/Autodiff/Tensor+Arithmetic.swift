// Entry by entry. Of two tensors the sizes along each axis agree, or one is 1 and repeated: a
// 1 × m row, an n × 1 column, a 1 × 1 number.
extension Tensor {
  /// The sum of two tensors, entry by entry.
  public static func + (a: Tensor, b: Tensor) -> Tensor { combine(.add, a, b, "add") }

  /// The difference of two tensors, entry by entry.
  public static func - (a: Tensor, b: Tensor) -> Tensor { combine(.subtract, a, b, "subtract") }

  /// The product of two tensors, entry by entry; for the matrix product see `matmul(_:)`.
  public static func * (a: Tensor, b: Tensor) -> Tensor { combine(.multiply, a, b, "multiply") }

  /// The quotient of two tensors, entry by entry.
  public static func / (a: Tensor, b: Tensor) -> Tensor { combine(.divide, a, b, "divide") }

  /// Each entry plus a number.
  public static func + (a: Tensor, b: Double) -> Tensor { a.map(.shift(b)) }

  /// A number plus each entry.
  public static func + (a: Double, b: Tensor) -> Tensor { b.map(.shift(a)) }

  /// Each entry minus a number.
  public static func - (a: Tensor, b: Double) -> Tensor { a.map(.shift(-b)) }

  /// A number minus each entry.
  public static func - (a: Double, b: Tensor) -> Tensor { (-b).map(.shift(a)) }

  /// Each entry times a number.
  public static func * (a: Tensor, b: Double) -> Tensor { a.map(.scale(b)) }

  /// A number times each entry.
  public static func * (a: Double, b: Tensor) -> Tensor { b.map(.scale(a)) }

  /// Each entry divided by a number.
  public static func / (a: Tensor, b: Double) -> Tensor { a.map(.scale(1 / b)) }

  /// A number divided by each entry.
  public static func / (a: Double, b: Tensor) -> Tensor { a * b.reciprocal() }

  /// Each entry with its sign changed.
  public static prefix func - (a: Tensor) -> Tensor { a.map(.scale(-1)) }

  func map(_ map: Operation.Map) -> Tensor { Tensor(.map(map), [self], shape: shape) }

  fileprivate static func combine(
    _ combination: Operation.Combination, _ a: Tensor, _ b: Tensor, _ purpose: String
  ) -> Tensor {
    Tensor(.combine(combination), [a, b], shape: a.shape.broadcast(with: b.shape, for: purpose))
  }
}

/// The larger of two tensors, entry by entry, with the shapes of `+`.
///
/// Where both are equal the derivative goes to the first, and for `pointwiseMin` to the second.
public func pointwiseMax(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor.combine(.maximum, a, b, "take the maximum of")
}

/// The smaller of two tensors, entry by entry, with the shapes of `+`.
public func pointwiseMin(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor.combine(.minimum, a, b, "take the minimum of")
}
