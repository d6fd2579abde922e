import Autodiff
import Critics
import Testing
import Transport

/// The gradient through unrolled steps, on networks that are small enough for differences.
@Suite struct UnrollingTests {
  static let rules: [OptimizerSetting?] = [
    .gradientDescent(rate: 0.3), .adam(rate: 0.05, meanDecay: 0.5, squareDecay: 0.999),
    .momentum(rate: 0.1, decay: 0.5), nil,
  ]

  /// tanh throughout, so that there are no kinks between the points of a difference.
  private func settings(
    _ objective: AdversarialObjective, unroll steps: Int, by rule: OptimizerSetting?,
    passesGradient: Bool = true
  ) -> AdversarialTraining {
    let player = AdversarialTraining.Player(
      hidden: [4], activation: .tanh, initialization: .orthogonal(gain: 0.9),
      optimizer: .adam(rate: 0.02, meanDecay: 0.5, squareDecay: 0.9))
    var settings = AdversarialTraining(
      objective: objective, discriminator: player, generator: player,
      noise: LatentNoise(dimension: 2), batch: 6, steps: 5, seed: 11)
    settings.unrolling = AdversarialTraining.Unrolling(
      steps: steps, optimizer: rule, passesGradient: passesGradient)
    return settings
  }

  private let ring = AdversarialData.law(.gaussianRing(modes: 8, radius: 2, deviation: 0.02))

  /// A run after some real steps, whose optimisers have a past.
  private func startedRun(_ settings: AdversarialTraining) throws -> AdversarialRun {
    var run = try settings.start(on: ring)
    for _ in 0..<2 { run.advance() }
    return run
  }

  private func batches() -> (data: Matrix, noise: Matrix) {
    var random = SplitMix64(seed: 5)
    return (ring.batch(6, using: &random), Matrix.normal(rows: 6, columns: 2, using: &random))
  }

  /// Both terms added are the slope of the surrogate's value, to 1e-9.
  @Test(arguments: rules, [AdversarialObjective.minimax, .nonSaturating])
  func theGradientIsThatOfDifferences(
    rule: OptimizerSetting?, objective: AdversarialObjective
  ) throws {
    let run = try startedRun(settings(objective, unroll: 3, by: rule))
    let (data, noise) = batches()
    let gradient = run.generatorGradient(data: data, noise: noise)
    func value(_ layer: Int, _ entry: Int, _ change: Double) -> Double {
      var parameters = run.generator.network.parameters
      let columns = parameters[layer].columns
      parameters[layer][entry / columns, entry % columns] += change
      var moved = run
      moved.replaceParameters(generator: parameters)
      return moved.generatorGradient(data: data, noise: noise).value
    }
    for (layer, entry) in [(0, 0), (0, 5), (1, 2), (2, 3), (2, 6), (3, 1)] {
      let step = 2e-4
      // Fourth order: the error is step⁴ times a fifth derivative, and 1e-16 ÷ step.
      let difference =
        (8 * (value(layer, entry, step) - value(layer, entry, -step))
          - (value(layer, entry, 2 * step) - value(layer, entry, -2 * step))) / (12 * step)
      #expect(abs(difference - gradient.total[layer].elements[entry]) < 1e-9)
    }
    #expect(gradient.throughOpponent.contains { $0.elements.contains { abs($0) > 1e-6 } })
  }

  /// Without the second term what is left is the first one, and the same answer of the opponent.
  @Test func theSecondTermCanBeLeftOut() throws {
    let full = try startedRun(settings(.minimax, unroll: 3, by: .gradientDescent(rate: 0.3)))
    let (data, noise) = batches()
    let both = full.generatorGradient(data: data, noise: noise)
    var ablated = try settings(
      .minimax, unroll: 3, by: .gradientDescent(rate: 0.3), passesGradient: false
    ).start(on: ring)
    ablated.replaceParameters(
      generator: full.generator.network.parameters,
      discriminator: full.discriminatorNetwork.parameters)
    let first = ablated.generatorGradient(data: data, noise: noise)
    #expect(first.value == both.value)
    #expect(first.direct == both.direct)
    #expect(first.throughOpponent.allSatisfy { $0.elements.allSatisfy { $0 == 0 } })
    #expect(first.total == first.direct)
  }

