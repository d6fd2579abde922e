internal import CGLPK
internal import CGLPKTrap

/// What GLPK is asked about while it runs: whether to stop.
final class StopSignal {
  /// Why a run was stopped, once it was.
  private(set) var reason: LimitReport.Reason?
  private let deadline: ContinuousClock.Instant?

  init(deadline: ContinuousClock.Instant?) {
    self.deadline = deadline
  }

  /// Whether the task is cancelled or the time is up.
  var isRaised: Bool {
    if Task.isCancelled {
      reason = .cancelled
    } else if let deadline, ContinuousClock.now >= deadline {
      reason = .time
    }
    return reason != nil
  }
}

/// What one call of a solver came to.
enum RunCode: Equatable {
  /// GLPK returned with this code.
  case returned(Int32)
  /// The stop signal ended the run, and the problem with it.
  case destroyed
}

extension ProblemHandle {
  /// Runs a simplex method from the present basis.
  func simplex(
    _ settings: cglpk_simplex_settings, stop: StopSignal?
  ) throws(LinearProgramError) -> RunCode {
    try unsafe start(stop: stop) { problem, ask, context, code in
      unsafe withUnsafePointer(to: settings) {
        unsafe cglpk_simplex(problem, $0, ask, context, &code)
      }
    }
  }

  /// Runs the simplex method in rational arithmetic from the present basis.
  func exactSimplex(
    _ settings: cglpk_simplex_settings, stop: StopSignal?
  ) throws(LinearProgramError) -> RunCode {
    try unsafe start(stop: stop) { problem, ask, context, code in
      unsafe withUnsafePointer(to: settings) {
        unsafe cglpk_exact(problem, $0, ask, context, &code)
      }
    }
  }

  /// Runs the interior-point method.
  func interiorPoint(stop: StopSignal?) throws(LinearProgramError) -> RunCode {
    try unsafe start(stop: stop) { problem, ask, context, code in
      unsafe cglpk_interior(problem, ask, context, &code)
    }
  }

  private func start(
    stop: StopSignal?,
    _ body: (OpaquePointer, cglpk_interrupt?, UnsafeMutableRawPointer?, inout Int32) -> Int32
  ) throws(LinearProgramError) -> RunCode {
    var code: Int32 = 0
    let context = unsafe stop.map { unsafe Unmanaged.passUnretained($0).toOpaque() }
    let ask: cglpk_interrupt? = unsafe stop == nil ? nil : isStopRaised
    let returned = try unsafe run { unsafe body($0, ask, context, &code) }
    withExtendedLifetime(stop) {}
    return returned ? .returned(code) : .destroyed
  }

  func state(interior: Bool = false) throws(LinearProgramError) -> cglpk_state {
    var state = cglpk_state()
    try unsafe call { unsafe cglpk_get_state($0, interior, &state) }
    return state
  }

  /// Whether the present basic solution is within its bounds.
  func isPrimalFeasible() throws(LinearProgramError) -> Bool {
    try state().primal == GLP_FEAS
  }

  func scale() throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_scale($0) }
  }

  func makeSlackBasis() throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_slack_basis($0) }
  }

  func makeAdvancedBasis() throws(LinearProgramError) {
    try unsafe call { unsafe cglpk_advanced_basis($0) }
  }

  func setBasis(_ basis: Basis) throws(LinearProgramError) {
    let rows = basis.rows.map(\.glpk)
    let columns = basis.columns.map(\.glpk)
    try unsafe call { unsafe cglpk_set_basis($0, rows, columns) }
  }

  func basis() throws(LinearProgramError) -> Basis {
    var rows = [Int32](repeating: 0, count: rowCount)
    var columns = [Int32](repeating: 0, count: columnCount)
    try unsafe call { unsafe cglpk_get_basis($0, &rows, &columns) }
    return Basis(
      rows: rows.map { Basis.Status(glpk: $0) }, columns: columns.map { Basis.Status(glpk: $0) })
  }

  /// Computes the basic solution of the present basis; zero when the basis is regular.
  func warmUp() throws(LinearProgramError) -> Int32 {
    var code: Int32 = 0
    try unsafe call { unsafe cglpk_warm_up($0, &code) }
    return code
  }

  func rowActivities(interior: Bool) throws(LinearProgramError) -> [Double] {
    var values = [Double](repeating: 0, count: rowCount)
    try unsafe call { unsafe cglpk_row_values($0, interior, &values, nil) }
    return values
  }

  func rowDuals(interior: Bool) throws(LinearProgramError) -> [Double] {
    var values = [Double](repeating: 0, count: rowCount)
    try unsafe call { unsafe cglpk_row_values($0, interior, nil, &values) }
    return values
  }

  func columnValues(in range: Range<Int>, interior: Bool) throws(LinearProgramError) -> [Double] {
    var values = [Double](repeating: 0, count: range.count)
    try unsafe call {
      unsafe cglpk_column_values(
        $0, interior, Int32(range.lowerBound), Int32(range.count), &values, nil)
    }
    return values
  }

  func reducedCosts(in range: Range<Int>, interior: Bool) throws(LinearProgramError) -> [Double] {
    var values = [Double](repeating: 0, count: range.count)
    try unsafe call {
      unsafe cglpk_column_values(
        $0, interior, Int32(range.lowerBound), Int32(range.count), nil, &values)
    }
    return values
  }

  /// GLPK's sensitivity numbers, NaN where they do not apply; rows before columns.
  func sensitivity() throws(LinearProgramError) -> Sensitivity? {
    let size = rowCount + columnCount
    var result = Sensitivity(rowAndColumnCount: size, columnCount: columnCount)
    var code: Int32 = 0
    try unsafe call {
      unsafe cglpk_ranging(
        $0, &result.boundLower, &result.boundUpper, &result.costLower, &result.costUpper, &code)
    }
    return code == 0 ? result : nil
  }
}

/// The arrays that `glp_analyze_bound` and `glp_analyze_coef` fill.
struct Sensitivity {
  var boundLower: [Double]
  var boundUpper: [Double]
  var costLower: [Double]
  var costUpper: [Double]

  init(rowAndColumnCount: Int, columnCount: Int) {
    boundLower = [Double](repeating: .nan, count: rowAndColumnCount)
    boundUpper = boundLower
    costLower = [Double](repeating: .nan, count: columnCount)
    costUpper = costLower
  }
}

/// The C side's question, passed on to the stop signal whose address is the context.
private func isStopRaised(_ context: UnsafeMutableRawPointer?) -> Bool {
  guard let context = unsafe context else { return false }
  return unsafe Unmanaged<StopSignal>.fromOpaque(context).takeUnretainedValue().isRaised
}

extension Basis.Status {
  var glpk: Int32 {
    switch self {
    case .basic: GLP_BS
    case .atLower: GLP_NL
    case .atUpper: GLP_NU
    case .free: GLP_NF
    case .fixed: GLP_NS
    }
  }

  init(glpk status: Int32) {
    switch status {
    case GLP_BS: self = .basic
    case GLP_NU: self = .atUpper
    case GLP_NF: self = .free
    case GLP_NS: self = .fixed
    default: self = .atLower
    }
  }
}
