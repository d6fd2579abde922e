public import Autodiff

/// The singular values of a layer's weights.
public struct LayerSpectrum: Hashable, Sendable {
  /// The singular values, largest first.
  public let singularValues: [Double]

  /// Those of weights.
  public init(of weights: Matrix) { singularValues = weights.singularValues() }

  /// The largest one.
  public var spectralNorm: Double { singularValues[0] }

  /// Σ σᵢ² ÷ σ₁²: how many directions a layer uses, between 1 and its rank; 0 for weights of zeros.
  ///
  /// - Source: M. Rudelson, R. Vershynin, "Sampling from large matrices", 2007, section 1.
  public var stableRank: Double {
    guard spectralNorm > 0 else { return 0 }
    return singularValues.reduce(0) { $0 + ($1 / spectralNorm) * ($1 / spectralNorm) }
  }
}

extension AdversarialRun {
  /// The spectrum of each layer of the discriminator, with the weights in use: under spectral normalisation
  /// those divided by their estimated norm.
  public func discriminatorSpectra() -> [LayerSpectrum] {
    var discriminator = discriminator
    let used = discriminator.used(discriminator.network.parameters.map { Tensor($0) })
    return stride(from: 0, to: used.count, by: 2).map { LayerSpectrum(of: used[$0].value) }
  }

  /// λ of each layer of the discriminator on batches: ⟨∂V/∂W̄, W̄⟩ with the weights in use W̄.
  ///
  /// Under spectral normalisation ∂V/∂W = (∂V/∂W̄ − λ u₁v₁ᵀ)/σ: λ weighs the pull against the strongest
  /// direction. It is positive while a longer W̄ would raise the value.
  ///
  /// - Parameters:
  ///   - data: Data points, n × d.
  ///   - noise: Noise, m × latent dimension.
  /// - Returns: A number for each layer.
  /// - Source: T. Miyato et al. 2018, eq. 12.
  public func spectralMultipliers(data: Matrix, noise: Matrix) -> [Double] {
    var discriminator = discriminator
    let used = discriminator.used(discriminator.network.parameters.map { Tensor($0) })
      .map { Tensor(variable: $0.value) }
    let samples = generator.points(
      from: Tensor(noise), parameters: generator.network.parameters.map { Tensor($0) })
    let value = settings.objective.value(
      data: discriminator.outputs(at: Tensor(data), used: used),
      samples: discriminator.outputs(at: samples, used: used))
    let weights = stride(from: 0, to: used.count, by: 2).map { used[$0] }
    return zip(weights, gradient(of: value, withRespectTo: weights)).map { weight, slope in
      zip(weight.value.elements, slope.elements).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
