public import Measures

extension Histogram {
  /// √(2 ∫ (F − G)²) on the line, with the distribution functions F and G; a metric.
  ///
  /// Its square is 2 E|X − Y| − E|X − X′| − E|Y − Y′|. Positions count, 0, 1, 2, … without any, and
  /// the histograms may have different bins.
  ///
  /// - Parameters:
  ///   - q: The other histogram.
  ///   - mass: What to do about totals that are not 1.
  /// - Returns: A finite number that is not negative.
  /// - Throws: `DivergenceError.totals`.
  /// - Complexity: O(n log n).
  /// - Source: G. J. Székely, M. L. Rizzo, "Energy statistics", J. Stat. Plann. Inference 143 (2013).
  public func energyDistance(
    to q: Histogram, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) -> Double {
    try cramerDistance(to: q, mass: mass) * 2.0.squareRoot()
  }

  /// √∫ (F − G)² on the line, with the distribution functions F and G: Cramér's distance.
  ///
  /// - Parameters:
  ///   - q: The other histogram, whose bins may be others.
  ///   - mass: What to do about totals that are not 1.
  /// - Returns: A finite number that is not negative.
  /// - Throws: `DivergenceError.totals`.
  /// - Complexity: O(n log n).
  public func cramerDistance(
    to q: Histogram, mass: UnitMassPolicy = .require
  ) throws(DivergenceError) -> Double {
    let pair = try DistributionPair(pointCloud, q.pointCloud, mass: mass)
    let positions = pair.coordinates ?? []
    var gap = CompensatedSum()
    var sum = CompensatedSum()
    for bin in positions.indices.dropLast() {
      gap.add(pair.p[bin])
      gap.add(-pair.q[bin])
      sum.add(gap.value * gap.value * (positions[bin + 1] - positions[bin]))
    }
    return sum.value.squareRoot()
  }
}
