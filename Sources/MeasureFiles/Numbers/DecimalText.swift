/// Decimal text taken apart: the digits as an integer and the power of ten.
///
/// Reads `12`, `-.5`, `+1.25e-3`: sign, digits with at most one decimal mark, an exponent; the mark
/// is a point unless the caller says otherwise, whatever the locale.
struct DecimalText {
  private(set) var isNegative = false
  /// The first 19 digits that count.
  private(set) var digits: UInt64 = 0
  /// The power of ten.
  private(set) var exponent = 0
  /// Whether there are more than 19 digits, so that `digits` is not the whole number.
  private(set) var isTruncated = false

  /// Reads bytes that must be one number and nothing else; nil if they are not.
  ///
  /// - Complexity: O(n).
  init?(_ bytes: [UInt8], _ range: Range<Int>, mark: DecimalMark = .point) {
    var position = range.lowerBound
    let end = range.upperBound
    if position < end, bytes[position] == Byte.minus || bytes[position] == Byte.plus {
      isNegative = bytes[position] == Byte.minus
      position += 1
    }
    let integerStart = position
    takeDigits(bytes, &position, end)
    var digitCount = position - integerStart
    if position < end, bytes[position] == mark.byte {
      position += 1
      let start = position
      takeDigits(bytes, &position, end)
      digitCount += position - start
      exponent -= position - start
    }
    guard digitCount > 0 else { return nil }
    if position < end {
      guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return nil }
      guard let power = Self.power(bytes, position + 1, end) else { return nil }
      exponent += power
    }
  }

  /// Takes the digits from a position on; those beyond the nineteenth only shift the exponent.
  @inline(__always)
  private mutating func takeDigits(_ bytes: [UInt8], _ position: inout Int, _ end: Int) {
    while position < end {
      let digit = bytes[position] &- Byte.zero
      guard digit <= 9 else { return }
      if digits < 1_000_000_000_000_000_000 {
        digits = digits &* 10 &+ UInt64(digit)
      } else {
        exponent += 1
        isTruncated = true
      }
      position += 1
    }
  }

  /// The number after the `e`, held within ±1,000,000, beyond which every double is 0 or infinite.
  private static func power(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
    var position = start
    let isSigned =
      position < end && (bytes[position] == Byte.minus || bytes[position] == Byte.plus)
    let isNegative = isSigned && bytes[position] == Byte.minus
    if isSigned { position += 1 }
    guard position < end else { return nil }
    var power = 0
    while position < end {
      let digit = bytes[position] &- Byte.zero
      guard digit <= 9 else { return nil }
      power = min(power * 10 + Int(digit), 1_000_000)
      position += 1
    }
    return isNegative ? -power : power
  }
}

extension DecimalText {
  /// The nearest double, or nil where the digits or the exponent are beyond the short ways.
  ///
  /// - Source: W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990, for the
  ///   first way. The second divides or multiplies by the power of five in 128 bits, which is exact
  ///   but for a remainder that only breaks ties, and lets the conversion to double round once.
  var nearestDouble: Double? {
    guard !isTruncated else { return nil }
    let magnitude: Double
    if digits < 1 << 53, exponent >= -22, exponent <= 22 {
      let power = Self.powersOfTen[abs(exponent)]
      magnitude = exponent < 0 ? Double(digits) / power : Double(digits) * power
    } else if digits == 0 {
      magnitude = 0
    } else if exponent < 0, exponent >= -27 {
      magnitude = Self.quotient(of: digits, byTenToThe: -exponent)
    } else if exponent >= 0, exponent <= 27 {
      magnitude = Self.product(of: digits, byTenToThe: exponent)
    } else {
      return nil
    }
    return isNegative ? -magnitude : magnitude
  }

  /// n / 10ᵏ rounded to the nearest double; k at most 27, so that 5ᵏ has no more than 63 bits.
  private static func quotient(of n: UInt64, byTenToThe k: Int) -> Double {
    let five = powersOfFive[k]
    let shift = n.leadingZeroBitCount
    let fiveShift = five.leadingZeroBitCount
    let numerator = n << shift
    let (quotient, remainder) = (five << fiveShift).dividingFullWidth(
      (numerator >> 1, numerator << 63))
    // The quotient has at least 62 bits, so its last bit can stand for all that follow.
    let sticky = quotient | (remainder == 0 ? 0 : 1)
    return scaled(sticky, byTwoToThe: fiveShift - shift - 63 - k)
  }

  /// n · 10ᵏ rounded to the nearest double; k at most 27.
  private static func product(of n: UInt64, byTenToThe k: Int) -> Double {
    let (high, low) = n.multipliedFullWidth(by: powersOfFive[k])
    guard high != 0 else { return scaled(low, byTwoToThe: k) }
    let shift = high.leadingZeroBitCount
    let top = shift == 0 ? high : high << shift | low >> (64 - shift)
    return scaled(top | (low << shift == 0 ? 0 : 1), byTwoToThe: 64 - shift + k)
  }

  private static func scaled(_ value: UInt64, byTwoToThe exponent: Int) -> Double {
    Double(value) * Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private static let powersOfTen: [Double] = (0...22).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  private static let powersOfFive: [UInt64] = (0...27).map { power in
    (0..<power).reduce(1) { product, _ in product * 5 }
  }
}
