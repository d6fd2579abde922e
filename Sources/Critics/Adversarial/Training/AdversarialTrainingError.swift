import Measures
/// Why a training cannot be started or continued.
public enum AdversarialTrainingError: Error, Hashable, Sendable {
  /// A setting is outside of its range.
  case invalidSetting(name: String, value: String, allowed: String)
  /// A batch without replacement is larger than the data.
  case batchTooLarge(batch: Int, points: Int)
  /// Drawing without replacement needs points of equal mass.
  case unequalMasses
  /// There is no preset of that name; `nearest` is the most similar one.
  case unknownPreset(name: String, nearest: String)
  /// The bytes are not a checkpoint, or end too early.
  case damagedCheckpoint(reason: String)
  /// A checkpoint was made under other settings or on other data.
  case otherSettings(checkpoint: String, given: String)
}

extension AdversarialTrainingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .invalidSetting(let name, let value, let allowed):
      "\(name) is \(value); it must be \(allowed)"
    case .batchTooLarge(let batch, let points):
      "a batch of \(batch) without replacement is larger than the data, \(points) points; "
        + "make it smaller or draw with replacement"
    case .unequalMasses:
      "points are drawn without replacement but have unequal masses; draw with replacement"
    case .unknownPreset(let name, let nearest):
      "there is no preset \(name); did you mean \(nearest)?"
    case .damagedCheckpoint(let reason):
      "this is no checkpoint that can be read: \(reason)"
    case .otherSettings(let checkpoint, let given):
      "the checkpoint was made with other settings; resume with the same.\n"
        + "  checkpoint: \(checkpoint)\n  given:      \(given)"
    }
  }
}

extension AdversarialTraining {
  /// Throws unless every setting is in its range and suits the data.
  func check(for data: AdversarialData) throws(AdversarialTrainingError) {
    try require(batch >= 1, "the batch", batch, "at least 1")
    try require(steps >= 0, "the number of steps", steps, "at least 0")
    try require(
      unrolling.steps >= 0, "K, the number of unrolled steps,", unrolling.steps, "at least 0")
    try require(
      generatorUnrolling.steps >= 0, "the number of the generator's unrolled steps",
      generatorUnrolling.steps, "at least 0")
    try require(
      noise.dimension >= 1, "the dimension of the noise", noise.dimension, "at least 1")
    try require(
      inputScale.isFinite && inputScale != 0, "the scale of inputs", inputScale,
      "finite and not 0")
    try require(
      outputScale.isFinite && outputScale != 0, "the scale of outputs", outputScale,
      "finite and not 0")
    try require(
      generatorAveraging.map { $0 >= 0 && $0 < 1 } ?? true, "what a mean of parameters keeps",
      generatorAveraging ?? 0, "at least 0 and below 1")
    for count in [
      discriminatorSteps.count(beforeStep: 0), discriminatorSteps.count(beforeStep: 26),
    ] {
      try require(
        count >= 0, "the number of discriminator steps for each generator step", count,
        "at least 0")
    }
    try checkPlayers()
    try checkLayers(for: data)
    try checkControl()
    guard case .measureWithoutReplacement(let cloud) = data else { return }
    guard batch <= cloud.count else {
      throw .batchTooLarge(batch: batch, points: cloud.count)
    }
    guard Set(cloud.masses).count == 1 else { throw .unequalMasses }
  }

  private func checkPlayers() throws(AdversarialTrainingError) {
    for (name, player) in [("discriminator", discriminator), ("generator", generator)] {
      try require(
        player.hidden.allSatisfy { $0 >= 1 }, "a hidden width of the \(name)", player.hidden,
        "at least 1")
      try require(
        player.activation != .maxMin || player.hidden.allSatisfy { $0.isMultiple(of: 2) },
        "a hidden width of the \(name)", player.hidden, "even for max-min")
      if let problem = player.optimizer.problem {
        throw .invalidSetting(
          name: "the \(name)'s optimiser", value: "\(player.optimizer)",
          allowed: "sound, but \(problem)")
      }
    }
  }

  /// Layers on images must fit noise and data.
  private func checkLayers(for data: AdversarialData) throws(AdversarialTrainingError) {
    try require(noise.classes >= 0, "the number of classes", noise.classes, "at least 0")
    if let layers = generator.layers {
      try require(
        layers.inputWidth == noise.width, "the noise's width", noise.width,
        "that of the generator's inputs, \(layers.inputWidth)")
      try require(
        layers.outputWidth == data.dimension, "the generator's width", layers.outputWidth,
        "that of the data, \(data.dimension)")
    }
    guard let layers = discriminator.layers else { return }
    try require(
      layers.inputWidth == data.dimension, "the discriminator's width", layers.inputWidth,
      "that of the data, \(data.dimension)")
    try require(
      layers.outputWidth == 1, "the discriminator's outputs", layers.outputWidth, "1")
    try require(
      (control?.normalization ?? Normalization.none) == Normalization.none, "the control",
      "\(String(describing: control))",
      "none that normalises sums: layers on images say themselves whether they do")
  }

  private func checkControl() throws(AdversarialTrainingError) {
    switch control {
    case .clipping(let bound):
      try require(bound > 0, "the bound of clipping", bound, "positive")
      try require(
        unrolling.steps == 0, "K, the number of unrolled steps,", unrolling.steps,
        "0 under clipping, which has no derivative")
    case .orthonormal(let iterations):
      try require(iterations >= 0, "the number of Björck's iterations", iterations, "at least 0")
    default: break
    }
  }

  private func require(
    _ holds: Bool, _ name: String, _ value: some Sendable, _ allowed: String
  ) throws(AdversarialTrainingError) {
    guard holds else { throw .invalidSetting(name: name, value: "\(value)", allowed: allowed) }
  }
}
