import RealModule

/// The size of an optimiser's steps, as a function of their number.
///
/// ```swift
/// let rate = LearningRate.cosine(from: 1e-2, to: 1e-5, steps: 2000)
/// rate.value(at: 0)   // 0.01
/// ```
public enum LearningRate: Hashable, Sendable, Codable, ExpressibleByFloatLiteral {
  /// The same at every step.
  case constant(Double)
  /// Half a wave of the cosine from the first to the second value, then constant.
  ///
  /// Source: I. Loshchilov and F. Hutter, SGDR, 2017, eq. 5, without restarts.
  case cosine(from: Double, to: Double, steps: Int)
  /// Multiplied by a factor after each so many steps.
  case step(Double, factor: Double, every: Int)

  /// A constant rate.
  public init(floatLiteral value: Double) { self = .constant(value) }

  /// The rate of a step, counted from 0.
  public func value(at step: Int) -> Double {
    switch self {
    case .constant(let rate): return rate
    case .cosine(let first, let last, let steps):
      let share = steps > 0 ? min(Double(step) / Double(steps), 1) : 1
      return last + (first - last) * (1 + Double.cos(Double.pi * share)) / 2
    case .step(let rate, let factor, let period):
      precondition(period > 0, "A rate changes after at least one step, not \(period)")
      return rate * Double.pow(factor, step / period)
    }
  }
}
