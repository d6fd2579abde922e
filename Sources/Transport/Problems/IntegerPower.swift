import Measures

/// How a ground cost and an order become integers: an integer measure of two points, and the rational
/// power that it is raised to.
///
/// | ground cost | measure of the differences d | power at order p |
/// | --- | --- | --- |
/// | on the line, city block, Chebyshev, circle | \|d\|, Σ\|d\|, max\|d\|, the shorter way | p |
/// | Euclidean, squared Euclidean | Σ d² | p / 2, p |
/// | Minkowski of an integer power P | Σ \|d\|^P | p / P |
///
/// A threshold is measured in the same way.
struct IntegerPower {
  /// The ground cost without threshold; city block on the line.
  private let base: GroundCost
  /// The degree of the measure in the coordinates.
  let degree: Int
  /// The power of the measure, in lowest terms.
  let power: (numerator: Int, denominator: Int)
  /// The largest denominator of a power.
  private static let largestDenominator = 24

  init(of points: PairwiseCosts) throws(TransportSolverError) {
    let given = points.groundCost.withoutThreshold
    var order = try Self.fraction(points.order)
    switch given {
    case .circular: (base, degree) = (given, 1)
    case .squaredEuclidean: (base, degree) = (given, 2)
    case _ where points.dimension == 1, .cityBlock, .chebyshev, .thresholded:
      (base, degree) = (points.dimension == 1 ? .cityBlock : given, 1)
    case .euclidean:
      (base, degree) = (given, 2)
      order.denominator *= 2
    case .minkowski(let power):
      guard let whole = Int(exactly: power), whole <= 24 else {
        throw .notExact("the Minkowski distance of power \(power) has no exact form here")
      }
      (base, degree) = (given, whole)
      order.denominator *= whole
    }
    let divisor = Int(
      ExactFraction.greatestCommonDivisor(
        UInt128(order.numerator), UInt128(order.denominator)))
    power = (order.numerator / divisor, order.denominator / divisor)
    guard power.denominator <= Self.largestDenominator else {
      throw .notExact("the order \(points.order) is no simple fraction; costs have no exact form")
    }
  }

  /// An order as a fraction: of its shortest decimal form.
  private static func fraction(
    _ order: Double
  ) throws(TransportSolverError) -> (numerator: Int, denominator: Int) {
    guard order <= 64, let decimal = DecimalNumber("\(order)"), decimal.exponent >= -3,
      let numerator = decimal.scaled(byTenToThe: 3)
    else {
      throw .notExact("the order \(order) is no simple fraction; costs have no exact form")
    }
    let fraction = ExactFraction(numerator, over: 1_000)
    return (Int(fraction.numerator), Int(fraction.denominator))
  }

  /// The number of decimal places in the cost where coordinates have so many; nil if that is no integer.
  func places(ofCoordinates places: Int) -> Int? {
    let scaled = places * degree * power.numerator
    return scaled.isMultiple(of: power.denominator) ? scaled / power.denominator : nil
  }

  /// The measure of differences of coordinates, or nil if it overflows.
  ///
  /// - Parameters:
  ///   - difference: Along each axis, not negative.
  ///   - period: The circumference of a circle.
  /// - Returns: The measure in integers.
  func measure(of difference: [Int128], period: Int128?) -> Int128? {
    var sum: Int128 = 0
    for step in difference {
      guard let term = term(step, period) else { return nil }
      if base == .chebyshev {
        sum = max(sum, term)
      } else {
        let (next, overflow) = sum.addingReportingOverflow(term)
        guard !overflow else { return nil }
        sum = next
      }
    }
    return sum
  }

  private func term(_ step: Int128, _ period: Int128?) -> Int128? {
    guard let period else { return step.power(base == .chebyshev ? 1 : degree) }
    let way = step % period
    return min(way, period - way)
  }

  /// The measure of a threshold, given in units of the coordinates, or nil if it overflows.
  ///
  /// - Parameters:
  ///   - threshold: T in units of the coordinates.
  ///   - unit: What one is in these units.
  /// - Returns: The measure in integers.
  func measure(ofThreshold threshold: Int128, unit: Int128) -> Int128? {
    guard base == .squaredEuclidean else { return threshold.power(degree) }
    let (product, overflow) = threshold.multipliedReportingOverflow(by: unit)
    return overflow ? nil : product
  }
}
