import RealModule

extension GroundCost {
  /// The length of a difference of two numbers on the line or the circle.
  func length(of difference: Double) -> Double {
    switch self {
    case .squaredEuclidean: return difference * difference
    case .circular(let period):
      let way = abs(difference).truncatingRemainder(dividingBy: period)
      return min(way, period - way)
    case .euclidean, .cityBlock, .chebyshev, .minkowski: return abs(difference)
    }
  }

  /// The largest length of a difference that is at most so wide along each axis.
  func largestLength(within widths: [Double]) -> Double {
    // On a circle the widest difference need not be the longest way: a whole turn is none at all.
    if case .circular(let period) = self { return min(widths[0], period / 2) }
    return length(of: widths)
  }

  /// The length of a difference of two points, scaled against overflow and underflow.
  func length(of difference: [Double]) -> Double {
    if difference.count == 1 { return length(of: difference[0]) }
    let largest = difference.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return largest }
    switch self {
    case .chebyshev: return largest
    case .cityBlock: return difference.reduce(0) { $0 + abs($1) }
    case .euclidean:
      return largest > 0x1p-480 && largest < 0x1p480
        ? squares(difference, largest: largest).squareRoot()
        : largest * scaledSquares(difference, by: largest).squareRoot()
    case .squaredEuclidean: return squares(difference, largest: largest)
    case .minkowski(let power):
      let sum = difference.reduce(0) { $0 + Double.pow(abs($1) / largest, power) }
      return largest * Double.pow(sum, 1 / power)
    case .circular: preconditionFailure("a circle has one coordinate; validate() checks it")
    }
  }

  private func squares(_ difference: [Double], largest: Double) -> Double {
    largest > 0x1p-480 && largest < 0x1p480
      ? difference.reduce(0) { $0 + $1 * $1 }
      : largest * largest * scaledSquares(difference, by: largest)
  }

  private func scaledSquares(_ difference: [Double], by largest: Double) -> Double {
    difference.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
  }
}
