/// A ground cost as it is computed eight pairs at a time, on coordinates scaled to a width of about one.
///
/// Every such cost grows with each |xₖ − yₖ|, in rounded arithmetic too, so that the cost to the nearest
/// point of a box is a lower bound for all points of it.
protocol GroundKernel: Sendable {
  /// What a power of two of the coordinates raises a cost to: cost(λ x, λ y) = λ^degree cost(x, y).
  var degree: Int { get }

  /// Takes the differences of one axis into the sum.
  func fold(_ sum: SIMD8<Double>, _ difference: SIMD8<Double>) -> SIMD8<Double>

  /// The cost, once all axes are in the sum.
  func finish(_ sum: SIMD8<Double>) -> SIMD8<Double>

  /// The same in single precision, sixteen pairs at a time.
  func fold(_ sum: SIMD16<Float>, _ difference: SIMD16<Float>) -> SIMD16<Float>
  func finish(_ sum: SIMD16<Float>) -> SIMD16<Float>

  /// A sum below this, other than of equal points, may have lost digits to underflow.
  var leastSafeSum: Double { get }
}

extension GroundKernel {
  var leastSafeSum: Double { 0 }
}

/// Σ(xₖ − yₖ)²: the squared Euclidean cost, and the Euclidean one of order 2.
struct SquaredKernel: GroundKernel {
  var degree: Int { 2 }

  @inline(__always)
  func fold(_ sum: SIMD8<Double>, _ difference: SIMD8<Double>) -> SIMD8<Double> {
    sum + difference * difference
  }

  @inline(__always)
  func fold(_ sum: SIMD16<Float>, _ difference: SIMD16<Float>) -> SIMD16<Float> {
    sum + difference * difference
  }

  @inline(__always)
  func finish(_ sum: SIMD8<Double>) -> SIMD8<Double> { sum }

  @inline(__always)
  func finish(_ sum: SIMD16<Float>) -> SIMD16<Float> { sum }
}

/// √Σ(xₖ − yₖ)².
struct EuclideanKernel: GroundKernel {
  var degree: Int { 1 }
  var leastSafeSum: Double { 0x1p-960 }

  @inline(__always)
  func fold(_ sum: SIMD8<Double>, _ difference: SIMD8<Double>) -> SIMD8<Double> {
    sum + difference * difference
  }

  @inline(__always)
  func fold(_ sum: SIMD16<Float>, _ difference: SIMD16<Float>) -> SIMD16<Float> {
    sum + difference * difference
  }

  @inline(__always)
  func finish(_ sum: SIMD8<Double>) -> SIMD8<Double> { sum.squareRoot() }

  @inline(__always)
  func finish(_ sum: SIMD16<Float>) -> SIMD16<Float> { sum.squareRoot() }
}

/// Σ|xₖ − yₖ|.
struct CityBlockKernel: GroundKernel {
  var degree: Int { 1 }

  @inline(__always)
  func fold(_ sum: SIMD8<Double>, _ difference: SIMD8<Double>) -> SIMD8<Double> {
    sum + difference.replacing(with: -difference, where: difference .< 0)
  }

  @inline(__always)
  func fold(_ sum: SIMD16<Float>, _ difference: SIMD16<Float>) -> SIMD16<Float> {
    sum + difference.replacing(with: -difference, where: difference .< 0)
  }

  @inline(__always)
  func finish(_ sum: SIMD8<Double>) -> SIMD8<Double> { sum }

  @inline(__always)
  func finish(_ sum: SIMD16<Float>) -> SIMD16<Float> { sum }
}

/// max|xₖ − yₖ|.
struct ChebyshevKernel: GroundKernel {
  var degree: Int { 1 }

  @inline(__always)
  func fold(_ sum: SIMD8<Double>, _ difference: SIMD8<Double>) -> SIMD8<Double> {
    let length = difference.replacing(with: -difference, where: difference .< 0)
    return sum.replacing(with: length, where: length .> sum)
  }

  @inline(__always)
  func fold(_ sum: SIMD16<Float>, _ difference: SIMD16<Float>) -> SIMD16<Float> {
    let length = difference.replacing(with: -difference, where: difference .< 0)
    return sum.replacing(with: length, where: length .> sum)
  }

  @inline(__always)
  func finish(_ sum: SIMD8<Double>) -> SIMD8<Double> { sum }

  @inline(__always)
  func finish(_ sum: SIMD16<Float>) -> SIMD16<Float> { sum }
}

/// The square of another cost: its order 2.
struct SquareOfKernel<Base: GroundKernel>: GroundKernel {
  let base: Base
  var degree: Int { 2 * base.degree }

  @inline(__always)
  func fold(_ sum: SIMD8<Double>, _ difference: SIMD8<Double>) -> SIMD8<Double> {
    base.fold(sum, difference)
  }

  @inline(__always)
  func fold(_ sum: SIMD16<Float>, _ difference: SIMD16<Float>) -> SIMD16<Float> {
    base.fold(sum, difference)
  }

  @inline(__always)
  func finish(_ sum: SIMD8<Double>) -> SIMD8<Double> {
    let length = base.finish(sum)
    return length * length
  }

  @inline(__always)
  func finish(_ sum: SIMD16<Float>) -> SIMD16<Float> {
    let length = base.finish(sum)
    return length * length
  }
}
