import Measures
import Testing

/// Decimals are what was written: equal when equal, printed so that they read back, never rounded.
struct DecimalNumberTests {
  @Test(arguments: [
    ("0.40", "0.4"), (".5", "0.5"), ("-.5", "-0.5"), ("+1.25e-3", "0.00125"), ("5.", "5"),
    ("1200", "1200"), ("12E2", "1200"), ("-0", "0"), ("0e99", "0"), ("000.100", "0.1"),
    ("1e20", "100000000000000000000"), ("1e21", "1e21"), ("3e-40", "0." + zeros(39) + "3"),
    ("3e-41", "3e-41"), ("-12e-3", "-0.012"),
  ])
  func parsingAndPrinting(text: String, printed: String) {
    #expect(DecimalNumber(text)?.description == printed)
  }

  static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

  @Test(arguments: [
    "", "-", ".", "e3", "1e", "1e+", "1.2.3", "1 ", " 1", "1,5", "inf", "nan", "0x1",
  ])
  func noNumbers(text: String) {
    #expect(DecimalNumber(text) == nil)
  }

  @Test func parts() {
    let number = DecimalNumber("-1200.0340")
    #expect(number?.significand == -1_200_034)
    #expect(number?.exponent == -3)
    #expect(DecimalNumber(significand: 500, exponent: -2) == DecimalNumber("5"))
    #expect(DecimalNumber(significand: 0, exponent: 7) == DecimalNumber("0"))
  }

  /// What is printed reads back to the same number, for significands of every length.
  @Test func roundTrip() {
    var random = SplitMix(state: 1)
    for _ in 0..<2000 {
      let shift = Int.random(in: 0..<127, using: &random)
      let significand = Int128(truncatingIfNeeded: random.next()) << 64 | Int128(random.next())
      let number = DecimalNumber(
        significand: significand >> shift, exponent: Int.random(in: -60...60, using: &random))
      #expect(DecimalNumber(number.description) == number)
    }
  }

  /// Equal numbers have equal representations, however they are written.
  @Test func equality() {
    let forms = ["0.1", ".1", "1e-1", "0.10", "10e-2", "+0.1000", "0.0001e3"]
    #expect(Set(forms.map { DecimalNumber($0) }).count == 1)
    #expect(DecimalNumber("0.1") != DecimalNumber("0.10000000000000000000000000000000000001"))
  }

  /// 2¹²⁷ − 1 is the largest significand; zeros behind it cost nothing.
  @Test func largestSignificand() {
    let largest = "170141183460469231731687303715884105727"
    #expect(DecimalNumber(largest)?.significand == .max)
    #expect(DecimalNumber("0." + largest + "000")?.significand == .max)
    #expect(DecimalNumber(largest + Self.zeros(50))?.exponent == 50)
    #expect(DecimalNumber("170141183460469231731687303715884105728") == nil)
    #expect(DecimalNumber(String(repeating: "7", count: 40)) == nil)
    #expect(DecimalNumber("1e100000") == nil)
  }

  @Test func doubleValue() {
    for text in ["0.1", "-2.5e-3", "12345678901234567890", "1e-300", "9007199254740993"] {
      #expect(DecimalNumber(text)?.doubleValue == Double(text))
    }
    #expect(DecimalNumber("1e999")?.doubleValue == .infinity)
  }

  /// A double is a decimal with at most 128 bits, or it is refused, never rounded.
  @Test func exactDoubles() {
    for value in [0, 1, -3, 0.5, 0.375, 0x1p-30, 1e22, 0x1p100, -0.0] {
      #expect(DecimalNumber(exactly: value)?.doubleValue == value)
    }
    #expect(DecimalNumber(exactly: 0.375) == DecimalNumber("0.375"))
    #expect(DecimalNumber(exactly: 0x1p-30) == DecimalNumber("9.31322574615478515625e-10"))
    for value in [0.1, 1e300, 1e-300, .leastNonzeroMagnitude, .infinity, .nan] {
      #expect(DecimalNumber(exactly: value) == nil)
    }
  }

  @Test func scaling() {
    #expect(DecimalNumber("1.25")?.scaled(byTenToThe: 2) == 125)
    #expect(DecimalNumber("1.25")?.scaled(byTenToThe: 4) == 12_500)
    #expect(DecimalNumber("1.25")?.scaled(byTenToThe: 1) == nil)
    #expect(DecimalNumber("0")?.scaled(byTenToThe: -5) == 0)
    #expect(DecimalNumber("1e30")?.scaled(byTenToThe: 9) == nil)
    #expect(DecimalNumber("7e38")?.scaled(byTenToThe: -38) == 7)
  }

  @Test func signs() {
    #expect(DecimalNumber("0.0")?.isZero == true)
    #expect(DecimalNumber("-0.1")?.isNegative == true)
    #expect(DecimalNumber("-0")?.isNegative == false)
  }
}
