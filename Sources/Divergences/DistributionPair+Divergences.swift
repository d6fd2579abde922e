import Measures

extension DistributionPair {
  /// D(p‖q) for any member of the family: in nats where it is made of logarithms.
  ///
  /// - Complexity: O(n).
  public func divergence(_ divergence: some FDivergence) -> Double {
    var sum = CompensatedSum()
    for bin in p.indices { sum.add(divergence.share(p[bin], q[bin])) }
    return sum.value
  }

  /// KL(p‖q) in nats; infinite where p has mass and q has none.
  public var klDivergence: Double { divergence(KullbackLeibler()) }

  /// The Jensen–Shannon divergence in nats, between 0 and log 2.
  public var jensenShannonDivergence: Double { divergence(JensenShannon()) }

  /// The root of the Jensen–Shannon divergence in nats: a metric.
  public var jensenShannonDistance: Double { jensenShannonDivergence.squareRoot() }

  /// ½ Σ |p − q|: a metric, between 0 and 1.
  public var totalVariationDistance: Double { divergence(TotalVariation()) }

  /// The root of ½ Σ (√p − √q)²: a metric, between 0 and 1.
  public var hellingerDistance: Double { (divergence(SquaredHellinger()) / 2).squareRoot() }

  /// The bins where p has mass and q has none: they make KL(p‖q) infinite.
  public var binsThatMakeKLInfinite: [Int] {
    p.indices.filter { p[$0] > 0 && q[$0] == 0 }
  }
}
