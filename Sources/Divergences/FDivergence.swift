/// A divergence D(p‖q) = Σ q f(p/q) with a convex function f, and what a critic needs to know of it.
///
/// For every function T on the bins, `Σ p T − Σ q f*(T) ≤ D(p‖q)`, where f* is the conjugate of f,
/// with equality for T = f′(p/q): a critic that maximises the left side estimates the divergence.
///
/// Values are in nats where logarithms come in, and pure numbers elsewhere.
///
/// - Source: I. Csiszár, Studia Sci. Math. Hungar. 2 (1967); S. Nowozin, B. Cseke, R. Tomioka,
///   "f-GAN", NeurIPS 2016, tables 1 and 2.
public protocol FDivergence: Sendable {
  /// f(u) for u > 0.
  func generator(_ u: Double) -> Double

  /// The limit of f at 0, what a unit of q-mass costs where p has none; may be infinite.
  var generatorAtZero: Double { get }

  /// The limit of f(u)/u at infinity, what a unit of p-mass costs where q has none; may be infinite.
  var slopeAtInfinity: Double { get }

  /// f*(t) = sup over u ≥ 0 of ut − f(u); +∞ outside the domain.
  func conjugate(_ t: Double) -> Double

  /// f′(u): the value of the optimal critic where p/q = u > 0.
  func optimalCritic(_ ratio: Double) -> Double

  /// f′(1): a critic's value above it says that p is more likely than q.
  var threshold: Double { get }

  /// A smooth increasing map from all numbers onto values in the domain of f*, to end a critic with.
  func activation(_ v: Double) -> Double

  /// q f(p/q) − f′(1)(p − q) for p, q > 0.
  ///
  /// The second part sums to zero and makes every term at least q f(1), so that small divergences
  /// are not lost in the rounding of large terms. Whoever implements it must not let p/q overflow.
  func term(_ p: Double, _ q: Double) -> Double
}

extension FDivergence {
  public func term(_ p: Double, _ q: Double) -> Double {
    q * generator(p / q) - threshold * (p - q)
  }

  /// The share of one bin in the divergence; each of the four cases is exact, with no epsilon.
  func share(_ p: Double, _ q: Double) -> Double {
    switch (p > 0, q > 0) {
    case (false, false): 0
    case (false, true): q * (generatorAtZero + threshold)
    case (true, false): p * (slopeAtInfinity - threshold)
    case (true, true): term(p, q)
    }
  }
}
