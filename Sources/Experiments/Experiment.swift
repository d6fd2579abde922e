/// The experiments of the literature on critics and generators, each held against the exact distance.
///
/// ```swift
/// let result = try await Experiment.games.run(ExperimentSettings(size: .quick))
/// print(result.tables[0].markdown)
/// ```
///
/// The same settings give the same numbers on the same machine and library versions, but for seconds.
public enum Experiment: String, Hashable, Sendable, CaseIterable {
  /// W₁, KL and JS of two parallel lines, and what trained critics and discriminators say of them.
  case parallelLines = "parallel-lines"
  /// A discriminator on histograms comes to p/(p + q) and to the value 2 JS − 2 log 2.
  case bestDiscriminator = "best-discriminator"
  /// Critics under clipping and under a penalty: value surfaces, weights, gradients by layer.
  case surfaces
  /// Every control under one loss and the same seeds: exact W₁, singular values, cost of a step.
  case regularizers
  /// Every control under the settings A to F of the optimiser.
  case robustness
  /// Looking ahead on the ring of eight modes, and what else does the same.
  case unrolledRing = "unrolled-ring"
  /// Looking ahead in small games whose motion is known in closed form.
  case games
  /// The critic's estimate, what of it is proved, and the exact W₁ along trainings.
  case evidence

  /// What it shows, in a line.
  public var summary: String {
    switch self {
    case .parallelLines: "W₁, KL, JS of two parallel lines, and what trained critics say of them"
    case .bestDiscriminator: "a trained discriminator comes to p/(p + q) and 2 JS − 2 log 2"
    case .surfaces: "critics under clipping and penalty: surfaces, weights, gradients by layer"
    case .regularizers: "every control under one loss: exact W₁, singular values, cost of a step"
    case .robustness: "every control under the settings A to F of the optimiser"
    case .unrolledRing: "looking ahead on the ring of eight modes, with what else does the same"
    case .games: "looking ahead in games whose motion is known in closed form"
    case .evidence: "estimate, certified bound and exact W₁ along trainings"
    }
  }

  /// Runs the experiment.
  ///
  /// - Parameters:
  ///   - settings: How large it is, and its seeds.
  ///   - progress: Called with the part done, from 0 to 1, and with what is done.
  /// - Returns: Tables and figures.
  /// - Throws: `CancellationError` in a cancelled task.
  public func run(
    _ settings: ExperimentSettings = ExperimentSettings(),
    progress: @escaping @Sendable (Double, String) -> Void = { _, _ in }
  ) async throws -> ExperimentResult {
    let watch = ExperimentWatch(progress)
    return switch self {
    case .parallelLines: try await ParallelLinesExperiment(settings).run(watch)
    case .bestDiscriminator: try BestDiscriminatorExperiment(settings).run(watch)
    case .surfaces: try await SurfacesExperiment(settings).run(watch)
    case .regularizers: try await RegularizersExperiment(settings).run(watch)
    case .robustness: try await RobustnessExperiment(settings).run(watch)
    case .unrolledRing: try await UnrolledRingExperiment(settings).run(watch)
    case .games: try GamesExperiment(settings).run(watch)
    case .evidence: try await EvidenceExperiment(settings).run(watch)
    }
  }
}

/// How large an experiment is, and its seeds.
public struct ExperimentSettings: Hashable, Sendable {
  /// How large an experiment is.
  public enum Size: Hashable, Sendable {
    /// As its page in the documentation shows it: seconds to minutes.
    case full
    /// So few steps and points that it ends in a second or two: to see that it runs, not what it shows.
    case quick
  }

  /// How large it is.
  public let size: Size
  /// The first seed.
  public let seed: UInt64
  /// The number of seeds; nil for what the experiment's page has.
  public let seeds: Int?

  /// How large an experiment is, and its seeds.
  ///
  /// - Parameters:
  ///   - size: How large it is.
  ///   - seed: The first seed.
  ///   - seeds: The number of seeds of experiments that have several, at least 1; nil for what the
  ///     experiment's page has.
  public init(size: Size = .full, seed: UInt64 = 0, seeds: Int? = nil) {
    precondition(seeds ?? 1 >= 1, "an experiment has at least one seed")
    self.size = size
    self.seed = seed
    self.seeds = seeds
  }

  /// One of two values, by the size.
  func value<Value>(_ full: Value, quick: Value) -> Value { size == .full ? full : quick }

  /// The seeds, from the first on.
  func seeds(_ full: Int, quick: Int = 1) -> [UInt64] {
    (0..<UInt64(seeds ?? value(full, quick: quick))).map { seed &+ $0 }
  }
}

/// Who looks on while an experiment goes, and whether it is to go on.
struct ExperimentWatch: Sendable {
  private let progress: @Sendable (Double, String) -> Void

  init(_ progress: @escaping @Sendable (Double, String) -> Void) { self.progress = progress }

  /// Says how far the experiment is.
  func report(_ share: Double, _ words: String) throws {
    try Task.checkCancellation()
    progress(share, words)
  }
}
