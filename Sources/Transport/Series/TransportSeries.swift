public import Measures

/// Problems between many pairs of histograms on the same bins, solved one after the other in memory that
/// is made once.
///
///     let series = try TransportSeries(CostMatrix(rows: [[0, 1], [1, 0]]))
///     try series.cost(from: Histogram([1, 0]), to: Histogram([0.5, 0.5]))  // 0.5
///
/// Each pair is solved by the network simplex from nothing, so that an answer does not depend, not in its
/// last bit, on what was solved before. Only the memory, the scaled costs and those between the bins
/// of the last pair are kept. What does not suit the small loop, matrices with forbidden arcs or with costs
/// of very different size, and masses that 62 bits cannot hold apart, is handed to `NetworkSimplex`.
///
/// A series is a class and not `Sendable`: one task at a time may use it. Tasks that work side by side
/// make one each.
public final class TransportSeries {
  /// The costs of the arcs, one row per bin of the source.
  public let costs: CostMatrix
  /// The order p of the distance: cost^(1/p).
  public let order: Double
  /// What to do about unequal totals.
  public let mass: MassPolicy
  let scratch: SeriesSimplex?

  /// A series under a cost matrix.
  ///
  /// - Parameters:
  ///   - costs: The cost of each arc: one row per bin of the sources, one column per bin of the targets.
  ///   - mass: What to do about unequal totals.
  /// - Complexity: O(m n log m) time, O(m n) memory.
  public convenience init(_ costs: CostMatrix, mass: MassPolicy = .requireEqual()) {
    self.init(costs, order: 1, mass: mass)
  }

  /// A series between histograms on the same points, pixels or bins of the line.
  ///
  /// - Parameters:
  ///   - bins: Where the bins are; masses play no part.
  ///   - cost: The distance of two bins.
  ///   - order: The power p ≥ 1 of the distance.
  ///   - mass: What to do about unequal totals.
  /// - Throws: `MeasureError` where the costs do not fit a double.
  /// - Complexity: O(n² (d + log n)) time, O(n²) memory.
  public convenience init(
    onBins bins: PointCloud, cost: GroundCost = .euclidean, order: Double = 1,
    mass: MassPolicy = .requireEqual()
  ) throws(MeasureError) {
    let costs = try PairwiseCosts(from: bins, to: bins, under: cost, order: order)
    self.init(costs.matrix(), order: order, mass: mass)
  }

  init(_ costs: CostMatrix, order: Double, mass: MassPolicy) {
    self.costs = costs
    self.order = order
    self.mass = mass
    scratch = CostLevels.isPlain(costs.entries) ? SeriesSimplex(costs) : nil
  }

  /// The least cost of moving one histogram onto another.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves, with one bin per row of the costs.
  ///   - target: The measure that mass reaches, with one bin per column.
  /// - Returns: Σ πᵢⱼ cᵢⱼ of an optimal plan.
  /// - Throws: `TransportProblemError` where bins or totals do not fit, `TransportSolverError` where no
  ///   plan exists.
  /// - Complexity: As of `NetworkSimplex`; allocates nothing that grows with the problem.
  public func cost(from source: Histogram, to target: Histogram) throws -> Double {
    try requireBins(source, target)
    let adjustment = try TransportProblem.adjustment(source.total, target.total, under: mass)
    if let cost = scratch?.cost(source, target, adjustment) { return cost }
    return try NetworkSimplex().solve(problem(from: source, to: target)).cost
  }

  /// The least cost and potentials that prove it, without the plan.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves.
  ///   - target: The measure that mass reaches.
  /// - Returns: The cost, and potentials of every bin, tight where there is no mass.
  /// - Throws: As `cost(from:to:)` does.
  public func costAndPotentials(
    from source: Histogram, to target: Histogram
  ) throws -> (cost: Double, potentials: KantorovichPotentials) {
    try requireBins(source, target)
    let adjustment = try TransportProblem.adjustment(source.total, target.total, under: mass)
    if let scratch, let cost = scratch.cost(source, target, adjustment) {
      return (cost, scratch.potentials)
    }
    let solution = try NetworkSimplex().solve(problem(from: source, to: target))
    return (solution.cost, solution.potentials)
  }

  /// The distance of two histograms: the cost to the power 1 / order.
  public func distance(from source: Histogram, to target: Histogram) throws -> Double {
    Self.distance(ofCost: try cost(from: source, to: target), order: order)
  }

  /// The distances of all pairs.
  ///
  /// - Parameters:
  ///   - sources: m histograms.
  ///   - targets: n histograms.
  /// - Returns: m × n distances, row-major.
  /// - Throws: As `cost(from:to:)` does, at the first pair that does not fit.
  public func distances(
    from sources: [Histogram], to targets: [Histogram]
  ) throws -> [Double] {
    var distances: [Double] = []
    distances.reserveCapacity(sources.count * targets.count)
    for source in sources {
      for target in targets { distances.append(try distance(from: source, to: target)) }
    }
    return distances
  }

  /// An optimal plan and potentials for a pair.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves.
  ///   - target: The measure that mass reaches.
  /// - Returns: The solution; `certificate(for:)` judges it by `problem(from:to:)`.
  /// - Throws: As `cost(from:to:)` does.
  public func solve(
    from source: Histogram, to target: Histogram
  ) throws -> TransportSolution {
    try requireBins(source, target)
    let problem = try problem(from: source, to: target)
    let watch = Stopwatch()
    guard let scratch, scratch.solve(source, target, problem.massAdjustment) else {
      return try NetworkSimplex().solve(problem)
    }
    return TransportSolution(
      of: problem, plan: scratch.plan, potentials: scratch.potentials,
      statistics: watch.statistics(solver: "network-simplex", iterations: scratch.pivots))
  }

  /// The transport problem of a pair.
  ///
  /// - Throws: `TransportProblemError` where bins or totals do not fit.
  public func problem(
    from source: Histogram, to target: Histogram
  ) throws(TransportProblemError) -> TransportProblem {
    try TransportProblem(
      from: source.pointCloud, to: target.pointCloud, cost: costs, ofOrder: order, mass: mass)
  }

  func requireBins(
    _ source: Histogram, _ target: Histogram
  ) throws(TransportProblemError) {
    guard source.count == costs.rows, target.count == costs.columns else {
      throw .costShape(
        sources: source.count, targets: target.count, rows: costs.rows, columns: costs.columns)
    }
  }

  private static func distance(ofCost cost: Double, order: Double) -> Double {
    TransportProblem.distance(ofCost: cost, order: order)
  }
}
