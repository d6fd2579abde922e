import Measures
import RealModule

/// Rational powers of integers as integers of a fine unit, rounded down.
struct RootsRoundedDown {
  /// ⌊10^places · x^(a/b)⌋ for each x.
  let units: [Int128]
  /// The number of decimal places that were added.
  let places: Int
  /// Whether nothing was rounded off.
  let isExact: Bool

  /// The powers of numbers that are not negative, to as many as 15 places; nil where not even 6 fit.
  ///
  /// - Parameters:
  ///   - values: The numbers x.
  ///   - power: a / b, in lowest terms.
  /// - Complexity: For each number about a dozen comparisons of long integers; a square root is quicker.
  init?(of values: [Int128], power: (numerator: Int, denominator: Int)) {
    let largest = Double(values.max() ?? 0)
    let root = Double.pow(largest, Double(power.numerator) / Double(power.denominator))
    guard
      let places = (6...15).last(where: { places in
        let scale = Double.pow(10, Double(places))
        return power == (1, 2) ? largest * scale * scale < 0x1p124 : root * scale < 0x1p62
      }), let scale = Int128(10).power(places)
    else { return nil }
    var isExact = true
    units = values.map { value in
      let (unit, rest) =
        power == (1, 2)
        ? Self.squareRoot(of: value * scale * scale) : Self.root(of: value, scale, power)
      if !rest { isExact = false }
      return unit
    }
    self.places = places
    self.isExact = isExact
  }

  /// ⌊√x⌋, and whether it is √x.
  private static func squareRoot(of value: Int128) -> (Int128, isExact: Bool) {
    let root = value.squareRootRoundedDown
    return (root, root * root == value)
  }

  /// ⌊s · x^(a/b)⌋ by bisection around the double nearby, and whether nothing was rounded off.
  private static func root(
    of value: Int128, _ scale: Int128, _ power: (numerator: Int, denominator: Int)
  ) -> (Int128, isExact: Bool) {
    guard value > 0 else { return (0, true) }
    let wanted =
      LongInteger(value).power(power.numerator) * LongInteger(scale).power(power.denominator)
    let near =
      Double.pow(Double(value), Double(power.numerator) / Double(power.denominator))
      * Double(scale)
    var low = Int128((near * (1 - 0x1p-40)).rounded(.down))
    var high = Int128((near * (1 + 0x1p-40)).rounded(.up)) + 1
    // low^b ≤ wanted < high^b throughout.
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if LongInteger(middle).power(power.denominator) <= wanted {
        low = middle
      } else {
        high = middle
      }
    }
    return (low, LongInteger(low).power(power.denominator) == wanted)
  }
}

extension Int128 {
  /// ⌊√self⌋ for a number that is not negative.
  var squareRootRoundedDown: Int128 {
    guard self > 0 else { return 0 }
    var root = Int128(Double(self).squareRoot())
    for _ in 0..<4 { root = (root + self / root) / 2 }
    while root * root > self { root -= 1 }
    while (root + 1) * (root + 1) <= self { root += 1 }
    return root
  }
}

/// An integer of any length that is not negative, for products and comparisons.
struct LongInteger: Equatable {
  /// The digits in base 2³², the least first, without zeros at the end.
  private var digits: [UInt32]

  init(_ value: Int128) {
    digits = []
    var rest = value.magnitude
    while rest > 0 {
      digits.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
  }

  static func * (first: LongInteger, second: LongInteger) -> LongInteger {
    var product = LongInteger(0)
    product.digits = [UInt32](repeating: 0, count: first.digits.count + second.digits.count)
    for (i, a) in first.digits.enumerated() {
      var carry: UInt64 = 0
      for (j, b) in second.digits.enumerated() {
        let sum = UInt64(a) * UInt64(b) + UInt64(product.digits[i + j]) + carry
        product.digits[i + j] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      product.digits[i + second.digits.count] = UInt32(carry)
    }
    while product.digits.last == 0 { product.digits.removeLast() }
    return product
  }

  static func <= (first: LongInteger, second: LongInteger) -> Bool {
    guard first.digits.count == second.digits.count else {
      return first.digits.count < second.digits.count
    }
    for (a, b) in zip(first.digits.reversed(), second.digits.reversed()) where a != b {
      return a < b
    }
    return true
  }

  /// The number to a power that is not negative.
  func power(_ exponent: Int) -> LongInteger {
    (0..<exponent).reduce(LongInteger(1)) { product, _ in product * self }
  }
}
