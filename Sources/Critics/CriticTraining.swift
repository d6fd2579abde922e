public import Autodiff
import Measures
public import Transport

/// How a critic is trained.
///
/// The same settings and seed give the same bits on the same machine and library versions. Training never
/// sees the exact distance, but for the two settings that say so: `stopAtGap` and the method
/// `potentialRegression`.
public struct CriticTraining: Hashable, Sendable {
  /// What is trained, and how its slope is kept in bounds.
  public enum Method: Hashable, Sendable {
    /// A network under the Wasserstein loss, E_p f − E_q f.
    case wasserstein(LipschitzControl)
    /// A network without any bound under the semi-dual loss, whose c-transform makes every value a lower
    /// bound of W₁; the critic is the 1-Lipschitz extension of its best potential. On the full support the
    /// last quarter of the steps moves the potential atom by atom.
    case cTransform
    /// minₖ (‖x − xₖ‖ + hₖ) with heights at the sources: 1-Lipschitz by form.
    case minFunnel
    /// A network fitted to the optimal potentials of the linear program, which it has to be shown
    /// (H. Liu, X. Gu, D. Samaras 2018): what a network of this size can represent at all.
    case potentialRegression
  }

  /// What is trained.
  public let method: Method
  /// The widths of the hidden layers.
  public let hidden: [Int]
  /// What hidden layers do.
  public let activation: Network.Activation
  /// The number of steps, at least 1.
  public let steps: Int
  /// The size of the steps.
  public let rate: LearningRate
  /// The number of points at which a penalty is taken in a step.
  public let penaltyPoints: Int
  /// What a step sees.
  public let batch: Batch
  /// K: the critic is K times one that is held at slope 1, and estimates K · W₁.
  public let lipschitzBound: Double
  /// The part of the exact W₁ that the best certified bound may lack for the training to stop; nil to go on
  /// to the last step.
  public let stopAtGap: Double?
  /// The seed of all randomness.
  public let seed: UInt64

  /// Settings; what is not named suits the method.
  ///
  /// - Parameters:
  ///   - method: What is trained.
  ///   - hidden: The widths of the hidden layers, each at least 1, even where units are sorted in pairs.
  ///   - activation: What hidden layers do.
  ///   - steps: The number of steps, at least 1.
  ///   - rate: The first step size, lowered along a cosine.
  ///   - penaltyPoints: The number of points at which a penalty is taken, at least 1.
  ///   - batch: What a step sees.
  ///   - lipschitzBound: K, positive; a penalty then asks for slopes of K.
  ///   - stopAtGap: The relative gap at which to stop, at least 0 and below 1; needs the exact solution.
  ///   - seed: The seed of all randomness.
  /// - Throws: `CriticTrainingError` that names the setting.
  public init(
    _ method: Method, hidden: [Int]? = nil, activation: Network.Activation? = nil,
    steps: Int? = nil, rate: Double? = nil, penaltyPoints: Int = 256,
    batch: Batch = .fullSupport, lipschitzBound: Double = 1, stopAtGap: Double? = nil,
    seed: UInt64 = 0
  ) throws(CriticTrainingError) {
    let defaults = TrainingDefaults(method)
    self.method = method
    self.hidden = hidden ?? defaults.hidden
    self.activation = activation ?? defaults.activation
    let count = steps ?? defaults.steps
    self.steps = count
    let first = rate ?? defaults.rate
    self.rate = .cosine(from: first, to: first * 1e-3, steps: count)
    self.penaltyPoints = penaltyPoints
    self.batch = batch
    self.lipschitzBound = lipschitzBound
    self.stopAtGap = stopAtGap
    self.seed = seed
    try check(firstRate: first)
  }

  /// Whether the exact solution plays a part in the training.
  public var usesExactSolution: Bool { stopAtGap != nil || method == .potentialRegression }

  /// Trains a critic on two measures.
  ///
  /// - Parameters:
  ///   - problem: The two measures.
  ///   - exact: An exact solution of `problem.transport`; it is not looked at unless
  ///     `usesExactSolution` says so.
  ///   - progress: Called now and then with the step and the estimate by then.
  /// - Returns: The critic; a cancelled task's is what it was by then, and one that came to infinity or
  ///   NaN is the last good one, with the step said.
  /// - Throws: `CriticTrainingError` where the exact solution is needed and was not given.
  public func train(
    on problem: CriticProblem, seeing exact: TransportSolution? = nil,
    progress: ((TrainingProgress) -> Void)? = nil
  ) throws(CriticTrainingError) -> TrainedCritic {
    let shown = usesExactSolution ? exact : nil
    if usesExactSolution, shown == nil {
      throw .needsExactSolution(
        what: stopAtGap == nil ? "regression onto potentials" : "stopping at a gap")
    }
    let goal = stopAtGap.flatMap { gap in shown.map { (1 - gap) * $0.cost } }
    return try train(
      TrainingData(problem, batch), shown, TrainingWatch(goal: goal, progress: progress))
  }

