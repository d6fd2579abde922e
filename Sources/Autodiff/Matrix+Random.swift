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

  /// A multiple of 2⁻⁵³ in [0, 1).
  private static func unit(_ generator: inout some RandomNumberGenerator) -> Double {
    Double(generator.next() >> 11) * 0x1p-53
  }
}
