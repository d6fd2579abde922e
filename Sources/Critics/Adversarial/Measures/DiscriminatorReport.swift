public import Autodiff
public import Measures
public import Transport

/// What a discriminator in training says of the distance of samples from data, and what of that is proved.
///
/// Under the Wasserstein objective the discriminator is a critic: E a(x) − E a(y) over data x and samples y is
/// its estimate of W₁. Divided by the largest slope between any two of these points it is at most the exact
/// W₁ of the same points, however the discriminator was trained; so is its c-transform.
public struct DiscriminatorReport: Hashable, Sendable {
  /// E a(x) − E a(y) on the points.
  public let estimate: Double
  /// The largest slope between two of the points.
  public let lipschitzOnSupport: Double
  /// The estimate divided by that slope: at most the exact W₁.
  public let certifiedLowerBound: Double
  /// The value of the better of two c-transforms: at most the exact W₁.
  public let cTransformLowerBound: Double
  /// The exact W₁ of the points.
  public let exact: Double

  /// The discriminator of a run, held against the exact distance.
  ///
  /// - Parameters:
  ///   - run: A training, under way or done.
  ///   - samples: Points of its generator.
  ///   - data: Points of the data, of the same total mass.
  ///   - solver: What computes the exact distance.
  /// - Throws: `TransportProblemError` or `TransportSolverError`.
  /// - Complexity: O((m + n)² d) and the solver's.
  public init(
    on run: AdversarialRun, samples: PointCloud, data: PointCloud,
    solver: some TransportSolver = NetworkSimplex()
  ) throws {
    let problem = try CriticProblem(from: data, to: samples)
    let atoms = Matrix(
      rows: problem.sourceIndices.count + problem.targetIndices.count,
      columns: problem.dimension, elements: problem.atomCoordinates)
    let bounds = SupportBounds(run.discriminatorOutputs(at: atoms), on: problem)
    estimate = bounds.estimate
    lipschitzOnSupport = bounds.steepest.slope
    certifiedLowerBound = bounds.certifiedLowerBound
    // Of a critic with slopes near 1 the first is better, of one with another scale the second.
    cTransformLowerBound = max(
      bounds.cTransformLowerBound(),
      bounds.steepest.slope > 0 ? bounds.cTransformLowerBound(for: bounds.steepest.slope) : 0)
    exact = try SampleDistance(of: samples, from: data, solver: solver).value
  }
}

extension AdversarialRun {
  /// What the discriminator says of points, with the weights in use and its scales.
  ///
  /// - Parameter points: n × d.
  /// - Returns: n outputs.
  public func discriminatorOutputs(at points: Matrix) -> [Double] {
    var discriminator = discriminator
    let used = discriminator.used(discriminator.network.parameters.map { Tensor($0) })
    return discriminator.outputs(at: Tensor(points), used: used).value.elements
  }
}