  /// Trains a critic on two laws that points are drawn from, in minibatches.
  ///
  /// A first sample of both laws gives centre, scale and the points that estimates in the history are taken
  /// on; the steps see new points. Take the report on a sample that the training has not seen:
  ///
  /// ```swift
  /// let trained = try CriticTraining(.cTransform, batch: .minibatch(128)).train(from: p, to: q)
  /// let report = CriticReport(on: trained.critic, of: heldProblem)
  /// ```
  ///
  /// - Parameters:
  ///   - source: The law under which the critic is to be large.
  ///   - target: The law under which it is to be small, of the same dimension.
  ///   - count: The number of points of either law in the first sample.
  ///   - progress: Called now and then with the step and the estimate by then.
  /// - Returns: The critic, as for measures.
  /// - Throws: `CriticTrainingError` for full support, for points that are not finite or not of the
  ///   dimension promised, and for settings that need the exact solution.
  public func train(
    from source: some PointSampler, to target: some PointSampler, firstSample count: Int = 512,
    progress: ((TrainingProgress) -> Void)? = nil
  ) throws(CriticTrainingError) -> TrainedCritic {
    guard case .minibatch(let size) = batch else { throw .needsMinibatches }
    guard stopAtGap == nil else { throw .needsExactSolution(what: "stopping at a gap") }
    guard method != .potentialRegression else { throw .needsMeasures }
    guard source.dimension == target.dimension else {
      throw .sampleShape(expected: source.dimension, found: target.dimension)
    }
    guard count >= 1 else { throw .batchSize(count) }
    var random = SplitMix64(seed: ~seed)
    let problem = try Self.problem(
      source.checkedPoints(count, using: &random), target.checkedPoints(count, using: &random),
      dimension: source.dimension)
    return try train(
      TrainingData(problem, from: source, to: target, size: size), nil,
      TrainingWatch(goal: nil, progress: progress))
  }

  private static func problem(
    _ source: [Double], _ target: [Double], dimension: Int
  ) throws(CriticTrainingError) -> CriticProblem {
    do {
      return try CriticProblem(
        from: PointCloud(coordinates: source, dimension: dimension),
        to: PointCloud(coordinates: target, dimension: dimension))
    } catch TransportProblemError.measure(let error) {
      throw .measure(error)
    } catch let error as MeasureError {
      throw .measure(error)
    } catch {
      preconditionFailure("clouds of one dimension and of mass 1 make a problem")
    }
  }

  private func train(
    _ data: TrainingData, _ exact: TransportSolution?, _ watch: TrainingWatch
  ) throws(CriticTrainingError) -> TrainedCritic {
    var trained: TrainedCritic
    switch method {
    case .wasserstein(let control): trained = try trainNetwork(on: data, control, watch)
    case .cTransform:
      trained =
        data.isFullSupport
        ? trainPotential(on: data.problem, watch) : try trainPotential(onBatchesOf: data, watch)
    case .minFunnel:
      trained =
        data.isFullSupport
        ? trainFunnels(on: data.problem, watch) : try trainFunnels(onBatchesOf: data, watch)
    case .potentialRegression:
      guard let exact else { throw .needsExactSolution(what: "regression onto potentials") }
      trained = try regress(onto: exact.potentials, data, watch)
    }
    trained.critic.lipschitzBound = lipschitzBound
    trained.usedExact = usesExactSolution
    return trained
  }
}

/// A critic with the history of its training.
public struct TrainedCritic: Sendable {
  /// The critic.
  public internal(set) var critic: Critic
  /// The estimate and its bounds now and then during training; the last is the finished critic's.
  public let history: [TrainingProgress]
  /// The steps done.
  public let steps: Int
  /// The step at which the training came to infinity or NaN, or nil.
  public let divergedAt: Int?
  /// Whether the exact solution played a part in the training.
  public internal(set) var usedExact = false

  init(critic: Critic, history: [TrainingProgress], steps: Int, divergedAt: Int?) {
    self.critic = critic
    self.history = history
    self.steps = steps
    self.divergedAt = divergedAt
  }
}

/// What suits a method, found by trial on the documented problems.
private struct TrainingDefaults {
  var hidden = [64, 64, 64]
  var activation = Network.Activation.relu
  var steps = 2000
  var rate = 2e-3

  init(_ method: CriticTraining.Method) {
    switch method {
    case .cTransform, .potentialRegression:
      hidden = [64, 64]
      rate = 1e-2
      steps = 1000
    case .minFunnel: rate = 2e-2
    case .wasserstein(.orthonormal):
      // Depth does more than width for sorted units: 8 × 32 halve the error of 3 × 64.
      hidden = [Int](repeating: 32, count: 8)
      activation = .maxMin
      rate = 1e-2
      steps = 1000
    case .wasserstein(.spectralNormalization):
      activation = .maxMin
      rate = 5e-3
    case .wasserstein(.gradientPenalty), .wasserstein(.lipschitzPenalty): rate = 5e-3
    case .wasserstein: break
    }
  }
}
