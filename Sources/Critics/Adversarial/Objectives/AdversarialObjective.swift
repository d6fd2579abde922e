public import Autodiff

/// What a discriminator ascends and a generator descends.
///
/// Every objective is a sum of means: the discriminator ascends
/// E `dataTerm`(a(x)) + E `sampleTerm`(a(y)) over data x and samples y, where a is its output; the generator
/// descends E `generatorTerm`(a(y)).
public enum AdversarialObjective: Hashable, Sendable, Codable {
  /// log D(x) + log(1 − D(y)) with D = 1/(1 + e⁻ᵃ), for both players (I. Goodfellow et al. 2014).
  case minimax
  /// The same for the discriminator; the generator descends −log D(y), which has a slope also where the
  /// discriminator is sure.
  case nonSaturating
  /// min(0, a(x) − 1) + min(0, −a(y) − 1); the generator descends −a(y) (J. Lim, J. Ye 2017).
  case hinge
  /// a(x) − a(y): with a 1-Lipschitz discriminator an estimate of W₁ (M. Arjovsky et al. 2017).
  case wasserstein
  /// g(a(x)) − f*(g(a(y))) for both players: a lower bound of an f-divergence.
  case variational(VariationalDivergence)
  /// The same for the discriminator; the generator descends −g(a(y)) (f-GAN, section 3.2).
  case variationalNonSaturating(VariationalDivergence)

  /// What the output at a data point adds to the discriminator's value, entry by entry.
  public func dataTerm(_ outputs: Tensor) -> Tensor {
    switch self {
    case .minimax, .nonSaturating: -(-outputs).softplus()
    case .hinge: -(1 - outputs).relu()
    case .wasserstein: outputs
    case .variational(let member), .variationalNonSaturating(let member):
      member.activation(outputs)
    }
  }

  /// What the output at a sample adds to the discriminator's value, entry by entry.
  public func sampleTerm(_ outputs: Tensor) -> Tensor {
    switch self {
    case .minimax, .nonSaturating: -outputs.softplus()
    case .hinge: -(1 + outputs).relu()
    case .wasserstein: -outputs
    case .variational(let member), .variationalNonSaturating(let member):
      -member.conjugateOfActivation(outputs)
    }
  }

  /// What the output at a sample adds to the generator's loss, entry by entry.
  public func generatorTerm(_ outputs: Tensor) -> Tensor {
    switch self {
    case .minimax, .variational: sampleTerm(outputs)
    case .nonSaturating: (-outputs).softplus()
    case .hinge, .wasserstein: -outputs
    case .variationalNonSaturating(let member): -member.activation(outputs)
    }
  }

  /// The discriminator's value on a batch: the means of both terms, added.
  ///
  /// - Parameters:
  ///   - data: Outputs at data points, n × 1.
  ///   - samples: Outputs at samples, m × 1.
  /// - Returns: 1 × 1.
  public func value(data: Tensor, samples: Tensor) -> Tensor {
    dataTerm(data).mean() + sampleTerm(samples).mean()
  }

  /// The generator's loss on a batch of samples.
  ///
  /// - Parameter samples: Outputs at samples, m × 1.
  /// - Returns: 1 × 1.
  public func generatorLoss(samples: Tensor) -> Tensor { generatorTerm(samples).mean() }
}

extension AdversarialObjective {
  /// Whether what one player wins the other loses, so that the generator's loss is the discriminator's value
  /// but for a part that the generator cannot change.
  public var isZeroSum: Bool {
    switch self {
    case .minimax, .wasserstein, .variational: true
    case .nonSaturating, .hinge, .variationalNonSaturating: false
    }
  }
}
