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
  /// Behind the coordinates stands a label, one number for each of so many equally likely classes, of
  /// which one is 1 and the others are 0; 0 for no label.
  public var classes = 0

  /// Noise of a law, at least one coordinate.
  public init(_ law: Law = .normal, dimension: Int, classes: Int = 0) {
    self.law = law
    self.dimension = dimension
    self.classes = classes
  }

  /// The numbers of a draw: coordinates and label.
  public var width: Int { dimension + classes }

  /// Independent draws, count × width.
  public func sample(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    let coordinates = coordinates(count, using: &generator)
    guard classes > 0 else { return coordinates }
    let labels = (0..<count).map { _ in Int.random(in: 0..<classes, using: &generator) }
    return coordinates.labelled(labels, classes: classes)
  }

  private func coordinates(
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
      network.widths[0] == noise.width,
      "a network of \(network.widths[0]) inputs takes no noise of \(noise.width) numbers")
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
  ///
  /// A network that normalises batches is used with the statistics of 1,024 draws of a noise that is
  /// always the same, so that a sample depends on its own noise alone.
  public func sample(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    points(at: noise.sample(count, using: &generator))
  }

  /// The points that given noise becomes, with frozen statistics as in `sample`.
  ///
  /// - Parameter noise: n × the noise's width.
  /// - Returns: n × d.
  public func points(at noise: Matrix) -> Matrix {
    var frozen = self
    var reference = SplitMix64(seed: 0x7265_6665_7265_6E63)
    frozen.network = network.freezingImageStatistics(
      of: self.noise.sample(1024, using: &reference))
    return frozen.points(
      from: Tensor(noise), parameters: frozen.network.parameters.map { Tensor($0) }
    ).value
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
