import Measures

/// Where exact arithmetic starts: the two measures as they were given, before the mass policy.
struct ExactOrigin: Hashable, Sendable {
  let source: PointCloud
  let target: PointCloud
  let normalizes: Bool

  init(_ source: PointCloud, _ target: PointCloud, normalizes: Bool) {
    self.source = source
    self.target = target
    self.normalizes = normalizes
  }
}

/// The masses of one measure as integers over a common denominator.
struct IntegerMasses {
  var units: [Int128]
  var denominator: Int128

  /// The masses of a cloud as they were written: equal ones as 1 / n, others as decimals.
  init(
    of cloud: PointCloud, normalizes: Bool, what: String
  ) throws(TransportSolverError) {
    if cloud.hasEqualMasses {
      units = [Int128](repeating: 1, count: cloud.count)
      denominator = Int128(cloud.count)
      return
    }
    guard let decimals = cloud.decimals ?? cloud.masses.exactDecimals else {
      throw .notExact(
        "the \(what)'s masses are doubles without a short decimal form; give them as decimal text")
    }
    let scaled = try ScaledDecimals(decimals, what: "the \(what)'s masses")
    units = scaled.units
    denominator = normalizes ? try Self.total(scaled.units, what: what) : scaled.denominator
  }

  /// The sum of the integers, or an error if it needs more than 128 bits.
  static func total(_ units: [Int128], what: String) throws(TransportSolverError) -> Int128 {
    var total: Int128 = 0
    for unit in units {
      let (sum, overflow) = total.addingReportingOverflow(unit)
      guard !overflow else { throw .notExact("the \(what)'s total needs more than 128 bits") }
      total = sum
    }
    return total
  }

  /// Multiplies numerators and denominator.
  mutating func expand(by factor: Int128, what: String) throws(TransportSolverError) {
    let product = denominator.multipliedReportingOverflow(by: factor)
    var fits = !product.overflow
    denominator = product.partialValue
    for index in units.indices {
      let product = units[index].multipliedReportingOverflow(by: factor)
      fits = fits && !product.overflow
      units[index] = product.partialValue
    }
    guard fits else {
      throw .notExact("the \(what)'s masses need more than 128 bits over a common denominator")
    }
  }
}

/// Decimals as integers over one power of ten.
struct ScaledDecimals {
  let units: [Int128]
  let denominator: Int128

  init(_ decimals: [DecimalNumber], what: String) throws(TransportSolverError) {
    let places = decimals.reduce(0) { max($0, -$1.exponent) }
    guard let power = Int128(10).power(places) else {
      throw .notExact("\(what) have \(places) decimal places, more than 128 bits hold")
    }
    var units: [Int128] = []
    units.reserveCapacity(decimals.count)
    for decimal in decimals {
      guard let unit = decimal.scaled(byTenToThe: places) else {
        throw .notExact(
          "\(what) range too widely: \(decimal) with \(places) places needs over 128 bits")
      }
      units.append(unit)
    }
    self.units = units
    denominator = power
  }
}
