/// A fraction of two integers in lowest terms, the denominator positive.
public struct ExactFraction: Hashable, Sendable {
  /// The number above the line.
  public let numerator: Int128
  /// The number below the line, positive.
  public let denominator: Int128

  /// A fraction, brought into lowest terms.
  public init(_ numerator: Int128, over denominator: Int128) {
    precondition(denominator > 0, "a denominator is positive")
    let divisor = Int128(Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  /// The double nearest to the fraction, up to one rounding of each part.
  public var doubleValue: Double { Double(numerator) / Double(denominator) }

  /// The greatest common divisor; that of 0 and n is n.
  static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (a, b) = (first, second)
    while b != 0 { (a, b) = (b, a % b) }
    return a == 0 ? 1 : a
  }
}

extension ExactFraction: CustomStringConvertible {
  public var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }
}

/// An optimal cost known without rounding.
public enum ExactCost: Hashable, Sendable {
  /// The cost itself, recomputed from the optimal basis in integers.
  case fraction(ExactFraction)
  /// Bounds, where the costs themselves are irrational: above by the exact plan, below by an optimum
  /// under costs rounded down. `basisProven` says that the plan is the only optimal one.
  case interval(lower: ExactFraction, upper: ExactFraction, basisProven: Bool)
}

extension ExactCost: CustomStringConvertible {
  public var description: String {
    switch self {
    case .fraction(let value): value.description
    case .interval(let lower, let upper, _): "[\(lower), \(upper)]"
    }
  }
}
