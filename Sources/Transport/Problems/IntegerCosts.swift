import Measures

/// The costs of a problem as integers over one denominator, irrational ones rounded down.
struct IntegerCosts {
  let units: [Int128]
  let denominator: Int128
  let isRoundedDown: Bool

  /// The costs of a matrix from its decimals.
  init(of matrix: CostMatrix) throws(TransportSolverError) {
    let decimals = matrix.decimals ?? matrix.entries.map { DecimalNumber(exactly: $0) }
    for (index, entry) in matrix.entries.enumerated()
    where entry < .infinity && decimals[index] == nil {
      throw .notExact(
        """
        the cost from source \(index / matrix.columns) to target \(index % matrix.columns) is a \
        double without a short decimal form; give the costs as decimal text
        """)
    }
    let allowed = try ScaledDecimals(
      decimals.map { $0 ?? DecimalNumber(significand: 0) },
      what: "the costs")
    units = zip(allowed.units, matrix.entries).map {
      $1 == .infinity ? IntegerTransportProblem.forbidden : $0
    }
    denominator = allowed.denominator
    isRoundedDown = false
  }

  /// The costs between points from the decimals of their coordinates.
  ///
  /// Threshold and period are taken as the shortest decimals that read back to the same doubles.
  init(
    of points: PairwiseCosts, sources: [DecimalNumber], targets: [DecimalNumber]
  ) throws(TransportSolverError) {
    let power = try IntegerPower(of: points)
    let coordinates = try IntegerCoordinates(sources, targets, of: points, power)
    let measured = try coordinates.measures(of: points, power)
    guard let places = power.places(ofCoordinates: coordinates.places) else { throw Self.overflow }
    if power.power.denominator == 1 {
      let powers = measured.map { $0.power(power.power.numerator) }
      guard let unit = Int128(10).power(places), !powers.contains(nil) else { throw Self.overflow }
      (units, denominator, isRoundedDown) = (powers.compactMap(\.self), unit, false)
      return
    }
    guard let roots = RootsRoundedDown(of: measured, power: power.power),
      let unit = Int128(10).power(places + roots.places)
    else { throw .notExact("roots of the coordinates' differences do not fit 128 bits") }
    (units, denominator, isRoundedDown) = (roots.units, unit, !roots.isExact)
  }

  static let overflow = TransportSolverError.notExact(
    "powers of the coordinates, in integers, need over 128 bits")
}

/// Coordinates, threshold and period as integers of one power of ten.
private struct IntegerCoordinates {
  let places: Int
  private let sources: [Int128]
  private let targets: [Int128]
  private let threshold: Int128?
  private let period: Int128?

  init(
    _ sources: [DecimalNumber], _ targets: [DecimalNumber], of points: PairwiseCosts,
    _ power: IntegerPower
  ) throws(TransportSolverError) {
    let limit = points.thresholdMatters ? points.groundCost.parts.threshold : nil
    let limitDecimal = try limit.map(Self.decimal)
    let periodDecimal = try points.groundCost.period.map(Self.decimal)
    let all = sources + targets + [limitDecimal, periodDecimal].compactMap(\.self)
    var places = all.reduce(0) { max($0, -$1.exponent) }
    // A root of 10^places must be a power of ten as well.
    while power.places(ofCoordinates: places) == nil { places += 1 }
    self.places = places
    self.sources = try Self.units(sources, places)
    self.targets = try Self.units(targets, places)
    let parameters = try Self.units([limitDecimal, periodDecimal].map { $0 ?? .zero }, places)
    threshold = limit == nil ? nil : parameters[0]
    period = periodDecimal == nil ? nil : parameters[1]
  }

  private static func decimal(_ value: Double) throws(TransportSolverError) -> DecimalNumber {
    guard let decimal = DecimalNumber("\(value)") else {
      throw .notExact("\(value) has no decimal form that fits 128 bits")
    }
    return decimal
  }

  private static func units(
    _ decimals: [DecimalNumber], _ places: Int
  ) throws(TransportSolverError) -> [Int128] {
    var units: [Int128] = []
    units.reserveCapacity(decimals.count)
    for decimal in decimals {
      guard let unit = decimal.scaled(byTenToThe: places) else {
        throw .notExact(
          "the coordinates range too widely: \(decimal) with \(places) places needs over 128 bits")
      }
      units.append(unit)
    }
    return units
  }

  /// The measure of every pair, row-major, each at most that of the threshold.
  func measures(
    of points: PairwiseCosts, _ power: IntegerPower
  ) throws(TransportSolverError) -> [Int128] {
    let ceiling = try ceiling(power)
    let dimension = points.dimension
    var measures: [Int128] = []
    measures.reserveCapacity(points.rows * points.columns)
    var difference = [Int128](repeating: 0, count: dimension)
    for i in 0..<points.rows {
      for j in 0..<points.columns {
        for axis in 0..<dimension {
          let (step, overflow) = sources[i * dimension + axis].subtractingReportingOverflow(
            targets[j * dimension + axis])
          guard !overflow else { throw IntegerCosts.overflow }
          difference[axis] = Int128(clamping: step.magnitude)
        }
        guard let measure = power.measure(of: difference, period: period) else {
          throw IntegerCosts.overflow
        }
        measures.append(min(measure, ceiling))
      }
    }
    return measures
  }

  private func ceiling(_ power: IntegerPower) throws(TransportSolverError) -> Int128 {
    guard let threshold else { return .max }
    guard let unit = Int128(10).power(places),
      let ceiling = power.measure(ofThreshold: threshold, unit: unit)
    else { throw IntegerCosts.overflow }
    return ceiling
  }
}

extension DecimalNumber {
  fileprivate static let zero = DecimalNumber(significand: 0)
}

extension GroundCost {
  /// The circumference, on a circle.
  fileprivate var period: Double? {
    if case .circular(let period) = withoutThreshold { return period }
    return nil
  }
}
