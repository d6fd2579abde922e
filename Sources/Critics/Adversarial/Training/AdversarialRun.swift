public import Autodiff
import Measures
import Transport

/// A training under way: both players, their optimisers and the randomness to come.
///
/// A value: a copy goes on by itself, in the same bits.
public struct AdversarialRun: Sendable {
  /// What is trained and how.
  public let settings: AdversarialTraining
  /// What the samples are to resemble.
  public let data: AdversarialData
  /// The generator as it is.
  public internal(set) var generator: Generator
  /// The generator's steps done.
  public internal(set) var step = 0
  /// What the last step of each player saw.
  public internal(set) var losses = AdversarialLosses()
  /// The generator's step at which a number was no longer finite, where the run stopped; nil if none.
  public internal(set) var divergedAt: Int?
  var discriminator: Discriminator
  /// The running mean of the generator's parameters; empty without one.
  var averages: [Matrix] = []
  var discriminatorState = OptimizerState<Matrix>()
  var generatorState = OptimizerState<Matrix>()
  var random: SplitMix64

  init(
    _ settings: AdversarialTraining, _ data: AdversarialData
  ) throws(AdversarialTrainingError) {
    try settings.check(for: data)
    self.settings = settings
    self.data = data
    random = SplitMix64(seed: settings.seed)
    let player = settings.generator
    generator = Generator(
      network: player.network(
        inputs: settings.noise.width, outputs: data.dimension, using: &random),
      noise: settings.noise, endsInTanh: settings.generatorEndsInTanh)
    let points: Matrix
    if case .measureWithoutReplacement(let cloud) = data {
      points = data.batch(min(cloud.count, 512), using: &random)
    } else {
      points = data.batch(512, using: &random)
    }
    discriminator = Discriminator(settings, points: points, using: &random)
    moveKinks(through: points)
  }

  /// The discriminator's network, with the weights that are trained.
  ///
  /// Under spectral normalisation and the like it is used with others, made from these.
  public var discriminatorNetwork: Network { discriminator.network }

  /// Puts other parameters in place of the players' own, to study a training from a chosen point.
  ///
  /// - Parameters:
  ///   - generatorParameters: W and b of each layer of the generator, of its shapes; nil keeps them.
  ///   - discriminatorParameters: The same for the discriminator.
  public mutating func replaceParameters(
    generator generatorParameters: [Matrix]? = nil,
    discriminator discriminatorParameters: [Matrix]? = nil
  ) {
    for (new, old) in [
      (generatorParameters, generator.network.parameters),
      (discriminatorParameters, discriminator.network.parameters),
    ] {
      precondition(
        new.map { $0.map(\.shape) == old.map(\.shape) } ?? true,
        "parameters have other shapes than those in place")
    }
    if let generatorParameters { generator.network.parameters = generatorParameters }
    if let discriminatorParameters { discriminator.network.parameters = discriminatorParameters }
  }

  /// Whether all steps are done, or one of them diverged.
  public var isFinished: Bool { step >= settings.steps || divergedAt != nil }

  /// One step of the generator with those of the discriminator before it; nothing if finished.
  public mutating func advance() {
    guard !isFinished else { return }
    for _ in 0..<settings.discriminatorSteps.count(beforeStep: step) {
      guard moveDiscriminator() else { return stop() }
    }
    guard moveGenerator() else { return stop() }
    step += 1
  }

  private mutating func stop() { divergedAt = step }

  /// A step of the discriminator on fresh batches; false if something is no longer finite.
  private mutating func moveDiscriminator() -> Bool {
    let batch = drawBatch()
    let variables = discriminator.network.parameters.map { Tensor(variable: $0) }
    let surrogate = discriminatorGradient(variables, on: batch)
    losses.discriminatorValue = -surrogate.value
    let before = discriminator.network.parameters
    settings.discriminator.optimizer.rule.update(
      &discriminator.network.parameters, along: surrogate.total, state: &discriminatorState)
    if case .clipping(let bound) = settings.control { discriminator.network.clip(to: bound) }
    guard discriminator.network.parameters.allSatisfy(\.isFinite) else {
      discriminator.network.parameters = before
      return false
    }
    return surrogate.value.isFinite
  }

  /// A step of the generator on fresh batches; false if something is no longer finite.
  private mutating func moveGenerator() -> Bool {
    let batch = drawBatch()
    let surrogate = generatorGradient(on: batch)
    losses.generatorLoss = surrogate.value
    let before = generator.network.parameters
    settings.generator.optimizer.rule.update(
      &generator.network.parameters, along: surrogate.total, state: &generatorState)
    guard generator.network.parameters.allSatisfy(\.isFinite) else {
      generator.network.parameters = before
      return false
    }
    takeAverage()
    return surrogate.value.isFinite
  }

  /// Takes the generator's parameters into their mean.
  ///
  /// Early on the mean keeps no more than (1 + t)/(10 + t), so that the first parameters do not weigh on it for
  /// long.
  private mutating func takeAverage() {
    guard let decay = settings.generatorAveraging else { return }
    let parameters = generator.network.parameters
    guard !averages.isEmpty else { return averages = parameters }
    let kept = min(decay, Double(1 + step) / Double(10 + step))
    averages = zip(averages, parameters).map { kept * $0 + (1 - kept) * $1 }
  }

  /// The generator that samples are made with: with the mean of its parameters if one is kept.
  public var samplingGenerator: Generator {
    guard !averages.isEmpty else { return generator }
    var result = generator
    result.network.parameters = averages
    return result
  }

  private mutating func drawBatch() -> AdversarialBatch {
    AdversarialBatch(
      data: data.batch(settings.batch, using: &random),
      noise: settings.noise.sample(settings.batch, using: &random),
      shares: discriminator.pricesSlopes
        ? Matrix.uniform(rows: settings.batch, columns: 1, using: &random) : nil)
  }
}

/// What the last step of each player saw.
public struct AdversarialLosses: Hashable, Sendable, Codable {
  /// What the discriminator ascends: the objective's value less penalties, before its last step.
  public var discriminatorValue = 0.0
  /// What the generator descends, before its last step; through the unrolled steps if there are any.
  public var generatorLoss = 0.0

  /// Zero for both, as before the first step.
  public init() {}
}

/// The randomness of one step, which stays the same through all its unrolled steps.
struct AdversarialBatch {
  let data: Matrix
  let noise: Matrix
  /// Where between data and samples slopes are priced, n × 1; nil if they are not.
  let shares: Matrix?

  /// Points between data and samples, share · data + (1 − share) · sample.
  func pointsBetween(_ samples: Tensor) -> Tensor? {
    shares.map { shares in
      let ones = Matrix(rows: 1, columns: 1, repeating: 1)
      return Tensor(shares) * Tensor(data) + Tensor(ones - shares) * samples
    }
  }
}
