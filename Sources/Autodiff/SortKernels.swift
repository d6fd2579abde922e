// Positions of entries in sorted order, on pointers. An index is that of the entry in the whole
// matrix, row after row.

extension Matrix {
  /// For each entry of the result of sorting groups of columns, where it comes from.
  ///
  /// Equal entries keep their order. An entry that is not a number sorts nowhere in particular.
  func sortingIndices(groupSize: Int) -> [Int32] {
    precondition(shape.count <= Int(Int32.max), "A matrix of \(shape) is too large to be sorted")
    let count = shape.count
    return unsafe [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
      guard let indices = buffer.baseAddress else { return }
      unsafe withElements { input in
        if groupSize == 2 {
          unsafe Matrix.sortPairs(input, into: indices, count: count)
        } else {
          for start in stride(from: 0, to: count, by: groupSize) {
            unsafe Matrix.sortGroup(input, start..<start + groupSize, into: indices)
          }
        }
      }
      filled = count
    }
  }

  private static func sortPairs(
    _ input: UnsafePointer<Double>, into indices: UnsafeMutablePointer<Int32>, count: Int
  ) {
    for start in stride(from: 0, to: count, by: 2) {
      let swap: Int32 = unsafe input[start + 1] < input[start] ? 1 : 0
      unsafe indices[start] = Int32(truncatingIfNeeded: start) + swap
      unsafe indices[start + 1] = Int32(truncatingIfNeeded: start + 1) - swap
    }
  }

  /// Insertion for short groups, the library's sort for long ones.
  private static func sortGroup(
    _ input: UnsafePointer<Double>, _ group: Range<Int>,
    into indices: UnsafeMutablePointer<Int32>
  ) {
    guard group.count <= 32 else {
      let sorted = group.sorted { unsafe (input[$0], $0) < (input[$1], $1) }
      for (place, index) in zip(group, sorted) { unsafe indices[place] = Int32(index) }
      return
    }
    for index in group {
      var place = index
      while place > group.lowerBound, unsafe input[Int(indices[place - 1])] > input[index] {
        unsafe indices[place] = indices[place - 1]
        place -= 1
      }
      unsafe indices[place] = Int32(index)
    }
  }

  /// The first best entry of each row.
  func rowExtremeIndices(_ isBetter: (Double, Double) -> Bool) -> [Int32] {
    precondition(shape.count <= Int(Int32.max), "A matrix of \(shape) is too large to be searched")
    return unsafe withElements { input in
      (0..<rows).map { row in
        var best = row * columns
        for index in best..<best + columns where unsafe isBetter(input[index], input[best]) {
          best = index
        }
        return Int32(best)
      }
    }
  }
}
