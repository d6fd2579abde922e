/// Masses on the pixels of a regular grid, in two, three or any number of dimensions.
///
///     let image = try Grid([0, 1, 2, 3], shape: [2, 2])
///     image.pointCloud.point(1)  // [0.0, 1.0]: row 0, column 1
///
/// A pixel's coordinates are its indices times the spacing of each axis.
public struct Grid: Hashable, Sendable {
  /// The masses, row-major: the last index runs fastest.
  public let masses: [Double]
  /// The number of pixels along each axis.
  public let shape: [Int]
  /// The distance of neighbouring pixels along each axis.
  public let spacing: [Double]
  /// The sum of all masses.
  public let total: Double
  /// The masses as decimals, if they came from text.
  public let decimals: [DecimalNumber]?

  /// A grid of masses.
  ///
  /// - Parameters:
  ///   - masses: One mass per pixel, row-major.
  ///   - shape: The number of pixels along each axis; its product is the number of masses.
  ///   - spacing: The distance of neighbours along each axis, positive; nil is 1 everywhere.
  ///   - decimals: The masses as they were written.
  /// - Throws: `MeasureError`.
  /// - Complexity: O(n).
  public init(
    _ masses: [Double], shape: [Int], spacing: [Double]? = nil, decimals: [DecimalNumber]? = nil
  ) throws(MeasureError) {
    guard !shape.isEmpty, !masses.isEmpty else { throw .empty(what: "the grid") }
    for side in shape where side < 1 {
      throw .invalidParameter(what: "a side of the grid", value: Double(side), allowed: "positive")
    }
    var pixels = 1
    for side in shape {
      let (product, overflow) = pixels.multipliedReportingOverflow(by: side)
      guard !overflow else { throw .empty(what: "a grid of that shape") }
      pixels = product
    }
    guard pixels == masses.count else {
      throw .lengthMismatch(what: "pixels of the grid", expected: pixels, found: masses.count)
    }
    let steps = spacing ?? [Double](repeating: 1, count: shape.count)
    guard steps.count == shape.count else {
      throw .lengthMismatch(
        what: "spacings of the grid's axes", expected: shape.count, found: steps.count)
    }
    for step in steps where !(step > 0 && step.isFinite) {
      throw .invalidParameter(
        what: "the spacing of the grid", value: step, allowed: "positive and finite")
    }
    for (side, step) in zip(shape, steps) where !(Double(side - 1) * step).isFinite {
      throw .invalidParameter(
        what: "the spacing of the grid", value: step,
        allowed: "small enough for the coordinate of the last pixel to be finite")
    }
    total = try MassCheck.total(of: masses, what: "the grid")
    try MassCheck.decimals(decimals, count: masses.count, what: "masses")
    self.masses = masses
    self.shape = shape
    self.spacing = steps
    self.decimals = decimals
  }

  /// The number of pixels, those of zero mass included.
  public var count: Int { masses.count }

  /// The same masses as points: each pixel at its indices times the spacing.
  ///
  /// - Complexity: O(n d).
  public var pointCloud: PointCloud {
    let dimension = shape.count
    var coordinates = [Double](repeating: 0, count: count * dimension)
    var indices = [Int](repeating: 0, count: dimension)
    for pixel in 0..<count {
      for axis in 0..<dimension {
        coordinates[pixel * dimension + axis] = Double(indices[axis]) * spacing[axis]
      }
      advance(&indices)
    }
    return PointCloud(
      uncheckedCoordinates: coordinates, dimension: dimension, masses: masses, total: total,
      decimals: decimals, coordinateDecimals: nil)
  }

  /// Moves to the next pixel in row-major order.
  private func advance(_ indices: inout [Int]) {
    for axis in indices.indices.reversed() {
      indices[axis] += 1
      guard indices[axis] == shape[axis] else { return }
      indices[axis] = 0
    }
  }
}

extension [Double] {
  /// Every value as the decimal that it exactly is, or nil if one does not fit 128 bits.
  package var exactDecimals: [DecimalNumber]? {
    var decimals: [DecimalNumber] = []
    decimals.reserveCapacity(count)
    for value in self {
      guard let decimal = DecimalNumber(exactly: value) else { return nil }
      decimals.append(decimal)
    }
    return decimals
  }
}