  /// K = 0 is the standard training to the last bit: the same gradients, written out by hand here.
  @Test(arguments: [
    AdversarialObjective.minimax, .nonSaturating, .hinge, .wasserstein,
    .variational(.kullbackLeibler),
  ])
  func withoutUnrollingItIsTheStandardTraining(objective: AdversarialObjective) throws {
    var run = try settings(objective, unroll: 0, by: nil).start(on: ring)
    // The same randomness: the generator's layers, the data that spreads are taken from, the discriminator's.
    var random = SplitMix64(seed: 11)
    func network(_ inputs: Int, _ outputs: Int) -> Network {
      Network(
        inputs: inputs, hidden: [4], outputs: outputs, activation: .tanh,
        initialization: .orthogonal(gain: 0.9), using: &random)
    }
    let generator = network(2, 2)
    _ = ring.batch(512, using: &random)
    let discriminator = network(2, 1)
    var (states, players) = ([OptimizerState<Matrix>(), OptimizerState<Matrix>()], [[Matrix]]())
    players = [discriminator.parameters, generator.parameters]
    let adam = Adam(rate: 0.02, meanDecay: 0.5, squareDecay: 0.9)
    for _ in 0..<5 {
      for player in 0..<2 {
        let data = Tensor(ring.batch(6, using: &random))
        let noise = Tensor(Matrix.normal(rows: 6, columns: 2, using: &random))
        let variables = players.map { $0.map { Tensor(variable: $0) } }
        let samples = generator.outputs(for: noise, parameters: variables[1])
        let onSamples = discriminator.outputs(for: samples, parameters: variables[0])
        let onData = discriminator.outputs(for: data, parameters: variables[0])
        let loss =
          player == 0
          ? -(objective.dataTerm(onData).mean() + objective.sampleTerm(onSamples).mean())
          : objective.generatorTerm(onSamples).mean()
        let slopes = gradient(of: loss, withRespectTo: variables[player])
        adam.update(&players[player], along: slopes, state: &states[player])
      }
      run.advance()
    }
    #expect(run.discriminatorNetwork.parameters == players[0])
    #expect(run.generator.network.parameters == players[1])
  }

  /// A look-ahead of the discriminator along the generator's steps changes its gradient, and so the training.
  @Test func theDiscriminatorCanLookAheadToo() throws {
    var ahead = settings(.minimax, unroll: 0, by: nil)
    ahead.generatorUnrolling = AdversarialTraining.Unrolling(steps: 2)
    var (plain, looking) = (
      try settings(.minimax, unroll: 0, by: nil).start(on: ring), try ahead.start(on: ring)
    )
    plain.advance()
    looking.advance()
    #expect(plain.discriminatorNetwork != looking.discriminatorNetwork)
    #expect(looking.discriminatorNetwork.parameters.allSatisfy { $0.isFinite })
  }

  /// Through spectral normalisation and slope penalties too the gradient is that of differences.
  @Test(arguments: [
    LipschitzControl.gradientPenalty(PenaltyWeight(1)), .spectralNormalization,
    .weightNormalization, .orthonormalPenalty(0.1),
  ])
  func theGradientThroughControlsIsThatOfDifferences(control: LipschitzControl) throws {
    var settings = settings(.wasserstein, unroll: 2, by: .gradientDescent(rate: 0.2))
    settings.control = control
    let run = try startedRun(settings)
    let (data, noise) = batches()
    let shares = Matrix(rows: 6, columns: 1, elements: [0.1, 0.9, 0.5, 0.3, 0.7, 0.2])
    let gradient = run.generatorGradient(data: data, noise: noise, shares: shares)
    func value(_ change: Double) -> Double {
      var parameters = run.generator.network.parameters
      parameters[2][1, 1] += change
      var moved = run
      moved.replaceParameters(generator: parameters)
      return moved.generatorGradient(data: data, noise: noise, shares: shares).value
    }
    let step = 2e-4
    let difference =
      (8 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step))) / (12 * step)
    // Power iteration's vectors count as constants, so its norm is differentiated as Miyato et al. do, which is
    // not the slope of the iterated vectors.
    let tolerance = control == .spectralNormalization ? 0.05 * abs(difference) : 1e-9
    #expect(abs(difference - gradient.total[2][1, 1]) <= tolerance)
  }
}
