/// An exponentially decaying mean of parameters over the steps of a training.
///
/// The first parameters are taken as they are; from then on
/// average ← decay · average + (1 − decay) · parameters.
/// Source: B. Polyak and A. Juditsky, Acceleration of stochastic approximation by averaging, 1992,
/// with exponential in place of equal weights.
public struct WeightAverage: Sendable {
  /// What is kept of the mean at each step.
  public let decay: Double
  /// The mean so far; empty before the first parameters.
  public private(set) var parameters: [Matrix] = []

  /// An average that forgets in about 1/(1 − decay) steps.
  public init(decay: Double = 0.999) {
    self.decay = checkedDecay(decay)
  }

  /// Takes the parameters after a step into the mean.
  public mutating func add(_ newParameters: [Matrix]) {
    if parameters.isEmpty { parameters = newParameters }
    checkGradients(newParameters.map(\.shape), for: parameters.map(\.shape))
    let decay = decay
    for index in parameters.indices {
      parameters[index].update(with: newParameters[index]) { decay * $0 + (1 - decay) * $1 }
    }
  }
}
