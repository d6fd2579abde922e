internal import CGLPKTrap

extension LinearProgram {
  /// Solves the program.
  ///
  /// Runs on the calling thread until it is done, a limit is reached or the task is cancelled.
  /// When the outcome is infeasible or unbounded, a second program is solved for the certificate.
  /// The exact simplex takes the program's numbers as the rationals that their doubles are (by
  /// `glp_exact` itself they would be rounded to simple fractions, see `ExactScaling`); where
  /// decimals were meant, sums that should be equal may differ in it. A program without any term
  /// is always solved by the primal simplex method.
  ///
  /// Source: GLPK Reference Manual 5.0, sections 2.8 and 2.9.
  /// - Parameter options: Method, limits, tolerances.
  /// - Returns: The outcome, the point and its dual.
  /// - Throws: When a number or an index of the program or a setting is not valid, when the given
  ///   basis is not one, and when the method breaks down.
  public func solve(
    _ options: SolveOptions = SolveOptions()
  ) throws(LinearProgramError) -> LinearProgramSolution {
    try options.check()
    let checked = try CheckedProgram(self)
    let handle = try ProblemHandle(checked)
    defer { handle.close() }
    var run = try SolverRun(handle, options: options, mayDestroy: true)
    let finding = try run.solve()
    if run.isAlive {
      return try solution(
        from: handle, finding, run, try run.point(), isFeasible: try run.isPointFeasible(),
        iterations: try run.iterations())
    }
    let revived = try ProblemHandle(checked)
    defer { revived.close() }
    if let basis = run.lastBasis {
      try revived.setBasis(basis)
      _ = try revived.warmUp()
    }
    return try solution(
      from: revived, finding, run, try revived.point(interior: false),
      isFeasible: try revived.isPrimalFeasible(), iterations: run.lastIterations)
  }

  /// The ranging of costs and bounds at an optimal basis.
  ///
  /// - Parameter basis: A basis from an optimal solution of this program.
  /// - Returns: How far each cost and each active bound moves before the basis changes.
  /// - Throws: `.invalidBasis` when the basis is not optimal for this program.
  public func ranging(of basis: Basis) throws(LinearProgramError) -> Ranging {
    let solution = try solve(
      SolveOptions(method: .primalSimplex, startingBasis: .given(basis), ranging: true))
    guard solution.iterations == 0, let ranging = solution.ranging else {
      throw .invalidBasis("it is not optimal, and ranging needs an optimal basis")
    }
    return ranging
  }

  private func solution(
    from handle: ProblemHandle, _ finding: SolverRun.Finding, _ run: SolverRun,
    _ point: SolverPoint, isFeasible: Bool, iterations: Int
  ) throws(LinearProgramError) -> LinearProgramSolution {
    let basis = run.isInterior ? nil : try handle.basis()
    let wantsRanging = run.options.ranging && finding == .optimal && !run.isInterior
    let sensitivity = wantsRanging ? try handle.sensitivity() : nil
    let messages = ProblemHandle.messages
    let objective = isFeasible ? objective(at: point.columnValues) : nil
    return LinearProgramSolution(
      outcome: try outcome(finding, run, objective: objective, point.rowDuals),
      objective: finding.hasObjective ? objective : nil, columnValues: point.columnValues,
      rowActivities: point.rowActivities, rowDuals: point.rowDuals,
      reducedCosts: point.reducedCosts, basis: basis, iterations: iterations,
      ranging: sensitivity.map { Ranging($0, of: self, point.reducedCosts, basis) },
      messages: messages)
  }

  private func outcome(
    _ finding: SolverRun.Finding, _ run: SolverRun, objective: Double?, _ duals: [Double]
  ) throws(LinearProgramError) -> LinearProgramSolution.Outcome {
    switch finding {
    case .optimal: return .optimal
    case .infeasible:
      return .infeasible(try farkasCertificate(timeLimit: run.options.timeLimit))
    case .unbounded: return .unbounded(try unboundedRay(timeLimit: run.options.timeLimit))
    case .limit(let reason):
      return .limitReached(
        LimitReport(
          reason: reason, achieved: objective, bound: lagrangianBound(rowDuals: duals)))
    }
  }
}

extension SolverRun.Finding {
  /// Whether the objective at the point says something about the program.
  var hasObjective: Bool {
    switch self {
    case .optimal, .limit: true
    case .infeasible, .unbounded: false
    }
  }
}
