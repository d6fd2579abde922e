import Autodiff

/// Presets that cover the ring of eight and the grid of 25 modes in a minute or two on a processor.
///
/// Not the papers' constants: found by trial on these two laws. Noise of two coordinates, as many as the data
/// have, did the most; rates fall along a cosine, so that the last samples are the sharpest.
extension AdversarialPreset {
  static let smallNames = ["wgan-gp-small", "wgan-lp-small", "sngan-small"]

  /// The settings of a name of `smallNames`; nil for another.
  static func small(_ name: String) -> AdversarialTraining? {
    switch name {
    case "wgan-gp-small":
      small(.wasserstein, .gradientPenalty(PenaltyWeight(0.1)), kinkStart: .noiseAndData)
    case "wgan-lp-small":
      small(.wasserstein, .lipschitzPenalty(PenaltyWeight(1)), kinkStart: .noiseAndData)
    case "sngan-small":
      // K = 10: a slope of 1 would make the hinge's margins as wide as the data.
      small(.hinge, .spectralNormalization, outputScale: 10)
    default: nil
    }
  }

  private static func small(
    _ objective: AdversarialObjective, _ control: LipschitzControl, outputScale: Double = 1,
    kinkStart: AdversarialTraining.KinkStart = .origin
  ) -> AdversarialTraining {
    let steps = 4000
    let optimizer = OptimizerSetting.adam(
      rate: .cosine(from: 1e-3, to: 1e-5, steps: steps), meanDecay: 0.5, squareDecay: 0.9)
    let generator = AdversarialTraining.Player(hidden: [64, 64, 64], optimizer: optimizer)
    var discriminator = generator
    if case .spectralNormalization = control { discriminator.activation = .maxMin }
    var settings = AdversarialTraining(
      objective: objective, control: control, discriminator: discriminator, generator: generator,
      noise: LatentNoise(dimension: 2), discriminatorSteps: .constant(5), batch: 128,
      steps: steps)
    settings.outputScale = outputScale
    settings.kinkStart = kinkStart
    return settings
  }
}
