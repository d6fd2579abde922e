import Measures

/// Where the pixels of a problem between two grids lie: both on multiples of the same spacing.
///
/// A problem keeps its lattice beside its costs, which are those of points; solvers that know grids use it.
public struct Lattice: Hashable, Sendable {
  /// The number of the source's pixels along each axis.
  public let sourceShape: [Int]
  /// The number of the target's pixels along each axis.
  public let targetShape: [Int]
  /// The distance of neighbouring pixels along each axis.
  public let spacing: [Double]

  /// The lattice of two grids, or nil if their spacings or dimensions differ.
  init?(_ source: Grid, _ target: Grid) {
    guard source.spacing == target.spacing else { return nil }
    sourceShape = source.shape
    targetShape = target.shape
    spacing = source.spacing
  }

  /// The number of axes.
  public var dimension: Int { spacing.count }

  /// The shape of the smallest grid that holds both.
  var commonShape: [Int] { zip(sourceShape, targetShape).map { max($0, $1) } }

  /// The largest distance of two pixels along an axis.
  var width: Double {
    zip(commonShape, spacing).map { Double($0 - 1) * $1 }.max() ?? 0
  }

  /// Whether a step along one axis is as long as along any other.
  ///
  /// Axes with a single pixel have no steps.
  var hasEqualSteps: Bool {
    let steps = zip(commonShape, spacing).filter { $0.0 > 1 }.map { $0.1 }
    return steps.allSatisfy { $0 == steps[0] }
  }
}
