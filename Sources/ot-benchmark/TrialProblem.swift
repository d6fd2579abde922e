import Critics
import Measures
import OptimalTransport
import Transport

/// A problem that is drawn anew for each seed.
struct TrialProblem: Sendable {
  let name: String
  private let clouds: @Sendable (UInt64) throws -> (PointCloud, PointCloud)

  func trial(seed: UInt64) throws -> CriticMeasurement {
    let (source, target) = try clouds(seed)
    return try CriticMeasurement(name, from: source, to: target)
  }

  static let all = documented + others

  /// The problems of the documentation, on which settings were tuned.
  static let documented = DocumentedProblem.allCases.map { problem in
    TrialProblem(name: problem.rawValue) { try problem.clouds(seed: $0) }
  }

  /// Problems that were made up after the settings were fixed.
  static let others = [
    sampled(
      "grid-spiral", .gaussianGrid(side: 5, spacing: 0.7, deviation: 0.02),
      .swissRoll(deviation: 0.25, scale: 7.5), 300, 300),
    sampled(
      "two-rings", .circle(radius: 1, deviation: 0.05),
      .circle(radius: 1.1, deviation: 0.05), 200, 260),
    sampled("cube-sphere", .cube(dimension: 3), sphere(dimension: 3), 150, 220),
    sampled(
      "wide-thirty", .gaussian(dimension: 30), .gaussian(dimension: 30, deviation: 1.5), 128, 96),
    sampled(
      "same-spiral", .swissRoll(deviation: 0.25, scale: 7.5),
      .swissRoll(deviation: 0.25, scale: 7.5), 200, 200),
    TrialProblem(name: "decades") { seed in try decades(seed: seed) },
    TrialProblem(name: "far-clusters") { seed in try farClusters(seed: seed) },
    TrialProblem(name: "same-line") { seed in
      let law = PointLaw.cube(dimension: 1)
      return (try law.cloud(300, seed: seed), try law.cloud(400, seed: seed + 1000))
    },
    sampled(
      "many-clusters", .gaussianGrid(side: 6, spacing: 10, deviation: 0.1),
      .gaussianGrid(side: 6, spacing: 10, deviation: 0.2), 250, 180),
    sampled("many-few", .gaussian(dimension: 3), .cube(dimension: 3, side: 4), 400, 7),
    TrialProblem(name: "heavy-tails") { seed in
      let normal = PointLaw.gaussian(dimension: 2)
      let cubed = try normal.cloud(150, seed: seed).coordinates.map { $0 * $0 * $0 }
      return (
        try PointCloud(coordinates: cubed, dimension: 2), try normal.cloud(200, seed: seed + 1000)
      )
    },
  ]

  private static func sampled(
    _ name: String, _ first: PointLaw, _ second: PointLaw, _ m: Int, _ n: Int
  ) -> TrialProblem {
    TrialProblem(name: name) { seed in
      (try first.cloud(m, seed: seed), try second.cloud(n, seed: seed + 1000))
    }
  }

  private static func sphere(dimension: Int) -> PointLaw {
    .spheres(centers: [[Double](repeating: 0.5, count: dimension)], radius: 0.7)
  }

  /// Masses that span six decades.
  private static func decades(seed: UInt64) throws -> (PointCloud, PointCloud) {
    var random = SplitMix64(seed: seed + 2000)
    func masses(_ count: Int) -> [Double] {
      let logarithms = (0..<count).map { _ in Int.random(in: 0...6, using: &random) }
      return logarithms.map { exponent in
        (0..<exponent).reduce(1.0) { mass, _ in mass / 10 }
          * Double.random(in: 0.5..<1, using: &random)
      }
    }
    let law = PointLaw.gaussian(dimension: 2)
    return (
      try PointCloud(
        coordinates: law.points(120, using: &random), dimension: 2, masses: masses(120)),
      try PointCloud(
        coordinates: law.points(180, using: &random), dimension: 2, masses: masses(180))
    )
  }

  /// Two tight clusters a hundred times their width apart, in both measures: W₁ is within the clusters.
  private static func farClusters(seed: UInt64) throws -> (PointCloud, PointCloud) {
    var random = SplitMix64(seed: seed + 3000)
    let law = PointLaw.gaussian(dimension: 2)
    func cloud() throws -> PointCloud {
      let near = law.points(80, using: &random)
      let far = law.points(80, using: &random).map { $0 + 100 }
      return try PointCloud(coordinates: near + far, dimension: 2)
    }
    return (try cloud(), try cloud())
  }
}
