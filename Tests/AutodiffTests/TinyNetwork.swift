import Autodiff

/// A network of dense layers for tests: weights in × out and a bias row for each layer.
struct TinyNetwork {
  enum Activation: CaseIterable, Sendable {
    case tanh, relu, leakyReLU, maxMin, softplus

    func callAsFunction(_ x: Tensor) -> Tensor {
      switch self {
      case .tanh: x.tanh()
      case .relu: x.relu()
      case .leakyReLU: x.leakyReLU()
      case .maxMin: x.maxMin()
      case .softplus: x.softplus()
      }
    }
  }

  let activation: Activation

  /// The output, rows × 1 if the last size is 1.
  func callAsFunction(_ x: Tensor, _ parameters: [Tensor]) -> Tensor {
    var hidden = x
    for layer in stride(from: 0, to: parameters.count, by: 2) {
      hidden = hidden.affine(parameters[layer], bias: parameters[layer + 1])
      if layer + 2 < parameters.count { hidden = activation(hidden) }
    }
    return hidden
  }

  /// Weights of variance 1/width, biases of variance 1.
  static func parameters(_ sizes: [Int], seed: UInt64) -> [Matrix] {
    zip(sizes, sizes.dropFirst()).enumerated().flatMap { layer, size in
      let weights = Matrix.normal(size.0, size.1, seed: seed + 10 * UInt64(layer))
      let scale = 1 / Double(size.0).squareRoot()
      return [
        scale * weights,
        Matrix.normal(1, size.1, seed: seed + 10 * UInt64(layer) + 1),
      ]
    }
  }

  /// The mean of (slope − 1)² at the given points.
  func penalty(at points: Matrix, _ parameters: [Tensor]) -> Tensor {
    let x = Tensor(variable: points)
    let output = self(x, parameters)
    let slopes = differentiableGradient(of: output.sum(), withRespectTo: [x])[0]
    return (slopes.rowNorms() - 1).squared().mean()
  }
}
