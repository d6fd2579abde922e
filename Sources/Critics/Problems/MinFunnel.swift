public import Measures
import RealModule
import Transport

/// Pairs of laws of which W₁, an optimal potential and its gradients are known in closed form.
///
/// u(x) = minₖ (‖x − aₖ‖ + bₖ) is 1-Lipschitz, a funnel around each centre aₖ. The target Q is uniform on
/// the cube [−2.5, 2.5]ᵈ. The source P is Q moved down along the rays of u: a point at the share t of the
/// way from its funnel's centre to the end of its ray goes to the share t⁸. Every point stays in its
/// funnel, so u falls by exactly the way that it goes, and
///
/// ```text
/// W₁(P, Q) = E‖x − T(x)‖ = E_Q u − E_P u,
/// ```
///
/// with −u an optimal potential: no cheaper plan exists, as E_P f − E_Q f of a 1-Lipschitz f is a lower
/// bound of W₁ and the way E‖x − T(x)‖ an upper one.
///
/// - Source: A. Korotin, A. Kolesov, E. Burnaev, "Kantorovich strikes back! Wasserstein GANs are not
///   optimal transport?", 2022, section 4. The centres are uniform in the cube here, the heights normal
///   with deviation 0.1.
public struct MinFunnel: Hashable, Sendable {
  /// Centres, N × d, row-major.
  public let centers: [Double]
  /// The height of each funnel at its centre.
  public let heights: [Double]
  /// The number of coordinates.
  public let dimension: Int

  /// The half side of the cube.
  static let reach = 2.5
  /// The power that shares of rays are raised to.
  static let power = 8.0

  /// Funnels around random centres.
  ///
  /// - Parameters:
  ///   - funnels: Their number, at least 1.
  ///   - dimension: The number of coordinates, at least 1.
  ///   - seed: The seed of centres and heights.
  public init(funnels: Int, dimension: Int, seed: UInt64 = 0) {
    precondition(funnels > 0 && dimension > 0, "there is a funnel, in a space")
    var random = SplitMix64(seed: seed)
    self.dimension = dimension
    centers = Self.uniform(funnels * dimension, &random)
    heights = PointLaw.gaussian(dimension: 1, deviation: 0.1).points(funnels, using: &random)
  }

  /// Given funnels.
  ///
  /// - Parameters:
  ///   - centers: N × d coordinates in the cube, row-major.
  ///   - heights: N of them.
  ///   - dimension: The number d of coordinates.
  public init(centers: [Double], heights: [Double], dimension: Int) {
    precondition(
      dimension > 0 && !heights.isEmpty && centers.count == heights.count * dimension,
      "each funnel has a centre of \(dimension) coordinates and a height")
    precondition(
      centers.allSatisfy { abs($0) <= Self.reach }, "the centres lie in the cube")
    self.centers = centers
    self.heights = heights
    self.dimension = dimension
  }

  /// One of the two laws, as trainings on samplers take it.
  public struct Law: PointSampler, Hashable {
    fileprivate let pair: MinFunnel
    fileprivate let isMoved: Bool

    /// The number of coordinates of a point.
    public var dimension: Int { pair.dimension }

    /// Independent points, n × d, row-major.
    public func points(
      _ count: Int, using generator: inout some RandomNumberGenerator
    ) -> [Double] {
      let drawn = MinFunnel.uniform(count * dimension, &generator)
      return isMoved ? pair.moved(drawn) : drawn
    }
  }

  /// The law P, of points moved along their rays.
  public var source: Law { Law(pair: self, isMoved: true) }

  /// The law Q, uniform on the cube.
  public var target: Law { Law(pair: self, isMoved: false) }

  /// Points of both laws, each source with the target that it came from.
  public struct CoupledSample: Hashable, Sendable {
    /// Points of P, n × d, row-major.
    public let sources: [Double]
    /// Points of Q, n × d, row-major: the k-th moved is the k-th source.
    public let targets: [Double]
  }

