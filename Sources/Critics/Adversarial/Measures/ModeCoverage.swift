public import Measures

/// Which modes of the data samples have found, and how many samples are near one.
///
/// The published criteria are values of the two settings: a sample counts for its nearest mode if it is within
/// `radius` of it; a mode is covered if at least a share `minimumShare` of all samples counts for it, and at
/// least one. Three deviations and one sample: A. Srivastava et al. (VEEGAN) 2017, section 5.
public struct ModeCoverage: Hashable, Sendable {
  /// The samples that count for each mode.
  public let counts: [Int]
  /// The number of samples.
  public let sampleCount: Int
  /// The number of modes covered.
  public let covered: Int

  /// The share of samples that count for any mode: samples of high quality.
  public var highQualityShare: Double {
    Double(counts.reduce(0, +)) / Double(sampleCount)
  }

  /// Counts samples.
  ///
  /// - Parameters:
  ///   - samples: Points of equal mass.
  ///   - modes: The middles of the modes, of the same dimension.
  ///   - radius: How near a sample must be to count.
  ///   - minimumShare: The share of samples that a mode must have to be covered.
  /// - Complexity: O(samples · modes · dimension).
  public init(
    of samples: PointCloud, modes: [[Double]], radius: Double, minimumShare: Double = 0
  ) {
    precondition(
      modes.allSatisfy { $0.count == samples.dimension },
      "modes have as many coordinates as samples, \(samples.dimension)")
    var counts = [Int](repeating: 0, count: modes.count)
    for index in 0..<samples.count {
      let point = samples.point(index)
      var best = (mode: 0, square: Double.infinity)
      for (mode, middle) in modes.enumerated() {
        let square = zip(point, middle).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        if square < best.square { best = (mode, square) }
      }
      if best.square <= radius * radius { counts[best.mode] += 1 }
    }
    self.counts = counts
    sampleCount = samples.count
    let needed = max(1, minimumShare * Double(samples.count))
    covered = counts.count { Double($0) >= needed }
  }
}

extension PointLaw {
  /// The middles of the modes of a law that has modes; nil for others.
  public var modes: [[Double]]? {
    switch self {
    case .gaussianRing(let modes, let radius, _):
      (0..<modes).map { Self.onCircle(radius, turn: Double($0) / Double(modes)) }
    case .gaussianGrid(let side, let spacing, _):
      (0..<side * side).map { index in
        [index / side, index % side].map { spacing * (Double($0) - Double(side - 1) / 2) }
      }
    default: nil
    }
  }

  /// The deviation of each mode along each axis; nil where `modes` is.
  public var modeDeviation: Double? {
    switch self {
    case .gaussianRing(_, _, let deviation), .gaussianGrid(_, _, let deviation): deviation
    default: nil
    }
  }
}
