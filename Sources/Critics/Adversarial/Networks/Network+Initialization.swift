import Autodiff

/// How the weights of a network are drawn; biases start at 0.
public enum Initialization: Hashable, Sendable, Codable {
  /// Orthonormal rows or columns, times a gain (A. Saxe, J. McClelland, S. Ganguli 2014).
  case orthogonal(gain: Double)
  /// Normal with the variance 2 ÷ inputs (K. He et al. 2015, eq. 10).
  case he
  /// Normal with a deviation, 0.02 in A. Radford, L. Metz, S. Chintala 2016 (DCGAN).
  case normal(deviation: Double)

  /// The weights of one layer, inputs × outputs.
  func weights(
    inputs: Int, outputs: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    switch self {
    case .orthogonal(let gain):
      gain * Matrix.orthonormal(rows: inputs, columns: outputs, using: &generator)
    case .he:
      (2 / Double(inputs)).squareRoot()
        * Matrix.normal(rows: inputs, columns: outputs, using: &generator)
    case .normal(let deviation):
      deviation * Matrix.normal(rows: inputs, columns: outputs, using: &generator)
    }
  }
}

extension Network {
  /// A network with any number of outputs.
  ///
  /// - Parameters:
  ///   - inputs: The number of coordinates of an input.
  ///   - hidden: The widths of the hidden layers.
  ///   - outputs: The number of coordinates of an output.
  ///   - activation: What hidden layers do.
  ///   - initialization: How weights are drawn.
  ///   - normalization: What is done to the hidden layers' sums.
  ///   - generator: The source of randomness.
  public init(
    inputs: Int, hidden: [Int], outputs: Int, activation: Activation,
    initialization: Initialization, normalization: Normalization = .none,
    using generator: inout some RandomNumberGenerator
  ) {
    precondition(
      activation != .maxMin || hidden.allSatisfy { $0.isMultiple(of: 2) },
      "MaxMin needs hidden layers of even width")
    let widths = [inputs] + hidden + [outputs]
    self.init(
      widths: widths, activation: activation, normalization: normalization,
      parameters: zip(widths, widths.dropFirst()).flatMap { rows, columns in
        [
          initialization.weights(inputs: rows, outputs: columns, using: &generator),
          Matrix(rows: 1, columns: columns),
        ]
      })
  }
}
