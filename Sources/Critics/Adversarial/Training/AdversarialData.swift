public import Autodiff
public import Measures
import Transport

/// Where the data points of a batch come from.
public enum AdversarialData: Hashable, Sendable {
  /// Fresh points of a law at every step.
  case law(PointLaw)
  /// Points of a measure, drawn by their masses; a point may come more than once in a batch.
  case measure(PointCloud)
  /// Points of a measure of equal masses, each at most once in a batch.
  case measureWithoutReplacement(PointCloud)

  /// The number of coordinates of a point.
  public var dimension: Int {
    switch self {
    case .law(let law): law.dimension
    case .measure(let cloud), .measureWithoutReplacement(let cloud): cloud.dimension
    }
  }

  /// Draws a batch.
  ///
  /// - Parameters:
  ///   - count: The number of points; without replacement at most those of the measure.
  ///   - generator: The source of randomness.
  /// - Returns: count × d.
  /// - Complexity: O(count (d + log n)), without replacement expected O(count d).
  public func batch(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    switch self {
    case .law(let law):
      return Matrix(
        rows: count, columns: law.dimension, elements: law.points(count, using: &generator))
    case .measure(let cloud):
      return Self.rows(MassSampler(cloud.masses).draw(count, using: &generator), of: cloud)
    case .measureWithoutReplacement(let cloud):
      return Self.rows(Self.subset(count, of: cloud.count, using: &generator), of: cloud)
    }
  }

  private static func rows(_ indices: [Int], of cloud: PointCloud) -> Matrix {
    Matrix(
      rows: indices.count, columns: cloud.dimension,
      elements: indices.flatMap { cloud.point($0) })
  }

  /// Different numbers below n, every set as likely as any other.
  ///
  /// Source: R. Floyd, in J. Bentley, "Programming pearls: a sample of brilliance", 1987.
  private static func subset(
    _ count: Int, of n: Int, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    precondition(count <= n, "there are \(n) points, fewer than the \(count) of a batch")
    var taken: Set<Int> = []
    return (n - count..<n).map { last in
      let draw = Int.random(in: 0...last, using: &generator)
      let chosen = taken.contains(draw) ? last : draw
      taken.insert(chosen)
      return chosen
    }
  }

  /// What tells these data from others, in a line: of a measure its size and a sum over its numbers.
  var description: String {
    switch self {
    case .law(let law): return "\(law)"
    case .measure(let cloud): return "measure " + Self.fingerprint(cloud)
    case .measureWithoutReplacement(let cloud):
      return "measure without replacement " + Self.fingerprint(cloud)
    }
  }

  private static func fingerprint(_ cloud: PointCloud) -> String {
    // FNV-1a over the bits of all numbers.
    let hash = (cloud.coordinates + cloud.masses).reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ $1.bitPattern) &* 0x100_0000_01b3
    }
    return "\(cloud.count) × \(cloud.dimension) \(String(hash, radix: 16))"
  }
}
