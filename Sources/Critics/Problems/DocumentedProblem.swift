public import Measures
import Transport

/// The problems that critics are tried on throughout the documentation, drawn anew for each seed.
///
/// ```swift
/// let (source, target) = try DocumentedProblem.eightGaussians.clouds(seed: 0)
/// let problem = try CriticProblem(from: source, to: target)
/// ```
public enum DocumentedProblem: String, Hashable, Sendable, CaseIterable {
  /// Two histograms of seven bins, W₁ = 0.9; no randomness.
  case sevenBins = "seven-bins"
  /// Two parallel lines of 20 atoms each at the distance 0.5, which is W₁; no randomness.
  case parallelLines = "parallel-lines"
  /// 50 normal points on the line against 50 normal ones, moved by 0.5 and stretched by 1.5.
  case line50 = "line-50"
  /// The same with 1,000 points.
  case line1000 = "line-1000"
  /// 10 uniform points in the plane against 10 of another square that overlaps it.
  case plane10 = "plane-10"
  /// The same with 100 points.
  case plane100 = "plane-100"
  /// The middles of three circles against 60 points on each: W₁ is their radius, 1; no randomness.
  case threeCones = "three-cones"
  /// 256 points of eight Gaussians on a circle against 256 standard normal ones.
  case eightGaussians = "eight-gaussians"
  /// 256 points of a circle against 256 standard normal ones.
  case ringAndGaussian = "ring-gaussian"
  /// 256 uniform points of the square against 256 others: all of W₁ is noise of sampling.
  case sameLaw = "same-law"
  /// 200 normal points against 150 of a Gaussian ring, with random masses.
  case weighted = "weighted"
  /// Two images of 16 × 16 pixels.
  case images
  /// 200 normal points in ten dimensions against 200 others, moved by 0.3 along each axis.
  case tenDimensions = "ten-dimensions"

  /// The two measures.
  ///
  /// - Parameter seed: Another seed draws other points; some problems have none to draw.
  /// - Returns: Both of total mass 1.
  /// - Throws: `MeasureError`, never for these data.
  public func clouds(
    seed: UInt64 = 0
  ) throws(MeasureError) -> (source: PointCloud, target: PointCloud) {
    var random = SplitMix64(seed: seed)
    switch self {
    case .sevenBins:
      return (
        try Histogram([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1]).pointCloud,
        try Histogram([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4]).pointCloud
      )
    case .parallelLines: return try Self.lines(distance: 0.5)
    case .line50: return try Self.shiftedNormal(50, &random)
    case .line1000: return try Self.shiftedNormal(1000, &random)
    case .plane10: return try Self.squares(10, &random)
    case .plane100: return try Self.squares(100, &random)
    case .threeCones: return try Self.cones(points: 60)
    case .eightGaussians:
      let ring = PointLaw.gaussianRing(
        modes: 8, radius: 2 / 2.0.squareRoot(), deviation: 0.02 / 2.0.squareRoot())
      return try Self.pair(ring, .gaussian(dimension: 2), 256, &random)
    case .ringAndGaussian:
      return try Self.pair(.circle(radius: 1), .gaussian(dimension: 2), 256, &random)
    case .sameLaw:
      return try Self.pair(.cube(dimension: 2), .cube(dimension: 2), 256, &random)
    case .weighted: return try Self.weightedPair(&random)
    case .images: return try (Self.image(&random), Self.image(&random))
    case .tenDimensions:
      let law = PointLaw.gaussian(dimension: 10)
      let moved = law.points(200, using: &random).map { $0 + 0.3 }
      return (
        try PointCloud(coordinates: law.points(200, using: &random), dimension: 10),
        try PointCloud(coordinates: moved, dimension: 10)
      )
    }
  }

  /// Two parallel lines of 20 atoms each, (0, k/20) and (distance, k/20).
  ///
  /// - Parameter distance: The distance, which is W₁ in absolute value.
  /// - Returns: Both of total mass 1.
  /// - Throws: `MeasureError` for a distance that is not finite.
  /// - Source: M. Arjovsky, S. Chintala, L. Bottou, "Wasserstein GAN", 2017, example 1.
  public static func lines(
    distance: Double
  ) throws(MeasureError) -> (source: PointCloud, target: PointCloud) {
    (
      try PointCloud(coordinates: (0..<20).flatMap { [0, Double($0) / 20] }, dimension: 2),
      try PointCloud(coordinates: (0..<20).flatMap { [distance, Double($0) / 20] }, dimension: 2)
    )
  }
}

