import Transport

/// Writes fractions as decimals, rounded towards a known side.
enum DecimalText {
  private static let places = 18

  /// The largest decimal of 18 places that is not above the fraction.
  static func roundedDown(_ fraction: ExactFraction) -> String {
    text(fraction) { quotient, remainder in remainder < 0 ? quotient - 1 : quotient }
  }

  /// The least decimal of 18 places that is not below the fraction.
  static func roundedUp(_ fraction: ExactFraction) -> String {
    text(fraction) { quotient, remainder in remainder > 0 ? quotient + 1 : quotient }
  }

  /// Long division, digit by digit, so that nothing overflows; the last digit is corrected.
  private static func text(
    _ fraction: ExactFraction, _ round: (_ quotient: Int128, _ remainder: Int128) -> Int128
  ) -> String {
    let sign: Int128 = fraction.numerator < 0 ? -1 : 1
    var (whole, remainder) = fraction.numerator.magnitude.quotientAndRemainder(
      dividingBy: fraction.denominator.magnitude)
    var decimals: UInt128 = 0
    for _ in 0..<places {
      let (digit, next) = longDivisionStep(remainder, by: fraction.denominator.magnitude)
      decimals = decimals * 10 + digit
      remainder = next
    }
    let signedDecimals = sign * Int128(decimals)
    let rounded = round(signedDecimals, sign * (remainder == 0 ? 0 : 1))
    var scaled = rounded.magnitude
    let unit: UInt128 = 1_000_000_000_000_000_000
    if scaled >= unit {
      whole += 1
      scaled -= unit
    }
    let digits = String(scaled)
    var text = String(repeating: "0", count: places - digits.count) + digits
    while text.count > 1, text.hasSuffix("0") { text.removeLast() }
    let isNegative = sign < 0 && (whole > 0 || scaled > 0)
    return (isNegative ? "-" : "") + "\(whole)." + text
  }

  /// The next decimal of a remainder below the divisor, without overflow.
  private static func longDivisionStep(
    _ remainder: UInt128, by divisor: UInt128
  ) -> (digit: UInt128, remainder: UInt128) {
    var digit: UInt128 = 0
    var rest: UInt128 = 0
    for _ in 0..<10 {
      let (sum, overflow) = rest.addingReportingOverflow(remainder)
      if overflow || sum >= divisor {
        rest = sum &- divisor
        digit += 1
      } else {
        rest = sum
      }
    }
    return (digit, rest)
  }
}
