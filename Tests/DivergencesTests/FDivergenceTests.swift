import Divergences
import Measures
import Testing

/// The laws of a generator, its conjugate and its optimal critic, for every member of the family.
struct FDivergenceTests {
  static let family: [any FDivergence] = [
    KullbackLeibler(), ReverseKullbackLeibler(), PearsonChiSquared(), NeymanChiSquared(),
    SquaredHellinger(), JensenShannon(), GANObjective(), TotalVariation(), Jeffreys(),
  ]

  static let ratios = [1e-6, 0.01, 0.3, 0.5, 0.9, 1, 1.1, 2, 7, 300, 1e6]

  /// ut ≤ f(u) + f*(t) for every u and t.
  @Test(arguments: family)
  func fenchelYoung(divergence: any FDivergence) {
    for ratio in Self.ratios {
      for v in stride(from: -8.0, through: 8, by: 0.5) {
        for t in [v, divergence.activation(v)] {
          let sum = divergence.generator(ratio) + divergence.conjugate(t)
          #expect(ratio * t <= sum + 1e-12 * (1 + abs(ratio * t)), "\(divergence) \(ratio) \(t)")
        }
      }
    }
  }

  /// The inequality is an equality at t = f′(u).
  @Test(arguments: family)
  func tightAtTheOptimalCritic(divergence: any FDivergence) {
    for ratio in Self.ratios {
      let t = divergence.optimalCritic(ratio)
      let f = divergence.generator(ratio)
      let conjugate = divergence.conjugate(t)
      // Conjugates near the end of their domain lose digits: 1 − e^t keeps 1e-16 · u of them.
      let scale = 1 + abs(ratio * t) + abs(f) + abs(conjugate)
      #expect(abs(ratio * t - f - conjugate) < 1e-9 * scale, "\(divergence) \(ratio)")
    }
  }

  /// f(1) has the slope f′(1), and f′ is the slope of f elsewhere: central differences.
  @Test(arguments: family)
  func optimalCriticIsTheDerivative(divergence: any FDivergence) {
    #expect(abs(divergence.optimalCritic(1) - divergence.threshold) < 1e-15)
    for ratio in [0.1, 0.4, 0.8, 1.3, 5] {
      let step = 1e-5 * ratio
      let slope =
        (divergence.generator(ratio + step) - divergence.generator(ratio - step)) / (2 * step)
      // The error is step² f‴/6 and 1e-16 f / step: below 1e-8 of the largest slope here, 100.
      #expect(abs(slope - divergence.optimalCritic(ratio)) < 1e-6, "\(divergence) \(ratio)")
    }
  }

  /// The limits at 0 and at infinity are those of f(u) and f(u)/u.
  @Test(arguments: family)
  func limits(divergence: any FDivergence) {
    let small = divergence.generator(1e-12)
    let large = divergence.generator(1e12) / 1e12
    // √u is 1e-6 and u log u is 3e-11 there; an infinite limit grows at least as a logarithm.
    if divergence.generatorAtZero.isFinite {
      #expect(abs(small - divergence.generatorAtZero) < 1e-5)
    } else {
      #expect(small > 20)
    }
    if divergence.slopeAtInfinity.isFinite {
      #expect(abs(large - divergence.slopeAtInfinity) < 1e-5)
    } else {
      #expect(large > 20)
    }
  }

  /// A term is q f(p/q) − f′(1)(p − q), however it is computed.
  @Test(arguments: family)
  func termsAgreeWithTheGenerator(divergence: any FDivergence) {
    for (p, q) in [(0.1, 0.4), (0.4, 0.1), (0.3, 0.299), (0.2, 0.2), (1e-5, 0.7), (0.7, 1e-5)] {
      let plain = q * divergence.generator(p / q) - divergence.threshold * (p - q)
      // The plain way loses up to four digits at the ratio 70,000.
      let term = divergence.term(p, q)
      #expect(abs(term - plain) < 1e-12 * (1 + abs(term)), "\(divergence) \(p) \(q)")
    }
  }

  /// No critic exceeds the divergence, and the optimal one reaches it (the 7-bin pair).
  @Test(arguments: family)
  func criticsBoundTheDivergence(divergence: any FDivergence) throws {
    let pair = try SevenBins.pair()
    func estimate(_ critic: [Double]) -> Double {
      zip(critic.indices, critic).reduce(0) { sum, entry in
        sum + pair.p[entry.0] * entry.1 - pair.q[entry.0] * divergence.conjugate(entry.1)
      }
    }
    let value = pair.divergence(divergence)
    let best = zip(pair.p, pair.q).map { divergence.optimalCritic($0 / $1) }
    #expect(abs(estimate(best) - value) < 1e-12)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let critic = best.indices.map { _ in
        divergence.activation(Double.random(in: -4...4, using: &random))
      }
      #expect(estimate(critic) <= value + 1e-12)
    }
  }

  /// A generator of somebody else's goes through the same door: f(u) = |u − 1|.
  @Test func ownGenerator() throws {
    struct TwiceTotalVariation: FDivergence {
      func generator(_ u: Double) -> Double { abs(u - 1) }
      var generatorAtZero: Double { 1 }
      var slopeAtInfinity: Double { 1 }
      func conjugate(_ t: Double) -> Double { t <= 1 ? max(t, -1) : .infinity }
      func optimalCritic(_ ratio: Double) -> Double { ratio > 1 ? 1 : ratio < 1 ? -1 : 0 }
      var threshold: Double { 0 }
      func activation(_ v: Double) -> Double { max(-1, min(1, v)) }
    }
    let pair = try SevenBins.pair()
    #expect(abs(pair.divergence(TwiceTotalVariation()) - 0.6) < 1e-15)
  }
}
