/// A rule that moves parameters against a gradient, so that what the gradient is of gets smaller.
///
/// The rule itself holds no data. The same rule is there twice, and both do the same arithmetic:
/// `update` changes matrices in place, `step` computes new tensors from old ones and can be
/// differentiated through, as an unrolled generative adversarial network does.
///
/// ```swift
/// var state = OptimizerState<Matrix>()
/// let slopes = gradient(of: loss, withRespectTo: tensors)
/// Adam(rate: 1e-3).update(&parameters, along: slopes, state: &state)
/// ```
public protocol Optimizer: Sendable {
  /// Moves parameters in place; nothing is recorded.
  ///
  /// - Parameters:
  ///   - parameters: In the same order at every step.
  ///   - gradients: One for each parameter, of its shape.
  ///   - state: Empty before the first step.
  func update(
    _ parameters: inout [Matrix], along gradients: [Matrix], state: inout OptimizerState<Matrix>)

  /// The moved parameters, as functions of the old ones, the gradients and the state.
  ///
  /// - Parameters:
  ///   - parameters: In the same order at every step.
  ///   - gradients: One for each parameter, of its shape; from `differentiableGradient` if the
  ///     step is to be differentiated.
  ///   - state: Empty before the first step, or made from that of a real training.
  /// - Returns: A tensor for each parameter, of its shape.
  func step(
    _ parameters: [Tensor], along gradients: [Tensor], state: inout OptimizerState<Tensor>
  ) -> [Tensor]
}

/// What an optimiser remembers from step to step: `Matrix` for updates, `Tensor` for recorded steps.
public struct OptimizerState<Slot> {
  /// The steps done.
  public internal(set) var stepCount = 0
  /// A running mean of gradients for each parameter, where the rule has one.
  public internal(set) var means: [Slot] = []
  /// A running mean of squared gradients for each parameter, where the rule has one.
  public internal(set) var squares: [Slot] = []

  /// The state before the first step.
  public init() {}
}

extension OptimizerState<Matrix> {
  /// A state that was kept, to go on from.
  public init(stepCount: Int, means: [Matrix], squares: [Matrix]) {
    self.stepCount = stepCount
    self.means = means
    self.squares = squares
  }
}

extension OptimizerState: Sendable where Slot: Sendable {}

extension OptimizerState<Tensor> {
  /// The state of a real training as constants, to go on from there in recorded steps.
  public init(_ state: OptimizerState<Matrix>) {
    stepCount = state.stepCount
    means = state.means.map { Tensor($0) }
    squares = state.squares.map { Tensor($0) }
  }
}

/// Where the small number stands that keeps a division by a root finite.
public enum RootEpsilon: Hashable, Sendable {
  /// 1/√(v + ε). Differentiable also where v is 0, so that steps can be unrolled.
  case inside(Double)
  /// 1/(√v + ε), as printed in the papers; not differentiable where v is 0.
  case outside(Double)

  func root(_ v: Double) -> Double {
    switch self {
    case .inside(let epsilon): (v + epsilon).squareRoot()
    case .outside(let epsilon): v.squareRoot() + epsilon
    }
  }

  func root(_ v: Tensor) -> Tensor {
    switch self {
    case .inside(let epsilon): (v + epsilon).squareRoot()
    case .outside(let epsilon): v.squareRoot() + epsilon
    }
  }
}

/// Checks that parameters, gradients and slots belong together; makes slots of zero if there are
/// none yet.
func prepare<Slot>(
  _ slots: inout [Slot], for parameters: [Shape], zero: (Shape) -> Slot, shape: (Slot) -> Shape
) {
  if slots.isEmpty { slots = parameters.map(zero) }
  precondition(
    slots.map(shape) == parameters, "The optimiser's state belongs to parameters of other shapes")
}

func checkedDecay(_ decay: Double) -> Double {
  precondition(decay >= 0 && decay < 1, "A decay is at least 0 and below 1, not \(decay)")
  return decay
}

func checkGradients(_ gradients: [Shape], for parameters: [Shape]) {
  precondition(
    gradients.count == parameters.count,
    "\(gradients.count) gradients are not one for each of \(parameters.count) parameters")
  for (gradient, parameter) in zip(gradients, parameters) {
    precondition(
      gradient == parameter, "A gradient of \(gradient) is not that of a parameter of \(parameter)")
  }
}
