import Autodiff
public import Measures
public import Transport

/// Holds samples against data that no training saw.
///
/// ```swift
/// let evaluator = try SampleEvaluator(.law(ring), count: 2500, seed: 1)
/// let evaluation = try evaluator.evaluate(snapshot.samples(2500))
/// evaluation.wasserstein1 / evaluator.floor1   // 1 for samples as good as data
/// ```
public struct SampleEvaluator: Sendable {
  /// The data that samples are compared with.
  public let heldOut: PointCloud
  /// The exact W₁ of two independent draws of data of the same size.
  public let floor1: Double
  /// The exact W₂ of the same draws; nil unless asked for.
  public let floor2: Double?
  /// The middles of the modes; nil for data without modes.
  public let modes: [[Double]]?
  /// How near a mode's middle a sample must be to count: three deviations.
  public let radius: Double
  private let solver: any TransportSolver

  /// Draws the data and computes the floors.
  ///
  /// - Parameters:
  ///   - data: The data of the training; a law is drawn from anew, of a measure points are drawn.
  ///   - count: The number of points of each draw, 2,500 in the papers.
  ///   - seed: The seed of both draws; their randomness is apart from that of trainings.
  ///   - measuresOrder2: Whether W₂ is computed too.
  ///   - solver: What solves the transport problems.
  /// - Throws: `MeasureError`, `TransportProblemError` or `TransportSolverError`.
  public init(
    _ data: AdversarialData, count: Int = 2500, seed: UInt64 = 0, measuresOrder2: Bool = false,
    solver: any TransportSolver = NetworkSimplex()
  ) throws {
    var random = SplitMix64(seed: seed ^ 0x6865_6C64_6F75_7421)
    let draws = try (0..<2).map { _ in
      try PointCloud(
        coordinates: data.drawing(count, using: &random).elements, dimension: data.dimension)
    }
    heldOut = draws[0]
    floor1 = try Self.distance(draws[1], draws[0], 1, solver)
    floor2 = measuresOrder2 ? try Self.distance(draws[1], draws[0], 2, solver) : nil
    if case .law(let law) = data {
      modes = law.modes
      radius = 3 * (law.modeDeviation ?? 0)
    } else {
      modes = nil
      radius = 0
    }
    self.solver = solver
  }

  /// Measures samples.
  ///
  /// - Parameter samples: As many as the held-out data if they are to be read beside the floor.
  /// - Returns: Distances and modes.
  /// - Throws: `TransportProblemError` or `TransportSolverError`.
  public func evaluate(_ samples: PointCloud) throws -> SampleEvaluation {
    SampleEvaluation(
      wasserstein1: try Self.distance(samples, heldOut, 1, solver),
      wasserstein2: floor2 == nil ? nil : try Self.distance(samples, heldOut, 2, solver),
      coverage: modes.map { modes in
        ModeCoverage(of: samples, modes: modes, radius: radius)
      },
      looseCoverage: modes.map { modes in
        ModeCoverage(of: samples, modes: modes, radius: Self.looseRadius(modes), minimumShare: 0.01)
      })
  }

  /// A fifth of the least distance of two modes, about 0.3 on the ring of radius 2.
  private static func looseRadius(_ modes: [[Double]]) -> Double {
    var least = Double.infinity
    for (index, mode) in modes.enumerated() {
      for other in modes[..<index] {
        least = min(least, zip(mode, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
      }
    }
    return 0.2 * least.squareRoot()
  }

  private static func distance(
    _ samples: PointCloud, _ data: PointCloud, _ order: Double, _ solver: any TransportSolver
  ) throws -> Double {
    let problem = try TransportProblem(from: samples, to: data, order: order)
    return try solver.solve(problem).distance
  }
}

/// What samples are worth.
public struct SampleEvaluation: Hashable, Sendable {
  /// The exact W₁ from the held-out data.
  public let wasserstein1: Double
  /// The exact W₂ from them; nil unless asked for.
  public let wasserstein2: Double?
  /// Modes with any sample within three deviations, and the share of such samples; nil without modes.
  public let coverage: ModeCoverage?
  /// Modes that a hundredth of the samples is within a fifth of the modes' distance of; nil without modes.
  public let looseCoverage: ModeCoverage?
}

extension AdversarialData {
  /// Independent points, also where batches are drawn without replacement.
  func drawing(_ count: Int, using random: inout SplitMix64) -> Matrix {
    if case .measureWithoutReplacement(let cloud) = self {
      return AdversarialData.measure(cloud).batch(count, using: &random)
    }
    return batch(count, using: &random)
  }
}
