import RealModule

extension GroundCost {
  /// The length of a difference of two numbers on the line or the circle.
  func length(of difference: Double) -> Double {
    switch self {
    case .squaredEuclidean: return difference * difference
    case .circular(let period):
      let way = abs(difference).truncatingRemainder(dividingBy: period)
      return min(way, period - way)
    case .thresholded(let base, let threshold): return min(threshold, base.length(of: difference))
    case .euclidean, .cityBlock, .chebyshev, .minkowski: return abs(difference)
    }
  }

  /// The largest length of a difference that is at most so wide along each axis.
  func largestLength(within widths: [Double]) -> Double {
    // On a circle the widest difference need not be the longest way: a whole turn is none at all.
    let (base, threshold) = parts
    if case .circular(let period) = base { return min(threshold, widths[0], period / 2) }
    return min(threshold, base.length(of: widths))
  }

  /// The length of a difference of two points.
  func length(of difference: [Double]) -> Double {
    length(axes: difference.count) { difference[$0] }
  }

  /// The length of a difference of two points, scaled against overflow and underflow, for a ground cost
  /// without threshold.
  ///
  /// - Parameters:
  ///   - axes: The number of coordinates.
  ///   - difference: The difference along each axis; asked for more than once.
  /// - Returns: The length.
  @inline(__always)
  func length(axes: Int, _ difference: (_ axis: Int) -> Double) -> Double {
    if axes == 1 { return length(of: difference(0)) }
    var (largest, sum, squares) = (0.0, 0.0, 0.0)
    for axis in 0..<axes {
      let length = abs(difference(axis))
      largest = max(largest, length)
      sum += length
      squares += length * length
    }
    guard largest > 0, largest.isFinite else { return largest }
    let isSafe = largest > 0x1p-480 && largest < 0x1p480
    switch self {
    case .chebyshev: return largest
    case .cityBlock: return sum
    case .euclidean:
      if isSafe { return squares.squareRoot() }
      return largest * Self.scaledPowers(axes, difference, largest) { $0 * $0 }.squareRoot()
    case .squaredEuclidean:
      if isSafe { return squares }
      return largest * largest * Self.scaledPowers(axes, difference, largest) { $0 * $0 }
    case .minkowski(let power):
      let powers = Self.scaledPowers(axes, difference, largest) { Double.pow($0, power) }
      return largest * Double.pow(powers, 1 / power)
    case .circular: preconditionFailure("a circle has one coordinate; validate() checks it")
    case .thresholded: preconditionFailure("a threshold is taken apart before")
    }
  }

  @inline(__always)
  private static func scaledPowers(
    _ axes: Int, _ difference: (Int) -> Double, _ largest: Double, _ power: (Double) -> Double
  ) -> Double {
    (0..<axes).reduce(0) { $0 + power(abs(difference($1)) / largest) }
  }
}
