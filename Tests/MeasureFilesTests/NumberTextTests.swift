import Measures
import Testing

@testable import MeasureFiles

/// Text is read as the double nearest to it, on every way through the reader.
struct NumberTextTests {
  private func read(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return NumberText.double(bytes, bytes.indices)
  }

  /// The standard library's own conversion rounds correctly; so must ours.
  ///
  /// Digits from 1 to 21 and exponents around every border between the ways: 2⁵³, 10²², 10²⁷, 19
  /// digits.
  @Test(arguments: 1...21)
  func agreesWithTheStandardLibrary(digitCount: Int) throws {
    var random = SplitMix(state: UInt64(digitCount))
    for _ in 0..<3000 {
      var digits = (0..<digitCount).map { _ in String(Int.random(in: 0...9, using: &random)) }
      let point = Int.random(in: 0...digitCount, using: &random)
      digits.insert(".", at: point)
      let exponent = Int.random(in: -45...45, using: &random)
      let text = digits.joined() + (Bool.random(using: &random) ? "e\(exponent)" : "")
      #expect(read(text) == Double(text), "\(text)")
      #expect(read("-" + text) == Double(text).map { -$0 }, "\(text)")
    }
  }

  /// Halves between two doubles go to the even one, and a hair more or less does not.
  @Test(arguments: [
    "9007199254740993", "9007199254740993.0000000001", "9007199254740992.9999999999",
    "4503599627370496.5", "4503599627370497.5", "1.00000000000000011102230246251565404",
    "0.500000000000000166533453693773481063544750213623046875", "2.2250738585072011e-308",
    "179769313486231580793e289", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "9223372036854775808e27", "18446744073709551615e-27", "1e22", "1e23", "1e-27", "1e27", "1e28",
    "0e999999999999", "0.0000000000000000000000000000000000000000001e43",
  ])
  func hardCases(text: String) {
    #expect(read(text) == Double(text))
  }

  @Test func everyFormOfDouble() throws {
    var random = SplitMix(state: 99)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(read("\(value)") == value)
      #expect(read(NumberFormat.shortest(value)) == value)
    }
  }

  @Test(arguments: [
    "", "+", "-", ".", "e5", "1e", "1e+", "1..2", "1.2.3", "--1", "1 2", "0x1", "1f",
  ])
  func noNumbers(text: String) {
    #expect(read(text) == nil)
  }

  @Test func words() {
    for text in ["inf", "INF", "+inf", "Infinity", "+INFINITY"] { #expect(read(text) == .infinity) }
    for text in ["-inf", "-Infinity"] { #expect(read(text) == -.infinity) }
    for text in ["nan", "NaN", "-nan"] { #expect(read(text)?.isNaN == true) }
    for text in ["infin", "nano", "in", "infinity1"] { #expect(read(text) == nil) }
  }

  /// Decimals are those of the measure's own parser, with fewer digits or more than 64 bits hold.
  @Test(arguments: [
    "0.1", "-12.50", "1e3", "+.5e-7", "0", "-0.0", "12345678901234567890.12345678901234567",
    "18446744073709551616", "1000000000000000000000000000000000000000000",
  ])
  func decimals(text: String) {
    let bytes = Array(text.utf8)
    let decimal = NumberText.decimal(bytes, bytes.indices)
    #expect(decimal != nil)
    #expect(decimal == DecimalNumber(text))
  }

  @Test func shortestDigits() {
    #expect(NumberFormat.shortest(5) == "5")
    #expect(NumberFormat.shortest(0.1) == "0.1")
    #expect(NumberFormat.shortest(-1e-300) == "-1e-300")
    #expect(NumberFormat.shortest(.infinity) == "inf")
    #expect(NumberFormat.json(.infinity) == "\"Infinity\"")
    #expect(NumberFormat.json(-.infinity) == "\"-Infinity\"")
    #expect(NumberFormat.json(1e16) == "1e+16")
  }
}

/// A random generator with a fixed seed: SplitMix64.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
