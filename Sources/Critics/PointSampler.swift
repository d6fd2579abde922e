/// A law on space that points can be drawn from, one batch after the other.
///
/// ```swift
/// struct Noise: PointSampler {
///   let dimension = 2
///   func points(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
///     (0..<2 * count).map { _ in Double.random(in: -1...1, using: &generator) }
///   }
/// }
/// ```
///
/// All randomness comes from the generator, so that a seed decides what is drawn.
public protocol PointSampler: Sendable {
  /// The number d of coordinates of a point.
  var dimension: Int { get }

  /// Independent points.
  ///
  /// - Parameters:
  ///   - count: The number n of points.
  ///   - generator: The source of randomness.
  /// - Returns: n × d finite coordinates, row-major.
  func points(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Double]
}
