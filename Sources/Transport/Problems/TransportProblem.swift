public import Measures

/// The Kantorovich problem: move one measure onto another at the least total cost.
///
/// Minimise Σ πᵢⱼ cᵢⱼ over plans π ≥ 0 whose rows sum to the source's masses aᵢ and whose columns sum
/// to the target's masses bⱼ. Everything is checked here, once; solvers trust it.
///
///     let p = try Histogram([0.5, 0.5]), q = try Histogram([0, 1])
///     let problem = try TransportProblem(from: p, to: q)
///     try NetworkSimplex().solve(problem).cost  // 0.5
///
/// - Source: G. Peyré, M. Cuturi, "Computational Optimal Transport", 2019, eq. 2.11.
public struct TransportProblem: Hashable, Sendable {
  /// The mass of each source, after the mass policy.
  public let sourceMasses: [Double]
  /// The mass of each target, after the mass policy.
  public let targetMasses: [Double]
  /// What a unit of mass costs on each arc.
  public let costs: ArcCosts
  /// The order p, 1 for a cost matrix: the distance is the optimal cost to the power 1 / p.
  public let order: Double
  /// What the mass policy did.
  public let massAdjustment: MassAdjustment
  /// The most that each arc may carry, m × n, `.infinity` for no limit; nil where no arc is limited.
  public let capacities: CostMatrix?
  /// Where the pixels lie, if the problem is between grids of the same spacing; otherwise nil.
  public let lattice: Lattice?
  /// The measures' decimals, from which exact arithmetic starts.
  let origin: ExactOrigin

  /// A problem between histograms under a cost matrix.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves, m bins.
  ///   - target: The measure that mass reaches, n bins.
  ///   - cost: The cost of each arc, m × n.
  ///   - mass: What to do about unequal totals.
  ///   - capacities: The most that each arc may carry, m × n; only linear programs take it.
  /// - Throws: `TransportProblemError`.
  public init(
    from source: Histogram, to target: Histogram, cost: CostMatrix,
    mass: MassPolicy = .requireEqual(), capacities: CostMatrix? = nil
  ) throws(TransportProblemError) {
    try self.init(
      from: source.pointCloud, to: target.pointCloud, cost: cost, mass: mass,
      capacities: capacities)
  }

  /// A problem between histograms on the line, at bins 0, 1, … or at their own positions.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves.
  ///   - target: The measure that mass reaches.
  ///   - cost: The distance of two positions.
  ///   - order: The power p ≥ 1 of the distance.
  ///   - mass: What to do about unequal totals.
  ///   - capacities: The most that each arc may carry, m × n.
  /// - Throws: `TransportProblemError`.
  public init(
    from source: Histogram, to target: Histogram, cost: GroundCost = .euclidean,
    order: Double = 1, mass: MassPolicy = .requireEqual(), capacities: CostMatrix? = nil
  ) throws(TransportProblemError) {
    try self.init(
      from: source.pointCloud, to: target.pointCloud, cost: cost, order: order, mass: mass,
      capacities: capacities)
  }

  /// A problem between grids, pixel by pixel.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves.
  ///   - target: The measure that mass reaches, of the same dimension.
  ///   - cost: The distance of two pixels.
  ///   - order: The power p ≥ 1 of the distance.
  ///   - mass: What to do about unequal totals.
  ///   - capacities: The most that each arc may carry, m × n.
  /// - Throws: `TransportProblemError`.
  public init(
    from source: Grid, to target: Grid, cost: GroundCost = .euclidean, order: Double = 1,
    mass: MassPolicy = .requireEqual(), capacities: CostMatrix? = nil
  ) throws(TransportProblemError) {
    try self.init(
      source.pointCloud, target.pointCloud, cost, order, mass, capacities,
      lattice: Lattice(source, target))
  }

