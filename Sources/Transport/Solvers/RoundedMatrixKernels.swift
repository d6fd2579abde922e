/// A matrix of costs in single precision, whose rows are scanned for arcs that are worth a look.
///
/// Half as much is read as of doubles, and the memory is what the scan of a large matrix waits for. What
/// a scan finds is looked at in full precision.
///
/// Unsafe pointers live in this file alone: the bounds are checked once per row.
@safe struct RoundedMatrix {
  /// Smaller matrices stay in the nearest cache anyway.
  static let leastEntries = 1 << 14

  private var entries: [Float]
  let columns: Int

  /// The rounded entries of a matrix, row-major.
  init<Cost: SimplexCost>(_ costs: [Cost], columns: Int) {
    entries = costs.map(\.rounded)
    self.columns = columns
  }

  /// The costs between points under a ground cost.
  ///
  /// - Parameters:
  ///   - sources: The sources' coordinates, row-major.
  ///   - targets: The targets' coordinates, axis by axis, each axis filled up to a multiple of 16.
  ///   - columns: The number of targets.
  ///   - dimension: The number of axes.
  ///   - kernel: The ground cost.
  init<Kernel: GroundKernel>(
    from sources: [Float], to targets: [Float], columns: Int, dimension: Int, under kernel: Kernel
  ) {
    self.columns = columns
    let (rows, width) = (sources.count / dimension, targets.count / dimension)
    precondition(width.isMultiple(of: 16) && width >= columns, "axes are filled up")
    let count = rows * columns
    entries = unsafe [Float](unsafeUninitializedCapacity: count + 16) { places, length in
      guard let start = places.baseAddress else { return }
      unsafe targets.withUnsafeBufferPointer { targets in
        guard let axes = targets.baseAddress else { return }
        for row in 0..<rows {
          let place = unsafe UnsafeMutableRawPointer(start + row * columns)
          for first in Swift.stride(from: 0, to: columns, by: 16) {
            var sum = SIMD16<Float>.zero
            for axis in 0..<dimension {
              let x = SIMD16(repeating: sources[row * dimension + axis])
              sum = kernel.fold(sum, unsafe x - loadSixteen(axes + (axis * width + first)))
            }
            // What runs over the end of a row is overwritten by the next.
            unsafe (place + first * 4).storeBytes(
              of: kernel.finish(sum), as: SIMD16<Float>.self)
          }
        }
      }
      length = count
    }
  }

  /// The least entry of each column.
  var columnMinima: [Float] {
    var minima = [Float](repeating: .infinity, count: columns)
    for start in stride(from: 0, to: entries.count, by: columns) {
      for j in 0..<columns { minima[j] = min(minima[j], entries[start + j]) }
    }
    return minima
  }

  /// A target of the least cost + π, rounded, if that is below a ceiling; −1 if none is.
  @inline(__always)
  func leastSum<Cost>(
    _ source: Int, _ potentials: PotentialRow<Cost>, below ceiling: Float
  ) -> (value: Float, target: Int) {
    unsafe withRow(source, potentials) { row, potentials in
      var best = (value: ceiling, start: -1)
      for start in stride(from: 0, to: columns, by: 256) {
        let end = min(start + 256, columns)
        let least = unsafe Self.leastSum(row, potentials, from: start, to: end)
        if least < best.value { best = (least, start) }
      }
      guard best.start >= 0 else { return (ceiling, -1) }
      var found = -1
      unsafe Self.visit(
        row, potentials, from: best.start, to: min(best.start + 256, columns),
        upTo: best.value
      ) { if found < 0 { found = $0 } }
      return (best.value, found)
    }
  }

  /// Visits the targets whose cost + π, rounded, is at most a bound.
  @inline(__always)
  func visit<Cost>(
    _ source: Int, _ potentials: PotentialRow<Cost>, upTo bound: Float, _ body: (Int) -> Void
  ) {
    unsafe withRow(source, potentials) { row, potentials in
      unsafe Self.visit(row, potentials, from: 0, to: columns, upTo: bound, body)
    }
  }

  @inline(__always)
  private static func leastSum(
    _ row: UnsafePointer<Float>, _ potentials: UnsafePointer<Float>, from start: Int, to end: Int
  ) -> Float {
    var lanes = SIMD16<Float>(repeating: .infinity)
    var j = start
    while j + 16 <= end {
      lanes = unsafe lanes.orLess(loadSixteen(row + j) + loadSixteen(potentials + j))
      j += 16
    }
    var least = lanes.least
    while j < end {
      least = unsafe min(least, row[j] + potentials[j])
      j += 1
    }
    return least
  }

  @inline(__always)
  private static func visit(
    _ row: UnsafePointer<Float>, _ potentials: UnsafePointer<Float>, from start: Int, to end: Int,
    upTo bound: Float, _ body: (Int) -> Void
  ) {
    var j = start
    while j + 16 <= end {
      let hits = unsafe loadSixteen(row + j) + loadSixteen(potentials + j) .<= bound
      if any(hits) {
        var lanes = LaneSet(hits)
        while let lane = lanes.popFirst() { body(j + lane) }
      }
      j += 16
    }
    while j < end {
      if unsafe row[j] + potentials[j] <= bound { body(j) }
      j += 1
    }
  }

  /// Writes cost + π of a row, and the least of each chunk.
  @inline(__always)
  func scan<Cost>(
    _ source: Int, _ potentials: PotentialRow<Cost>, into sums: inout [Float],
    minima: inout [Float], chunk: Int
  ) {
    precondition(sums.count == columns, "a row needs one place per target")
    minima.removeAll(keepingCapacity: true)
    unsafe withRow(source, potentials) { row, potentials in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        guard let sums = sums.baseAddress else { return }
        for first in stride(from: 0, to: columns, by: chunk) {
          minima.append(
            unsafe Self.add(
              row + first, potentials + first, into: sums + first,
              count: min(chunk, columns - first)))
        }
      }
    }
  }

  @inline(__always)
  private static func add(
    _ row: UnsafePointer<Float>, _ potentials: UnsafePointer<Float>,
    into sums: UnsafeMutablePointer<Float>, count: Int
  ) -> Float {
    var lanes = SIMD16<Float>(repeating: .infinity)
    var j = 0
    while j + 16 <= count {
      let sum = unsafe loadSixteen(row + j) + loadSixteen(potentials + j)
      unsafe UnsafeMutableRawPointer(sums + j).storeBytes(of: sum, as: SIMD16<Float>.self)
      lanes = lanes.orLess(sum)
      j += 16
    }
    var least = lanes.least
    while j < count {
      let sum = unsafe row[j] + potentials[j]
      unsafe sums[j] = sum
      least = min(least, sum)
      j += 1
    }
    return least
  }

  @inline(__always)
  private func withRow<Cost, Result>(
    _ source: Int, _ potentials: PotentialRow<Cost>,
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Result
  ) -> Result {
    precondition(
      source >= 0 && (source + 1) * columns <= entries.count && potentials.count == columns,
      "the row leaves its matrix")
    return unsafe entries.withUnsafeBufferPointer { entries in
      guard let start = entries.baseAddress else { preconditionFailure("the matrix is empty") }
      return unsafe body(start + source * columns, potentials.rounded)
    }
  }

  /// The cost of an arc, rounded.
  subscript(source: Int, target: Int) -> Float { entries[source * columns + target] }
}
