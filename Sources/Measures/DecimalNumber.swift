/// A decimal number as it was written: `significand × 10^exponent`, without any rounding.
///
/// Masses and costs read from text keep this form beside their double, so that exact arithmetic can
/// start from what the file says: `0.1` is one tenth and not the double nearest to it. The
/// significand has no trailing zeros, so that equal numbers have equal representations.
///
///     DecimalNumber("0.40")?.description  // "0.4"
public struct DecimalNumber: Hashable, Sendable {
  /// The digits as an integer; never a multiple of ten unless zero.
  public let significand: Int128
  /// The power of ten the significand is multiplied with; zero for the number zero.
  public let exponent: Int

  /// A number from its parts, brought into lowest form.
  ///
  /// - Parameters:
  ///   - significand: The digits, with sign.
  ///   - exponent: The power of ten.
  public init(significand: Int128, exponent: Int = 0) {
    var digits = significand
    var power = digits == 0 ? 0 : exponent
    while digits != 0, digits % 10 == 0 {
      digits /= 10
      power += 1
    }
    self.significand = digits
    self.exponent = power
  }

  /// A finite double as the decimal that it exactly is, or nil if that needs more than 128 bits.
  ///
  /// `0.5` and `3` fit; the double nearest to 0.1 has 55 digits and does not.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    guard value != 0 else {
      self.init(significand: 0)
      return
    }
    let magnitude = value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
    let trailing = magnitude.trailingZeroBitCount
    let odd = Int128(magnitude >> trailing)
    let binaryExponent =
      (value.isNormal ? Int(value.exponentBitPattern) - 1075 : -1074) + trailing
    let (factor, count) = binaryExponent >= 0 ? (2, binaryExponent) : (5, -binaryExponent)
    guard let power = Int128(factor).power(count) else { return nil }
    let (digits, overflow) = odd.multipliedReportingOverflow(by: power)
    guard !overflow else { return nil }
    self.init(
      significand: value < 0 ? -digits : digits, exponent: binaryExponent >= 0 ? 0 : -count)
  }

  /// Whether the number is zero.
  public var isZero: Bool { significand == 0 }

  /// Whether the number is below zero.
  public var isNegative: Bool { significand < 0 }

  /// The double nearest to the number.
  public var doubleValue: Double {
    Double("\(significand)e\(exponent)") ?? .nan
  }

  /// The number times `10^places` as an integer, or nil if it is none or needs more than 128 bits.
  public func scaled(byTenToThe places: Int) -> Int128? {
    guard significand != 0 else { return 0 }
    guard exponent + places >= 0, let power = Int128(10).power(exponent + places) else {
      return nil
    }
    let (product, overflow) = significand.multipliedReportingOverflow(by: power)
    return overflow ? nil : product
  }
}

extension DecimalNumber: CustomStringConvertible {
  /// Plain decimal notation when it is short, scientific notation otherwise.
  public var description: String {
    if exponent >= 0, exponent <= 20 {
      return "\(significand)" + String(repeating: "0", count: significand == 0 ? 0 : exponent)
    }
    guard exponent < 0, exponent >= -40 else { return "\(significand)e\(exponent)" }
    let digits = String(significand.magnitude)
    let padding = max(0, 1 - exponent - digits.count)
    let padded = String(repeating: "0", count: padding) + digits
    let point = padded.index(padded.endIndex, offsetBy: exponent)
    return (significand < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
  }
}

extension DecimalNumber: LosslessStringConvertible {
  /// Reads decimal text such as `12`, `-.5`, `+1.25e-3`; nil if it is none or does not fit.
  ///
  /// - Parameter text: Sign, digits with at most one point, and an optional exponent; no white space.
  public init?(_ text: String) {
    var copy = text
    guard let number = copy.withUTF8({ unsafe Self(utf8: $0) }) else { return nil }
    self = number
  }
}

extension FixedWidthInteger {
  /// `self` raised to a power that is not negative, or nil where that overflows.
  package func power(_ exponent: Int) -> Self? {
    var result: Self = 1
    for _ in 0..<exponent {
      let (product, overflow) = result.multipliedReportingOverflow(by: self)
      guard !overflow else { return nil }
      result = product
    }
    return result
  }
}
