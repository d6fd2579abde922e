public import Transport

/// A critic on batches of points: what is the bias of sampling, and what the error of optimisation.
///
/// The estimate of a critic on a batch differs from W₁ of the whole measures for two reasons that are seldom
/// told apart. The batch has a W₁ of its own, in the mean larger than that of what it is drawn from; and the
/// critic does not attain that of the batch. Both are measured here, by solving each batch exactly.
///
/// - Source: A. Mallasto, G. Montúfar, A. Gerolin, "How well do WGANs estimate the Wasserstein metric?", 2019.
public struct BatchReport: Hashable, Sendable {
  /// A critic on one batch.
  public struct Entry: Hashable, Sendable {
    /// The exact W₁ of the batch.
    public let exact: Double
    /// E f − E f on the batch, divided by the critic's K.
    public let estimate: Double
  }

  /// The number of points of either measure in a batch.
  public let size: Int
  /// The batches, in the order in which they were drawn.
  public let batches: [Entry]
  /// The exact W₁ of the whole measures.
  public let exact: Double

  /// The mean exact W₁ of the batches less that of the whole: what sampling adds.
  public var samplingBias: Double { Self.mean(batches.map(\.exact)) - exact }

  /// The mean of the estimate less the exact W₁ of the same batch: what the critic misses.
  public var optimizationError: Double {
    Self.mean(batches.map { $0.estimate - $0.exact })
  }

  /// The mean estimate less the exact W₁ of the whole: the sum of both.
  public var totalError: Double { Self.mean(batches.map(\.estimate)) - exact }

  /// The standard error of `samplingBias`; 0 for a single batch.
  public var samplingDeviation: Double {
    guard batches.count > 1 else { return 0 }
    let values = batches.map(\.exact)
    let center = Self.mean(values)
    let square = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return (square / Double(values.count - 1) / Double(values.count)).squareRoot()
  }

  /// Draws batches and solves each.
  ///
  /// - Parameters:
  ///   - critic: The critic.
  ///   - problem: Two measures of the critic's dimension.
  ///   - size: The number of points of either measure in a batch, at least 1.
  ///   - count: The number of batches, at least 1.
  ///   - seed: The seed of the drawing.
  ///   - exact: The exact W₁ of the whole measures.
  ///   - solver: What solves a batch exactly.
  /// - Throws: `TransportSolverError` of the solver, `TransportProblemError` where masses are too small.
  /// - Complexity: `count` solves of size × size.
  public init(
    on critic: Critic, of problem: CriticProblem, size: Int, count: Int = 8, seed: UInt64 = 0,
    exact: Double, solver: some TransportSolver
  ) throws {
    precondition(count >= 1, "a report is on at least one batch, not \(count)")
    var random = SplitMix64(seed: seed)
    self.size = size
    self.exact = exact
    batches = try (0..<count).map { _ in
      let batch = try problem.batch(of: size, using: &random)
      let values = critic.values(at: batch.atomCoordinates)
      return Entry(
        exact: try solver.solve(batch.transport).cost,
        estimate: batch.difference(of: values) / critic.lipschitzBound)
    }
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
