/// An order of points in which every 16 in a row, and every 16² and 16³, lie in a box of their own.
///
/// The points are halved at the median of their widest axis, again and again, at multiples of the
/// largest power of 16 that leaves something on both sides. Other powers than those of 16 can be had.
///
/// - Complexity: O(n log n) in the mean.
/// - Source: J. L. Bentley, "Multidimensional binary search trees used for associative searching",
///   Communications of the ACM 18 (1975).
package struct BlockOrder {
  /// The number of points in a block and of blocks in a group.
  package static let fanOut = 16

  /// The indices of the points in the new order.
  package private(set) var indices: [Int]
  private let coordinates: [Double]
  private let dimension: Int
  private let fanOut: Int

  /// The order of points given by flat coordinates, row-major; boxes of `fanOut` to the power 1, 2, ….
  package init(coordinates: [Double], dimension: Int, fanOut: Int = BlockOrder.fanOut) {
    self.coordinates = coordinates
    self.dimension = dimension
    self.fanOut = fanOut
    indices = Array(0..<coordinates.count / dimension)
    var pending = [0..<indices.count]
    while let range = pending.popLast() {
      guard let middle = middle(of: range) else { continue }
      let axis = widestAxis(of: range)
      var selection = KeySelection(indices[range].map { coordinates[$0 * dimension + axis] })
      selection.partition(at: middle - range.lowerBound)
      let old = Array(indices[range])
      for (place, item) in selection.order.enumerated() {
        indices[range.lowerBound + place] = old[Int(item)]
      }
      pending.append(range.lowerBound..<middle)
      pending.append(middle..<range.upperBound)
    }
  }

  /// Where to halve a range, or nil if it is one block.
  private func middle(of range: Range<Int>) -> Int? {
    guard range.count > fanOut else { return nil }
    var unit = fanOut
    while unit * fanOut < range.count { unit *= fanOut }
    let parts = (range.count + unit - 1) / unit
    return range.lowerBound + (parts / 2) * unit
  }

  private func widestAxis(of range: Range<Int>) -> Int {
    var widest = (width: -1.0, axis: 0)
    for axis in 0..<dimension {
      var (low, high) = (Double.infinity, -Double.infinity)
      for place in range {
        let value = coordinates[indices[place] * dimension + axis]
        low = min(low, value)
        high = max(high, value)
      }
      if high - low > widest.width { widest = (high - low, axis) }
    }
    return widest.axis
  }
}

/// Keys of which the least k are brought to the front, equal ones by position.
///
/// - Source: C. A. R. Hoare, "Algorithm 65: FIND", Communications of the ACM 4 (1961).
private struct KeySelection {
  private(set) var order: [Int32]
  private let keys: [Double]

  init(_ keys: [Double]) {
    self.keys = keys
    order = (0..<keys.count).map { Int32(truncatingIfNeeded: $0) }
  }

  private func isBefore(_ a: Int32, _ b: Int32) -> Bool {
    let (keyA, keyB) = (keys[Int(a)], keys[Int(b)])
    return keyA < keyB || (keyA == keyB && a < b)
  }

  mutating func partition(at k: Int) {
    var (low, high) = (0, order.count - 1)
    while low < high {
      let pivot = medianOfThree(low, high)
      var (i, j) = (low, high)
      while i <= j {
        while isBefore(order[i], pivot) { i += 1 }
        while isBefore(pivot, order[j]) { j -= 1 }
        if i <= j {
          order.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if k <= j { high = j } else if k >= i { low = i } else { return }
    }
  }

  private func medianOfThree(_ low: Int, _ high: Int) -> Int32 {
    var (a, b, c) = (order[low], order[(low + high) / 2], order[high])
    if isBefore(b, a) { swap(&a, &b) }
    if isBefore(c, b) { swap(&b, &c) }
    if isBefore(b, a) { swap(&a, &b) }
    return b
  }
}
