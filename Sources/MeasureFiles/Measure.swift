public import Measures

/// A measure as a file gives it: on bins, on points or on the pixels of a grid.
///
/// One column of positions with a mass column makes a histogram with positions; positions without
/// masses make points in dimension 1. Who needs points only takes `pointCloud`.
public enum Measure: Hashable, Sendable {
  /// Masses on bins of the line, with or without positions of their own.
  case histogram(Histogram)
  /// Points of any dimension with masses.
  case points(PointCloud)
  /// Masses on the pixels of a regular grid.
  case grid(Grid)

  /// The measure as points: bins at their positions, pixels at their indices.
  ///
  /// - Complexity: O(n d).
  public var pointCloud: PointCloud {
    switch self {
    case .histogram(let histogram): histogram.pointCloud
    case .points(let cloud): cloud
    case .grid(let grid): grid.pointCloud
    }
  }

  /// The number of bins, points or pixels.
  public var count: Int {
    switch self {
    case .histogram(let histogram): histogram.count
    case .points(let cloud): cloud.count
    case .grid(let grid): grid.count
    }
  }

  /// The mass of each bin, point or pixel.
  public var masses: [Double] {
    switch self {
    case .histogram(let histogram): histogram.masses
    case .points(let cloud): cloud.masses
    case .grid(let grid): grid.masses
    }
  }

  /// The sum of all masses.
  public var total: Double {
    switch self {
    case .histogram(let histogram): histogram.total
    case .points(let cloud): cloud.total
    case .grid(let grid): grid.total
    }
  }
}
