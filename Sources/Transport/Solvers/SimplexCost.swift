/// The numbers that the simplex counts costs in: doubles, or integers for exact answers.
protocol SimplexCost: SignedNumeric, Comparable, Sendable {
  /// The cost of an arc that may not be used; larger than any reduced cost.
  static var forbidden: Self { get }

  /// Whether a reduced cost is negative beyond the rounding of the three terms it came from.
  static func improves(_ reduced: Self, cost: Self, _ f: Self, _ g: Self) -> Bool

  /// The least `costs[start + j] + potentials[j]` and the first j that attains it; any j or −1 where
  /// none is below the ceiling.
  static func leastSum(
    _ costs: [Self], from start: Int, _ potentials: PotentialRow<Self>, below ceiling: Self
  ) -> (value: Self, index: Int)

  /// Whether searches in single precision find arcs that are worth a look.
  static var hasRounded: Bool { get }

  /// The number as a double, for reports.
  var asDouble: Double { get }

  /// The number in single precision.
  var rounded: Float { get }
}

extension SimplexCost {
  static var hasRounded: Bool { false }
  var rounded: Float { 0 }

  static func leastSum(
    _ costs: [Self], from start: Int, _ potentials: PotentialRow<Self>, below ceiling: Self
  ) -> (value: Self, index: Int) {
    var best = (value: costs[start] + potentials[0], index: 0)
    for j in 1..<max(1, potentials.count) {
      let value = costs[start + j] + potentials[j]
      if value < best.value { best = (value, j) }
    }
    return best
  }
}

extension Double: SimplexCost {
  static var forbidden: Double { .infinity }

  /// 32 roundings of the terms; a smaller gain could not be told from noise.
  static func improves(_ reduced: Double, cost: Double, _ f: Double, _ g: Double) -> Bool {
    reduced < -0x1p-48 * (abs(cost) + abs(f) + abs(g))
  }

  static func leastSum(
    _ costs: [Double], from start: Int, _ potentials: PotentialRow<Double>, below ceiling: Double
  ) -> (value: Double, index: Int) {
    RowScan.leastSum(costs, from: start, potentials, below: ceiling)
  }

  static var hasRounded: Bool { true }

  var asDouble: Double { self }

  @inline(__always)
  var rounded: Float { Float(self) }
}

extension Int128: SimplexCost {
  var asDouble: Double { Double(self) }

  static var forbidden: Int128 { IntegerTransportProblem.forbidden }

  static func improves(_ reduced: Int128, cost: Int128, _ f: Int128, _ g: Int128) -> Bool {
    reduced < 0
  }
}
