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

  /// Adam's step, in one pass over the parameters, the gradient and both running means.
  mutating func moveByAdam(
    along gradient: Matrix, mean: inout Matrix, square: inout Matrix, _ constants: AdamConstants
  ) {
    switch constants.epsilon {
    case .inside(let epsilon):
      moveByAdam(along: gradient, &mean, &square, constants) { ($0 + epsilon).squareRoot() }
    case .outside(let epsilon):
      moveByAdam(along: gradient, &mean, &square, constants) { $0.squareRoot() + epsilon }
    }
  }

  @inline(__always)
  private mutating func moveByAdam(
    along gradient: Matrix, _ mean: inout Matrix, _ square: inout Matrix,
    _ constants: AdamConstants, root: (Double) -> Double
  ) {
    let (count, a, b) = (shape.count, constants.meanDecay, constants.squareDecay)
    unsafe withMutableElements { out in
      unsafe mean.withMutableElements { mean in
        unsafe square.withMutableElements { square in
          unsafe gradient.withElements { gradient in
            for index in 0..<count {
              let slope = unsafe gradient[index]
              let m = unsafe a * mean[index] + (1 - a) * slope
              let v = unsafe b * square[index] + (1 - b) * (slope * slope)
              unsafe mean[index] = m
              unsafe square[index] = v
              unsafe out[index] -= constants.rate * (m / root(constants.squareScale * v))
            }
          }
        }
      }
    }
  }
}
