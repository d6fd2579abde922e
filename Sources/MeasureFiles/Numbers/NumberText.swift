import Measures

/// A stretch of bytes read as a number.
enum NumberText {
  /// The double nearest to the text, or nil if it is no number.
  ///
  /// `inf`, `infinity` and `nan` read as numbers, in any case of letters and with a sign; a number
  /// beyond the largest double reads as infinite, and `isInfinityWord` tells the two apart.
  static func double(
    _ bytes: [UInt8], _ range: Range<Int>, mark: DecimalMark = .point
  ) -> Double? {
    guard let text = DecimalText(bytes, range, mark: mark) else { return word(bytes, range) }
    return text.nearestDouble ?? Double(string(bytes, range, mark))
  }

  /// The number exactly as it is written, or nil if it needs more than 128 bits.
  static func decimal(
    _ bytes: [UInt8], _ range: Range<Int>, mark: DecimalMark = .point
  ) -> DecimalNumber? {
    guard let text = DecimalText(bytes, range, mark: mark) else { return nil }
    guard !text.isTruncated, abs(text.exponent) < 100_000 else {
      return DecimalNumber(string(bytes, range, mark))
    }
    let digits = Int128(text.digits)
    return DecimalNumber(significand: text.isNegative ? -digits : digits, exponent: text.exponent)
  }

  /// A number as a string with a point.
  private static func string(_ bytes: [UInt8], _ range: Range<Int>, _ mark: DecimalMark) -> String {
    String(decoding: bytes[range].map { $0 == mark.byte ? Byte.point : $0 }, as: UTF8.self)
  }

  /// Whether the bytes spell infinity, as against digits that a double cannot hold.
  static func isInfinityWord(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    word(bytes, range)?.isInfinite == true
  }

  /// Whether the text is a number, with blanks around it allowed.
  static func isNumber(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    return double(bytes, bytes.trimmed(bytes.indices)) != nil
  }

  private static func word(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    guard range.count >= 3, range.count <= 9 else { return nil }
    switch String(decoding: bytes[range], as: UTF8.self).lowercased() {
    case "inf", "infinity", "+inf", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    case "nan", "+nan", "-nan": return .nan
    default: return nil
    }
  }
}

extension [UInt8] {
  /// The part of a range that is left without spaces, tabs and line ends on both sides.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }
}

extension UInt8 {
  /// Whether the byte is a space, a tab or part of a line end.
  var isBlank: Bool {
    self == Byte.space || self == Byte.tab || self == Byte.carriageReturn || self == Byte.lineFeed
  }
}
