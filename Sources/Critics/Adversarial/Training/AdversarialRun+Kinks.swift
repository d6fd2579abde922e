import Autodiff

extension AdversarialRun {
  /// Moves the kinks of all hidden units to where points and noise are.
  ///
  /// With biases of 0 a network starts as a fan of linear pieces around the origin, and takes long to bend
  /// elsewhere.
  mutating func moveKinks(through points: Matrix) {
    let inputs = settings.noise.sample(points.rows, using: &random)
    // Clipping without bound does nothing to weights.
    var plain = WeightTransform(.clipping(.infinity), for: generator.network, using: &random)
    generator.network.moveKinks(through: inputs, under: &plain, using: &random)
    discriminator.network.moveKinks(
      through: settings.inputScale * points, under: &discriminator.transform, using: &random)
  }
}
