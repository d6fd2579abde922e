#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How numbers are written for people and for programs.
public enum NumberText {
  /// 15 significant digits, trailing zeros removed: what a person reads.
  ///
  ///     NumberText.readable(0.1 + 0.2)  // "0.3"
  ///
  /// - Parameter value: Any double; infinities and NaN are written `inf`, `-inf`, `nan`.
  /// - Returns: The text.
  public static func readable(_ value: Double) -> String { formatted(value, digits: 15) }

  /// A few significant digits, for sizes of errors and for seconds.
  ///
  /// - Parameters:
  ///   - value: Any double.
  ///   - digits: From 1 to 17.
  /// - Returns: The text.
  public static func formatted(_ value: Double, digits: Int) -> String {
    precondition((1...17).contains(digits), "a double has 1 to 17 significant digits")
    var buffer = [CChar](repeating: 0, count: 40)
    let count = unsafe withVaList([Int32(digits), value]) { arguments in
      unsafe vsnprintf(&buffer, buffer.count, "%.*g", arguments)
    }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A number with so many digits after the point.
  ///
  /// - Parameters:
  ///   - value: A finite double, below 1e15 in size.
  ///   - decimals: From 0 to 17.
  /// - Returns: The text.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    precondition((0...17).contains(decimals) && abs(value) < 1e15, "a number of readable length")
    var buffer = [CChar](repeating: 0, count: 40)
    let count = unsafe withVaList([Int32(decimals), value]) { arguments in
      unsafe vsnprintf(&buffer, buffer.count, "%.*f", arguments)
    }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The fewest digits that read back to the same double, without `.0` on integers: for programs.
  ///
  /// - Parameter value: A finite double.
  /// - Returns: The text.
  public static func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
