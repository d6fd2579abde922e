/// Positive masses of equal totals, counted in integers, and the largest unit that they share.
struct FlowMasses {
  /// The mass of each source.
  let supplies: [Int128]
  /// The mass of each target.
  let demands: [Int128]
  /// What every mass is a multiple of, if with it the total fits 62 bits; otherwise 1.
  let unit: Int128

  /// Whether flow can be counted in 64 bits, in multiples of the unit.
  let fitsInt64: Bool

  init(supplies: [Int128], demands: [Int128]) {
    self.supplies = supplies
    self.demands = demands
    let total = supplies.reduce(0, +)
    let shared = Self.commonUnit(of: supplies + demands, atLeast: total >> 62)
    fitsInt64 = shared != nil
    unit = shared ?? 1
  }

  /// The greatest common divisor, or nil once it cannot be above a bound.
  ///
  /// - Complexity: O(n) divisions, a few where there is no common unit.
  private static func commonUnit(of masses: [Int128], atLeast bound: Int128) -> Int128? {
    var divisor: Int128 = 0
    for mass in masses {
      var rest = mass
      while rest != 0 {
        (divisor, rest) = (rest, divisor % rest)
        if divisor <= bound { return nil }
      }
    }
    return divisor
  }
}
