import Autodiff

/// How a generator and a discriminator are trained against each other.
///
/// ```swift
/// var settings = try AdversarialTraining.preset("wgan-gp")
/// settings.steps = 2000
/// for await snapshot in try settings.snapshots(on: .law(ring), every: 100) { … }
/// ```
///
/// The same settings, data and seed give the same bits on the same machine and library versions.
public struct AdversarialTraining: Hashable, Sendable, Codable {
  /// The layers of a player and what moves them.
  public struct Player: Hashable, Sendable, Codable {
    /// The widths of the hidden layers.
    public var hidden: [Int]
    /// What hidden layers do.
    public var activation: Network.Activation
    /// How weights are drawn.
    public var initialization: Initialization
    /// What moves the parameters.
    public var optimizer: OptimizerSetting
    /// Layers on images, in place of full ones of the widths `hidden`; nil for these.
    public var layers: LayerStack?

    /// A player.
    public init(
      hidden: [Int], activation: Network.Activation = .relu, initialization: Initialization = .he,
      optimizer: OptimizerSetting
    ) {
      self.hidden = hidden
      self.activation = activation
      self.initialization = initialization
      self.optimizer = optimizer
    }
  }

  /// Looking ahead along the opponent's own steps.
  public struct Unrolling: Hashable, Sendable, Codable {
    /// K, the number of the opponent's steps; 0 is the standard training.
    public var steps: Int
    /// What makes these steps, from an empty state; nil for the opponent's optimiser in its state.
    public var optimizer: OptimizerSetting?
    /// Whether the gradient goes through the steps; false is a look-ahead without the second term.
    public var passesGradient: Bool

    /// No steps, unless told otherwise.
    public init(
      steps: Int = 0, optimizer: OptimizerSetting? = nil, passesGradient: Bool = true
    ) {
      self.steps = steps
      self.optimizer = optimizer
      self.passesGradient = passesGradient
    }
  }

  /// How many steps the discriminator makes before each step of the generator.
  public enum StepRatio: Hashable, Sendable, Codable {
    /// The same number every time.
    case constant(Int)
    /// `many` before the first 25 steps and before every 500th, otherwise `few`: what the authors' program
    /// of the Wasserstein GAN does, and its paper does not say (100 and 5).
    case warmingUp(few: Int, many: Int)

    /// The number before a step of the generator, counted from 0.
    public func count(beforeStep step: Int) -> Int {
      switch self {
      case .constant(let count): count
      case .warmingUp(let few, let many): step < 25 || step.isMultiple(of: 500) ? many : few
      }
    }
  }

  /// What both players go for.
  public var objective: AdversarialObjective
  /// How the discriminator's slope is kept in bounds; nil for not at all.
  public var control: LipschitzControl?
  /// The discriminator's layers; it has one output.
  public var discriminator: Player
  /// The generator's layers.
  public var generator: Player
  /// What the generator makes samples from.
  public var noise: LatentNoise
  /// Whether the generator ends in tanh, for data in [−1, 1].
  public var generatorEndsInTanh = false
  /// What the discriminator's inputs are multiplied by.
  public var inputScale = 1.0
  /// What the discriminator's output is multiplied by: the Lipschitz constant of a network that is
  /// 1-Lipschitz by itself, times `inputScale`.
  public var outputScale = 1.0
  /// What is kept at each step of a running mean of the generator's parameters; nil for no mean.
  ///
  /// Samples are then made with the mean (Y. Yazıcı and others, "The unusual effectiveness of averaging in GAN
  /// training", 2019).
  public var generatorAveraging: Double?
  /// Where the kinks of hidden units start.
  public var kinkStart = KinkStart.origin
  /// n_dis: the discriminator's steps for each of the generator's.
  public var discriminatorSteps: StepRatio
  /// How far the generator looks ahead along the discriminator's steps.
  public var unrolling = Unrolling()
  /// How far the discriminator looks ahead along the generator's steps.
  public var generatorUnrolling = Unrolling()
  /// The points of a batch, of data and of samples each.
  public var batch: Int
  /// The number of the generator's steps.
  public var steps: Int
  /// The seed of all randomness.
  public var seed: UInt64

  /// Settings; the rest has the values of a standard training and can be set.
  public init(
    objective: AdversarialObjective, control: LipschitzControl? = nil, discriminator: Player,
    generator: Player, noise: LatentNoise, discriminatorSteps: StepRatio = .constant(1),
    batch: Int = 128, steps: Int = 2000, seed: UInt64 = 0
  ) {
    self.objective = objective
    self.control = control
    self.discriminator = discriminator
    self.generator = generator
    self.noise = noise
    self.discriminatorSteps = discriminatorSteps
    self.batch = batch
    self.steps = steps
    self.seed = seed
  }

  /// The state before the first step.
  ///
  /// - Parameter data: What the samples are to resemble.
  /// - Returns: A run of no steps yet.
  /// - Throws: `AdversarialTrainingError` if a setting is out of its range or does not suit the data.
  public func start(on data: AdversarialData) throws(AdversarialTrainingError) -> AdversarialRun {
    try AdversarialRun(self, data)
  }
}
