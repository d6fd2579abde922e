import RealModule

/// ½ Σ |p − q|: the largest difference of the probabilities of any event, between 0 and 1.
public struct TotalVariation: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double { abs(u - 1) / 2 }
  public var generatorAtZero: Double { 0.5 }
  public var slopeAtInfinity: Double { 0.5 }
  public func conjugate(_ t: Double) -> Double { t <= 0.5 ? max(t, -0.5) : .infinity }
  public func optimalCritic(_ ratio: Double) -> Double { ratio > 1 ? 0.5 : ratio < 1 ? -0.5 : 0 }
  public var threshold: Double { 0 }
  public func activation(_ v: Double) -> Double { Double.tanh(v) / 2 }
  public func term(_ p: Double, _ q: Double) -> Double { abs(p - q) / 2 }
}

/// Σ (√p − √q)², between 0 and 2; half of it, or its root, goes by the same name elsewhere.
public struct SquaredHellinger: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double { (u.squareRoot() - 1) * (u.squareRoot() - 1) }
  public var generatorAtZero: Double { 1 }
  public var slopeAtInfinity: Double { 1 }
  public func conjugate(_ t: Double) -> Double { t < 1 ? t / (1 - t) : .infinity }
  public func optimalCritic(_ ratio: Double) -> Double { 1 - 1 / ratio.squareRoot() }
  public var threshold: Double { 0 }
  public func activation(_ v: Double) -> Double { -Double.expMinusOne(-v) }
  public func term(_ p: Double, _ q: Double) -> Double {
    let difference = (p - q) / (p.squareRoot() + q.squareRoot())
    return difference * difference
  }
}

/// Σ (p − q)²/q, Pearson's χ² divided by the size of the sample.
///
/// Infinite where p has mass and q has none.
public struct PearsonChiSquared: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double { (u - 1) * (u - 1) }
  public var generatorAtZero: Double { 1 }
  public var slopeAtInfinity: Double { .infinity }
  public func conjugate(_ t: Double) -> Double { t >= -2 ? t * t / 4 + t : -1 }
  public func optimalCritic(_ ratio: Double) -> Double { 2 * (ratio - 1) }
  public var threshold: Double { 0 }
  public func activation(_ v: Double) -> Double { v }
  public func term(_ p: Double, _ q: Double) -> Double { (p - q) * ((p - q) / q) }
}

/// Σ (p − q)²/p, with the arguments of Pearson's χ² exchanged.
///
/// Infinite where q has mass and p has none.
public struct NeymanChiSquared: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double { (1 - u) * ((1 - u) / u) }
  public var generatorAtZero: Double { .infinity }
  public var slopeAtInfinity: Double { 1 }
  public func conjugate(_ t: Double) -> Double {
    t <= 1 ? 2 - 2 * (1 - t).squareRoot() : .infinity
  }
  public func optimalCritic(_ ratio: Double) -> Double { 1 - 1 / (ratio * ratio) }
  public var threshold: Double { 0 }
  public func activation(_ v: Double) -> Double { -Double.expMinusOne(-v) }
  public func term(_ p: Double, _ q: Double) -> Double { (p - q) * ((p - q) / p) }
}
