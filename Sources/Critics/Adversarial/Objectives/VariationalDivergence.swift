public import Autodiff
public import Divergences
import RealModule

/// The members of the f-GAN family, as a discriminator on the tape needs them.
///
/// A discriminator with the output v under the data and under the samples has the value
/// E g(v) − E f*(g(v)), where the output activation g maps every number into the domain of f*. It is at
/// most the divergence of the data from the samples, with equality for g(v) = f′(p/q).
///
/// Values, conjugates and thresholds in plain numbers are those of `divergence`; here f* ∘ g is written out,
/// so that no exponential of it overflows before its logarithm is taken.
///
/// - Source: S. Nowozin, B. Cseke, R. Tomioka, "f-GAN", 2016, tables 1, 2 and 6.
public enum VariationalDivergence: String, Hashable, Sendable, CaseIterable, Codable {
  /// Σ p log(p/q).
  case kullbackLeibler = "kl"
  /// Σ q log(q/p).
  case reverseKullbackLeibler = "reverse-kl"
  /// Σ (p − q)²/q.
  case pearson
  /// Σ (p − q)²/p.
  case neyman
  /// Σ (√p − √q)².
  case squaredHellinger = "squared-hellinger"
  /// ½ KL(p‖m) + ½ KL(q‖m); the paper's row of this name is twice it.
  case jensenShannon = "jensen-shannon"
  /// 2 JS − log 4, the value of the standard GAN.
  case gan
  /// ½ Σ |p − q|.
  case totalVariation = "total-variation"
  /// Σ (p − q) log(p/q).
  case jeffreys

  /// Its generator function, conjugate, optimal critic and threshold in plain numbers.
  public var divergence: any FDivergence {
    switch self {
    case .kullbackLeibler: KullbackLeibler()
    case .reverseKullbackLeibler: ReverseKullbackLeibler()
    case .pearson: PearsonChiSquared()
    case .neyman: NeymanChiSquared()
    case .squaredHellinger: SquaredHellinger()
    case .jensenShannon: JensenShannon()
    case .gan: GANObjective()
    case .totalVariation: TotalVariation()
    case .jeffreys: Jeffreys()
    }
  }

  /// g(v), entry by entry: the outputs as values of a critic in the domain of f*.
  public func activation(_ v: Tensor) -> Tensor {
    switch self {
    case .kullbackLeibler, .pearson, .jeffreys: v
    case .reverseKullbackLeibler: -(-v).exp()
    case .neyman, .squaredHellinger: 1 - (-v).exp()
    case .jensenShannon: 0.5 * (logarithmOfTwo - (-v).softplus())
    case .gan: -(-v).softplus()
    case .totalVariation: 0.5 * v.tanh()
    }
  }

  /// f*(g(v)), entry by entry.
  public func conjugateOfActivation(_ v: Tensor) -> Tensor {
    switch self {
    case .kullbackLeibler: return (v - 1).exp()
    case .reverseKullbackLeibler: return v - 1
    case .pearson:
      // f* stays at −1 below t = −2.
      let bounded = pointwiseMax(v, Tensor(-2))
      return 0.25 * bounded.squared() + bounded
    case .neyman: return 2 - 2 * (-0.5 * v).exp()
    case .squaredHellinger: return v.exp() - 1
    case .jensenShannon: return 0.5 * (v.softplus() - logarithmOfTwo)
    case .gan: return v.softplus()
    case .totalVariation: return 0.5 * v.tanh()
    case .jeffreys:
      let logarithm = logarithmOfLambert(ofExponential: 1 - v)
      return logarithm.exp() + (-logarithm).exp() + v - 2
    }
  }

  /// The output v with g(v) = f′(u), for a ratio u = p/q > 0; infinite where g only tends to it.
  public func optimalOutput(_ ratio: Double) -> Double {
    switch self {
    case .kullbackLeibler, .pearson, .jeffreys: divergence.optimalCritic(ratio)
    case .reverseKullbackLeibler, .jensenShannon, .gan: .log(ratio)
    case .neyman: 2 * .log(ratio)
    case .squaredHellinger: 0.5 * .log(ratio)
    case .totalVariation: ratio > 1 ? .infinity : ratio < 1 ? -.infinity : 0
    }
  }
}
