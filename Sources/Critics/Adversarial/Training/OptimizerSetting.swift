public import Autodiff

/// An optimiser as a value that can be written down: its rule and constants.
public enum OptimizerSetting: Hashable, Sendable, Codable {
  /// θ ← θ − rate · g.
  case gradientDescent(rate: LearningRate)
  /// Descent with a decaying sum of gradients.
  case momentum(rate: LearningRate, decay: Double)
  /// Gradients divided by the root of a running mean of their squares.
  case rmsProp(rate: LearningRate, decay: Double)
  /// Adam with its two decays β₁ and β₂.
  case adam(rate: LearningRate, meanDecay: Double, squareDecay: Double)

  /// The optimiser.
  public var rule: any Optimizer {
    switch self {
    case .gradientDescent(let rate): GradientDescent(rate: rate)
    case .momentum(let rate, let decay): Momentum(rate: rate, decay: decay)
    case .rmsProp(let rate, let decay): RMSProp(rate: rate, decay: decay)
    case .adam(let rate, let mean, let square):
      Adam(rate: rate, meanDecay: mean, squareDecay: square)
    }
  }

  /// The size of the steps.
  public var rate: LearningRate {
    switch self {
    case .gradientDescent(let rate), .momentum(let rate, _), .rmsProp(let rate, _),
      .adam(let rate, _, _):
      rate
    }
  }

  /// The same rule with another rate.
  public func with(rate: LearningRate) -> OptimizerSetting {
    switch self {
    case .gradientDescent: .gradientDescent(rate: rate)
    case .momentum(_, let decay): .momentum(rate: rate, decay: decay)
    case .rmsProp(_, let decay): .rmsProp(rate: rate, decay: decay)
    case .adam(_, let mean, let square):
      .adam(rate: rate, meanDecay: mean, squareDecay: square)
    }
  }

  /// What is wrong with a constant, or nil.
  var problem: String? {
    let decays: [Double] =
      switch self {
      case .gradientDescent: []
      case .momentum(_, let decay), .rmsProp(_, let decay): [decay]
      case .adam(_, let mean, let square): [mean, square]
      }
    if let decay = decays.first(where: { !($0 >= 0 && $0 < 1) }) {
      return "a decay of the optimiser is \(decay); it must be at least 0 and below 1"
    }
    let first = rate.value(at: 0)
    return first > 0 && first.isFinite
      ? nil : "the learning rate is \(first); it must be positive and finite"
  }
}
