public import Autodiff

/// How a critic is trained.
///
/// The same settings and seed give the same bits on the same machine and library versions. Nothing here
/// takes the exact distance.
public struct CriticTraining: Hashable, Sendable {
  /// What is trained, and how its slope is kept in bounds.
  public enum Method: Hashable, Sendable {
    /// A network under the Wasserstein loss, E_p f − E_q f.
    case wasserstein(LipschitzControl)
    /// A network without any bound under the semi-dual loss, whose c-transform makes every value a lower
    /// bound of W₁; the critic is the 1-Lipschitz extension of its best potential.
    case cTransform
    /// minₖ (‖x − xₖ‖ + hₖ) with heights at the sources: 1-Lipschitz by form.
    case minFunnel
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
  /// The seed of all randomness.
  public let seed: UInt64

  /// Settings; what is not named suits the method.
  ///
  /// - Parameters:
  ///   - method: What is trained.
  ///   - hidden: The widths of the hidden layers.
  ///   - activation: What hidden layers do.
  ///   - steps: The number of steps.
  ///   - rate: The first step size, lowered along a cosine.
  ///   - penaltyPoints: The number of points at which a penalty is taken.
  ///   - seed: The seed of all randomness.
  public init(
    _ method: Method, hidden: [Int]? = nil, activation: Network.Activation? = nil,
    steps: Int? = nil, rate: Double? = nil, penaltyPoints: Int = 256, seed: UInt64 = 0
  ) {
    let defaults = TrainingDefaults(method)
    self.method = method
    self.hidden = hidden ?? defaults.hidden
    self.activation = activation ?? defaults.activation
    let count = max(1, steps ?? defaults.steps)
    self.steps = count
    let first = rate ?? defaults.rate
    self.rate = .cosine(from: first, to: first * 1e-3, steps: count)
    self.penaltyPoints = penaltyPoints
    self.seed = seed
  }

  /// Trains a critic on all atoms of a problem.
  ///
  /// - Parameters:
  ///   - problem: The two measures.
  ///   - progress: Called now and then with the step and the estimate by then.
  /// - Returns: The critic; a cancelled task's is what it was by then, and one that came to infinity or
  ///   NaN is the last good one, with the step said.
  public func train(
    on problem: CriticProblem, progress: ((TrainingProgress) -> Void)? = nil
  ) -> TrainedCritic {
    switch method {
    case .wasserstein(let control): trainNetwork(on: problem, control, progress)
    case .cTransform: trainPotential(on: problem, progress)
    case .minFunnel: trainFunnels(on: problem, progress)
    }
  }
}

/// How far a training is.
public struct TrainingProgress: Hashable, Sendable {
  /// The steps done.
  public let step: Int
  /// The estimate of W₁ at that step, with the masses of the problem.
  public let estimate: Double
}

/// A critic with the history of its training.
public struct TrainedCritic: Sendable {
  /// The critic.
  public let critic: Critic
  /// The estimate now and then during training.
  public let history: [TrainingProgress]
  /// The steps done.
  public let steps: Int
  /// The step at which the training came to infinity or NaN, or nil.
  public let divergedAt: Int?
}

/// What suits a method, found by trial on the documented problems.
private struct TrainingDefaults {
  var hidden = [64, 64, 64]
  var activation = Network.Activation.relu
  var steps = 2000
  var rate = 2e-3

  init(_ method: CriticTraining.Method) {
    switch method {
    case .cTransform:
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

/// The estimate now and then, about a hundred times in a training.
struct TrainingHistory {
  private(set) var entries: [TrainingProgress] = []
  private let interval: Int
  private let unit: Double
  private let progress: ((TrainingProgress) -> Void)?

  init(
    _ training: CriticTraining, _ problem: CriticProblem,
    _ progress: ((TrainingProgress) -> Void)?
  ) {
    interval = max(1, training.steps / 100)
    unit = problem.standardization.scale * problem.totalMass
    self.progress = progress
  }

  /// Records an estimate in training units if its time has come.
  mutating func record(_ estimate: Double, after step: Int) {
    guard step % interval == 0 else { return }
    let entry = TrainingProgress(step: step, estimate: estimate * unit)
    entries.append(entry)
    progress?(entry)
  }
}
