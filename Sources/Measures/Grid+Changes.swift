extension Grid {
  /// The same masses with pixels of another size.
  ///
  /// - Parameter spacing: The distance of neighbours along each axis, positive.
  /// - Returns: The grid with that spacing.
  /// - Throws: `MeasureError`, also if there is not one spacing for each axis.
  public func spaced(_ spacing: [Double]) throws(MeasureError) -> Grid {
    try Grid(masses, shape: shape, spacing: spacing, decimals: decimals)
  }

  /// The grid without the pixels that a mask leaves out.
  ///
  /// A pixel that is left out keeps its index and has no mass. It is no wall: distances between the
  /// others stay as they were.
  ///
  ///     let image = try Grid([1, 2, 3, 4], shape: [2, 2])
  ///     try image.masked([true, false, true, true]).masses  // [1.0, 0.0, 3.0, 4.0]
  ///
  /// - Parameter isPresent: For each pixel, row-major, whether it stays.
  /// - Returns: The grid of the pixels that stay.
  /// - Throws: `MeasureError` if the mask has another size, or leaves no mass.
  public func masked(_ isPresent: [Bool]) throws(MeasureError) -> Grid {
    guard isPresent.count == count else {
      throw .lengthMismatch(what: "pixels of the mask", expected: count, found: isPresent.count)
    }
    return try Grid(
      zip(masses, isPresent).map { $1 ? $0 : 0 }, shape: shape, spacing: spacing,
      decimals: decimals.map { decimals in
        zip(decimals, isPresent).map { $1 ? $0 : DecimalNumber(significand: 0, exponent: 0) }
      })
  }

  /// The grid without the pixels where another one is 0.
  ///
  /// - Parameter mask: A grid of the same shape; its spacing plays no part.
  /// - Returns: The grid of the pixels where the mask is not 0.
  /// - Throws: `MeasureError` if the mask has another shape, or leaves no mass.
  public func masked(by mask: Grid) throws(MeasureError) -> Grid {
    for (axis, (side, found)) in zip(shape, mask.shape).enumerated() where side != found {
      throw .lengthMismatch(
        what: "pixels of the mask along axis \(axis)", expected: side, found: found)
    }
    guard shape.count == mask.shape.count else {
      throw .lengthMismatch(
        what: "axes of the mask", expected: shape.count, found: mask.shape.count)
    }
    return try masked(mask.masses.map { $0 != 0 })
  }
}
