import RealModule

/// KL(p‖q) = Σ p log(p/q): the nats lost by a code for q when p is true.
///
/// Infinite where p has mass and q has none.
public struct KullbackLeibler: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double { u * Double.log(u) }
  public var generatorAtZero: Double { 0 }
  public var slopeAtInfinity: Double { .infinity }
  public func conjugate(_ t: Double) -> Double { Double.exp(t - 1) }
  public func optimalCritic(_ ratio: Double) -> Double { 1 + Double.log(ratio) }
  public var threshold: Double { 1 }
  public func activation(_ v: Double) -> Double { v }
  public func term(_ p: Double, _ q: Double) -> Double { relativeEntropyTerm(p, q) }
}

/// KL(q‖p) = Σ q log(q/p), with the arguments of the Kullback–Leibler divergence exchanged.
///
/// Infinite where q has mass and p has none.
public struct ReverseKullbackLeibler: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double { -Double.log(u) }
  public var generatorAtZero: Double { .infinity }
  public var slopeAtInfinity: Double { 0 }
  public func conjugate(_ t: Double) -> Double { t < 0 ? -1 - Double.log(-t) : .infinity }
  public func optimalCritic(_ ratio: Double) -> Double { -1 / ratio }
  public var threshold: Double { -1 }
  public func activation(_ v: Double) -> Double { -Double.exp(-v) }
  public func term(_ p: Double, _ q: Double) -> Double { relativeEntropyTerm(q, p) }
}

/// KL(p‖q) + KL(q‖p) = Σ (p − q) log(p/q).
///
/// Infinite where one has mass and the other has none.
public struct Jeffreys: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double { (u - 1) * Double.log(u) }
  public var generatorAtZero: Double { .infinity }
  public var slopeAtInfinity: Double { .infinity }
  public func optimalCritic(_ ratio: Double) -> Double { Double.log(ratio) + 1 - 1 / ratio }
  public var threshold: Double { 0 }
  public func activation(_ v: Double) -> Double { v }
  public func term(_ p: Double, _ q: Double) -> Double { (p - q) * logarithm(of: p, over: q) }

  /// w + 1/w + t − 2, where w = 1/u solves w + log w = 1 − t (Lambert's W of e^(1 − t)).
  public func conjugate(_ t: Double) -> Double {
    let logarithm = logarithmOfLambert(ofExponential: 1 - t)
    return Double.exp(logarithm) + Double.exp(-logarithm) + t - 2
  }

  /// log w with w + log w = y, by Newton's method on the convex s + eˢ = y.
  private func logarithmOfLambert(ofExponential y: Double) -> Double {
    // s = y is above the root for every y; log y is above it too for y ≥ 1, and nearer.
    var s = y > 1 ? Double.log(y) : y
    for _ in 0..<60 {
      let exponential = Double.exp(s)
      let step = (s + exponential - y) / (1 + exponential)
      s -= step
      if abs(step) <= s.ulp { break }
    }
    return s
  }
}

/// ½ KL(p‖m) + ½ KL(q‖m) with m = (p + q)/2: between 0 and log 2, and never infinite.
///
/// The row of that name in the f-GAN paper is twice this.
public struct JensenShannon: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double {
    (u * Double.log(u) - (u + 1) * Double.log((u + 1) / 2)) / 2
  }
  public var generatorAtZero: Double { logarithmOfTwo / 2 }
  public var slopeAtInfinity: Double { logarithmOfTwo / 2 }
  public func conjugate(_ t: Double) -> Double {
    let room = 2 - Double.exp(2 * t)
    return room > 0 ? -Double.log(room) / 2 : .infinity
  }
  public func optimalCritic(_ ratio: Double) -> Double {
    (logarithmOfTwo - Double.log(onePlus: 1 / ratio)) / 2
  }
  public var threshold: Double { 0 }
  public func activation(_ v: Double) -> Double { (logarithmOfTwo - softplus(-v)) / 2 }
  public func term(_ p: Double, _ q: Double) -> Double {
    // Half the masses first, so that the mean of two huge or tiny ones is exact.
    let mean = p / 2 + q / 2
    return (relativeEntropyTerm(p, mean) + relativeEntropyTerm(q, mean)) / 2
  }
}

/// What the standard GAN maximises: 2 JS(p, q) − log 4, with the discriminator p/(p + q).
///
/// The critic is the logarithm of the discriminator; the least value, −log 4, is at p = q.
public struct GANObjective: FDivergence, Hashable {
  /// The divergence; it has no settings.
  public init() {}
  public func generator(_ u: Double) -> Double {
    u * Double.log(u) - (u + 1) * Double.log(onePlus: u)
  }
  public var generatorAtZero: Double { 0 }
  public var slopeAtInfinity: Double { 0 }
  public func conjugate(_ t: Double) -> Double {
    t < 0 ? -Double.log(-Double.expMinusOne(t)) : .infinity
  }
  public func optimalCritic(_ ratio: Double) -> Double { -Double.log(onePlus: 1 / ratio) }
  public var threshold: Double { -logarithmOfTwo }
  public func activation(_ v: Double) -> Double { -softplus(-v) }
  public func term(_ p: Double, _ q: Double) -> Double {
    2 * (JensenShannon().term(p, q) - logarithmOfTwo * q)
  }
}

/// log(1 + eᵛ) without overflow.
private func softplus(_ v: Double) -> Double {
  max(v, 0) + Double.log(onePlus: Double.exp(-abs(v)))
}
