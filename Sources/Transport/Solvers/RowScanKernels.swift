/// The scan of one row of costs against potentials, the innermost loop of dense pricing.
///
/// Unsafe pointers live in this file alone: the bounds are checked once per row, and the minimum is
/// taken eight columns at a time, which the compiler does not do for a minimum of doubles by itself.
package enum RowScan {
  /// The least `costs[start + j] + potentials[offset + j]` and the first j < count that attains it.
  ///
  /// - Complexity: O(count).
  package static func leastSum(
    _ costs: [Double], from start: Int, _ potentials: [Double], from offset: Int, count: Int
  ) -> (value: Double, index: Int) {
    precondition(
      count > 0 && start >= 0 && offset >= 0 && start + count <= costs.count
        && offset + count <= potentials.count, "the row leaves its arrays")
    return unsafe costs.withUnsafeBufferPointer { costs in
      unsafe potentials.withUnsafeBufferPointer { potentials in
        guard let row = costs.baseAddress, let shifts = potentials.baseAddress else {
          return (.infinity, 0)
        }
        return unsafe leastSum(row + start, shifts + offset, count: count)
      }
    }
  }

  /// The least `costs[start + j] + potentials[j]`, wherever it is.
  static func leastSum(_ costs: [Double], from start: Int, _ potentials: [Double]) -> Double {
    precondition(
      start >= 0 && start + potentials.count <= costs.count, "the row leaves its array")
    return unsafe costs.withUnsafeBufferPointer { costs in
      unsafe potentials.withUnsafeBufferPointer { potentials in
        guard let row = costs.baseAddress, let shifts = potentials.baseAddress else {
          return .infinity
        }
        return unsafe leastSum(row + start, shifts, from: 0, to: potentials.count)
      }
    }
  }

  /// The least `costs[start + j] + potentials[j]` and the first j that attains it; where none is below
  /// a finite ceiling, the ceiling and −1.
  ///
  /// - Complexity: O(n) for n potentials.
  @inline(__always)
  static func leastSum(
    _ costs: [Double], from start: Int, _ potentials: PotentialRow<Double>,
    below ceiling: Double = .infinity
  ) -> (value: Double, index: Int) {
    precondition(
      potentials.count > 0 && start >= 0 && start + potentials.count <= costs.count,
      "the row leaves its matrix")
    return unsafe costs.withUnsafeBufferPointer { costs in
      guard let row = costs.baseAddress else { return (.infinity, 0) }
      return unsafe leastSum(
        row + start, potentials.start, count: potentials.count, below: ceiling)
    }
  }

  /// Lowers numbers to `costs[start + j] − shift` where that is less.
  ///
  /// - Complexity: O(n) for n numbers.
  static func lower(
    _ numbers: inout [Double], to costs: [Double], from start: Int, minus shift: Double
  ) {
    let count = numbers.count
    precondition(start >= 0 && start + count <= costs.count, "the row leaves its matrix")
    unsafe numbers.withUnsafeMutableBufferPointer { numbers in
      unsafe costs.withUnsafeBufferPointer { costs in
        guard let numbers = numbers.baseAddress,
          let row = costs.baseAddress.map({ unsafe $0 + start })
        else { return }
        var j = 0
        while j + 8 <= count {
          let least = unsafe loadEight(numbers + j).orLess(loadEight(row + j) - shift)
          unsafe UnsafeMutableRawPointer(numbers + j).storeBytes(of: least, as: SIMD8<Double>.self)
          j += 8
        }
        while j < count {
          unsafe numbers[j] = min(numbers[j], row[j] - shift)
          j += 1
        }
      }
    }
  }

  /// The largest magnitude of the numbers that are not infinite, 0 if there are none.
  static func largestMagnitude(of values: [Double]) -> Double {
    unsafe values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return 0 }
      var lanes = SIMD8<Double>.zero
      var place = 0
      while place + 8 <= values.count {
        let eight = unsafe loadEight(start + place)
        let magnitudes = eight.orGreater(-eight)
        lanes = lanes.orGreater(magnitudes.replacing(with: 0, where: magnitudes .== .infinity))
        place += 8
      }
      var largest = lanes.max()
      while place < values.count {
        let value = unsafe abs(values[place])
        if value < .infinity { largest = max(largest, value) }
        place += 1
      }
      return largest
    }
  }

  /// The row is taken 128 columns at a time, so that the place of the minimum is looked for in those
  /// alone, and only if it is below the ceiling.
  static func leastSum(
    _ row: UnsafePointer<Double>, _ shifts: UnsafePointer<Double>, count: Int,
    below ceiling: Double = .infinity
  ) -> (value: Double, index: Int) {
    var best = (value: ceiling, start: -1)
    for start in stride(from: 0, to: count, by: 128) {
      let end = min(start + 128, count)
      let least = unsafe leastSum(row, shifts, from: start, to: end)
      if least < best.value { best = (least, start) }
    }
    guard best.start >= 0 else { return (ceiling, ceiling < .infinity ? -1 : 0) }
    let end = min(best.start + 128, count)
    return (best.value, unsafe place(of: best.value, row, shifts, from: best.start, to: end))
  }

  @inline(__always)
  private static func place(
    of value: Double, _ row: UnsafePointer<Double>, _ shifts: UnsafePointer<Double>,
    from start: Int, to end: Int
  ) -> Int {
    var j = start
    while j + 8 <= end {
      let hits = unsafe loadEight(row + j) + loadEight(shifts + j) .== value
      if any(hits) { break }
      j += 8
    }
    while j < end {
      if unsafe row[j] + shifts[j] == value { return j }
      j += 1
    }
    return start
  }

  @inline(__always)
  private static func leastSum(
    _ row: UnsafePointer<Double>, _ shifts: UnsafePointer<Double>, from start: Int, to end: Int
  ) -> Double {
    var lanes = SIMD8<Double>(repeating: .infinity)
    var j = start
    while j + 8 <= end {
      lanes = unsafe lanes.orLess(loadEight(row + j) + loadEight(shifts + j))
      j += 8
    }
    var least = lanes.least
    while j < end {
      least = unsafe min(least, row[j] + shifts[j])
      j += 1
    }
    return least
  }
}
