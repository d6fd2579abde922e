import Autodiff

/// The gradient of a number by differences: (8(f₁ − f₋₁) − (f₂ − f₋₂))/12h for each entry.
///
/// With h = 10⁻³ the formula's error is h⁴/30 · f⁽⁵⁾ ≈ 3·10⁻¹⁴ · f⁽⁵⁾ and that of rounding about
/// 10⁻¹³ · f: tests of functions near 1 allow 10⁻⁹.
func numericalGradient(
  at point: [Matrix], step h: Double = 1e-3, of f: ([Matrix]) -> Double
) -> [Matrix] {
  point.indices.map { number in
    var result = Matrix(rows: point[number].rows, columns: point[number].columns)
    for row in 0..<result.rows {
      for column in 0..<result.columns {
        func moved(_ steps: Double) -> Double {
          var place = point
          place[number][row, column] += steps * h
          return f(place)
        }
        result[row, column] = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * h)
      }
    }
    return result
  }
}

/// The largest difference of two lists of matrices, relative to the largest entry or 1.
func largestError(_ found: [Matrix], _ expected: [Matrix]) -> Double {
  let scale = expected.flatMap(\.elements).map(abs).max() ?? 1
  let differences = zip(found, expected).flatMap { a, b in
    zip(a.elements, b.elements).map { abs($0 - $1) }
  }
  // NaN must not be lost by `max`.
  guard differences.allSatisfy(\.isFinite) else { return .infinity }
  return (differences.max() ?? .infinity) / max(scale, 1)
}

/// The sum of all entries of all tensors, each times a fixed number that differs from the others.
///
/// A derivative that is wrong in any entry changes the derivative of this number.
func mixture(_ tensors: [Tensor]) -> Tensor {
  tensors.enumerated().reduce(Tensor(0)) { sum, item in
    let (rows, columns) = (item.element.shape.rows, item.element.shape.columns)
    let weights = Matrix.normal(rows, columns, seed: 77 + UInt64(item.offset))
    return sum + (item.element * Tensor(weights)).sum()
  }
}
