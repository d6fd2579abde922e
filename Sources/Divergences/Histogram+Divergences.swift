public import Measures

extension Histogram {
  /// KL(p‖q) = Σ p log(p/q), where p is this histogram: what is lost by taking q for p.
  ///
  ///     let p = try Histogram([0.5, 0.5])
  ///     let q = try Histogram([0.25, 0.75])
  ///     try p.klDivergence(from: q)  // 0.1438410362258904
  ///
  /// Not symmetric: exchange the histograms for the reverse divergence. Infinite where p has mass
  /// and q has none; `binsThatMakeKLInfinite(from:)` says where.
  ///
  /// - Parameters:
  ///   - q: The reference.
  ///   - unit: Nats or bits.
  ///   - mass: What to do about totals that are not 1.
  /// - Returns: A number that is not negative, or infinity.
  /// - Throws: `DivergenceError`.
  /// - Complexity: O(n), with positions O(n log n).
  public func klDivergence(
    from q: Histogram, in unit: InformationUnit = .nats, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) -> Double {
    unit.value(ofNats: try DistributionPair(self, q, mass: mass).klDivergence)
  }

  /// The Jensen–Shannon divergence: ½ KL(p‖m) + ½ KL(q‖m) with m = (p + q)/2.
  ///
  /// Symmetric and at most log 2 (one bit), which it reaches where the two share no bin.
  ///
  /// - Parameters:
  ///   - q: The other histogram.
  ///   - unit: Nats or bits.
  ///   - mass: What to do about totals that are not 1.
  /// - Returns: A number between 0 and log 2.
  /// - Throws: `DivergenceError`.
  public func jensenShannonDivergence(
    to q: Histogram, in unit: InformationUnit = .nats, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) -> Double {
    unit.value(ofNats: try DistributionPair(self, q, mass: mass).jensenShannonDivergence)
  }

  /// The root of the Jensen–Shannon divergence, which is a metric.
  ///
  /// - Parameters:
  ///   - q: The other histogram.
  ///   - unit: The unit of the divergence under the root.
  ///   - mass: What to do about totals that are not 1.
  /// - Returns: A number between 0 and √log 2.
  /// - Throws: `DivergenceError`.
  public func jensenShannonDistance(
    to q: Histogram, in unit: InformationUnit = .nats, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) -> Double {
    try jensenShannonDivergence(to: q, in: unit, mass: mass).squareRoot()
  }

  /// ½ Σ |p − q|: the largest difference of the probabilities of any event; a metric.
  public func totalVariationDistance(
    to q: Histogram, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) -> Double {
    try DistributionPair(self, q, mass: mass).totalVariationDistance
  }

  /// D(p‖q) = Σ q f(p/q) for any member of the family, where p is this histogram.
  ///
  ///     try p.divergence(SquaredHellinger(), from: q)
  ///
  /// - Parameters:
  ///   - divergence: The member of the family.
  ///   - q: The reference.
  ///   - mass: What to do about totals that are not 1.
  /// - Returns: The divergence, in nats where it is made of logarithms; it may be infinite.
  /// - Throws: `DivergenceError`.
  public func divergence(
    _ divergence: some FDivergence, from q: Histogram, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) -> Double {
    try DistributionPair(self, q, mass: mass).divergence(divergence)
  }

  /// The bins where this histogram has mass and q has none: they make KL(p‖q) infinite.
  ///
  /// With positions, the bins are counted in the order of the positions of both together.
  public func binsThatMakeKLInfinite(
    from q: Histogram, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) -> [Int] {
    try DistributionPair(self, q, mass: mass).binsThatMakeKLInfinite
  }
}
