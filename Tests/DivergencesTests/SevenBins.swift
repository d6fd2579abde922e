import Divergences
import Measures
import Testing

/// The pair of histograms that the project's documents compute everything on.
enum SevenBins {
  static func real() throws -> Histogram { try Histogram([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1]) }

  static func model() throws -> Histogram { try Histogram([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4]) }

  static func pair() throws -> DistributionPair { try DistributionPair(real(), model()) }
}

/// A random generator whose sequence is the same everywhere: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Masses of a histogram; some are zero where that is asked for.
  mutating func masses(count: Int, zeros: Bool = false) -> [Double] {
    (0..<count).map { bin in
      let mass = Double.random(in: 0.001...1, using: &self)
      return zeros && bin > 0 && Bool.random(using: &self) ? 0 : mass
    }
  }
}
