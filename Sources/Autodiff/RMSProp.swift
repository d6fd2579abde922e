/// v ← decay · v + (1 − decay) · g², θ ← θ − rate · g/√v: each parameter at its own scale.
///
/// Source: T. Tieleman and G. Hinton, Lecture 6.5, 2012. The optimiser of the Wasserstein GAN.
public struct RMSProp: Optimizer {
  /// The size of the steps.
  public let rate: LearningRate
  /// What is kept of the past at each step.
  public let decay: Double
  /// What keeps the division by the root finite.
  public let epsilon: RootEpsilon

  /// The usual constants; with the epsilon inside of the root, so that it can be unrolled.
  public init(rate: LearningRate, decay: Double = 0.99, epsilon: RootEpsilon = .inside(1e-16)) {
    self.rate = rate
    self.decay = checkedDecay(decay)
    self.epsilon = epsilon
  }

  /// Moves parameters in place; nothing is recorded.
  public func update(
    _ parameters: inout [Matrix], along gradients: [Matrix], state: inout OptimizerState<Matrix>
  ) {
    let shapes = parameters.map(\.shape)
    checkGradients(gradients.map(\.shape), for: shapes)
    prepare(&state.squares, for: shapes, zero: { Matrix($0) }, shape: \.shape)
    let (rate, decay, epsilon) = (rate.value(at: state.stepCount), decay, epsilon)
    for index in parameters.indices {
      state.squares[index].update(with: gradients[index]) { decay * $0 + (1 - decay) * ($1 * $1) }
      parameters[index].update(with: gradients[index], state.squares[index]) {
        $0 - rate * ($1 / epsilon.root($2))
      }
    }
    state.stepCount += 1
  }

  /// The moved parameters, as functions of the old ones, the gradients and the state.
  public func step(
    _ parameters: [Tensor], along gradients: [Tensor], state: inout OptimizerState<Tensor>
  ) -> [Tensor] {
    let shapes = parameters.map(\.shape)
    checkGradients(gradients.map(\.shape), for: shapes)
    prepare(&state.squares, for: shapes, zero: { Tensor(Matrix($0)) }, shape: \.shape)
    let rate = rate.value(at: state.stepCount)
    state.squares = zip(state.squares, gradients).map { v, g in
      decay * v + (1 - decay) * g.squared()
    }
    state.stepCount += 1
    return parameters.indices.map { index in
      parameters[index] - rate * (gradients[index] / epsilon.root(state.squares[index]))
    }
  }
}
