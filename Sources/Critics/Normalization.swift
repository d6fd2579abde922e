public import Autodiff

/// What a hidden layer does to the sums of its inputs before its bias and its activation.
///
/// Neither kind bounds the Lipschitz constant of a network: both divide by a spread that the network or
/// its input may make as small as it likes.
public enum Normalization: String, Hashable, Sendable, CaseIterable, Codable {
  /// Nothing.
  case none
  /// The sums of each sample moved and divided so that over the units of the layer their mean is 0 and
  /// their variance 1, without a gain (J. Ba, J. Kiros, G. Hinton 2016, eq. 4).
  case layer
  /// The sums of each unit moved and divided so that over the batch their mean is 0 and their variance
  /// 1, without a gain (S. Ioffe, C. Szegedy 2015, algorithm 1). A network that is evaluated has the
  /// mean and the variance of its training data frozen into its weights.
  case batch

  /// Added to variances, as in both papers' programs, so that a layer that is constant stays finite.
  public static let epsilon = 1e-5

  /// The sums normalised.
  ///
  /// - Parameters:
  ///   - sums: n × width.
  ///   - shares: The weight of each of the n samples of a batch, with sum 1; nil for equal ones.
  /// - Returns: n × width.
  public func apply(to sums: Tensor, shares: Tensor? = nil) -> Tensor {
    switch self {
    case .none: return sums
    case .layer:
      let centered = sums - sums.rowMeans()
      return centered / (centered.squared().rowMeans() + Self.epsilon).squareRoot()
    case .batch:
      let (mean, deviation) = Self.statistics(of: sums, shares: shares)
      return (sums - mean) / deviation
    }
  }

  /// The mean and the standard deviation of each unit over a batch, 1 × width each.
  static func statistics(
    of sums: Tensor, shares: Tensor?
  ) -> (mean: Tensor, deviation: Tensor) {
    func mean(_ values: Tensor) -> Tensor {
      shares.map { $0.transposed.matmul(values) } ?? values.columnMeans()
    }
    let center = mean(sums)
    return (center, (mean((sums - center).squared()) + epsilon).squareRoot())
  }
}

extension Network {
  /// The same function with the statistics of a batch frozen into weights and biases, so that a value no
  /// longer depends on what it is computed beside.
  ///
  /// - Parameters:
  ///   - points: The batch, n × d.
  ///   - shares: The weight of each of the n points, with sum 1; nil for equal ones.
  /// - Returns: A network without batch normalisation that has the same values on the batch.
  public func freezingStatistics(of points: Matrix, shares: [Double]? = nil) -> Network {
    guard normalization == .batch else { return self }
    let weights = shares.map { Tensor($0.column) }
    var frozen = parameters
    var values = Tensor(points)
    for layer in 0..<layerCount - 1 {
      let (matrix, bias) = (Tensor(parameters[2 * layer]), Tensor(parameters[2 * layer + 1]))
      let (mean, deviation) = Normalization.statistics(of: values.matmul(matrix), shares: weights)
      frozen[2 * layer] = (matrix / deviation).value
      frozen[2 * layer + 1] = (bias - mean / deviation).value
      values = activation.apply(
        to: values.affine(Tensor(frozen[2 * layer]), bias: Tensor(frozen[2 * layer + 1])))
    }
    return Network(widths: widths, activation: activation, parameters: frozen)
  }
}