  /// A problem between point clouds; the matrix of costs is never stored.
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
    from source: PointCloud, to target: PointCloud, cost: GroundCost = .euclidean,
    order: Double = 1, mass: MassPolicy = .requireEqual(), capacities: CostMatrix? = nil
  ) throws(TransportProblemError) {
    try self.init(source, target, cost, order, mass, capacities, lattice: nil)
  }

  private init(
    _ source: PointCloud, _ target: PointCloud, _ cost: GroundCost, _ order: Double,
    _ mass: MassPolicy, _ capacities: CostMatrix?, lattice: Lattice?
  ) throws(TransportProblemError) {
    do {
      let costs = try PairwiseCosts(from: source, to: target, under: cost, order: order)
      try self.init(source, target, .points(costs), order, mass, capacities, lattice)
    } catch let error as MeasureError {
      throw .measure(error)
    } catch let error as TransportProblemError {
      throw error
    } catch {
      preconditionFailure("both errors are typed")
    }
  }

  /// A problem between point clouds under a cost matrix; coordinates play no part.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves, m points.
  ///   - target: The measure that mass reaches, n points.
  ///   - cost: The cost of each arc, m × n.
  ///   - mass: What to do about unequal totals.
  ///   - capacities: The most that each arc may carry, m × n.
  /// - Throws: `TransportProblemError`.
  public init(
    from source: PointCloud, to target: PointCloud, cost: CostMatrix,
    mass: MassPolicy = .requireEqual(), capacities: CostMatrix? = nil
  ) throws(TransportProblemError) {
    try self.init(
      from: source, to: target, cost: cost, ofOrder: 1, mass: mass, capacities: capacities)
  }

  /// The same where the matrix holds distances to the power of an order.
  init(
    from source: PointCloud, to target: PointCloud, cost: CostMatrix, ofOrder order: Double,
    mass: MassPolicy, capacities: CostMatrix? = nil
  ) throws(TransportProblemError) {
    guard cost.rows == source.count, cost.columns == target.count else {
      throw .costShape(
        sources: source.count, targets: target.count, rows: cost.rows, columns: cost.columns)
    }
    try self.init(source, target, .matrix(cost), order, mass, capacities)
  }

  private init(
    _ source: PointCloud, _ target: PointCloud, _ costs: ArcCosts, _ order: Double,
    _ policy: MassPolicy, _ capacities: CostMatrix?, _ lattice: Lattice? = nil
  ) throws(TransportProblemError) {
    try Self.check(capacities, sources: source.count, targets: target.count)
    massAdjustment = try Self.adjustment(source.total, target.total, under: policy)
    switch massAdjustment {
    case .none:
      sourceMasses = source.masses
      targetMasses = target.masses
    case .targetScaled(let factor):
      sourceMasses = source.masses
      targetMasses = target.masses.map { $0 * factor }
    case .normalized(let sourceTotal, let targetTotal):
      sourceMasses = source.masses.map { $0 / sourceTotal }
      targetMasses = target.masses.map { $0 / targetTotal }
    }
    self.costs = costs
    self.order = order
    self.capacities = capacities
    self.lattice = lattice
    origin = ExactOrigin(source, target, normalizes: policy == .normalize)
  }

  /// The number of sources m, those of zero mass included.
  public var sourceCount: Int { sourceMasses.count }

  /// The number of targets n, those of zero mass included.
  public var targetCount: Int { targetMasses.count }

  /// The number of arcs m · n.
  public var arcCount: Int { sourceCount * targetCount }

  /// The totals of the two measures as they were given, before the mass policy.
  public var givenTotals: (source: Double, target: Double) {
    (origin.source.total, origin.target.total)
  }

  /// The total mass to move.
  public var totalMass: Double { CompensatedSum(sourceMasses).value }

  /// Whether the problem lives on the line with a convex cost |x − y|^p, so that the closed form
  /// applies.
  public var isOnTheLine: Bool { costs.lineExponent != nil && capacities == nil }
}

extension TransportProblem {
  private static func check(
    _ capacities: CostMatrix?, sources: Int, targets: Int
  ) throws(TransportProblemError) {
    guard let capacities else { return }
    guard capacities.rows == sources, capacities.columns == targets else {
      throw .capacityShape(
        sources: sources, targets: targets, rows: capacities.rows, columns: capacities.columns)
    }
    for (index, value) in capacities.entries.enumerated() where value < 0 {
      throw .negativeCapacity(source: index / targets, target: index % targets, value: value)
    }
  }

  static func adjustment(
    _ source: Double, _ target: Double, under policy: MassPolicy
  ) throws(TransportProblemError) -> MassAdjustment {
    switch policy {
    case .normalize: return .normalized(sourceTotal: source, targetTotal: target)
    case .requireEqual(let tolerance):
      guard source != target else { return .none }
      guard abs(source - target) <= tolerance * max(source, target) else {
        throw .unequalTotals(source: source, target: target, relativeTolerance: tolerance)
      }
      return .targetScaled(by: source / target)
    }
  }
}
