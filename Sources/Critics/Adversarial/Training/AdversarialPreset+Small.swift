import Autodiff

/// Presets that cover the ring of eight and the grid of 25 modes in two to three minutes of one core.
///
/// Not the papers' constants: found by trial on these two laws. Noise of two coordinates, as many as the data
/// have, did the most; kinks start among the points, and rates fall along a cosine, so that the last samples are
/// the sharpest. The numbers of steps are those of the grid; the ring needs a fifth of them.
extension AdversarialPreset {
  static let smallNames = ["wgan-gp-small", "wgan-lp-small", "sngan-small"]

  /// The settings of a name of `smallNames`; nil for another.
  static func small(_ name: String) -> AdversarialTraining? {
    switch name {
    case "wgan-gp-small":
      small(.wasserstein, .gradientPenalty(PenaltyWeight(0.1)), rate: 1e-3, steps: 20_000)
    case "wgan-lp-small":
      small(.wasserstein, .lipschitzPenalty(PenaltyWeight(1)), rate: 1e-3, steps: 20_000)
    case "sngan-small": smallSpectral
    default: nil
    }
  }

  /// The hinge under spectral normalisation, with K = 40 and batches of 256.
  ///
  /// With a smaller K the discriminator does not tell near modes apart, with smaller batches it does not tell how
  /// many samples each mode is short of.
  private static var smallSpectral: AdversarialTraining {
    var settings = small(.hinge, .spectralNormalization, rate: 3e-3, steps: 12_000)
    settings.discriminator.activation = .leakyReLU
    settings.outputScale = 40
    settings.batch = 256
    return settings
  }

  private static func small(
    _ objective: AdversarialObjective, _ control: LipschitzControl, rate: Double, steps: Int
  ) -> AdversarialTraining {
    let optimizer = OptimizerSetting.adam(
      rate: .cosine(from: rate, to: rate / 100, steps: steps), meanDecay: 0.5, squareDecay: 0.9)
    let player = AdversarialTraining.Player(hidden: [64, 64, 64], optimizer: optimizer)
    var settings = AdversarialTraining(
      objective: objective, control: control, discriminator: player, generator: player,
      noise: LatentNoise(dimension: 2), discriminatorSteps: .constant(5), batch: 128,
      steps: steps)
    settings.kinkStart = .noiseAndData
    return settings
  }
}
