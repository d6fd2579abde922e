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
  init(
    of points: PairwiseCosts, sources: [DecimalNumber], targets: [DecimalNumber]
  ) throws(TransportSolverError) {
    let scaled = try ScaledDecimals(sources + targets, what: "the coordinates")
    let power = try IntegerPower(of: points)
    let split = scaled.units.index(scaled.units.startIndex, offsetBy: sources.count)
    let measured = try Self.measure(
      points, Array(scaled.units[..<split]), Array(scaled.units[split...]), power)
    guard
      let unit = scaled.denominator.power(power.isRoot ? power.exponent : power.totalDegree)
    else { throw Self.overflow }
    guard power.isRoot else {
      (units, denominator, isRoundedDown) = (measured, unit, false)
      return
    }
    (units, denominator, isRoundedDown) = try Self.roots(of: measured, unit: unit)
  }

  private static let overflow = TransportSolverError.notExact(
    "powers of the coordinates, in integers, need over 128 bits")

  /// The integer value of every pair, before a root.
  private static func measure(
    _ points: PairwiseCosts, _ sources: [Int128], _ targets: [Int128], _ power: IntegerPower
  ) throws(TransportSolverError) -> [Int128] {
    var units: [Int128] = []
    units.reserveCapacity(points.rows * points.columns)
    let dimension = points.dimension
    for i in 0..<points.rows {
      for j in 0..<points.columns {
        var difference: [Int128] = []
        for axis in 0..<dimension {
          let (step, overflow) = sources[i * dimension + axis].subtractingReportingOverflow(
            targets[j * dimension + axis])
          guard !overflow else { throw Self.overflow }
          difference.append(Int128(clamping: step.magnitude))
        }
        guard let value = power.value(of: difference) else { throw Self.overflow }
        units.append(value)
      }
    }
    return units
  }

  /// Square roots of integers, rounded down in units of the finest power of ten that fits.
  private static func roots(
    of squares: [Int128], unit: Int128
  ) throws(TransportSolverError) -> ([Int128], Int128, Bool) {
    let largest = squares.max() ?? 0
    var places = 15
    while places >= 6 {
      if let scale = Int128(100).power(places),
        largest < Int128.max / 4 / scale,
        let fine = Int128(10).power(places),
        case let (denominator, false) = unit.multipliedReportingOverflow(by: fine)
      {
        let roots = squares.map { ($0 * scale).squareRootRoundedDown }
        let exact = zip(squares, roots).allSatisfy { $0 * scale == $1 * $1 }
        return (roots, denominator, !exact)
      }
      places -= 1
    }
    throw .notExact("square roots of the coordinates' differences do not fit 128 bits")
  }
}

/// How a ground cost and an order become integers: a metric on integers, a power, perhaps a root.
private struct IntegerPower {
  let groundCost: GroundCost
  /// The power that the integer measure is raised to.
  let exponent: Int
  /// Whether a square root is due at the end.
  let isRoot: Bool

  init(of points: PairwiseCosts) throws(TransportSolverError) {
    guard let order = Int(exactly: points.order), order <= 64 else {
      throw .notExact("the order \(points.order) is no integer, so that costs have no exact form")
    }
    groundCost = points.dimension == 1 ? .cityBlock : points.groundCost
    switch points.groundCost {
    case .circular: throw .notExact("the circle is solved in doubles only")
    case .squaredEuclidean:
      exponent = points.dimension == 1 ? 2 * order : order
      isRoot = false
    case _ where points.dimension == 1, .cityBlock, .chebyshev:
      exponent = order
      isRoot = false
    case .euclidean:
      exponent = order.isMultiple(of: 2) ? order / 2 : order
      isRoot = !order.isMultiple(of: 2)
    case .minkowski(let power):
      guard power == 1 else {
        throw .notExact("the Minkowski distance of power \(power) has no exact form here")
      }
      exponent = order
      isRoot = false
    }
  }

  /// The degree of the value in the coordinates.
  var totalDegree: Int {
    switch groundCost {
    case .euclidean, .squaredEuclidean: 2 * exponent
    default: exponent
    }
  }

  /// The value for absolute differences of coordinates, or nil if it overflows.
  func value(of difference: [Int128]) -> Int128? {
    var base: Int128 = 0
    for step in difference {
      switch groundCost {
      case .chebyshev: base = max(base, step)
      case .euclidean, .squaredEuclidean:
        let (square, overflow) = step.multipliedReportingOverflow(by: step)
        guard !overflow, case let (sum, false) = base.addingReportingOverflow(square) else {
          return nil
        }
        base = sum
      case .cityBlock, .minkowski, .circular:
        let (sum, overflow) = base.addingReportingOverflow(step)
        guard !overflow else { return nil }
        base = sum
      }
    }
    return base.power(exponent)
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
