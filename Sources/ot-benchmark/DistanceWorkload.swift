import Measures
import OptimalTransport
import Transport

/// Distances alone, as a caller of the one-line functions has them: from arrays to the number.
struct DistanceWorkload {
  let name: String
  let sizes: [Int]
  let quickSizes: [Int]
  /// How many distances one run computes.
  let repetitions: Int
  let distance: @Sendable (_ size: Int) throws -> () throws -> Double

  static let all = [
    samples, histograms, seriesOfHistograms, seriesOfImages, lineHistograms, lineSeries,
    lineSeriesBuilt,
  ]

  /// Two unsorted samples of n points on the line.
  static let samples = DistanceWorkload(
    name: "samples", sizes: [10_000, 100_000, 1_000_000], quickSizes: [10_000], repetitions: 1,
    distance: { size in
      var random = SplitMix64(seed: 5)
      let values = (0..<2 * size).map { _ in Double.random(in: -1..<1, using: &random) }
      let (first, second) = (Array(values[..<size]), Array(values[size...]))
      return {
        try PointCloud(coordinates: first, dimension: 1)
          .wassersteinDistance(to: PointCloud(coordinates: second, dimension: 1))
      }
    })

  /// Pairs of histograms of n bins under a general cost matrix, to plan and potentials.
  static let histograms = DistanceWorkload(
    name: "bins64", sizes: [64], quickSizes: [64], repetitions: 1_000,
    distance: { size in
      let (first, second) = try pair(of: size)
      let cost = try CostMatrix(
        (0..<size * size).map { Double(abs($0 / size - $0 % size)) }, rows: size, columns: size)
      let solver = NetworkSimplex()
      return {
        try solver.solve(
          TransportProblem(from: first, to: second, cost: cost, mass: .normalize)
        ).cost
      }
    })

  /// The same in a series, histograms built each time, to cost and potentials.
  static let seriesOfHistograms = DistanceWorkload(
    name: "series", sizes: [16, 64], quickSizes: [16], repetitions: 1_000,
    distance: { size in
      let masses = try pairs(of: size)
      let cost = try CostMatrix(
        (0..<size * size).map { Double(abs($0 / size - $0 % size)) }, rows: size, columns: size)
      let series = TransportSeries(cost, mass: .normalize)
      var next = 0
      return {
        next = (next + 1) % masses.count
        let (first, second) = masses[next]
        return try series.costAndPotentials(
          from: Histogram(first), to: Histogram(second)
        ).cost
      }
    })

  /// Small images of which half the pixels are empty, squared Euclidean cost, to the cost.
  static let seriesOfImages = DistanceWorkload(
    name: "series-images", sizes: [64], quickSizes: [64], repetitions: 1_000,
    distance: { size in
      let side = Int(Double(size).squareRoot())
      let images = try pairs(of: size).map { first, second in
        let threshold = { (mass: Double) in mass < 0.5 ? 0 : mass }
        return (try Histogram(first.map(threshold)), try Histogram(second.map(threshold)))
      }
      let pixels = try PointCloud(
        coordinates: (0..<size).flatMap { [Double($0 / side), Double($0 % side)] }, dimension: 2)
      let series = try TransportSeries(
        onBins: pixels, cost: .squaredEuclidean, mass: .normalize)
      var next = 0
      return {
        next = (next + 1) % images.count
        return try series.cost(from: images[next].0, to: images[next].1)
      }
    })

  /// Histograms on the same bins of the line, to the distance.
  static let lineSeries = DistanceWorkload(
    name: "line-series", sizes: [64], quickSizes: [64], repetitions: 100_000,
    distance: { size in
      let histograms = try pairs(of: size).map { (try Histogram($0), try Histogram($1)) }
      let line = LineSeries(binCount: size, mass: .normalize)
      var next = 0
      return {
        next = (next + 1) % histograms.count
        return try line.distance(from: histograms[next].0, to: histograms[next].1)
      }
    })

  /// The same with the histograms built each time.
  static let lineSeriesBuilt = DistanceWorkload(
    name: "line-series-built", sizes: [64], quickSizes: [64], repetitions: 100_000,
    distance: { size in
      let masses = try pairs(of: size)
      let line = LineSeries(binCount: size, mass: .normalize)
      var next = 0
      return {
        next = (next + 1) % masses.count
        return try line.distance(from: Histogram(masses[next].0), to: Histogram(masses[next].1))
      }
    })

  /// The same as histograms on the line.
  static let lineHistograms = DistanceWorkload(
    name: "line-histograms", sizes: [64], quickSizes: [64], repetitions: 10_000,
    distance: { size in
      let (first, second) = try pair(of: size)
      return { try earthMoversDistance(from: first, to: second, mass: .normalize) }
    })

  /// A hundred pairs of lists of masses.
  private static func pairs(of size: Int) throws -> [([Double], [Double])] {
    var random = SplitMix64(seed: 7)
    func masses() -> [Double] {
      (0..<size).map { _ in Double.random(in: 0.01..<1, using: &random) }
    }
    return (0..<100).map { _ in (masses(), masses()) }
  }

  private static func pair(of size: Int) throws -> (Histogram, Histogram) {
    var random = SplitMix64(seed: 6)
    func histogram() throws -> Histogram {
      try Histogram((0..<size).map { _ in Double.random(in: 0.01..<1, using: &random) })
    }
    return (try histogram(), try histogram())
  }

  /// CPU seconds for one distance: median, least and most of several runs, and the distance.
  func csv(size: Int, runs: Int) throws -> String {
    let solve = try distance(size)
    var (times, last) = ([Double](), try solve())
    for _ in 0..<runs {
      let watch = Stopwatch()
      for _ in 0..<repetitions { last = try solve() }
      times.append(watch.cpuSeconds / Double(repetitions))
    }
    times.sort()
    return "\(times[times.count / 2]),\(times[0]),\(times[times.count - 1]),\(last)"
  }
}
