import Critics

/// The controls that experiments hold side by side.
///
/// Source: T. Miyato and others 2018, section 4.
let comparedControls: [(name: String, control: LipschitzControl?)] = [
  ("none", nil), ("clipping 0.05", .clipping(0.05)),
  ("gradient penalty 10", .gradientPenalty(PenaltyWeight(10))),
  ("batch normalisation", .batchNormalization), ("layer normalisation", .layerNormalization),
  ("weight normalisation", .weightNormalization),
  ("orthonormal penalty 0.1", .orthonormalPenalty(0.1)), ("spectral", .spectralNormalization),
]

extension AdversarialTraining {
  /// A training on the ring under a control, with the settings of one letter of Miyato's table 1.
  static func compared(
    _ letter: String, _ control: LipschitzControl?, width: Int, steps: Int
  ) throws -> AdversarialTraining {
    var settings = try AdversarialTraining.preset("sngan-\(letter)")
    settings.control = control
    settings.generator.hidden = [width, width, width]
    settings.discriminator.hidden = [width, width, width]
    settings.noise.dimension = 2
    settings.steps = steps
    return settings
  }
}
