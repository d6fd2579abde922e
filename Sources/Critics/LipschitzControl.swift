public import Autodiff
import RealModule

/// How the slope of a critic is kept in bounds.
///
/// | control | bounds the Lipschitz constant |
/// | --- | --- |
/// | clipping | by an unknown number, which grows with width and depth |
/// | gradient and Lipschitz penalty | no: they price slopes, at points between the measures only |
/// | spectral normalisation | by 1 with exact norms; by slightly more with one power iteration a step |
/// | orthonormal layers | by 1, at any number of iterations |
/// | weight normalisation, orthonormal penalty | no |
/// | layer and batch normalisation | no: they divide by spreads that may be small |
public enum LipschitzControl: Hashable, Sendable, Codable {
  /// Every parameter is cut to [−c, c] after each step (M. Arjovsky, S. Chintala, L. Bottou 2017).
  case clipping(Double)
  /// λ E(‖∇f‖ − 1)² between the measures (I. Gulrajani et al. 2017).
  case gradientPenalty(PenaltyWeight)
  /// λ E max(0, ‖∇f‖ − 1)² between the measures (H. Petzka, A. Fischer, D. Lukovnikov 2018).
  case lipschitzPenalty(PenaltyWeight)
  /// W / σ̃(W), with one power iteration a step on a u that is kept (T. Miyato et al. 2018).
  case spectralNormalization
  /// W brought towards orthonormality by Björck's iteration, started below norm 1, so that no singular
  /// value exceeds 1 however few iterations are made (C. Anil, J. Lucas, R. Grosse 2019).
  case orthonormal(iterations: Int)
  /// Every unit's weights divided by their norm (T. Salimans, D. Kingma 2016), without a gain.
  case weightNormalization
  /// λ ‖WᵀW − I‖² for each layer (A. Brock et al. 2016).
  case orthonormalPenalty(Double)
  /// The sums of each sample divided by their spread over the layer (J. Ba, J. Kiros, G. Hinton 2016),
  /// and the last layer's weights by their norm, without which the loss would have no bound.
  case layerNormalization
  /// The sums of each unit divided by their spread over the batch (S. Ioffe, C. Szegedy 2015), and the last
  /// layer's weights by their norm. Evaluated with the statistics of all atoms, frozen.
  case batchNormalization

  /// Whether the trained network is 1-Lipschitz by construction.
  public var boundsTheLipschitzConstant: Bool {
    switch self {
    case .spectralNormalization, .orthonormal: true
    case .clipping, .gradientPenalty, .lipschitzPenalty, .weightNormalization, .orthonormalPenalty,
      .layerNormalization, .batchNormalization:
      false
    }
  }

  /// What a penalty asks for slopes ‖∇f‖, before its weight; nil for controls that price no slopes.
  ///
  /// - Parameter slopes: Any shape.
  /// - Returns: The same shape: (s − 1)² for the gradient penalty, max(0, s − 1)² for the Lipschitz penalty.
  public func penalty(ofSlopes slopes: Tensor) -> Tensor? {
    switch self {
    case .gradientPenalty: (slopes - 1).squared()
    case .lipschitzPenalty: (slopes - 1).relu().squared()
    default: nil
    }
  }

  /// What a network under this control does to the sums of its hidden layers.
  public var normalization: Normalization {
    switch self {
    case .layerNormalization: .layer
    case .batchNormalization: .batch
    default: .none
    }
  }
}

/// The weight of a penalty over training, from a first to a last value in equal factors.
///
/// A penalty on slopes has no unit, the estimate that it is weighed against has that of a distance, so a
/// weight needs a unit too.
public struct PenaltyWeight: Hashable, Sendable, Codable {
  /// What a weight is counted in.
  public enum Unit: String, Hashable, Sendable, Codable {
    /// The unit of the coordinates, as in the papers: other units, another critic.
    case coordinates
    /// The spread of the data: the same critic in every unit.
    case spreads
  }

  /// The weight at the first step.
  public let first: Double
  /// The weight at the last step.
  public let last: Double
  /// What the weight is counted in.
  public let unit: Unit

  /// A weight that grows or falls geometrically; equal ends keep it.
  ///
  /// - Parameters:
  ///   - first: The weight at the first step, positive.
  ///   - last: The weight at the last step, positive.
  ///   - unit: What both are counted in.
  public init(from first: Double, to last: Double, in unit: Unit = .coordinates) {
    precondition(first > 0 && last > 0, "a penalty's weight is positive")
    self.first = first
    self.last = last
    self.unit = unit
  }

  /// A weight that stays, in the unit of the coordinates.
  public init(_ weight: Double) { self.init(from: weight, to: weight) }

  /// The weight after a share of the training, from 0 to 1: equal factors in equal times.
  public func value(after share: Double) -> Double { first * Double.pow(last / first, share) }

  /// The weight after a share of the training, for coordinates divided by a scale.
  func value(after share: Double, scale: Double) -> Double {
    let weight = value(after: share)
    return unit == .coordinates ? weight / scale : weight
  }
}

/// What a control does to weights before they are used, and what it remembers between steps.
struct WeightTransform: Codable {
  private let control: LipschitzControl
  /// The left singular vectors that power iteration is following, one per layer, as rows.
  var directions: [Matrix]

  init(
    _ control: LipschitzControl, for network: Network,
    using generator: inout some RandomNumberGenerator
  ) {
    self.control = control
    directions = []
    guard case .spectralNormalization = control else { return }
    for layer in 0..<network.layerCount {
      directions.append(
        Matrix.normal(rows: 1, columns: network.parameters[2 * layer].rows, using: &generator))
    }
  }

