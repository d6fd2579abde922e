// Loops over the entries of matrices, on pointers. Shapes are checked by the callers, who compute
// the shape of the result from those of the inputs.

extension Matrix {
  /// A matrix whose entries `fill` writes, every one of them.
  @inline(__always)
  init(filling shape: Shape, _ fill: (UnsafeMutablePointer<Double>) -> Void) {
    self.shape = shape
    if var reused = ArrayPool.shared.take(count: shape.count) {
      unsafe reused.withUnsafeMutableBufferPointer { buffer in
        if let start = buffer.baseAddress { unsafe fill(start) }
      }
      storage = MatrixStorage(reused)
    } else {
      storage = MatrixStorage(
        unsafe [Double](unsafeUninitializedCapacity: shape.count) { buffer, count in
          if let start = buffer.baseAddress { unsafe fill(start) }
          count = shape.count
        })
    }
  }

  /// A matrix of which every entry is the same.
  init(_ shape: Shape, repeating value: Double = 0) {
    unsafe self.init(filling: shape) { unsafe $0.initialize(repeating: value, count: shape.count) }
  }

  @inline(__always)
  func withElements<Result>(_ body: (UnsafePointer<Double>) -> Result) -> Result {
    unsafe storage.elements.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("A matrix has entries") }
      return unsafe body(start)
    }
  }

  @inline(__always)
  mutating func withMutableElements(_ body: (UnsafeMutablePointer<Double>) -> Void) {
    makeUnique()
    unsafe storage.elements.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { unsafe body(start) }
    }
  }

  /// The matrix of `body` of each entry.
  @inline(__always)
  func mapped(_ body: (Double) -> Double) -> Matrix {
    unsafe Matrix(filling: shape) { out in
      unsafe withElements { input in
        for index in 0..<shape.count { unsafe out[index] = body(input[index]) }
      }
    }
  }

  /// The matrix of `body` of the entries of two matrices, broadcast to `shape`.
  @inline(__always)
  static func combined(
    _ a: Matrix, _ b: Matrix, to shape: Shape, _ body: (Double, Double) -> Double
  ) -> Matrix {
    unsafe Matrix(filling: shape) { out in
      unsafe a.withElements { first in
        unsafe b.withElements { second in
          if a.shape == b.shape {
            for index in 0..<shape.count { unsafe out[index] = body(first[index], second[index]) }
            return
          }
          for row in 0..<shape.rows {
            unsafe combineRow(
              first + (a.rows == 1 ? 0 : row * a.columns), a.columns == 1,
              second + (b.rows == 1 ? 0 : row * b.columns), b.columns == 1,
              into: out + row * shape.columns, count: shape.columns, body)
          }
        }
      }
    }
  }

  /// One row of `combined`; a row of one entry is repeated.
  @inline(__always)
  private static func combineRow(
    _ first: UnsafePointer<Double>, _ repeatFirst: Bool, _ second: UnsafePointer<Double>,
    _ repeatSecond: Bool, into out: UnsafeMutablePointer<Double>, count: Int,
    _ body: (Double, Double) -> Double
  ) {
    if repeatSecond {
      // If the first is repeated too, there is one column.
      let value = unsafe second[0]
      for column in 0..<count { unsafe out[column] = body(first[column], value) }
    } else if repeatFirst {
      let value = unsafe first[0]
      for column in 0..<count { unsafe out[column] = body(value, second[column]) }
    } else {
      for column in 0..<count { unsafe out[column] = body(first[column], second[column]) }
    }
  }

  /// Adds another matrix of the same shape.
  mutating func add(_ other: Matrix) {
    precondition(shape == other.shape, "Cannot add \(other.shape) to \(shape) in place")
    let count = shape.count
    unsafe withMutableElements { out in
      unsafe other.withElements { input in
        for index in 0..<count { unsafe out[index] += input[index] }
      }
    }
  }

  /// The sums along the axes where `target` has size 1.
  func summed(to target: Shape) -> Matrix {
    if target.rows == rows && target.columns == columns { return self }
    if target.rows == rows { return rowSums() }
    if target.columns == columns { return columnSums() }
    return Matrix(target, [unsafe withElements { unsafe Matrix.sum($0, shape.count) }])
  }

  private func rowSums() -> Matrix {
    unsafe Matrix(filling: Shape(rows: rows, columns: 1)) { out in
      unsafe withElements { input in
        for row in 0..<rows { unsafe out[row] = Matrix.sum(input + row * columns, columns) }
      }
    }
  }

  private func columnSums() -> Matrix {
    unsafe Matrix(filling: Shape(rows: 1, columns: columns)) { out in
      unsafe withElements { input in
        unsafe out.initialize(from: input, count: columns)
        for row in 1..<max(rows, 1) {
          let start = unsafe input + row * columns
          for column in 0..<columns { unsafe out[column] += start[column] }
        }
      }
    }
  }

  /// A sum in eight interleaved parts, so that the additions need not wait for each other.
  private static func sum(_ input: UnsafePointer<Double>, _ count: Int) -> Double {
    var parts = SIMD8<Double>()
    let whole = count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      unsafe parts += UnsafeRawPointer(input + start).loadUnaligned(as: SIMD8<Double>.self)
    }
    var rest = 0.0
    for index in whole..<count { unsafe rest += input[index] }
    return parts.sum() + rest
  }

  /// Rows and columns exchanged, in blocks of 8 × 8 so that both sides stay in the cache.
  func transposedCopy() -> Matrix {
    let (rows, columns) = (rows, columns)
    return unsafe Matrix(filling: shape.transposed) { out in
      unsafe withElements { input in
        for top in stride(from: 0, to: rows, by: 8) {
          for column in 0..<columns {
            for row in top..<min(top + 8, rows) {
              unsafe out[column * rows + row] = input[row * columns + column]
            }
          }
        }
      }
    }
  }
}
