internal import CGLPK
internal import CGLPKTrap

/// A program held open in GLPK, to be changed and solved again from where it stands.
///
/// For column and row generation: after a change the present basis is the start of the next solve.
/// Columns and rows are meant by their zero-based place, as in the program it was opened on; arrays
/// in bulk are compressed vectors: `starts` has one more element than there are vectors, and vector
/// k has the elements from `starts[k]` up to `starts[k + 1]`.
///
/// A session belongs to the thread and the closure it was opened in: elsewhere its calls throw. So
/// they do after an internal abort of GLPK on this thread. Signs of duals are those of
/// `LinearProgramSolution`.
public final class LinearProgramSession {
  let handle: ProblemHandle
  private var isInterior = false
  private var exactPoint: SolverPoint?

  init(_ program: LinearProgram) throws(LinearProgramError) {
    handle = try ProblemHandle(try CheckedProgram(program))
  }

  /// The number of rows at present.
  public var rowCount: Int { handle.rowCount }
  /// The number of columns at present.
  public var columnCount: Int { handle.columnCount }
}

@available(*, unavailable, message: "a session belongs to the thread it was opened on")
extension LinearProgramSession: Sendable {}

extension LinearProgram {
  /// Opens a session on the program for the duration of a closure.
  ///
  /// The program itself does not change. Changes inside go to GLPK's copy only.
  /// - Parameter body: What to do with the session; it must not keep it.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws, and `LinearProgramError` when the program is not valid.
  public func withSession<Result>(
    _ body: (LinearProgramSession) throws -> Result
  ) throws -> Result {
    let session = try LinearProgramSession(self)
    defer { session.handle.close() }
    return try body(session)
  }
}

/// How a solve in a session ended.
public struct SessionOutcome: Sendable, Hashable {
  /// How a solve ended.
  public enum Status: Sendable, Hashable {
    /// The point is optimal within the tolerances.
    case optimal
    /// No point meets all bounds; `farkasCertificate()` finds the proof.
    case infeasible
    /// The objective has no limit.
    case unbounded
    /// A limit came first.
    case limitReached(LimitReport.Reason)
  }

  /// How the solve ended.
  public let status: Status
  /// GLPK's objective at the point, nil when the program is infeasible or unbounded.
  public let objective: Double?
  /// The simplex iterations of this solve.
  public let iterations: Int
}

// MARK: Solving and reading

extension LinearProgramSession {
  /// Solves from the present basis, or from where the options say.
  ///
  /// - Parameter options: Method, limits, tolerances; `ranging` is not used.
  /// - Returns: How it ended. Cancellation is seen between stretches of a simplex run only.
  /// - Throws: When a setting is not valid or the method breaks down.
  @discardableResult
  public func solve(
    _ options: SolveOptions = SolveOptions()
  ) throws(LinearProgramError) -> SessionOutcome {
    ProblemHandle.clearMessages()
    var run = try SolverRun(handle, options: options, mayDestroy: false)
    let finding = try run.solve()
    (isInterior, exactPoint) = (run.isInterior, run.exactPoint)
    let objective =
      if let exactPoint {
        try program().objective(at: exactPoint.columnValues)
      } else {
        try handle.state(interior: isInterior).objective
      }
    return SessionOutcome(
      status: finding.status, objective: finding.hasObjective ? objective : nil,
      iterations: try run.iterations())
  }

  /// The row duals at the last solution.
  public func rowDuals() throws(LinearProgramError) -> [Double] {
    if let exactPoint, exactPoint.rowDuals.count == rowCount { return exactPoint.rowDuals }
    return try handle.rowDuals(interior: isInterior)
  }

  /// The row sums at the last solution.
  public func rowActivities() throws(LinearProgramError) -> [Double] {
    if let exactPoint, exactPoint.rowActivities.count == rowCount {
      return exactPoint.rowActivities
    }
    return try handle.rowActivities(interior: isInterior)
  }

  /// The column values at the last solution.
  public func columnValues() throws(LinearProgramError) -> [Double] {
    try columnValues(in: 0..<columnCount)
  }

  /// The values of some columns at the last solution.
  public func columnValues(in range: Range<Int>) throws(LinearProgramError) -> [Double] {
    try check(range)
    if let exactPoint, exactPoint.columnValues.count == columnCount {
      return Array(exactPoint.columnValues[range])
    }
    return try handle.columnValues(in: range, interior: isInterior)
  }

  /// The reduced costs at the last solution.
  public func reducedCosts() throws(LinearProgramError) -> [Double] {
    try reducedCosts(in: 0..<columnCount)
  }

  /// The reduced costs of some columns at the last solution.
  public func reducedCosts(in range: Range<Int>) throws(LinearProgramError) -> [Double] {
    try check(range)
    if let exactPoint, exactPoint.reducedCosts.count == columnCount {
      return Array(exactPoint.reducedCosts[range])
    }
    return try handle.reducedCosts(in: range, interior: isInterior)
  }

  /// The present basis.
  public func basis() throws(LinearProgramError) -> Basis {
    try handle.basis()
  }

  /// Makes a basis the present one.
  ///
  /// - Parameter basis: As many basic rows and columns as there are rows.
  /// - Throws: `.invalidBasis` when it does not fit.
  public func setBasis(_ basis: Basis) throws(LinearProgramError) {
    try basis.check(rowCount: rowCount, columnCount: columnCount)
    try handle.setBasis(basis)
  }

  /// The program as it stands now, without names.
  public func program() throws(LinearProgramError) -> LinearProgram {
    try handle.program()
  }

  /// Multipliers of the rows that prove the present program infeasible, checked.
  ///
  /// The session stays as it is; costs one solve of a second program.
  /// - Returns: One multiplier for each row as in `FarkasCertificate`, or nil if none was found.
  public func farkasCertificate() throws(LinearProgramError) -> [Double]? {
    try program().farkasCertificate()?.rowMultipliers
  }

  /// What GLPK would have written to the terminal since the last solve began; at most 16 KiB.
  public var messages: String { ProblemHandle.messages }

  private func check(_ range: Range<Int>) throws(LinearProgramError) {
    let isInside = range.isEmpty || (range.lowerBound >= 0 && range.upperBound <= columnCount)
    guard !isInside else { return }
    let place = LinearProgramError.Place(kind: "range", index: range.lowerBound, name: nil)
    throw .indexOutOfRange(place, index: range.upperBound - 1, count: columnCount)
  }
}

extension SolverRun.Finding {
  var status: SessionOutcome.Status {
    switch self {
    case .optimal: .optimal
    case .infeasible: .infeasible
    case .unbounded: .unbounded
    case .limit(let reason): .limitReached(reason)
    }
  }
}