  /// The parameters that the network is evaluated with during training, as functions of the trained ones.
  mutating func trained(_ parameters: [Tensor]) -> [Tensor] {
    transform(parameters) { transform, layer, weights in
      switch transform.control {
      case .spectralNormalization: transform.spectrallyNormalized(weights, layer: layer)
      case .orthonormal(let iterations): orthonormalized(weights, iterations: iterations)
      case .weightNormalization: Self.unitNormalized(weights)
      default:
        transform.isNormalizedLast(layer, of: parameters) ? Self.unitNormalized(weights) : weights
      }
    }
  }

  /// Whether a layer is the last, under a control that normalises the others' sums.
  private func isNormalizedLast(_ layer: Int, of parameters: [some Any]) -> Bool {
    control.normalization != .none && 2 * layer + 2 == parameters.count
  }

  /// The parameters of the finished critic: with exact norms, and iterated until nothing changes.
  mutating func finished(_ parameters: [Matrix]) -> [Matrix] {
    transform(parameters.map { Tensor($0) }) { transform, layer, weights in
      switch transform.control {
      case .spectralNormalization:
        // An upper bound by a rounding, so that the quotient is never above 1.
        weights * (1 / max(weights.value.largestSingularValue() * (1 + 0x1p-40), 1e-300))
      case .orthonormal: orthonormalized(weights, iterations: 40)
      case .weightNormalization: Self.unitNormalized(weights)
      default:
        transform.isNormalizedLast(layer, of: parameters) ? Self.unitNormalized(weights) : weights
      }
    }.map(\.value)
  }

  private mutating func transform(
    _ parameters: [Tensor], _ weightsOfLayer: (inout Self, Int, Tensor) -> Tensor
  ) -> [Tensor] {
    var result = parameters
    for layer in 0..<parameters.count / 2 {
      result[2 * layer] = weightsOfLayer(&self, layer, parameters[2 * layer])
    }
    return result
  }

  /// W / (uᵀ W v) after one power iteration; u and v count as constants (Miyato et al., algorithm 1).
  private mutating func spectrallyNormalized(_ weights: Tensor, layer: Int) -> Tensor {
    let matrix = weights.value
    let right = Self.unit(directions[layer].product(with: matrix))
    let left = Self.unit(right.product(with: matrix.transposed))
    directions[layer] = left
    let norm = Tensor(left).matmul(weights).matmul(Tensor(right.transposed))
    return weights / norm
  }

  private static func unit(_ row: Matrix) -> Matrix {
    let norm = row.elements.reduce(0) { $0 + $1 * $1 }.squareRoot() + 1e-12
    return Matrix(rows: 1, columns: row.columns, elements: row.elements.map { $0 / norm })
  }

  /// Each unit's weights, a column, divided by their norm.
  private static func unitNormalized(_ weights: Tensor) -> Tensor {
    weights / (weights.squared().columnSums() + 1e-24).squareRoot()
  }
}

/// Weights brought towards orthonormality by Björck's iteration, W ← 1.5 W − 0.5 W WᵀW.
///
/// It starts from W divided by a bound of its spectral norm, the lesser of √(‖W‖₁ ‖W‖∞) and √‖WᵀW‖∞; s ↦ 1.5 s − 0.5 s³ then keeps every
/// singular value in [0, 1] and brings it nearer to 1. The scaling is not differentiated through.
///
/// - Parameters:
///   - weights: Any matrix.
///   - iterations: How often; 0 only scales.
/// - Returns: The same shape, with no singular value above 1.
/// - Source: C. Anil, J. Lucas, R. Grosse, "Sorting out Lipschitz function approximation", 2019, section 4.1.
public func orthonormalized(_ weights: Tensor, iterations: Int) -> Tensor {
  var current = weights * (1 / spectralBound(weights.value))
  for _ in 0..<iterations {
    let product =
      current.shape.rows < current.shape.columns
      ? current.matmul(current.transposed).matmul(current)
      : current.matmul(current.transposed.matmul(current))
    current = 1.5 * current - 0.5 * product
  }
  return current
}

/// ‖WᵀW − I‖², the sum of squares: 0 only where the columns of W are orthonormal.
///
/// - Parameter weights: n × k.
/// - Returns: 1 × 1.
/// - Source: A. Brock et al., "Neural photo editing with introspective adversarial networks", 2016, eq. 6.
public func orthonormalityPenalty(_ weights: Tensor) -> Tensor {
  let gram = weights.transposed.matmul(weights)
  return (gram - Tensor(Matrix.identity(gram.shape.rows))).squared().sum()
}

/// A number that no singular value exceeds; 1 for a matrix of zeros.
///
/// The lesser of √(‖W‖₁ ‖W‖∞) and √‖WᵀW‖∞; the second is near 1 where W is nearly orthonormal.
private func spectralBound(_ matrix: Matrix) -> Double {
  let isWide = matrix.rows < matrix.columns
  let gram =
    isWide ? matrix.product(with: matrix.transposed) : matrix.transposed.product(with: matrix)
  let bound = min(normProduct(matrix), normProduct(gram).squareRoot())
  return bound > 0 ? bound : 1
}

/// √(‖W‖₁ ‖W‖∞).
private func normProduct(_ matrix: Matrix) -> Double {
  let elements = matrix.elements
  var rowSum = 0.0
  var columnSums = [Double](repeating: 0, count: matrix.columns)
  for row in 0..<matrix.rows {
    var sum = 0.0
    for column in 0..<matrix.columns {
      let size = abs(elements[row * matrix.columns + column])
      sum += size
      columnSums[column] += size
    }
    rowSum = max(rowSum, sum)
  }
  return (rowSum * (columnSums.max() ?? 0)).squareRoot()
}
