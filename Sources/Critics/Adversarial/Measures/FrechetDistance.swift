public import Autodiff

/// The squared W₂ between the Gaussians that have the means and covariances of two samples.
///
/// ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½), with covariances divided by n. Of features of a classifier it
/// is called Fréchet Inception distance; it sees two moments alone, so that 0 does not mean equal measures.
///
/// The trace of the root is the sum of the singular values of L₁ᵀL₂ for any factors Σ = L Lᵀ: Cholesky's are
/// used, with columns of zeros where a covariance has no rank.
///
/// - Parameters:
///   - first: A row for each sample, n × d.
///   - second: A row for each sample, m × d.
/// - Returns: The squared distance, at least 0.
/// - Complexity: O((n + m) d² + d³).
/// - Source: D. Dowson, B. Landau, "The Fréchet distance between multivariate normal distributions", 1982,
///   eq. 4; M. Heusel et al. 2017.
public func frechetDistance(_ first: Matrix, _ second: Matrix) -> Double {
  precondition(
    first.columns == second.columns,
    "samples of \(first.columns) and of \(second.columns) features have no distance")
  let (a, b) = (Moments(first), Moments(second))
  let shift = zip(a.mean, b.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  let overlap = a.factor.transposed.product(with: b.factor).singularValues().reduce(0, +)
  return max(0, shift + a.trace + b.trace - 2 * overlap)
}

/// The mean of rows, and a triangular factor of their covariance.
private struct Moments {
  let mean: [Double]
  let trace: Double
  let factor: Matrix

  init(_ rows: Matrix) {
    let ones = Matrix(rows: 1, columns: rows.rows, repeating: 1 / Double(rows.rows))
    let center = ones.product(with: rows)
    mean = center.elements
    let centered = rows - center
    let covariance =
      (1 / Double(rows.rows)) * centered.transposed.product(with: centered)
    trace = (0..<rows.columns).reduce(0) { $0 + covariance[$1, $1] }
    factor = Self.cholesky(covariance)
  }

  /// L with L Lᵀ = A for a matrix without negative eigenvalues.
  private static func cholesky(_ matrix: Matrix) -> Matrix {
    let size = matrix.rows
    var factor = Matrix(rows: size, columns: size)
    for column in 0..<size {
      var pivot = matrix[column, column]
      for k in 0..<column { pivot -= factor[column, k] * factor[column, k] }
      // Below the rounding of the diagonal there is no direction left.
      guard pivot > 1e-14 * matrix[column, column] else { continue }
      let root = pivot.squareRoot()
      factor[column, column] = root
      for row in column + 1..<max(size, column + 1) {
        var sum = matrix[row, column]
        for k in 0..<column { sum -= factor[row, k] * factor[column, k] }
        factor[row, column] = sum / root
      }
    }
    return factor
  }
}
