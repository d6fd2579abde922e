import Autodiff
import Transport

/// A discriminator in training: its network, what its control does to weights, and its scales.
struct Discriminator: Sendable {
  var network: Network
  var transform: WeightTransform
  let control: LipschitzControl?
  let inputScale: Double
  let outputScale: Double
  /// The unit of a penalty's weight that is counted in spreads of the data.
  let spread: Double

  init(
    _ settings: AdversarialTraining, points: Matrix, using random: inout SplitMix64
  ) {
    network = settings.discriminator.network(
      inputs: points.columns, outputs: 1,
      normalization: settings.control?.normalization ?? .none, using: &random)
    control = settings.control
    // Any control that does nothing to weights stands for none.
    transform = WeightTransform(
      control ?? .clipping(.infinity), for: network, using: &random)
    inputScale = settings.inputScale
    outputScale = settings.outputScale
    let spreads = Standardization(
      of: (0..<points.rows).map { row in
        points.elements[row * points.columns..<(row + 1) * points.columns]
      })
    spread = spreads.scale
    // Orthonormal layers keep to where their kinks are, so these start among the data.
    if case .orthonormal = control {
      network.moveKinks(through: inputScale * points, under: &transform, using: &random)
    }
  }

  /// The weights in use as functions of the trained ones; remembers the step of power iteration.
  mutating func used(_ variables: [Tensor]) -> [Tensor] { transform.trained(variables) }

  /// The outputs at points, n × 1.
  func outputs(at points: Tensor, used parameters: [Tensor]) -> Tensor {
    let scaled = inputScale == 1 ? points : inputScale * points
    let outputs = network.outputs(for: scaled, parameters: parameters)
    return outputScale == 1 ? outputs : outputScale * outputs
  }

  /// What the control adds to the discriminator's loss; nil if nothing.
  ///
  /// - Parameters:
  ///   - used: The weights in use.
  ///   - variables: The trained weights.
  ///   - points: Where slopes are priced, between data and samples.
  ///   - share: The part of the training that is done.
  /// - Returns: 1 × 1.
  func penalty(
    used: [Tensor], variables: [Tensor], at points: Tensor?, after share: Double
  ) -> Tensor? {
    switch control {
    case .gradientPenalty(let weight), .lipschitzPenalty(let weight):
      return points.flatMap { control?.penalty(ofSlopes: slopes(at: $0, used)) }
        .map { $0.mean() * price(weight, share) }
    case .orthonormalPenalty(let weight):
      return stride(from: 0, to: variables.count, by: 2)
        .map { orthonormalityPenalty(variables[$0]) }.sum() * weight
    default: return nil
    }
  }

  /// Whether the control prices slopes at points between data and samples.
  var pricesSlopes: Bool {
    switch control {
    case .gradientPenalty, .lipschitzPenalty: true
    default: false
    }
  }

  private func price(_ weight: PenaltyWeight, _ share: Double) -> Double {
    weight.value(after: share) * (weight.unit == .spreads ? spread : 1)
  }

  private func slopes(at points: Tensor, _ used: [Tensor]) -> Tensor {
    let points = points.isDifferentiable ? points : Tensor(variable: points.value)
    let outputs = outputs(at: points, used: used)
    return differentiableGradient(of: outputs.sum(), withRespectTo: [points])[0].rowNorms()
  }
}
