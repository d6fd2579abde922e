/// The coefficients of a program as triplets of row, column and number, in flat arrays.
struct TermList: Sendable, Equatable {
  private(set) var rows: [Int32] = []
  private(set) var columns: [Int32] = []
  private(set) var coefficients: [Double] = []

  var count: Int { rows.count }

  init() {}

  init(rows: [Int32], columns: [Int32], coefficients: [Double]) {
    precondition(rows.count == columns.count && rows.count == coefficients.count)
    self.rows = rows
    self.columns = columns
    self.coefficients = coefficients
  }

  /// Appends a triplet; an index beyond 32 bits is clamped and found out of range when checked.
  mutating func append(row: Int, column: Int, _ coefficient: Double) {
    rows.append(Int32(clamping: row))
    columns.append(Int32(clamping: column))
    coefficients.append(coefficient)
  }

  mutating func reserveCapacity(_ capacity: Int) {
    rows.reserveCapacity(capacity)
    columns.reserveCapacity(capacity)
    coefficients.reserveCapacity(capacity)
  }

  /// Row sums of coefficient times column value.
  func product(with columnValues: [Double], rowCount: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: rowCount)
    for k in 0..<count { sums[Int(rows[k])] += coefficients[k] * columnValues[Int(columns[k])] }
    return sums
  }

  /// Column sums of coefficient times row value, and the sums of their magnitudes.
  func transposedProduct(
    with rowValues: [Double], columnCount: Int
  ) -> (sums: [Double], magnitudes: [Double]) {
    var sums = [Double](repeating: 0, count: columnCount)
    var magnitudes = sums
    for k in 0..<count {
      let product = coefficients[k] * rowValues[Int(rows[k])]
      sums[Int(columns[k])] += product
      magnitudes[Int(columns[k])] += product.magnitude
    }
    return (sums, magnitudes)
  }

  /// The same terms with those of one row and one column summed; indices must be in range.
  func merged(rowCount: Int, columnCount: Int) -> TermList {
    if isSorted(rows) { return mergedByMajor(rows, columns, minorCount: columnCount) ?? self }
    if isSorted(columns) { return mergedByMajor(columns, rows, minorCount: rowCount) ?? self }
    let sorted = sortedByRow(rowCount: rowCount)
    return sorted.mergedByMajor(sorted.rows, sorted.columns, minorCount: columnCount) ?? sorted
  }

  private func isSorted(_ indices: [Int32]) -> Bool {
    for k in 1..<max(1, indices.count) where indices[k] < indices[k - 1] { return false }
    return true
  }

  /// Sums duplicates where `major` is sorted; nil when there are none.
  private func mergedByMajor(
    _ major: [Int32], _ minor: [Int32], minorCount: Int
  ) -> TermList? {
    var last = [Int](repeating: -1, count: minorCount)
    var result = TermList()
    var found = false
    for k in 0..<count {
      let place = last[Int(minor[k])]
      if place >= 0, major[place] == major[k] {
        found = true
        break
      }
      last[Int(minor[k])] = k
    }
    guard found else { return nil }
    last = [Int](repeating: -1, count: minorCount)
    for k in 0..<count {
      let place = last[Int(minor[k])]
      let isDuplicate =
        place >= 0 && result.rows[place] == rows[k] && result.columns[place] == columns[k]
      if isDuplicate {
        result.coefficients[place] += coefficients[k]
      } else {
        last[Int(minor[k])] = result.count
        result.append(row: Int(rows[k]), column: Int(columns[k]), coefficients[k])
      }
    }
    return result
  }

  /// Counting sort by row, keeping the order inside a row.
  private func sortedByRow(rowCount: Int) -> TermList {
    var next = [Int](repeating: 0, count: rowCount + 1)
    for row in rows { next[Int(row) + 1] += 1 }
    for row in 0..<rowCount { next[row + 1] += next[row] }
    var result = self
    for k in 0..<count {
      let place = next[Int(rows[k])]
      next[Int(rows[k])] += 1
      result.rows[place] = rows[k]
      result.columns[place] = columns[k]
      result.coefficients[place] = coefficients[k]
    }
    return result
  }

  /// The terms column by column: those of column j go from `starts[j]` to `starts[j + 1]`.
  func groupedByColumn(
    columnCount: Int
  ) -> (starts: [Int], rows: [Int], coefficients: [Double]) {
    var starts = [Int](repeating: 0, count: columnCount + 1)
    for column in columns { starts[Int(column) + 1] += 1 }
    for column in 0..<columnCount { starts[column + 1] += starts[column] }
    var next = starts
    var (rows, coefficients) = ([Int](repeating: 0, count: count), self.coefficients)
    for k in 0..<count {
      let place = next[Int(columns[k])]
      next[Int(columns[k])] += 1
      rows[place] = Int(self.rows[k])
      coefficients[place] = self.coefficients[k]
    }
    return (starts, rows, coefficients)
  }

  /// The terms row by row: those of row i go from `starts[i]` to `starts[i + 1]`.
  func groupedByRow(
    rowCount: Int
  ) -> (starts: [Int], columns: [Int], coefficients: [Double]) {
    let transposed = TermList(rows: columns, columns: rows, coefficients: coefficients)
    let (starts, columns, coefficients) = transposed.groupedByColumn(columnCount: rowCount)
    return (starts, columns, coefficients)
  }
}
