internal import CGLPK
internal import CGLPKTrap

/// A GLPK problem object: made, used and deleted on one thread.
///
/// Together with `ProblemHandle+Solving.swift` the only Swift code that touches GLPK's memory.
/// Every call goes through `CGLPKTrap`; indices and numbers have been checked by the callers.
@safe final class ProblemHandle {
  private let problem: OpaquePointer
  private let generation: UInt64
  private let thread: UnsafeRawPointer?
  private(set) var isOpen = true
  private(set) var rowCount = 0
  private(set) var columnCount = 0

  init() throws(LinearProgramError) {
    cglpk_clear_messages()
    var made: OpaquePointer?
    let outcome = unsafe cglpk_create(&made)
    guard outcome == CGLPK_DONE, let made = unsafe made else { throw Self.abortion() }
    unsafe problem = made
    unsafe thread = cglpk_thread()
    generation = cglpk_generation()
  }

  deinit { close() }

  /// Deletes the problem, unless an abort has done so; again does nothing.
  func close() {
    guard isOpen else { return }
    isOpen = false
    guard isHere, isAlive else { return }
    _ = unsafe cglpk_delete(problem)
  }

  private var isHere: Bool { unsafe thread == cglpk_thread() }
  private var isAlive: Bool { generation == cglpk_generation() }

  /// Makes one call of the C shim.
  func call(_ body: (OpaquePointer) -> Int32) throws(LinearProgramError) {
    guard try unsafe run(body) else {
      throw .numericalFailure("a call was interrupted that nobody asked to interrupt")
    }
  }

  /// Makes one call of the C shim; false when it was interrupted, which destroys the problem.
  func run(_ body: (OpaquePointer) -> Int32) throws(LinearProgramError) -> Bool {
    guard isOpen else { throw .sessionEnded }
    guard isHere else { throw .wrongThread }
    guard isAlive else { throw .sessionInvalidated }
    switch unsafe body(problem) {
    case numericCast(CGLPK_DONE): return true
    case numericCast(CGLPK_INTERRUPTED): return false
    default: throw Self.abortion()
    }
  }

  private static func abortion() -> LinearProgramError {
    .aborted(message: messages)
  }

  /// What GLPK would have written to the terminal since the messages were last cleared.
  static var messages: String {
    unsafe trimmed(String(cString: cglpk_messages()))
  }

  static func clearMessages() { cglpk_clear_messages() }

  private static func trimmed(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

// MARK: Editing

extension ProblemHandle {
  /// Makes the whole program at once.
  convenience init(_ checked: CheckedProgram) throws(LinearProgramError) {
    try self.init()
    let program = checked.program
    try setDirection(program.direction, constant: program.objectiveConstant)
    try appendRows(checked.rows)
    try appendColumns(costs: program.costs, bounds: checked.columns)
    let terms = checked.terms
    try unsafe call {
      unsafe cglpk_load_terms(
        $0, Int32(terms.count), terms.rows, terms.columns, terms.coefficients)
    }
  }

  func setDirection(
    _ direction: LinearProgram.Direction, constant: Double
  ) throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_set_direction($0, direction == .maximize, constant) }
  }

  func appendRows(_ bounds: [cglpk_bounds]) throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_append_rows($0, Int32(bounds.count), bounds) }
    rowCount += bounds.count
  }

  func appendColumns(costs: [Double], bounds: [cglpk_bounds]) throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_append_columns($0, Int32(bounds.count), costs, bounds) }
    columnCount += bounds.count
  }

  func fillRows(
    from first: Int, starts: [Int64], columns: [Int32], coefficients: [Double]
  ) throws(LinearProgramError) {
    try unsafe call {
      unsafe cglpk_fill_rows(
        $0, Int32(first), Int32(starts.count - 1), starts, columns, coefficients)
    }
  }

  func fillColumns(
    from first: Int, starts: [Int64], rows: [Int32], coefficients: [Double]
  ) throws(LinearProgramError) {
    try unsafe call {
      unsafe cglpk_fill_columns(
        $0, Int32(first), Int32(starts.count - 1), starts, rows, coefficients)
    }
  }

  func removeRows(_ rows: [Int32]) throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_remove_rows($0, Int32(rows.count), rows) }
    rowCount -= rows.count
  }

  func removeColumns(_ columns: [Int32]) throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_remove_columns($0, Int32(columns.count), columns) }
    columnCount -= columns.count
  }

  func setCost(_ cost: Double, ofColumn column: Int) throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_set_cost($0, Int32(column), cost) }
  }

  func setBounds(_ bounds: cglpk_bounds, ofRow row: Int) throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_set_row_bounds($0, Int32(row), bounds) }
  }

  func setBounds(_ bounds: cglpk_bounds, ofColumn column: Int) throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_set_column_bounds($0, Int32(column), bounds) }
  }
}

// MARK: Files and reading back

extension ProblemHandle {
  /// Reads a file into the empty problem; false when GLPK could not.
  ///
  /// GLPK may take 256 MB and a thousand times the size of the file, a row or column taking less
  /// than 500 bytes; beyond that the file lies about its size.
  func read(_ path: String, format: Int32) throws(LinearProgramError) -> Bool {
    var code: Int32 = 0
    let megabytes = Int32(clamping: 256 + TextFile.size(of: path) / 1000)
    try unsafe call { unsafe cglpk_read($0, format, path, megabytes, &code) }
    guard code == 0 else { return false }
    let shape = try self.shape()
    rowCount = Int(shape.rows)
    columnCount = Int(shape.columns)
    return true
  }

  func shape() throws(LinearProgramError) -> cglpk_shape {
    var shape = cglpk_shape()
    try unsafe call { unsafe cglpk_get_shape($0, &shape) }
    return shape
  }

  /// The problem as a program without names.
  func program() throws(LinearProgramError) -> LinearProgram {
    let shape = try self.shape()
    let (m, n, ne) = (Int(shape.rows), Int(shape.columns), Int(shape.terms))
    var program = LinearProgram(shape.maximize ? .maximize : .minimize)
    var costs = [Double](repeating: 0, count: n)
    var rows = [cglpk_bounds](repeating: cglpk_bounds(), count: m)
    var columns = [cglpk_bounds](repeating: cglpk_bounds(), count: n)
    var termRows = [Int32](repeating: 0, count: ne)
    var termColumns = termRows
    var coefficients = [Double](repeating: 0, count: ne)
    try unsafe call {
      unsafe cglpk_get_program(
        $0, &costs, &rows, &columns, &termRows, &termColumns, &coefficients)
    }
    program.objectiveConstant = shape.constant
    program.costs = costs
    program.rowBounds = rows.map { LinearProgram.Bounds($0) }
    program.columnBounds = columns.map { LinearProgram.Bounds($0) }
    program.terms = TermList(rows: termRows, columns: termColumns, coefficients: coefficients)
    return program
  }

  func rowName(_ row: Int) throws(LinearProgramError) -> String? {
    var name: UnsafePointer<CChar>?
    try unsafe call { unsafe cglpk_get_row_name($0, Int32(row), &name) }
    return unsafe name.map { unsafe String(cString: $0) }
  }

  func columnName(_ column: Int) throws(LinearProgramError) -> (name: String?, isInteger: Bool) {
    var name: UnsafePointer<CChar>?
    var isInteger = false
    try unsafe call { unsafe cglpk_get_column_name($0, Int32(column), &name, &isInteger) }
    return (unsafe name.map { unsafe String(cString: $0) }, isInteger)
  }
}
