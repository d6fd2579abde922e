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
    return max(1, Int128((mass * 0x1p124).rounded(.toNearestOrEven)))
  }

  /// The flows as scaled masses.
  package static func arcs(_ flows: [ForestArc]) -> [TransportPlan.Arc] {
    flows.map {
      TransportPlan.Arc(source: $0.source, target: $0.target, mass: Double($0.flow) * 0x1p-124)
    }
  }
}
