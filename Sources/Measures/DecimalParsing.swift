extension DecimalNumber {
  /// Reads decimal text given as UTF-8 bytes; nil if it is no decimal number or does not fit.
  ///
  /// - Parameter bytes: Sign, digits with at most one point, and an optional exponent; no white
  ///   space.
  /// - Complexity: O(`bytes.count`).
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = DecimalScanner()
    guard unsafe bytes.allSatisfy({ scanner.consume($0) }) else { return nil }
    guard let parts = scanner.finish() else { return nil }
    self.init(significand: parts.significand, exponent: parts.exponent)
  }
}

/// The state of reading one decimal number, byte by byte.
private struct DecimalScanner {
  private enum Stage { case start, signed, integer, point, fraction, mark, markSigned, exponent }

  private var stage = Stage.start
  private var negative = false
  private var significand: Int128 = 0
  private var pendingZeros = 0
  private var fractionDigits = 0
  private var hasDigits = false
  private var exponent = 0
  private var exponentNegative = false

  /// Takes the next byte; false if it cannot stand where it is.
  mutating func consume(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit(Int(byte) - 48)
    case UInt8(ascii: "."): point()
    case UInt8(ascii: "+"): sign(negative: false)
    case UInt8(ascii: "-"): sign(negative: true)
    case UInt8(ascii: "e"), UInt8(ascii: "E"): mark()
    default: false
    }
  }

  /// The number read, or nil if it stopped too early.
  func finish() -> (significand: Int128, exponent: Int)? {
    guard hasDigits, stage != .mark, stage != .markSigned else { return nil }
    let power = (exponentNegative ? -exponent : exponent) - fractionDigits + pendingZeros
    return (negative ? -significand : significand, power)
  }

  private mutating func digit(_ value: Int) -> Bool {
    switch stage {
    case .mark, .markSigned, .exponent:
      stage = .exponent
      exponent = exponent * 10 + value
      return exponent < 100_000
    case .point, .fraction:
      stage = .fraction
      fractionDigits += 1
    case .start, .signed, .integer:
      stage = .integer
    }
    hasDigits = true
    return append(value)
  }

  /// Appends a digit; zeros wait until a later digit needs them, so that `1.000…` always fits.
  private mutating func append(_ value: Int) -> Bool {
    guard value != 0 else {
      if significand != 0 { pendingZeros += 1 } else if fractionDigits > 100_000 { return false }
      return true
    }
    guard let power = Int128(10).power(pendingZeros + 1) else { return false }
    pendingZeros = 0
    let (shifted, overflow) = significand.multipliedReportingOverflow(by: power)
    let (sum, carry) = shifted.addingReportingOverflow(Int128(value))
    significand = sum
    return !overflow && !carry
  }

  private mutating func point() -> Bool {
    guard stage == .start || stage == .signed || stage == .integer else { return false }
    stage = .point
    return true
  }

  private mutating func sign(negative isNegative: Bool) -> Bool {
    switch stage {
    case .start:
      negative = isNegative
      stage = .signed
    case .mark:
      exponentNegative = isNegative
      stage = .markSigned
    default:
      return false
    }
    return true
  }

  private mutating func mark() -> Bool {
    guard hasDigits, stage != .mark, stage != .markSigned, stage != .exponent else { return false }
    stage = .mark
    return true
  }
}
