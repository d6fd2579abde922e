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

  /// The least `costs[start + j] + potentials[j]` and the first j that attains it.
  ///
  /// - Complexity: O(n) for n potentials.
  @inline(__always)
  static func leastSum(
    _ costs: [Double], from start: Int, _ potentials: PotentialRow<Double>
  ) -> (value: Double, index: Int) {
    precondition(
      potentials.count > 0 && start >= 0 && start + potentials.count <= costs.count,
      "the row leaves its matrix")
    return unsafe costs.withUnsafeBufferPointer { costs in
      guard let row = costs.baseAddress else { return (.infinity, 0) }
      return unsafe leastSum(row + start, potentials.start, count: potentials.count)
    }
  }

  private static func leastSum(
    _ row: UnsafePointer<Double>, _ shifts: UnsafePointer<Double>, count: Int
  ) -> (value: Double, index: Int) {
    var lanes = SIMD8<Double>(repeating: .infinity)
    var j = 0
    while j + 8 <= count {
      let sum =
        unsafe UnsafeRawPointer(row + j).loadUnaligned(as: SIMD8<Double>.self)
        + UnsafeRawPointer(shifts + j).loadUnaligned(as: SIMD8<Double>.self)
      lanes.replace(with: sum, where: sum .< lanes)
      j += 8
    }
    var least = lanes.min()
    while j < count {
      least = unsafe min(least, row[j] + shifts[j])
      j += 1
    }
    for j in 0..<count where unsafe row[j] + shifts[j] == least { return (least, j) }
    return (least, 0)
  }
}
