public import Measures

/// Distances between many histograms on the same bins of the line, each in one pass without memory.
///
///     let line = LineSeries(binCount: 3)
///     try line.distance(from: Histogram([1, 0, 0]), to: Histogram([0, 0, 1]))  // 2.0
///
/// The order is 1. The Earth Mover's Distance on the line is the area between the two cumulative
/// distributions, Σ |F(xₖ) − G(xₖ)| (xₖ₊₁ − xₖ); the sums are kept in twice the precision of a double, so
/// that nearly equal histograms keep their digits. For plan and potentials of one pair there is
/// `MonotoneRearrangement`. The value has no state: tasks may share it.
///
/// - Source: Peyré and Cuturi 2019, eq. 2.37.
public struct LineSeries: Hashable, Sendable {
  /// What to do about unequal totals.
  public let mass: MassPolicy
  /// The number of bins of every histogram.
  public let binCount: Int
  /// The bins from left to right; nil if they stand so already.
  let order: [Int32]?
  /// What lies between each bin and the next one to the right; 0 after the last.
  let gaps: [Double]

  /// The bins 0, 1, …, n − 1.
  ///
  /// - Parameters:
  ///   - binCount: The number of bins, positive.
  ///   - mass: What to do about unequal totals.
  public init(binCount: Int, mass: MassPolicy = .requireEqual()) {
    precondition(binCount > 0, "a histogram has at least one bin")
    self.mass = mass
    self.binCount = binCount
    order = nil
    gaps = [Double](repeating: 1, count: binCount - 1) + [0]
  }

  /// Bins at positions, in any order.
  ///
  /// - Parameters:
  ///   - positions: One finite position per bin.
  ///   - mass: What to do about unequal totals.
  /// - Throws: `MeasureError` where there is no position, or one that is not finite.
  public init(at positions: [Double], mass: MassPolicy = .requireEqual()) throws(MeasureError) {
    _ = try Histogram([Double](repeating: 1, count: positions.count), at: positions)
    self.mass = mass
    binCount = positions.count
    let sorted = RadixSort.order(of: positions)
    order = sorted.elementsEqual(positions.indices) ? nil : sorted.map { Int32($0) }
    gaps =
      zip(sorted, sorted.dropFirst()).map { positions[$1] - positions[$0] } + [0]
  }

  /// The distance of two histograms on these bins; positions of their own play no part.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves.
  ///   - target: The measure that mass reaches.
  /// - Returns: The Earth Mover's Distance, with the masses as they are after the mass policy.
  /// - Throws: `TransportProblemError` where the number of bins or the totals do not fit.
  /// - Complexity: O(n), without allocating.
  public func distance(
    from source: Histogram, to target: Histogram
  ) throws(TransportProblemError) -> Double {
    try requireBins(source)
    try requireBins(target)
    let adjustment = try TransportProblem.adjustment(source.total, target.total, under: mass)
    return area(between: source.masses, and: target.masses, adjustment)
  }

  /// The distances of all pairs.
  ///
  /// - Parameters:
  ///   - sources: m histograms.
  ///   - targets: n histograms.
  /// - Returns: m × n distances, row-major.
  /// - Throws: `TransportProblemError` at the first pair that does not fit.
  /// - Complexity: O(m n) times the number of bins; allocates the result alone.
  public func distances(
    from sources: [Histogram], to targets: [Histogram]
  ) throws(TransportProblemError) -> [Double] {
    var distances: [Double] = []
    distances.reserveCapacity(sources.count * targets.count)
    for source in sources {
      for target in targets { distances.append(try distance(from: source, to: target)) }
    }
    return distances
  }

  private func requireBins(_ histogram: Histogram) throws(TransportProblemError) {
    guard histogram.count == binCount else {
      throw .measure(
        .lengthMismatch(
          what: "bins of a histogram of the series", expected: binCount, found: histogram.count))
    }
  }
}
