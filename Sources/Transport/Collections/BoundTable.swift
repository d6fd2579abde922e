package import Measures

/// What lower bounds on the costs between the histograms of a collection are computed from, made once
/// and shared by all workers.
///
/// Every bound is one in exact arithmetic, for masses divided by their totals. What rounding can add to it
/// is at most `margin`, which is taken off: sums of at most n + 16 terms, each no more than the largest
/// cost C and known to a few roundings, are off by less than 64 (n + 16 + e) · 2⁻⁵² · C.
package struct BoundTable: Sendable {
  let bins: SharedBins
  let binCount: Int
  /// The masses of all histograms, divided by their totals.
  let masses: [Double]
  /// The totals where masses are not normalised, otherwise 1.
  let totals: [Double]
  /// Cumulative masses on the lines, and centroids, of all histograms.
  private let levels: [Double]
  private let centroids: [Double]
  /// Where the levels of each line start within those of a histogram.
  private let lineStarts: [Int]
  private let levelCount: Int
  /// For each bin all bins, the cheapest to reach first, and the costs; and the same towards each bin.
  private let nearest: (bins: [Int32], costs: [Double])
  private let nearestTo: (bins: [Int32], costs: [Double])
  private let margin: Double

  /// Costs beyond leave too little room for sums and powers of them.
  private static let largestCost = 0x1p900

  /// The bounds, or nil where there are none: on the line, for problems that share no bins, and where arcs
  /// are forbidden or costs leave no room.
  package init?(_ collection: MeasureCollection) {
    guard case .sharedBins(let bins, let histograms) = collection.method,
      bins.costs.entries.allSatisfy({ abs($0) < Self.largestCost })
    else { return nil }
    self.bins = bins
    let count = bins.costs.rows
    binCount = count
    let shares = histograms.map { histogram in histogram.masses.map { $0 / histogram.total } }
    masses = Array(shares.joined())
    totals = histograms.map { bins.mass == .normalize ? 1 : $0.total }
    let projections = bins.projections
    levelCount = projections?.levelCount ?? 0
    levels = projections.map { lines in shares.flatMap { lines.levels(of: $0) } } ?? []
    centroids = projections.map { lines in shares.flatMap { lines.centroid(of: $0) } } ?? []
    var starts = [0]
    for line in projections?.lines ?? [] {
      starts.append(starts[starts.count - 1] + line.positions.count)
    }
    lineStarts = starts
    nearest = Self.nearest(bins.costs.entries, count)
    nearestTo =
      collection.isSymmetric
      ? nearest
      : Self.nearest(
        (0..<count * count).map { bins.costs[$0 % count, $0 / count] }, count)
    let largest = RowScan.largestMagnitude(of: bins.costs.entries)
    margin = 64 * (Double(count) + 16 + (projections?.exponent ?? 1)) * 0x1p-52 * largest
  }

  private static func nearest(_ costs: [Double], _ count: Int) -> (bins: [Int32], costs: [Double]) {
    var bins: [Int32] = []
    bins.reserveCapacity(count * count)
    for row in 0..<count {
      let start = row * count
      bins.append(
        contentsOf: (0..<Int32(count)).sorted { first, second in
          let (a, b) = (costs[start + Int(first)], costs[start + Int(second)])
          return a != b ? a < b : first < second
        })
    }
    return (bins, bins.indices.map { costs[$0 / count * count + Int(bins[$0])] })
  }

  /// Whether there are lines and centroids.
  package var hasProjections: Bool { bins.projections != nil }

  /// A bound by the centroids alone.
  package func centroidBound(_ source: Int, _ target: Int) -> Double {
    guard let lines = bins.projections else { return -.infinity }
    let (a, b) = (source * lines.dimension, target * lines.dimension)
    return safe(lines.centroidBound { centroids[a + $0] - centroids[b + $0] }, source, target)
  }

  /// A bound by the shadows on lines.
  package func projectionBound(_ source: Int, _ target: Int) -> Double {
    guard let lines = bins.projections else { return -.infinity }
    let (a, b) = (source * levelCount, target * levelCount)
    let bound = lines.combined { line in
      let start = lineStarts[line]
      return lines.lines[line].scale
        * BoundKernels.lineCost(
          levels, a + start, b + start, lines.lines[line].positions, exponent: lines.exponent)
    }
    return safe(bound, source, target)
  }

  /// A bound by relaxed marginals: the larger of leaving out what targets want and what sources have.
  ///
  /// No arc carries more than either end has, which is kept.
  ///
  /// - Source: K. Atasu, T. Mittelholzer, "Linear-complexity data-parallel Earth Mover's Distance
  ///   approximations", ICML 2019, the bound ICT.
  package func relaxedBound(_ source: Int, _ target: Int) -> Double {
    let (a, b) = (source * binCount, target * binCount)
    let forth = BoundKernels.relaxedCost(
      masses, from: a, to: b, nearest: nearest.bins, costs: nearest.costs, count: binCount)
    let back = BoundKernels.relaxedCost(
      masses, from: b, to: a, nearest: nearestTo.bins, costs: nearestTo.costs, count: binCount)
    return safe(max(forth, back), source, target)
  }

  /// A bound for masses of total one, less the margin, as a bound on the cost of a pair.
  func safe(_ bound: Double, _ source: Int, _ target: Int) -> Double {
    let lower = bound - margin
    let (first, second) = (totals[source], totals[target])
    // The totals agree but for the tolerance of the mass policy; a little less, for the product is rounded.
    return lower >= 0
      ? min(first, second) * lower * (1 - 0x1p-48) : max(first, second) * lower * (1 + 0x1p-48)
  }
}
