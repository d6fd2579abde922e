public import Autodiff
public import Measures
import Transport

/// What a generator makes samples from: independent coordinates of one law.
public struct LatentNoise: Hashable, Sendable, Codable {
  /// The law of a coordinate.
  public enum Law: String, Hashable, Sendable, Codable, CaseIterable {
    /// Standard normal.
    case normal
    /// Uniform from −1 to 1.
    case uniform
  }

  /// The law of a coordinate.
  public var law: Law
  /// The number of coordinates.
  public var dimension: Int

  /// Noise of a law, at least one coordinate.
  public init(_ law: Law = .normal, dimension: Int) {
    self.law = law
    self.dimension = dimension
  }

  /// Independent draws, count × dimension.
  public func sample(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    switch law {
    case .normal: return Matrix.normal(rows: count, columns: dimension, using: &generator)
    case .uniform:
      let unit = Matrix.uniform(rows: count, columns: dimension, using: &generator)
      return 2 * unit - Matrix(rows: 1, columns: 1, repeating: 1)
    }
  }
}

/// A network that turns noise into points: a measure that can be drawn from.
public struct Generator: Hashable, Sendable {
  /// The network, with as many outputs as points have coordinates.
  public internal(set) var network: Network
  /// What its inputs are drawn from.
  public let noise: LatentNoise
  /// Whether the outputs go through tanh, as for images in [−1, 1].
  public let endsInTanh: Bool

  /// A generator.
  ///
  /// - Parameters:
  ///   - network: With as many inputs as the noise has coordinates.
  ///   - noise: What its inputs are drawn from.
  ///   - endsInTanh: Whether the outputs go through tanh.
  public init(network: Network, noise: LatentNoise, endsInTanh: Bool = false) {
    precondition(
      network.widths[0] == noise.dimension,
      "a network of \(network.widths[0]) inputs takes no noise of \(noise.dimension) coordinates")
    self.network = network
    self.noise = noise
    self.endsInTanh = endsInTanh
  }

  /// The number of coordinates of a sample.
  public var dimension: Int { network.widths[network.widths.count - 1] }

  /// The points that noise becomes, as functions of parameters.
  ///
  /// - Parameters:
  ///   - noise: n × latent dimension.
  ///   - parameters: W and b of each layer, in turn.
  /// - Returns: n × d.
  public func points(from noise: Tensor, parameters: [Tensor]) -> Tensor {
    let outputs = network.outputs(for: noise, parameters: parameters)
    return endsInTanh ? outputs.tanh() : outputs
  }

  /// Independent samples as rows, n × d.
  public func sample(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    let inputs = noise.sample(count, using: &generator)
    return points(from: Tensor(inputs), parameters: network.parameters.map { Tensor($0) }).value
  }

  /// Independent samples as a measure; the same seed gives the same points.
  ///
  /// - Parameters:
  ///   - count: The number of points, at least 1.
  ///   - seed: The seed of the noise.
  /// - Returns: Points of equal mass.
  /// - Throws: `MeasureError` if a coordinate is not finite.
  public func samples(_ count: Int, seed: UInt64) throws(MeasureError) -> PointCloud {
    var random = SplitMix64(seed: seed)
    let points = sample(count, using: &random)
    return try PointCloud(coordinates: points.elements, dimension: dimension)
  }
}
