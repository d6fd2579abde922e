public import Measures
import RealModule
import Transport

/// A law on space that points can be drawn from: the toy data of papers on critics and generators.
///
/// ```swift
/// let ring = PointLaw.gaussianRing(modes: 8, radius: 2, deviation: 0.02)
/// let cloud = ring.cloud(256, seed: 0)   // 256 points in the plane, of equal mass
/// ```
///
/// The same seed gives the same points.
public enum PointLaw: PointSampler, Hashable {
  /// Uniform on a cube from 0 to `side` along each axis.
  case cube(dimension: Int, side: Double = 1)
  /// Normal around the origin, independent along each axis.
  case gaussian(dimension: Int, deviation: Double = 1)
  /// Normal modes of equal mass, evenly on a circle in the plane; the first lies on the first axis.
  ///
  /// Eight at radius 2 with deviation 0.02 in L. Metz et al., "Unrolled generative adversarial
  /// networks", 2017, appendix A; the same divided by √2 in I. Gulrajani et al. 2017.
  case gaussianRing(modes: Int, radius: Double, deviation: Double)
  /// Normal modes of equal mass on a square lattice in the plane around the origin.
  ///
  /// Five a side, 2 apart, with deviation 0.05, divided by 2√2 in I. Gulrajani et al. 2017.
  case gaussianGrid(side: Int, spacing: Double, deviation: Double)
  /// Uniform on a circle around the origin of the plane, with normal noise along both axes.
  case circle(radius: Double, deviation: Double = 0)
  /// A spiral in the plane, t (cos t, sin t) for t from 1.5π to 4.5π, with normal noise, divided by `scale`.
  ///
  /// Noise 0.25 and scale 7.5 in I. Gulrajani et al. 2017; the spiral is S. Marsland's, 2009, section 6.2.
  case swissRoll(deviation: Double, scale: Double)
  /// Arms that start in the origin of the plane and turn once and a half on their way to the unit circle,
  /// evenly in their distance from it, with normal noise along both axes.
  case spirals(arms: Int, deviation: Double)
  /// Two upright lines of length 1 in the plane, the first through the origin; either has half of the mass.
  ///
  /// The supports of example 1 in M. Arjovsky, S. Chintala, L. Bottou 2017, as one law.
  case parallelLines(distance: Double)
  /// The moved law P of a pair of laws whose W₁ is known.
  case minFunnel(MinFunnel)
  /// Uniform on spheres of one radius around points, every sphere with the same mass.
  case spheres(centers: [[Double]], radius: Double)

  /// The number of coordinates of a point.
  public var dimension: Int {
    switch self {
    case .cube(let dimension, _), .gaussian(let dimension, _): dimension
    case .gaussianRing, .gaussianGrid, .circle, .swissRoll, .spirals, .parallelLines: 2
    case .minFunnel(let pair): pair.dimension
    case .spheres(let centers, _): centers[0].count
    }
  }

  /// Independent points.
  ///
  /// - Parameters:
  ///   - count: The number n of points.
  ///   - generator: The source of randomness.
  /// - Returns: n × d coordinates, row-major.
  public func points(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    var coordinates: [Double] = []
    coordinates.reserveCapacity(count * dimension)
    for _ in 0..<count { coordinates += point(using: &generator) }
    return coordinates
  }

  /// A sample as a measure: independent points of mass 1 / n each.
  ///
  /// - Parameters:
  ///   - count: The number n of points, at least 1.
  ///   - seed: The seed of the sample.
  /// - Returns: The points.
  /// - Throws: `MeasureError` for no points.
  public func cloud(_ count: Int, seed: UInt64) throws(MeasureError) -> PointCloud {
    var random = SplitMix64(seed: seed)
    return try PointCloud(coordinates: points(count, using: &random), dimension: dimension)
  }

  private func point(using random: inout some RandomNumberGenerator) -> [Double] {
    switch self {
    case .cube(let dimension, let side):
      return (0..<dimension).map { _ in Double.random(in: 0..<1, using: &random) * side }
    case .gaussian(let dimension, let deviation):
      return Self.near([Double](repeating: 0, count: dimension), deviation, &random)
    case .gaussianRing(let modes, let radius, let deviation):
      let turn = Double(Int.random(in: 0..<modes, using: &random)) / Double(modes)
      return Self.near(Self.onCircle(radius, turn: turn), deviation, &random)
    case .gaussianGrid(let side, let spacing, let deviation):
      let middle = Double(side - 1) / 2
      let mode = (0..<2).map { _ in
        spacing * (Double(Int.random(in: 0..<side, using: &random)) - middle)
      }
      return Self.near(mode, deviation, &random)
    case .circle(let radius, let deviation):
      let turn = Double.random(in: 0..<1, using: &random)
      return Self.near(Self.onCircle(radius, turn: turn), deviation, &random)
    case .swissRoll(let deviation, let scale):
      let turn = 0.75 + 1.5 * Double.random(in: 0..<1, using: &random)
      let onSpiral = Self.onCircle(2 * Double.pi * turn, turn: turn)
      return Self.near(onSpiral, deviation, &random).map { $0 / scale }
    case .spirals(let arms, let deviation):
      let length = Double.random(in: 0..<1, using: &random)
      let arm = Double(Int.random(in: 0..<arms, using: &random)) / Double(arms)
      return Self.near(Self.onCircle(length, turn: 1.5 * length + arm), deviation, &random)
    case .parallelLines(let distance):
      let height = Double.random(in: 0..<1, using: &random)
      return [Bool.random(using: &random) ? distance : 0, height]
    case .minFunnel(let pair): return pair.source.points(1, using: &random)
    case .spheres(let centers, let radius):
      let center = centers[Int.random(in: centers.indices, using: &random)]
      let way = Self.near(center.map { _ in 0 }, 1, &random)
      let length = way.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return zip(center, way).map { $0 + radius * $1 / length }
    }
  }

  static func onCircle(_ radius: Double, turn: Double) -> [Double] {
    [radius * Double.cos(2 * Double.pi * turn), radius * Double.sin(2 * Double.pi * turn)]
  }

  /// A point with independent normal noise along each axis.
  ///
  /// Source: G. Box, M. Muller, "A note on the generation of random normal deviates", 1958.
  private static func near(
    _ point: [Double], _ deviation: Double, _ random: inout some RandomNumberGenerator
  ) -> [Double] {
    point.map { coordinate in
      // 1 − u lies in (0, 1], where the logarithm is finite.
      let radius = (-2 * Double.log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
      let turn = Double.random(in: 0..<1, using: &random)
      return coordinate + deviation * radius * Double.cos(2 * Double.pi * turn)
    }
  }
}
