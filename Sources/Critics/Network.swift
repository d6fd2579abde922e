public import Autodiff

/// A network, whose weights may be turned into others before use: fully connected, or layers on images.
///
/// Layer k computes x W + b with W of inputs × outputs, then the activation, but for the last layer. A
/// `normalization` acts on the hidden layers' x W, before b is added.
public struct Network: Hashable, Sendable, Codable {
  /// What a hidden layer does to the sums of its inputs; all are 1-Lipschitz.
  public enum Activation: String, Hashable, Sendable, CaseIterable, Codable {
    /// max(0, x).
    case relu
    /// x, or a fifth of it below 0.
    case leakyReLU = "leaky-relu"
    /// Pairs of units sorted, which keeps the gradient's norm; widths must be even.
    case maxMin = "max-min"
    /// All units sorted, which keeps the gradient's norm.
    case fullSort = "full-sort"
    /// tanh x.
    case tanh

    func apply(to sums: Tensor) -> Tensor {
      switch self {
      case .relu: sums.relu()
      case .leakyReLU: sums.leakyReLU()
      case .maxMin: sums.maxMin()
      case .fullSort: sums.sortedRows()
      case .tanh: sums.tanh()
      }
    }
  }

  /// The number of units from the input to the output; a critic's is 1.
  public let widths: [Int]
  /// What hidden layers do.
  public let activation: Activation
  /// What is done to the hidden layers' sums.
  public let normalization: Normalization
  /// W and b of each layer, in turn.
  public internal(set) var parameters: [Matrix]
  /// The layers of a network on images; nil for one that is fully connected, as `widths` say.
  public internal(set) var stack: LayerStack?

  /// A network of one output with weights drawn at random.
  ///
  /// Biases start so that each hidden unit's kink passes through a random atom: a network whose kinks lie
  /// elsewhere stays linear on the data for long.
  ///
  /// - Parameters:
  ///   - hidden: The widths of the hidden layers.
  ///   - activation: What hidden layers do.
  ///   - atoms: Points that kinks are to pass through, n × d.
  ///   - lastScale: What the last layer's weights are multiplied by.
  ///   - normalization: What is done to the hidden layers' sums.
  ///   - generator: The source of randomness.
  /// - Source: He initialisation after K. He et al., 2015, eq. 10.
  public init(
    hidden: [Int], activation: Activation, through atoms: Matrix, lastScale: Double = 1,
    normalization: Normalization = .none,
    using generator: inout some RandomNumberGenerator
  ) {
    precondition(
      activation != .maxMin || hidden.allSatisfy { $0.isMultiple(of: 2) },
      "MaxMin needs hidden layers of even width")
    widths = [atoms.columns] + hidden + [1]
    self.activation = activation
    self.normalization = normalization
    parameters = []
    var inputs = Tensor(atoms)
    for (layer, (rows, columns)) in zip(widths, widths.dropFirst()).enumerated() {
      let isLast = layer == hidden.count
      let gain = (2 / Double(rows)).squareRoot() * (isLast ? lastScale : 1)
      let normal = Matrix.normal(rows: rows, columns: columns, using: &generator)
      let weights = (Tensor(normal) * gain).value
      let sums = normalization.apply(to: inputs.matmul(Tensor(weights))).value
      var bias = Matrix(rows: 1, columns: columns)
      if !isLast {
        for unit in 0..<columns {
          bias[0, unit] = -sums[Int.random(in: 0..<sums.rows, using: &generator), unit]
        }
      }
      parameters += [weights, bias]
      if !isLast { inputs = activation.apply(to: Tensor(sums) + Tensor(bias)) }
    }
  }

  init(
    widths: [Int], activation: Activation, normalization: Normalization = .none,
    parameters: [Matrix]
  ) {
    self.widths = widths
    self.activation = activation
    self.normalization = normalization
    self.parameters = parameters
  }

  /// The number of layers.
  public var layerCount: Int { parameters.count / 2 }

  /// The outputs for rows of inputs.
  ///
  /// - Parameters:
  ///   - inputs: n × d.
  ///   - parameters: W and b of each layer, in turn, as tensors of any origin.
  ///   - shares: The weight of each of the n samples under batch normalisation; nil for equal ones.
  /// - Returns: n × the number of outputs.
  public func outputs(
    for inputs: Tensor, parameters: [Tensor], shares: Tensor? = nil
  ) -> Tensor {
    if let stack { return stack.outputs(for: inputs, parameters: parameters) }
    var values = inputs
    for layer in 0..<layerCount {
      let (weights, bias) = (parameters[2 * layer], parameters[2 * layer + 1])
      if layer + 1 == layerCount { return values.affine(weights, bias: bias) }
      let sums =
        normalization == .none
        ? values.affine(weights, bias: bias)
        : normalization.apply(to: values.matmul(weights), shares: shares) + bias
      values = activation.apply(to: sums)
    }
    return values
  }
}
