internal import CGLPK
internal import CGLPKTrap

/// One solve of a GLPK problem: its settings, its deadline and what is left of its limits.
///
/// GLPK has no callback in its simplex method. A run is therefore cut into stretches of a limited
/// number of iterations, between which cancellation is seen and progress reported. The first
/// stretch has 200 iterations and each next one a quarter more, so that restarts cost little, a
/// method that stalls is not restarted for ever, and the path does not depend on the clock. Inside
/// a stretch, and in presolve and interior-point runs, which cannot be resumed, the stop signal
/// can end the run through GLPK's terminal hook, at the price of the problem object.
struct SolverRun {
  /// What a run found out.
  enum Finding: Equatable {
    case optimal
    case infeasible
    case unbounded
    case limit(LimitReport.Reason)
  }

  let handle: ProblemHandle
  let options: SolveOptions
  /// Set when the problem object may be given up to stop at once.
  let stop: StopSignal?
  /// The basis at the end of the last stretch, kept only when the problem may be given up.
  private(set) var lastBasis: Basis?
  /// The iterations made by then.
  private(set) var lastIterations = 0
  /// Whether the point is the interior-point method's.
  var isInterior = false
  /// What the exact method found, for the handle itself keeps only its basis.
  var exactPoint: SolverPoint?
  /// Whether that point is feasible.
  var isExactPointFeasible = false
  var exactIterations = 0
  /// Whether the problem object still exists.
  var isAlive = true

  private let start = ContinuousClock.now
  private let deadline: ContinuousClock.Instant?
  private let firstIteration: Int
  private var presolve: Bool
  private var stretch = 200.0

  init(
    _ handle: ProblemHandle, options: SolveOptions, mayDestroy: Bool
  ) throws(LinearProgramError) {
    try options.check()
    self.handle = handle
    self.options = options
    // Clamped to thirty years, so that no sum overflows.
    deadline = options.timeLimit.map { ContinuousClock.now + min($0, .seconds(1_000_000_000)) }
    // The simplex methods look at the clock themselves; the interior-point method does not.
    let signalledDeadline = options.method == .interiorPoint ? deadline : nil
    stop = mayDestroy ? StopSignal(deadline: signalledDeadline) : nil
    presolve = options.presolve
    firstIteration = Int(try handle.state().iterations)
  }

  /// Solves by the method of the options.
  mutating func solve() throws(LinearProgramError) -> Finding {
    try prepareBasis()
    if options.scaling, options.method != .exactSimplex { try handle.scale() }
    let isEmpty = try handle.shape().terms == 0
    switch options.method {
    case _ where isEmpty: return try primal()
    case .primalSimplex: return try primal()
    case .dualSimplex, .dualThenPrimalSimplex: return try dualThenPrimal()
    case .interiorPoint: return try interiorPoint()
    case .exactSimplex: return try exact()
    }
  }

  /// Simplex iterations of this run so far.
  func iterations() throws(LinearProgramError) -> Int {
    Int(try handle.state().iterations) - firstIteration + exactIterations
  }

  /// The last point, as the method that found it says.
  func point() throws(LinearProgramError) -> SolverPoint {
    if let exactPoint { return exactPoint }
    return try handle.point(interior: isInterior)
  }

  /// Whether that point is within the bounds.
  func isPointFeasible() throws(LinearProgramError) -> Bool {
    if exactPoint != nil { return isExactPointFeasible }
    return isInterior ? true : try handle.isPrimalFeasible()
  }

  private func prepareBasis() throws(LinearProgramError) {
    switch options.startingBasis {
    case .current: break
    case .allSlack: try handle.makeSlackBasis()
    case .advanced:
      // glp_adv_basis refuses an empty problem.
      let isEmpty = handle.rowCount == 0 || handle.columnCount == 0
      if isEmpty { try handle.makeSlackBasis() } else { try handle.makeAdvancedBasis() }
    case .given(let basis):
      try basis.check(rowCount: handle.rowCount, columnCount: handle.columnCount)
      try handle.setBasis(basis)
      guard handle.rowCount > 0, try handle.warmUp() != 0 else { return }
      throw .invalidBasis("its columns are linearly dependent")
    }
  }
}

// MARK: Simplex methods

extension SolverRun {
  private mutating func primal() throws(LinearProgramError) -> Finding {
    let code = try stretches(GLP_PRIMAL)
    if let finding = try finding(after: code, in: handle) { return finding }
    throw .numericalFailure("the primal simplex method ended with GLPK's code \(describe(code))")
  }

