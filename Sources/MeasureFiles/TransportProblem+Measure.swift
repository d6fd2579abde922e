public import Measures
public import Transport

extension TransportProblem {
  /// A problem between two measures, as grids where both are.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves.
  ///   - target: The measure that mass reaches, of the same dimension.
  ///   - cost: The distance of two points.
  ///   - order: The power p ≥ 1 of the distance.
  ///   - mass: What to do about unequal totals.
  ///   - capacities: The most that each arc may carry, m × n.
  /// - Throws: `TransportProblemError`.
  public init(
    from source: Measure, to target: Measure, cost: GroundCost = .euclidean, order: Double = 1,
    mass: MassPolicy = .requireEqual(), capacities: CostMatrix? = nil
  ) throws(TransportProblemError) {
    // A grid has no other way around: on a circle its pixels are points.
    if case .grid(let source) = source, case .grid(let target) = target, !cost.isCircular {
      try self.init(
        from: source, to: target, cost: cost, order: order, mass: mass, capacities: capacities)
    } else {
      try self.init(
        from: source.pointCloud, to: target.pointCloud, cost: cost, order: order, mass: mass,
        capacities: capacities)
    }
  }
}

extension GroundCost {
  /// Whether distances are measured around a circle.
  fileprivate var isCircular: Bool {
    switch self {
    case .circular: true
    case .thresholded(let base, _): base.isCircular
    default: false
    }
  }
}
