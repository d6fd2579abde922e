import Autodiff

extension AdversarialTraining {
  /// Where the kinks of hidden units start.
  ///
  /// With biases of 0 a network starts as a fan of linear pieces around the origin, and takes long to bend
  /// elsewhere.
  public enum KinkStart: String, Hashable, Sendable, Codable {
    /// Biases of 0: the kinks of a first layer all meet in the origin.
    case origin
    /// Those of the discriminator each pass through a random point of the data.
    case data
    /// And those of the generator each through a random point of the noise.
    case noiseAndData
  }
}

extension AdversarialRun {
  /// Moves the kinks of hidden units to where the settings have them; those of layers on images stay.
  mutating func moveKinks(through points: Matrix) {
    guard settings.kinkStart != .origin, discriminator.network.stack == nil else { return }
    discriminator.network.moveKinks(
      through: settings.inputScale * points, under: &discriminator.transform, using: &random)
    guard settings.kinkStart == .noiseAndData, generator.network.stack == nil else { return }
    let inputs = settings.noise.sample(points.rows, using: &random)
    // Clipping without bound does nothing to weights.
    var plain = WeightTransform(.clipping(.infinity), for: generator.network, using: &random)
    generator.network.moveKinks(through: inputs, under: &plain, using: &random)
  }
}
