internal import CGLPK
internal import CGLPKTrap

extension LinearProgramSession {
  /// Adds columns with the same bounds.
  ///
  /// - Parameters:
  ///   - costs: One cost for each column.
  ///   - bounds: The values each of them may take.
  ///   - starts: Where each column begins in `rows`, and the end; one more than there are columns.
  ///   - rows: Zero-based places of the rows, each at most once in a column.
  ///   - coefficients: One coefficient for each of `rows`.
  /// - Returns: The places of the new columns.
  /// - Throws: When a number or an index is not valid; the session is then unchanged.
  @discardableResult
  public func addColumns(
    costs: [Double], bounds: LinearProgram.Bounds = .atLeast(0), starts: [Int], rows: [Int32],
    coefficients: [Double]
  ) throws(LinearProgramError) -> Range<Int> {
    let first = columnCount
    let vectors = CompressedVectors(starts: starts, indices: rows, coefficients: coefficients)
    try vectors.check(kind: "column", first: first, count: costs.count, limit: rowCount)
    try CheckedProgram.checkCount(first + costs.count, of: "columns")
    let checked = try bounds.checked { place("column", first) }
    for k in 0..<costs.count where !costs[k].isFinite {
      throw .notFinite(place("column", first + k), value: costs[k])
    }
    try handle.appendColumns(
      costs: costs, bounds: [cglpk_bounds](repeating: checked, count: costs.count))
    try handle.fillColumns(
      from: first, starts: starts.map { Int64($0) }, rows: rows, coefficients: coefficients)
    return first..<columnCount
  }

  /// Adds rows.
  ///
  /// - Parameters:
  ///   - bounds: For each row the values its sum may take.
  ///   - starts: Where each row begins in `columns`, and the end; one more than there are rows.
  ///   - columns: Zero-based places of the columns, each at most once in a row.
  ///   - coefficients: One coefficient for each of `columns`.
  /// - Returns: The places of the new rows.
  /// - Throws: When a number or an index is not valid; the session is then unchanged.
  @discardableResult
  public func addRows(
    _ bounds: [LinearProgram.Bounds], starts: [Int], columns: [Int32], coefficients: [Double]
  ) throws(LinearProgramError) -> Range<Int> {
    let first = rowCount
    let vectors = CompressedVectors(starts: starts, indices: columns, coefficients: coefficients)
    try vectors.check(kind: "row", first: first, count: bounds.count, limit: columnCount)
    try CheckedProgram.checkCount(first + bounds.count, of: "rows")
    var checked: [cglpk_bounds] = []
    for k in bounds.indices {
      checked.append(try bounds[k].checked { place("row", first + k) })
    }
    try handle.appendRows(checked)
    try handle.fillRows(
      from: first, starts: starts.map { Int64($0) }, columns: columns, coefficients: coefficients)
    return first..<rowCount
  }

  /// Removes columns; those behind them move up.
  ///
  /// When a basic column goes, the next solve starts from the slack basis.
  public func removeColumns(_ columns: [Int]) throws(LinearProgramError) {
    try handle.removeColumns(try unique(columns, kind: "column", count: columnCount))
  }

  /// Removes rows; those behind them move up.
  ///
  /// When a nonbasic row goes, the next solve starts from the slack basis.
  public func removeRows(_ rows: [Int]) throws(LinearProgramError) {
    try handle.removeRows(try unique(rows, kind: "row", count: rowCount))
  }

  /// Changes what one unit of a column adds to the objective.
  public func setCost(_ cost: Double, ofColumn column: Int) throws(LinearProgramError) {
    try check(column, kind: "column", count: columnCount)
    guard cost.isFinite else { throw .notFinite(place("column", column), value: cost) }
    try handle.setCost(cost, ofColumn: column)
  }

  /// Changes the values a column may take.
  public func setBounds(
    _ bounds: LinearProgram.Bounds, ofColumn column: Int
  ) throws(LinearProgramError) {
    try check(column, kind: "column", count: columnCount)
    try handle.setBounds(try bounds.checked { place("column", column) }, ofColumn: column)
  }

  /// Changes the values a row's sum may take.
  public func setBounds(
    _ bounds: LinearProgram.Bounds, ofRow row: Int
  ) throws(LinearProgramError) {
    try check(row, kind: "row", count: rowCount)
    try handle.setBounds(try bounds.checked { place("row", row) }, ofRow: row)
  }

  private func check(_ index: Int, kind: String, count: Int) throws(LinearProgramError) {
    guard (0..<count).contains(index) else {
      throw .indexOutOfRange(place(kind, index), index: index, count: count)
    }
  }

  private func unique(
    _ indices: [Int], kind: String, count: Int
  ) throws(LinearProgramError) -> [Int32] {
    var seen = [Bool](repeating: false, count: count)
    for index in indices {
      try check(index, kind: kind, count: count)
      guard !seen[index] else { throw .duplicateTerm(place(kind, index), index: index) }
      seen[index] = true
    }
    return indices.map { Int32($0) }
  }

  private func place(_ kind: String, _ index: Int) -> LinearProgramError.Place {
    LinearProgramError.Place(kind: kind, index: index, name: nil)
  }
}

/// Columns or rows given in bulk: vector k is the elements from `starts[k]` to `starts[k + 1]`.
struct CompressedVectors {
  let starts: [Int]
  let indices: [Int32]
  let coefficients: [Double]

  /// Checks shapes, indices below a limit, numbers, and that no vector names an index twice.
  func check(
    kind: String, first: Int, count: Int, limit: Int
  ) throws(LinearProgramError) {
    try checkShape(count: count)
    var lastVector = [Int32](repeating: -1, count: limit)
    for k in 0..<count {
      for e in starts[k]..<starts[k + 1] {
        let place = { LinearProgramError.Place(kind: kind, index: first + k, name: nil) }
        let index = Int(indices[e])
        guard index >= 0, index < limit else {
          throw .indexOutOfRange(place(), index: index, count: limit)
        }
        guard coefficients[e].isFinite else { throw .notFinite(place(), value: coefficients[e]) }
        guard lastVector[index] != Int32(k) else { throw .duplicateTerm(place(), index: index) }
        lastVector[index] = Int32(k)
      }
    }
  }

  private func checkShape(count: Int) throws(LinearProgramError) {
    guard starts.count == count + 1 else {
      throw .mismatchedArrays("\(starts.count) starts for \(count) vectors, not \(count + 1)")
    }
    guard indices.count == coefficients.count else {
      throw .mismatchedArrays("\(indices.count) indices and \(coefficients.count) coefficients")
    }
    guard starts.first == 0, starts.last == indices.count else {
      throw .mismatchedArrays("starts must begin with 0 and end with \(indices.count)")
    }
    for k in 0..<count where starts[k] > starts[k + 1] {
      throw .mismatchedArrays("starts must not fall, as they do after vector \(k)")
    }
  }
}
