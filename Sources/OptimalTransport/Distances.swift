public import Measures
public import Transport

/// The Earth Mover's Distance of two histograms: the least Σ mass × |i − j| that turns one into the
/// other.
///
///     let p = try Histogram([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1])
///     let q = try Histogram([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4])
///     try earthMoversDistance(from: p, to: q)  // 0.9
///
/// - Parameters:
///   - source: Masses on bins 0, 1, … or at positions of their own.
///   - target: The same, not necessarily on the same bins.
///   - mass: What to do about unequal totals.
/// - Returns: The optimal cost; masses are not divided by their total.
/// - Throws: `TransportProblemError` or `TransportSolverError`.
/// - Complexity: O((m + n) log (m + n)).
public func earthMoversDistance(
  from source: Histogram, to target: Histogram, mass: MassPolicy = .requireEqual()
) throws -> Double {
  try source.wassersteinDistance(to: target, order: 1, mass: mass)
}

extension Histogram {
  /// The Wasserstein distance W_p on the line, (min Σ π |x − y|^p)^(1/p).
  ///
  ///     try p.wassersteinDistance(to: q, order: 2)  // √1.3 for the histograms above
  ///
  /// - Parameters:
  ///   - other: The other histogram.
  ///   - order: The order p, at least 1.
  ///   - mass: What to do about unequal totals.
  /// - Returns: The distance, with the root taken.
  /// - Throws: `TransportProblemError` or `TransportSolverError`.
  /// - Complexity: O((m + n) log (m + n)).
  public func wassersteinDistance(
    to other: Histogram, order: Double = 1, mass: MassPolicy = .requireEqual()
  ) throws -> Double {
    try pointCloud.wassersteinDistance(to: other.pointCloud, order: order, mass: mass)
  }
}

extension PointCloud {
  /// The Wasserstein distance W_p of two clouds, (min Σ π d(x, y)^p)^(1/p).
  ///
  /// - Parameters:
  ///   - other: The other cloud, of the same dimension.
  ///   - order: The order p, at least 1.
  ///   - cost: The distance d of two points.
  ///   - mass: What to do about unequal totals.
  /// - Returns: The distance, with the root taken.
  /// - Throws: `TransportProblemError` or `TransportSolverError`.
  public func wassersteinDistance(
    to other: PointCloud, order: Double = 1, cost: GroundCost = .euclidean,
    mass: MassPolicy = .requireEqual()
  ) throws -> Double {
    let problem = try TransportProblem(
      from: self, to: other, cost: cost, order: order, mass: mass)
    // On the line the distance alone takes two sorts, without plan and potentials.
    if let cost = MonotoneRearrangement.cost(of: problem) { return problem.distance(ofCost: cost) }
    return try AutomaticSolver().solve(problem).distance
  }
}

extension Grid {
  /// The Wasserstein distance W_p of two images, (min Σ π d(x, y)^p)^(1/p).
  ///
  /// - Parameters:
  ///   - other: The other image, of the same dimension.
  ///   - order: The order p, at least 1.
  ///   - cost: The distance d of two pixels.
  ///   - mass: What to do about unequal totals.
  /// - Returns: The distance, with the root taken.
  /// - Throws: `TransportProblemError` or `TransportSolverError`.
  public func wassersteinDistance(
    to other: Grid, order: Double = 1, cost: GroundCost = .euclidean,
    mass: MassPolicy = .requireEqual()
  ) throws -> Double {
    let problem = try TransportProblem(
      from: self, to: other, cost: cost, order: order, mass: mass)
    return try AutomaticSolver().solve(problem).distance
  }
}
