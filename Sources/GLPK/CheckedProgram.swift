internal import CGLPK
internal import CGLPKTrap

/// A program in which every number and index has been checked, in the form that GLPK takes.
struct CheckedProgram {
  let program: LinearProgram
  let rows: [cglpk_bounds]
  let columns: [cglpk_bounds]
  let terms: TermList

  init(_ program: LinearProgram) throws(LinearProgramError) {
    try Self.checkCount(program.rowCount, of: "rows")
    try Self.checkCount(program.columnCount, of: "columns")
    try Self.checkCount(program.termCount, of: "terms")
    guard program.objectiveConstant.isFinite else {
      let place = LinearProgramError.Place(kind: "objective constant", index: 0, name: nil)
      throw .notFinite(place, value: program.objectiveConstant)
    }
    for j in 0..<program.columnCount where !program.costs[j].isFinite {
      throw .notFinite(program.place(ofColumn: j), value: program.costs[j])
    }
    var rows: [cglpk_bounds] = []
    rows.reserveCapacity(program.rowCount)
    for i in 0..<program.rowCount {
      rows.append(try program.rowBounds[i].checked { program.place(ofRow: i) })
    }
    var columns: [cglpk_bounds] = []
    columns.reserveCapacity(program.columnCount)
    for j in 0..<program.columnCount {
      columns.append(try program.columnBounds[j].checked { program.place(ofColumn: j) })
    }
    try Self.checkTerms(of: program)
    self.program = program
    self.rows = rows
    self.columns = columns
    terms = program.terms.merged(rowCount: program.rowCount, columnCount: program.columnCount)
    try checkSums()
  }

  static func checkCount(_ count: Int, of what: String) throws(LinearProgramError) {
    // GLPK itself stops at 100 million rows or columns, and 500 million terms.
    let limit = what == "terms" ? 500_000_000 : 100_000_000
    guard count <= limit else { throw .tooLarge(what: what, count: count) }
  }

  private static func checkTerms(of program: LinearProgram) throws(LinearProgramError) {
    let terms = program.terms
    let (rowCount, columnCount) = (program.rowCount, program.columnCount)
    for k in 0..<terms.count {
      let (row, column) = (Int(terms.rows[k]), Int(terms.columns[k]))
      guard (0..<rowCount).contains(row) else {
        let place = LinearProgramError.Place(kind: "term", index: k, name: "row of the term")
        throw .indexOutOfRange(place, index: row, count: rowCount)
      }
      guard (0..<columnCount).contains(column) else {
        throw .indexOutOfRange(program.place(ofRow: row), index: column, count: columnCount)
      }
      guard terms.coefficients[k].isFinite else {
        throw .notFinite(program.place(ofRow: row), value: terms.coefficients[k])
      }
    }
  }

  /// Finite coefficients of one row and column may have summed to infinity.
  private func checkSums() throws(LinearProgramError) {
    guard terms.count < program.terms.count else { return }
    for k in 0..<terms.count where !terms.coefficients[k].isFinite {
      throw .notFinite(program.place(ofRow: Int(terms.rows[k])), value: terms.coefficients[k])
    }
  }
}

extension LinearProgram.Bounds {
  /// The bounds as GLPK takes them, if their numbers are finite and in order.
  func checked(
    _ place: () -> LinearProgramError.Place
  ) throws(LinearProgramError) -> cglpk_bounds {
    let result = glpk
    guard result.lower.isFinite else { throw .notFinite(place(), value: result.lower) }
    guard result.upper.isFinite else { throw .notFinite(place(), value: result.upper) }
    if result.type == GLP_DB, result.lower > result.upper {
      throw .crossedBounds(place(), lower: result.lower, upper: result.upper)
    }
    return result
  }

  private var glpk: cglpk_bounds {
    switch self {
    case .free: cglpk_bounds(type: GLP_FR, lower: 0, upper: 0)
    case .atLeast(let lower): cglpk_bounds(type: GLP_LO, lower: lower, upper: 0)
    case .atMost(let upper): cglpk_bounds(type: GLP_UP, lower: 0, upper: upper)
    case .exactly(let value): cglpk_bounds(type: GLP_FX, lower: value, upper: value)
    case .between(let lower, let upper):
      cglpk_bounds(type: lower == upper ? GLP_FX : GLP_DB, lower: lower, upper: upper)
    }
  }

  init(_ bounds: cglpk_bounds) {
    switch bounds.type {
    case GLP_LO: self = .atLeast(bounds.lower)
    case GLP_UP: self = .atMost(bounds.upper)
    case GLP_DB: self = .between(bounds.lower, bounds.upper)
    case GLP_FX: self = .exactly(bounds.lower)
    default: self = .free
    }
  }
}
