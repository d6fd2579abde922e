extension Tensor {
  /// The exponential of each entry.
  public func exp() -> Tensor { map(.exp) }

  /// The natural logarithm of each entry.
  public func log() -> Tensor { map(.log) }

  /// The square root of each entry; its derivative at 0 is infinite.
  public func squareRoot() -> Tensor { map(.squareRoot) }

  /// The square of each entry.
  public func squared() -> Tensor { map(.square) }

  /// 1 divided by each entry.
  public func reciprocal() -> Tensor { map(.reciprocal) }

  /// Each entry to a constant power.
  ///
  /// - Parameter exponent: Unless it is a whole number the entries must not be negative.
  /// - Returns: The same shape.
  public func power(_ exponent: Double) -> Tensor {
    exponent == 1 ? self : exponent == 2 ? squared() : map(.power(exponent))
  }

  /// The hyperbolic tangent of each entry.
  public func tanh() -> Tensor { map(.tanh) }

  /// 1/(1 + e⁻ˣ) of each entry x, without overflow.
  public func sigmoid() -> Tensor { map(.sigmoid) }

  /// log(1 + eˣ) of each entry x, without overflow; its derivative is the sigmoid.
  public func softplus() -> Tensor { map(.softplus) }

  /// Each entry where it is positive and 0 elsewhere; the derivative at 0 is 0.
  public func relu() -> Tensor { map(.rectify(slope: 0)) }

  /// Each entry where it is positive and `slope` times it elsewhere, also in the derivative at 0.
  public func leakyReLU(slope: Double = 0.2) -> Tensor { map(.rectify(slope: slope)) }

  /// The absolute value of each entry; the derivative at 0 is 0.
  public func absoluteValue() -> Tensor { map(.absolute) }

  /// Each entry, or the bound that it is beyond; the derivative is 1 on the bounds, 0 beyond.
  public func clamped(to bounds: ClosedRange<Double>) -> Tensor {
    map(.clamp(bounds.lowerBound, bounds.upperBound))
  }
}
