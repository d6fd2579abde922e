// Blocks of matrices and entries by index, on pointers. Indices are checked here, ranges by the
// callers.

extension Matrix {
  /// Repeated along axes of size 1.
  func broadcast(to target: Shape) -> Matrix {
    if target == shape { return self }
    return unsafe Matrix(filling: target) { out in
      unsafe withElements { input in
        for row in 0..<target.rows {
          let start = unsafe input + (rows == 1 ? 0 : row * columns)
          let place = unsafe out + row * target.columns
          if columns == 1 {
            unsafe place.initialize(repeating: start[0], count: target.columns)
          } else {
            unsafe place.initialize(from: start, count: columns)
          }
        }
      }
    }
  }

  /// The block of the given size that starts at a row and a column.
  func slice(row: Int, column: Int, size: Shape) -> Matrix {
    precondition(row + size.rows <= rows && column + size.columns <= columns)
    return unsafe Matrix(filling: size) { out in
      unsafe withElements { input in
        for offset in 0..<size.rows {
          unsafe (out + offset * size.columns).initialize(
            from: input + (row + offset) * columns + column, count: size.columns)
        }
      }
    }
  }

  /// Overwrites the block that starts at a row and a column.
  mutating func replace(row: Int, column: Int, with block: Matrix) {
    precondition(row + block.rows <= rows && column + block.columns <= columns)
    let columns = columns
    unsafe withMutableElements { out in
      unsafe block.withElements { input in
        for offset in 0..<block.rows {
          unsafe (out + (row + offset) * columns + column).update(
            from: input + offset * block.columns, count: block.columns)
        }
      }
    }
  }

  /// Entry k is this matrix's entry `indices[k]`.
  func gathered(_ indices: [Int32], shape target: Shape) -> Matrix {
    let count = shape.count
    return unsafe Matrix(filling: target) { out in
      unsafe withElements { input in
        for (place, index) in indices.enumerated() {
          precondition(index >= 0 && index < count)
          unsafe out[place] = input[Int(index)]
        }
      }
    }
  }

  /// Entry k is added to entry `indices[k]` of a zero matrix.
  func scattered(_ indices: [Int32], shape target: Shape) -> Matrix {
    var result = Matrix(target)
    unsafe result.withMutableElements { out in
      unsafe withElements { input in
        for (place, index) in indices.enumerated() {
          precondition(index >= 0 && index < target.count)
          unsafe out[Int(index)] += input[place]
        }
      }
    }
    return result
  }

  /// Row k is this matrix's row `indices[k]`.
  func gatheredRows(_ indices: [Int]) -> Matrix {
    unsafe Matrix(filling: Shape(rows: indices.count, columns: columns)) { out in
      unsafe withElements { input in
        for (place, row) in indices.enumerated() {
          precondition(row >= 0 && row < rows)
          unsafe (out + place * columns).initialize(from: input + row * columns, count: columns)
        }
      }
    }
  }

  /// Row k is added to row `indices[k]` of a zero matrix.
  func scatteredRows(_ indices: [Int], shape target: Shape) -> Matrix {
    var result = Matrix(target)
    unsafe result.withMutableElements { out in
      unsafe withElements { input in
        for (place, row) in indices.enumerated() {
          precondition(row >= 0 && row < target.rows)
          let (from, to) = unsafe (input + place * columns, out + row * columns)
          for column in 0..<columns { unsafe to[column] += from[column] }
        }
      }
    }
    return result
  }

  /// All matrices below each other.
  static func stackedRows(_ parts: [Matrix], shape: Shape) -> Matrix {
    unsafe Matrix(filling: shape) { out in
      var place = unsafe out
      for part in parts {
        unsafe part.withElements { unsafe place.initialize(from: $0, count: part.shape.count) }
        unsafe place += part.shape.count
      }
    }
  }

  /// All matrices beside each other.
  static func stackedColumns(_ parts: [Matrix], shape: Shape) -> Matrix {
    var result = Matrix(shape)
    var column = 0
    for part in parts {
      result.replace(row: 0, column: column, with: part)
      column += part.columns
    }
    return result
  }
}
