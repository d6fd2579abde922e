import Measures

extension Measure {
  /// Writes the measure as CSV: a header and a bin or point a line, or a row of pixels a line.
  ///
  /// Bins without positions make the one column `mass`; positions and points stand before it, under
  /// the names `x`, `y`, `z`, or `x1`, `x2`, … where there are more than three. A grid with two axes
  /// is written as its rows, without a header, and read back with the layout `grid`; other grids are
  /// written as points. Decimals are written as they were read, doubles with the shortest digits
  /// that read back to the same.
  ///
  /// - Parameter path: Where the file shall stand, ending in `.csv`; what is there is replaced.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite` or `unsupportedFormat`.
  /// - Complexity: O(n d).
  public func write(to path: String) throws(MeasureFileError) {
    _ = try MeasureOutputFormat(writing: path)
    try OutputFile.write(to: path) { sink throws(FileDescriptorHandle.Failure) in
      switch self {
      case .histogram(let histogram) where histogram.positions == nil:
        try sink.append("mass\n")
        for bin in histogram.masses.indices {
          try sink.append(Self.text(histogram.masses, histogram.decimals, bin) + "\n")
        }
      case .grid(let grid) where grid.shape.count == 2: try Self.write(grid, to: &sink)
      default: try Self.write(pointCloud, to: &sink)
      }
    }
  }

  private static func write(
    _ grid: Grid, to sink: inout ByteSink
  ) throws(FileDescriptorHandle.Failure) {
    for row in 0..<grid.shape[0] {
      let pixels = row * grid.shape[1]..<(row + 1) * grid.shape[1]
      let cells = pixels.map { text(grid.masses, grid.decimals, $0) }
      try sink.append(cells.joined(separator: ",") + "\n")
    }
  }

  private static func write(
    _ cloud: PointCloud, to sink: inout ByteSink
  ) throws(FileDescriptorHandle.Failure) {
    let axes = 0..<cloud.dimension
    let names = axes.map { cloud.dimension <= 3 ? ["x", "y", "z"][$0] : "x\($0 + 1)" }
    try sink.append(names.joined(separator: ",") + ",mass\n")
    for point in 0..<cloud.count {
      var line = ""
      for axis in axes {
        let place = point * cloud.dimension + axis
        line += text(cloud.coordinates, cloud.coordinateDecimals, place) + ","
      }
      try sink.append(line + text(cloud.masses, cloud.decimals, point) + "\n")
    }
  }

  private static func text(_ values: [Double], _ decimals: [DecimalNumber]?, _ place: Int) -> String
  {
    decimals.map { "\($0[place])" } ?? NumberFormat.shortest(values[place])
  }
}