  /// Sources and the targets that they came from: the k-th target moved is the k-th source.
  ///
  /// On these 2n atoms the exact W₁ is the mean of ‖xₖ − yₖ‖, certified by −u.
  ///
  /// - Complexity: O(n N d).
  public func coupledSample(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> CoupledSample {
    let targets = Self.uniform(count * dimension, &generator)
    return CoupledSample(sources: moved(targets), targets: targets)
  }

  /// u at points: −u is an optimal critic.
  ///
  /// - Parameter points: n × d, row-major.
  /// - Returns: n values.
  public func values(at points: [Double]) -> [Double] {
    rows(of: points).map { nearest(to: $0).value }
  }

  /// −∇u at points, which is ∇f of an optimal critic f: a unit vector towards the funnel's centre.
  ///
  /// - Parameter points: n × d, row-major.
  /// - Returns: n × d, row-major.
  public func criticGradients(at points: [Double]) -> [Double] {
    rows(of: points).flatMap { point in
      let funnel = nearest(to: point)
      return zip(center(funnel.index), point).map { ($0 - $1) / max(funnel.distance, 1e-300) }
    }
  }

  /// T of points of Q: where P has them.
  ///
  /// - Parameter points: n × d, row-major, in the cube.
  /// - Returns: n × d, row-major.
  public func moved(_ points: [Double]) -> [Double] {
    rows(of: points).flatMap { point -> [Double] in
      let funnel = nearest(to: point)
      guard funnel.distance > 0 else { return Array(point) }
      let center = center(funnel.index)
      let direction = zip(point, center).map { ($0 - $1) / funnel.distance }
      let length = max(rayLength(from: funnel.index, along: direction), funnel.distance)
      let share = Double.pow(funnel.distance / length, Self.power)
      return zip(center, direction).map { $0 + $1 * length * share }
    }
  }
}

extension MinFunnel {
  private static func uniform(
    _ count: Int, _ random: inout some RandomNumberGenerator
  ) -> [Double] {
    (0..<count).map { _ in Double.random(in: -reach..<reach, using: &random) }
  }

  private func rows(of points: [Double]) -> [ArraySlice<Double>] {
    stride(from: 0, to: points.count, by: dimension).map { points[$0..<$0 + dimension] }
  }

  private func center(_ index: Int) -> ArraySlice<Double> {
    centers[index * dimension..<(index + 1) * dimension]
  }

  /// The funnel that a point lies in: the one with the least ‖x − aₖ‖ + bₖ.
  private func nearest(
    to point: ArraySlice<Double>
  ) -> (index: Int, value: Double, distance: Double) {
    var best = (index: 0, value: Double.infinity, distance: 0.0)
    for (index, height) in heights.enumerated() {
      let distance = zip(point, center(index)).reduce(0) { sum, pair in
        sum + (pair.0 - pair.1) * (pair.0 - pair.1)
      }.squareRoot()
      if distance + height < best.value { best = (index, distance + height, distance) }
    }
    return best
  }

  /// How far a ray from a centre goes before it leaves the cube or another funnel is as low.
  ///
  /// With v = aₖ − aₘ and β = bₖ − bₘ, funnel m is as low at r where ‖v + r e‖ = r + β, that is
  /// r = (‖v‖² − β²) / (2 (β − v·e)), if the divisor is positive; else it never is.
  private func rayLength(from index: Int, along direction: [Double]) -> Double {
    var length = Double.infinity
    for (coordinate, step) in zip(center(index), direction) where step != 0 {
      length = min(length, ((step > 0 ? Self.reach : -Self.reach) - coordinate) / step)
    }
    for other in heights.indices where other != index {
      let way = zip(center(index), center(other)).map { $0 - $1 }
      let rise = heights[index] - heights[other]
      let divisor = 2 * (rise - zip(way, direction).reduce(0) { $0 + $1.0 * $1.1 })
      guard divisor > 0 else { continue }
      length = min(length, (way.reduce(0) { $0 + $1 * $1 } - rise * rise) / divisor)
    }
    return length
  }
}
