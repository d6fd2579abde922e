/// The numbers that the simplex counts costs in: doubles, or integers for exact answers.
protocol SimplexCost: SignedNumeric, Comparable, Sendable {
  /// The cost of an arc that may not be used; larger than any reduced cost.
  static var forbidden: Self { get }

  /// Whether a reduced cost is negative beyond the rounding of the three terms it came from.
  static func improves(_ reduced: Self, cost: Self, _ f: Self, _ g: Self) -> Bool

  /// The least `costs[start + j] + potentials[j]` and the first j that attains it.
  static func leastSum(
    _ costs: [Self], from start: Int, _ potentials: PotentialRow<Self>
  ) -> (value: Self, index: Int)

  /// Whether rows are worth being shortlisted.
  static var collectsShortlists: Bool { get }

  /// The same, and puts the best of the row into a source's shortlist.
  static func leastSum(
    _ costs: [Self], from start: Int, _ potentials: PotentialRow<Self>, collecting source: Int,
    in lists: inout Shortlists<Self>?
  ) -> (value: Self, index: Int)
}

extension SimplexCost {
  static var collectsShortlists: Bool { false }

  static func leastSum(
    _ costs: [Self], from start: Int, _ potentials: PotentialRow<Self>, collecting source: Int,
    in lists: inout Shortlists<Self>?
  ) -> (value: Self, index: Int) {
    leastSum(costs, from: start, potentials)
  }

  static func leastSum(
    _ costs: [Self], from start: Int, _ potentials: PotentialRow<Self>
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
    _ costs: [Double], from start: Int, _ potentials: PotentialRow<Double>
  ) -> (value: Double, index: Int) {
    RowScan.leastSum(costs, from: start, potentials)
  }

  static var collectsShortlists: Bool { true }

  static func leastSum(
    _ costs: [Double], from start: Int, _ potentials: PotentialRow<Double>,
    collecting source: Int, in lists: inout Shortlists<Double>?
  ) -> (value: Double, index: Int) {
    lists?.collect(source, costs, from: start, potentials)
      ?? leastSum(costs, from: start, potentials)
  }
}

extension Int128: SimplexCost {
  static var forbidden: Int128 { IntegerTransportProblem.forbidden }

  static func improves(_ reduced: Int128, cost: Int128, _ f: Int128, _ g: Int128) -> Bool {
    reduced < 0
  }
}
