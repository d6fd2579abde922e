import Autodiff
import Transport

/// All that a training needs to go on in the same bits: parameters, optimisers, power iterations, randomness.
///
/// It does not hold the settings and data, only a line that says which they were: a run is resumed with
/// the same ones.
public struct AdversarialCheckpoint: Hashable, Sendable, Codable {
  /// What settings and data the training has.
  public let settings: String
  /// The generator's steps done.
  public let step: Int
  let divergedAt: Int?
  let losses: AdversarialLosses
  let randomState: UInt64
  let generator: PlayerState
  let discriminator: PlayerState
  let directions: [Matrix]
  let averages: [Matrix]

  struct PlayerState: Hashable, Codable {
    var parameters: [Matrix]
    var stepCount: Int
    var means: [Matrix]
    var squares: [Matrix]

    init(_ parameters: [Matrix], _ state: OptimizerState<Matrix>) {
      self.parameters = parameters
      stepCount = state.stepCount
      means = state.means
      squares = state.squares
    }

    init(parameters: [Matrix], stepCount: Int, means: [Matrix], squares: [Matrix]) {
      self.parameters = parameters
      self.stepCount = stepCount
      self.means = means
      self.squares = squares
    }

    var optimizerState: OptimizerState<Matrix> {
      OptimizerState(stepCount: stepCount, means: means, squares: squares)
    }
  }

  /// The state of a run.
  public init(_ run: AdversarialRun) {
    settings = run.description
    step = run.step
    divergedAt = run.divergedAt
    losses = run.losses
    randomState = run.random.state
    generator = PlayerState(run.generator.network.parameters, run.generatorState)
    discriminator = PlayerState(
      run.discriminator.network.parameters, run.discriminatorState)
    directions = run.discriminator.transform.directions
    averages = run.averages
  }
}

extension AdversarialRun {
  /// The state of the run.
  public var checkpoint: AdversarialCheckpoint { AdversarialCheckpoint(self) }

  /// Settings and data in a line.
  var description: String { "\(settings) on \(data.description)" }
}

extension AdversarialTraining {
  /// The state that a checkpoint holds, to go on from.
  ///
  /// - Parameters:
  ///   - data: The data of the training.
  ///   - checkpoint: Made under these same settings.
  /// - Returns: A run that ends in the same bits as one that was never stopped.
  /// - Throws: `AdversarialTrainingError` if settings, data or shapes are others.
  public func resume(
    on data: AdversarialData, from checkpoint: AdversarialCheckpoint
  ) throws(AdversarialTrainingError) -> AdversarialRun {
    var run = try start(on: data)
    guard run.description == checkpoint.settings else {
      throw .otherSettings(checkpoint: checkpoint.settings, given: run.description)
    }
    let parameters = [run.generator.network.parameters, run.discriminator.network.parameters]
    for (player, own) in zip([checkpoint.generator, checkpoint.discriminator], parameters) {
      let shapes = own.map(\.shape)
      guard
        player.parameters.map(\.shape) == shapes,
        player.means.isEmpty || player.means.map(\.shape) == shapes,
        player.squares.isEmpty || player.squares.map(\.shape) == shapes
      else {
        throw .damagedCheckpoint(reason: "its matrices do not have the shapes of the players")
      }
    }
    guard
      checkpoint.directions.map(\.shape) == run.discriminator.transform.directions.map(\.shape)
    else {
      throw .damagedCheckpoint(reason: "its power iterations are not those of the layers")
    }
    guard
      checkpoint.averages.isEmpty
        || generatorAveraging != nil
          && checkpoint.averages.map(\.shape) == parameters[0].map(\.shape)
    else {
      throw .damagedCheckpoint(reason: "its means are not those of the generator's parameters")
    }
    run.averages = checkpoint.averages
    run.step = checkpoint.step
    run.divergedAt = checkpoint.divergedAt
    run.losses = checkpoint.losses
    run.random = SplitMix64(seed: checkpoint.randomState)
    run.generator.network.parameters = checkpoint.generator.parameters
    run.generatorState = checkpoint.generator.optimizerState
    run.discriminator.network.parameters = checkpoint.discriminator.parameters
    run.discriminatorState = checkpoint.discriminator.optimizerState
    run.discriminator.transform.directions = checkpoint.directions
    return run
  }
}
