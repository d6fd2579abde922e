/// Scaled masses as integers of 2⁻¹²⁴, with equal totals.
package struct QuantizedMasses {
  /// The mass of each source.
  package let supplies: [Int128]
  /// The mass of each target.
  package let demands: [Int128]

  private static let places = 124

  /// How much flow counts as rounding of the masses: 2⁻⁴⁰ of a total of one.
  static let tolerance: Int128 = 1 << (places - 40)

  /// The masses of a reduced problem; what the totals differ by goes to the largest target.
  package init(_ reduced: ReducedProblem) {
    self.init(supplies: reduced.supplies, demands: reduced.demands)
  }

  /// Masses of nearly equal totals near one.
  init(supplies: [Double], demands: [Double]) {
    let sources = supplies.map(Self.quantum)
    var targets = demands.map(Self.quantum)
    let difference = sources.reduce(0, +) - targets.reduce(0, +)
    let largest = targets.indices.max { targets[$0] < targets[$1] } ?? 0
    targets[largest] += difference
    self.supplies = sources
    self.demands = targets
  }

  private static func quantum(_ mass: Double) -> Int128 {
    guard mass > 0 else { return 0 }
    return max(1, Int128(roundingTimes2To124: mass))
  }

  /// A flow as a scaled mass.
  static func mass(of flow: Int128) -> Double { flow.nearestDouble * 0x1p-124 }

  /// The flows as scaled masses.
  package static func arcs(_ flows: [ForestArc]) -> [TransportPlan.Arc] {
    flows.map {
      TransportPlan.Arc(source: $0.source, target: $0.target, mass: mass(of: $0.flow))
    }
  }
}

extension Int128 {
  /// A double of at most 2, times 2¹²⁴, rounded to the nearest integer, ties to even.
  ///
  /// The conversions of the standard library are generic and many times slower.
  init(roundingTimes2To124 value: Double) {
    let large = value * 0x1p124
    guard large >= 0x1p62 else {
      self = Int128(Int64(large.rounded(.toNearestOrEven)))
      return
    }
    let shift = Int(large.exponent) - 52
    self = Int128(large.significandBitPattern | 1 << 52) << Int128(shift)
  }

  /// The nearest double, ties to even, of a number that is not negative.
  var nearestDouble: Double {
    let high = UInt64(truncatingIfNeeded: self >> 64)
    let low = UInt64(truncatingIfNeeded: self)
    guard high != 0 else { return Double(low) }
    let shift = 64 - high.leadingZeroBitCount
    // The lowest bit says whether anything was cut off, which is all that rounding needs.
    let cut = low << UInt64(64 - shift) == 0 ? 0 : 1 as UInt64
    let top = UInt64(truncatingIfNeeded: self >> Int128(shift)) | cut
    return Double(top) * Double(sign: .plus, exponent: shift, significand: 1)
  }
}
