import Critics
import Measures
import TestSupport
import Transport

/// The problems that critics are tried on, with their exact solutions.
struct CriticInstance: Sendable, CustomStringConvertible {
  let name: String
  let problem: CriticProblem
  let exact: TransportSolution

  var description: String { name }

  init(_ name: String, from source: PointCloud, to target: PointCloud) throws {
    self.name = name
    problem = try CriticProblem(from: source, to: target, mass: .normalize)
    exact = try NetworkSimplex().solve(problem.transport)
  }

  init(_ documented: DocumentedProblem, seed: UInt64 = 0) throws {
    let (source, target) = try documented.clouds(seed: seed)
    try self.init(documented.rawValue, from: source, to: target)
  }

  static func sevenBins() throws -> CriticInstance {
    let (p, q) = try Instances.sevenBins()
    return try CriticInstance("seven bins", from: p.pointCloud, to: q.pointCloud)
  }

  /// Two parallel lines of 20 atoms each at a distance.
  static func lines(_ distance: Double) throws -> CriticInstance {
    try CriticInstance(
      "lines at \(distance)", from: PointCloud((0..<20).map { [0, Double($0) / 20] }),
      to: PointCloud((0..<20).map { [distance, Double($0) / 20] }))
  }

  /// Two uniform clouds in the plane, the second moved.
  static func plane(_ count: Int, seed: UInt64) throws -> CriticInstance {
    var random = SplitMix64(seed: seed)
    let source = try Instances.cloud(count, dimension: 2, &random)
    let target = try Instances.cloud(count + 3, dimension: 2, &random)
    return try CriticInstance(
      "\(count) points in the plane", from: source,
      to: PointCloud(
        coordinates: target.coordinates.map { $0 + 0.1 }, dimension: 2, masses: target.masses))
  }

  /// Two Gaussian clouds in ten dimensions.
  static func tenDimensions(_ count: Int, seed: UInt64) throws -> CriticInstance {
    var random = SplitMix64(seed: seed)
    func cloud() throws -> PointCloud {
      try PointCloud(
        coordinates: (0..<10 * count).map { _ in
          (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        }, dimension: 10)
    }
    return try CriticInstance("\(count) points in 10 dimensions", from: cloud(), to: cloud())
  }

  /// What certified bounds may exceed the exact value by: roundings.
  var tolerance: Double {
    let transport = problem.transport
    let costs = (0..<transport.sourceCount).flatMap { i in
      (0..<transport.targetCount).map { transport.costs[i, $0] }
    }.sorted()
    return 1e-9 * max(exact.cost, transport.totalMass * costs[costs.count / 2])
  }
}

/// Every method with its usual settings.
let everyMethod: [CriticTraining.Method] = [
  .cTransform, .minFunnel, .wasserstein(.clipping(0.1)),
  .wasserstein(.gradientPenalty(PenaltyWeight(10))),
  .wasserstein(.lipschitzPenalty(PenaltyWeight(from: 10, to: 1000, in: .spreads))),
  .wasserstein(.spectralNormalization), .wasserstein(.orthonormal(iterations: 8)),
  .wasserstein(.weightNormalization), .wasserstein(.orthonormalPenalty(0.01)),
  .wasserstein(.layerNormalization), .wasserstein(.batchNormalization), .potentialRegression,
]