extension DocumentedProblem {
  private typealias Clouds = (source: PointCloud, target: PointCloud)

  private static func pair(
    _ first: PointLaw, _ second: PointLaw, _ count: Int, _ random: inout SplitMix64
  ) throws(MeasureError) -> Clouds {
    (
      try PointCloud(
        coordinates: first.points(count, using: &random), dimension: first.dimension),
      try PointCloud(
        coordinates: second.points(count, using: &random), dimension: second.dimension)
    )
  }

  private static func shiftedNormal(
    _ count: Int, _ random: inout SplitMix64
  ) throws(MeasureError) -> Clouds {
    let law = PointLaw.gaussian(dimension: 1)
    let moved = law.points(count, using: &random).map { 1.5 * $0 + 0.5 }
    return (
      try PointCloud(coordinates: law.points(count, using: &random), dimension: 1),
      try PointCloud(coordinates: moved, dimension: 1)
    )
  }

  private static func squares(
    _ count: Int, _ random: inout SplitMix64
  ) throws(MeasureError) -> Clouds {
    let law = PointLaw.cube(dimension: 2)
    let moved = law.points(count, using: &random).map { $0 + 0.3 }
    return (
      try PointCloud(coordinates: law.points(count, using: &random), dimension: 2),
      try PointCloud(coordinates: moved, dimension: 2)
    )
  }

  /// The middles −2, 0 and 2 on the first axis, and circles of radius 1 around them.
  ///
  /// - Source: C. Anil, J. Lucas, R. Grosse, "Sorting out Lipschitz function approximation", 2019.
  private static func cones(points: Int) throws(MeasureError) -> Clouds {
    // Half a step off the axis, where neighbouring circles touch.
    let around = (0..<points).map { (Double($0) + 0.5) / Double(points) }
    let circles = [-2.0, 0, 2].flatMap { middle in
      around.flatMap { turn in
        let point = PointLaw.onCircle(1, turn: turn)
        return [middle + point[0], point[1]]
      }
    }
    return (
      try PointCloud(coordinates: [-2, 0, 0, 0, 2, 0], dimension: 2),
      try PointCloud(coordinates: circles, dimension: 2)
    )
  }

  private static func weightedPair(_ random: inout SplitMix64) throws(MeasureError) -> Clouds {
    let ring = PointLaw.gaussianRing(modes: 5, radius: 1.5, deviation: 0.3)
    let masses = (0..<350).map { _ in Double.random(in: 0.1..<1, using: &random) }
    let (first, second) = (masses[..<200].reduce(0, +), masses[200...].reduce(0, +))
    return (
      try PointCloud(
        coordinates: PointLaw.gaussian(dimension: 2).points(200, using: &random), dimension: 2,
        masses: masses[..<200].map { $0 / first }),
      try PointCloud(
        coordinates: ring.points(150, using: &random), dimension: 2,
        masses: masses[200...].map { $0 / second })
    )
  }

  /// A sum of four bumps on a faint ground, of total mass 1.
  private static func image(_ random: inout SplitMix64) throws(MeasureError) -> PointCloud {
    let side = 16
    let bumps = (0..<4).map { _ in
      (
        row: Double.random(in: 0..<16, using: &random),
        column: Double.random(in: 0..<16, using: &random),
        width: Double.random(in: 1..<4, using: &random)
      )
    }
    let masses = (0..<side * side).map { pixel in
      bumps.reduce(0.01) { sum, bump in
        let (down, right) = (Double(pixel / side) - bump.row, Double(pixel % side) - bump.column)
        return sum + 1 / (1 + (down * down + right * right) / (bump.width * bump.width))
      }
    }
    let total = masses.reduce(0, +)
    return try Grid(masses.map { $0 / total }, shape: [side, side]).pointCloud
  }
}