  mutating func dualThenPrimal() throws(LinearProgramError) -> Finding {
    let code = try stretches(GLP_DUAL)
    if let finding = try finding(after: code, in: handle) { return finding }
    return try primal()
  }

  /// Runs one simplex method until it ends by itself or at a limit.
  private mutating func stretches(_ method: Int32) throws(LinearProgramError) -> StretchEnd {
    var hasRetried = false
    while true {
      if let reason = try limitReached() { return .limit(reason) }
      let code = try handle.simplex(try settings(method), stop: stop)
      guard case .returned(let value) = code else {
        isAlive = false
        return .limit(stop?.reason ?? .cancelled)
      }
      switch value {
      case GLP_EITLIM, GLP_ETMLIM:
        if presolve { return .limit(value == GLP_EITLIM ? .iterations : .time) }
        try report()
        stretch *= 1.25
      case GLP_ENOPFS, GLP_ENODFS:
        // The presolver tells neither a ray nor infeasible from unbounded for sure.
        presolve = false
      case GLP_EBADB, GLP_ESING, GLP_ECOND:
        // So it is after a session has removed basic columns or nonbasic rows.
        if hasRetried { return .code(value) }
        hasRetried = true
        try handle.makeSlackBasis()
      default: return .code(value)
      }
    }
  }

  func limitReached(
    exactIterations: Int = 0
  ) throws(LinearProgramError) -> LimitReport.Reason? {
    if Task.isCancelled { return .cancelled }
    if let deadline, ContinuousClock.now >= deadline { return .time }
    if let limit = options.iterationLimit, try iterations() + exactIterations >= limit {
      return .iterations
    }
    return nil
  }

  /// Keeps what there is, for the case that the problem is given up.
  mutating func keepBasis() throws(LinearProgramError) {
    guard stop != nil else { return }
    lastBasis = try handle.basis()
    lastIterations = try iterations()
  }

  private mutating func report() throws(LinearProgramError) {
    try keepBasis()
    guard let progress = options.progress else { return }
    let state = try handle.state()
    progress(
      SolveOptions.Progress(
        iterations: Int(state.iterations) - firstIteration, objective: state.objective,
        isFeasible: state.primal == GLP_FEAS, elapsed: ContinuousClock.now - start))
  }

  func settings(_ method: Int32) throws(LinearProgramError) -> cglpk_simplex_settings {
    var iterations = presolve ? Double(Int32.max) : stretch
    if let limit = options.iterationLimit {
      iterations = min(iterations, Double(limit - (try self.iterations())))
    }
    return cglpk_simplex_settings(
      method: method,
      pricing: options.pricing == .steepest ? GLP_PT_PSE : GLP_PT_STD,
      ratio_test: options.ratioTest == .harris ? GLP_RT_HAR : GLP_RT_STD,
      presolve: presolve ? GLP_ON : GLP_OFF,
      iteration_limit: Int32(min(iterations, Double(Int32.max))),
      milliseconds: milliseconds(until: deadline),
      primal_tolerance: options.primalTolerance, dual_tolerance: options.dualTolerance,
      pivot_tolerance: options.pivotTolerance)
  }

  private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return Int32.max }
    let left = (deadline - ContinuousClock.now) / .milliseconds(1)
    return Int32(max(1, min(left, Double(Int32.max))))
  }

  /// How a simplex method ended.
  enum StretchEnd {
    case code(Int32)
    case limit(LimitReport.Reason)
  }

  /// What GLPK's return code and statuses mean; nil when they decide nothing.
  func finding(
    after end: StretchEnd, in handle: ProblemHandle
  ) throws(LinearProgramError) -> Finding? {
    switch end {
    case .limit(let reason): return .limit(reason)
    case .code(let value) where value != 0: return nil
    case .code: break
    }
    let state = try handle.state()
    switch (state.primal, state.dual) {
    case (GLP_FEAS, GLP_FEAS): return .optimal
    case (GLP_NOFEAS, _): return .infeasible
    case (GLP_FEAS, GLP_NOFEAS): return .unbounded
    default: return nil
    }
  }

  func describe(_ end: StretchEnd) -> String {
    switch end {
    case .code(0): "0 and no solution"
    case .code(GLP_EBADB): "GLP_EBADB (invalid basis)"
    case .code(GLP_ESING): "GLP_ESING (singular basis)"
    case .code(GLP_ECOND): "GLP_ECOND (ill-conditioned basis)"
    case .code(GLP_EFAIL): "GLP_EFAIL (solver failed)"
    case .code(let value): "\(value)"
    case .limit(let reason): "\(reason)"
    }
  }
}
