import RealModule

/// Descent along a running mean of gradients, divided by the root of that of their squares.
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − rate · m̂/√v̂ with m̂ = m/(1 − β₁ᵗ) and
/// v̂ = v/(1 − β₂ᵗ) at step t = 1, 2, … Source: D. Kingma and J. Ba, Adam, 2015, algorithm 1; the
/// epsilon stands inside of the root unless told otherwise.
public struct Adam: Optimizer {
  /// The size of the steps.
  public let rate: LearningRate
  /// β₁: what is kept of the mean of gradients at each step.
  public let meanDecay: Double
  /// β₂: what is kept of the mean of squares at each step.
  public let squareDecay: Double
  /// What keeps the division by the root finite.
  public let epsilon: RootEpsilon

  /// The paper's constants; critics often want a `meanDecay` of 0.5 or 0.
  public init(
    rate: LearningRate, meanDecay: Double = 0.9, squareDecay: Double = 0.999,
    epsilon: RootEpsilon = .inside(1e-16)
  ) {
    self.rate = rate
    self.meanDecay = checkedDecay(meanDecay)
    self.squareDecay = checkedDecay(squareDecay)
    self.epsilon = epsilon
  }

  /// Moves parameters in place; nothing is recorded.
  public func update(
    _ parameters: inout [Matrix], along gradients: [Matrix], state: inout OptimizerState<Matrix>
  ) {
    let shapes = parameters.map(\.shape)
    checkGradients(gradients.map(\.shape), for: shapes)
    prepare(&state.means, for: shapes, zero: { Matrix($0) }, shape: \.shape)
    prepare(&state.squares, for: shapes, zero: { Matrix($0) }, shape: \.shape)
    let constants = AdamConstants(self, step: state.stepCount)
    for index in parameters.indices {
      parameters[index].moveByAdam(
        along: gradients[index], mean: &state.means[index], square: &state.squares[index],
        constants)
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
    prepare(&state.squares, for: shapes, zero: { Tensor(Matrix($0)) }, shape: \.shape)
    let constants = AdamConstants(self, step: state.stepCount)
    state.means = zip(state.means, gradients).map { m, g in
      meanDecay * m + (1 - meanDecay) * g
    }
    state.squares = zip(state.squares, gradients).map { v, g in
      squareDecay * v + (1 - squareDecay) * g.squared()
    }
    state.stepCount += 1
    return parameters.indices.map { index in
      let root = epsilon.root(constants.squareScale * state.squares[index])
      return parameters[index] - constants.rate * (state.means[index] / root)
    }
  }
}

/// Adam's constants at one step.
struct AdamConstants {
  let meanDecay: Double
  let squareDecay: Double
  /// The learning rate, divided by 1 − β₁ᵗ.
  let rate: Double
  /// 1/(1 − β₂ᵗ).
  let squareScale: Double
  let epsilon: RootEpsilon

  init(_ adam: Adam, step: Int) {
    meanDecay = adam.meanDecay
    squareDecay = adam.squareDecay
    rate = adam.rate.value(at: step) / (1 - Double.pow(adam.meanDecay, step + 1))
    squareScale = 1 / (1 - Double.pow(adam.squareDecay, step + 1))
    epsilon = adam.epsilon
  }
}
