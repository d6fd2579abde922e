// Updates of parameters in place, on pointers. Shapes are checked by the optimisers.

extension Matrix {
  /// Each entry becomes `body` of itself and the other's entry.
  @inline(__always)
  mutating func update(with other: Matrix, _ body: (Double, Double) -> Double) {
    let count = shape.count
    unsafe withMutableElements { out in
      unsafe other.withElements { input in
        for index in 0..<count { unsafe out[index] = body(out[index], input[index]) }
      }
    }
  }

  /// Each entry becomes `body` of itself and the entries of two others.
  @inline(__always)
  mutating func update(
    with first: Matrix, _ second: Matrix, _ body: (Double, Double, Double) -> Double
  ) {
    let count = shape.count
    unsafe withMutableElements { out in
      unsafe first.withElements { first in
        unsafe second.withElements { second in
          for index in 0..<count {
            unsafe out[index] = body(out[index], first[index], second[index])
          }
        }
      }
    }
  }

  /// Adam's step: both running means, then the parameters.
  mutating func moveByAdam(
    along gradient: Matrix, mean: inout Matrix, square: inout Matrix, _ constants: AdamConstants
  ) {
    mean.update(with: gradient) { constants.meanDecay * $0 + (1 - constants.meanDecay) * $1 }
    square.update(with: gradient) {
      constants.squareDecay * $0 + (1 - constants.squareDecay) * ($1 * $1)
    }
    switch constants.epsilon {
    case .inside(let epsilon):
      update(with: mean, square) {
        $0 - constants.rate * ($1 / (constants.squareScale * $2 + epsilon).squareRoot())
      }
    case .outside(let epsilon):
      update(with: mean, square) {
        $0 - constants.rate * ($1 / ((constants.squareScale * $2).squareRoot() + epsilon))
      }
    }
  }
}
