import Autodiff
import Measures
import Transport

extension Network {
  /// A network on images with weights drawn at random; biases start at 0.
  ///
  /// - Parameters:
  ///   - stack: Its layers.
  ///   - initialization: How weights are drawn.
  ///   - generator: The source of randomness.
  public init(
    _ stack: LayerStack, initialization: Initialization,
    using generator: inout some RandomNumberGenerator
  ) {
    self.init(
      widths: [stack.inputWidth, stack.outputWidth], activation: .relu,
      parameters: stack.parameters(initialization, using: &generator))
    self.stack = stack
  }

  /// The same function on a batch of inputs with the batch's statistics in weights and biases, for a
  /// network on images; others are as they were.
  ///
  /// - Parameter inputs: The batch, n × inputs.
  /// - Returns: A network without normalisation that has the same values on the batch.
  func freezingImageStatistics(of inputs: Matrix) -> Network {
    guard let stack, stack.layers.contains(where: \.normalizesBatch) else { return self }
    let frozen = stack.freezingStatistics(of: inputs, parameters)
    var result = self
    result.stack = frozen.stack
    result.parameters = frozen.parameters
    return result
  }
}

extension AdversarialTraining.Player {
  /// The player's network before any step.
  func network(
    inputs: Int, outputs: Int, normalization: Normalization = .none,
    using random: inout SplitMix64
  ) -> Network {
    if let layers {
      return Network(layers, initialization: initialization, using: &random)
    }
    return Network(
      inputs: inputs, hidden: hidden, outputs: outputs, activation: activation,
      initialization: initialization, normalization: normalization, using: &random)
  }
}
