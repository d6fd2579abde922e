/// θ ← θ − rate · g: stochastic gradient descent.
public struct GradientDescent: Optimizer {
  /// The size of the steps.
  public let rate: LearningRate

  /// Descent at a rate.
  public init(rate: LearningRate) { self.rate = rate }

  /// Moves parameters in place; nothing is recorded.
  public func update(
    _ parameters: inout [Matrix], along gradients: [Matrix], state: inout OptimizerState<Matrix>
  ) {
    checkGradients(gradients.map(\.shape), for: parameters.map(\.shape))
    let rate = rate.value(at: state.stepCount)
    for index in parameters.indices {
      parameters[index].update(with: gradients[index]) { $0 - rate * $1 }
    }
    state.stepCount += 1
  }

  /// The moved parameters, as functions of the old ones, the gradients and the state.
  public func step(
    _ parameters: [Tensor], along gradients: [Tensor], state: inout OptimizerState<Tensor>
  ) -> [Tensor] {
    checkGradients(gradients.map(\.shape), for: parameters.map(\.shape))
    let rate = rate.value(at: state.stepCount)
    state.stepCount += 1
    return zip(parameters, gradients).map { $0 - rate * $1 }
  }
}

/// m ← decay · m + g, θ ← θ − rate · m: descent with momentum.
///
/// Source: B. Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
public struct Momentum: Optimizer {
  /// The size of the steps.
  public let rate: LearningRate
  /// What is kept of the past at each step.
  public let decay: Double

  /// Descent along a decaying sum of the gradients.
  public init(rate: LearningRate, decay: Double = 0.9) {
    self.rate = rate
    self.decay = checkedDecay(decay)
  }

  /// Moves parameters in place; nothing is recorded.
  public func update(
    _ parameters: inout [Matrix], along gradients: [Matrix], state: inout OptimizerState<Matrix>
  ) {
    let shapes = parameters.map(\.shape)
    checkGradients(gradients.map(\.shape), for: shapes)
    prepare(&state.means, for: shapes, zero: { Matrix($0) }, shape: \.shape)
    let (rate, decay) = (rate.value(at: state.stepCount), decay)
    for index in parameters.indices {
      state.means[index].update(with: gradients[index]) { decay * $0 + $1 }
      parameters[index].update(with: state.means[index]) { $0 - rate * $1 }
    }
    state.stepCount += 1
  }

  /// The moved parameters, as functions of the old ones, the gradients and the state.
  public func step(
    _ parameters: [Tensor], along gradients: [Tensor], state: inout OptimizerState<Tensor>
  ) -> [Tensor] {
    let shapes = parameters.map(\.shape)
    checkGradients(gradients.map(\.shape), for: shapes)
    prepare(&state.means, for: shapes, zero: { Tensor(Matrix($0)) }, shape: \.shape)
    let rate = rate.value(at: state.stepCount)
    state.means = zip(state.means, gradients).map { decay * $0 + $1 }
    state.stepCount += 1
    return zip(parameters, state.means).map { $0 - rate * $1 }
  }
}
