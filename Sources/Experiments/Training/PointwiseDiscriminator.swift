import Autodiff
import Critics
import Transport

/// A discriminator trained on the atoms of two measures of equal masses, under any objective.
struct PointwiseDiscriminator {
  /// The largest value of the objective over the steps; each step's is one that some outputs have.
  private(set) var bestValue = -Double.infinity
  /// The value at the end.
  private(set) var value = 0.0
  /// How the generator's loss changes with the first coordinate, in the mean over the samples.
  private(set) var meanSlope = 0.0

  /// Trains from a seed.
  ///
  /// - Parameters:
  ///   - objective: What is ascended.
  ///   - data: n × d.
  ///   - samples: m × d.
  ///   - steps: The number of steps of Adam.
  ///   - seed: The seed of the weights.
  init(
    _ objective: AdversarialObjective, data: Matrix, samples: Matrix, steps: Int, seed: UInt64
  ) {
    var random = SplitMix64(seed: seed)
    let network = Network(
      inputs: data.columns, hidden: [32], outputs: 1, activation: .leakyReLU,
      initialization: .he, using: &random)
    var parameters = network.parameters
    var state = OptimizerState<Matrix>()
    let optimizer = Adam(
      rate: .cosine(from: 0.02, to: 0.001, steps: max(1, steps)), meanDecay: 0.9,
      squareDecay: 0.999)
    for step in 0...steps {
      let variables = parameters.map { Tensor(variable: $0) }
      let value = objective.value(
        data: network.outputs(for: Tensor(data), parameters: variables),
        samples: network.outputs(for: Tensor(samples), parameters: variables))
      guard value.scalar.isFinite else { break }
      self.value = value.scalar
      bestValue = max(bestValue, value.scalar)
      guard step < steps else { break }
      let slopes = gradient(of: -value, withRespectTo: variables)
      optimizer.update(&parameters, along: slopes, state: &state)
    }
    let places = Tensor(variable: samples)
    let loss = objective.generatorLoss(
      samples: network.outputs(for: places, parameters: parameters.map { Tensor($0) }))
    let slopes = gradient(of: loss, withRespectTo: [places])[0]
    meanSlope = (0..<slopes.rows).reduce(0) { $0 + slopes[$1, 0] }
  }
}
