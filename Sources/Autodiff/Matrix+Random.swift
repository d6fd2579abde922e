import RealModule

extension Matrix {
  /// A matrix of independent samples of the standard normal distribution.
  ///
  /// The same generator state gives the same matrix. Source: Box and Muller, A note on the
  /// generation of random normal deviates, 1958.
  public static func normal(
    rows: Int, columns: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    var matrix = Matrix(rows: rows, columns: columns)
    for pair in stride(from: 0, to: matrix.elements.count, by: 2) {
      // 1 − u lies in (0, 1], where the logarithm is finite.
      let radius = (-2 * Double.log(1 - unit(&generator))).squareRoot()
      let angle = 2 * Double.pi * unit(&generator)
      matrix.elements[pair] = radius * Double.cos(angle)
      if pair + 1 < matrix.elements.count {
        matrix.elements[pair + 1] = radius * Double.sin(angle)
      }
    }
    return matrix
  }

  /// A matrix of independent samples of the uniform distribution on [0, 1).
  public static func uniform(
    rows: Int, columns: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    var matrix = Matrix(rows: rows, columns: columns)
    for index in matrix.elements.indices { matrix.elements[index] = unit(&generator) }
    return matrix
  }

  /// A random matrix with orthonormal rows, or orthonormal columns if it is taller than wide.
  ///
  /// Uniform among all such matrices. Gram–Schmidt on normal samples, twice, after which nothing
  /// but rounding is left of the earlier vectors. Source: W. Kahan and B. Parlett, cited in
  /// B. Parlett, The symmetric eigenvalue problem, 1980, section 6.9: twice is enough.
  ///
  /// - Parameters:
  ///   - rows: The rows of the matrix.
  ///   - columns: The columns of the matrix.
  ///   - generator: Source of the samples.
  /// - Returns: rows × columns.
  /// - Complexity: O(rows · columns · min(rows, columns)).
  public static func orthonormal(
    rows: Int, columns: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    let (count, length) = (min(rows, columns), max(rows, columns))
    let samples = normal(rows: count, columns: length, using: &generator)
    var basis = samples.rows(at: [0])
    basis = (1 / basis.frobeniusNorm) * basis
    for row in 1..<max(count, 1) {
      var vector = samples.rows(at: [row])
      for _ in 0..<2 {
        let shares = product(vector, basis, transposing: .right)
        vector = vector - shares.product(with: basis)
      }
      basis = stackedRows(
        [basis, (1 / vector.frobeniusNorm) * vector], shape: Shape(rows: row + 1, columns: length))
    }
    return rows <= columns ? basis : basis.transposed
  }

  private var frobeniusNorm: Double {
    mapped { $0 * $0 }.summed(to: .scalar).scalar.squareRoot()
  }

  /// A multiple of 2⁻⁵³ in [0, 1).
  private static func unit(_ generator: inout some RandomNumberGenerator) -> Double {
    Double(generator.next() >> 11) * 0x1p-53
  }
}
