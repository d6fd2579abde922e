public import Transport

/// Exact transport by linear programming: GLPK on the primal, the dual or the Kantorovich–Rubinstein
/// program.
///
/// Each form is a program of its own and gives the same number. Columns (primal) and rows (duals) are
/// generated: GLPK starts from the cheap arcs, and every other arc is priced against its duals until a
/// full round finds none that would help; that round is the proof. So a problem of a million arcs is
/// solved with a few thousand columns.
///
///     let p = try Histogram([0.5, 0.5]), q = try Histogram([0, 1])
///     let problem = try TransportProblem(from: p, to: q)
///     try LinearProgramSolver(form: .dual).solve(problem).cost  // 0.5
///
/// - Source: Peyré and Cuturi 2019, chapters 2 and 3; L. Kantorovich, G. Rubinstein 1958.
public struct LinearProgramSolver: TransportSolver {
  /// Which linear program is solved.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// min ⟨π, c⟩ over plans π.
    case primal
    /// max Σ a f + Σ b g over potentials with fᵢ + gⱼ ≤ cᵢⱼ.
    case dual
    /// max Σ (a − b) φ over 1-Lipschitz φ on the points of both measures; for metric costs only.
    case kantorovichRubinstein
  }

  /// Which linear program is solved.
  public let form: Form
  /// Doubles, or for the primal form a rational simplex whose basis is proven in integers.
  public let arithmetic: Arithmetic

  /// A solver of one form.
  ///
  /// - Parameters:
  ///   - form: Which linear program.
  ///   - arithmetic: Doubles or, for the primal form, exact.
  public init(form: Form = .primal, arithmetic: Arithmetic = .double) {
    self.form = form
    self.arithmetic = arithmetic
  }

  public var name: String {
    switch form {
    case .primal: "glpk"
    case .dual: "glpk-dual"
    case .kantorovichRubinstein: "glpk-kr"
    }
  }

  public func reasonAgainst(_ problem: TransportProblem) -> String? {
    if arithmetic == .exact, form != .primal {
      return "exact arithmetic is for the primal form"
    }
    if arithmetic == .exact, problem.capacities != nil {
      return "capacities are solved in doubles only"
    }
    return form == .kantorovichRubinstein ? problem.reasonAgainstKantorovichRubinstein : nil
  }

  public func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    try requireSupport(for: problem)
    let watch = Stopwatch()
    let solution = try GLPKErrors.translated {
      switch (form, arithmetic) {
      case (.primal, .exact): try solveExactly(problem, control, watch)
      case (.kantorovichRubinstein, _): try solveLipschitz(problem, control, watch)
      case (.primal, _), (.dual, _): try solveByArcs(problem, control, watch)
      }
    }
    guard solution.outcome == .limitReached || solution.certificate(for: problem).holds else {
      throw .numericalFailure(
        """
        GLPK's tolerances are absolute and do not resolve costs or masses of so different sizes; \
        the network simplex does
        """)
    }
    return solution
  }

  /// The primal and the dual form, level by level of the costs.
  private func solveByArcs(
    _ problem: TransportProblem, _ control: SolveControl, _ watch: Stopwatch
  ) throws -> TransportSolution {
    for ceiling in CostLevels.ceilings(of: problem) {
      let reduced = try ReducedProblem(problem, settingAsideCostsAbove: ceiling)
      switch try generate(reduced, control) {
      case .infeasible(let ray):
        guard ceiling == nil else { continue }
        throw TransportSolverError.infeasible(
          try ray.cut(of: problem, sources: reduced.sources, targets: reduced.targets))
      case .limitReached(let found):
        return found.unfinished(problem, reduced, watch, name)
      case .optimal(let found):
        let solution = found.finished(problem, reduced, watch, name)
        if ceiling == nil || problem.isFeasible(solution.potentials) { return solution }
      }
    }
    throw TransportSolverError.numericalFailure("no level of the costs gave an answer")
  }

  private func generate(
    _ reduced: ReducedProblem, _ control: SolveControl
  ) throws -> GenerationEnding {
    if form == .primal {
      var columns = ColumnGeneration(reduced)
      return try columns.solve(control)
    }
    var rows = RowGeneration(reduced)
    return try rows.solve(control)
  }
}

/// How the generation of columns or rows ended.
enum GenerationEnding {
  case optimal(GenerationResult)
  case limitReached(GenerationResult)
  /// The ray of the dual that proves it.
  case infeasible(ArcDuals)
}

/// One number per source and one per target of a reduced problem: potentials, or a ray.
struct ArcDuals {
  var source: [Double]
  var target: [Double]

  /// The cut that a ray contains, with the original indices of its sources and targets.
  func cut(
    of problem: TransportProblem, sources: [Int], targets: [Int]
  ) throws(TransportSolverError) -> InfeasibleCut {
    try InfeasibleCut(of: problem, source: zip(sources, source), target: zip(targets, target))
  }
}

/// A plan, if there is one, and duals of a reduced problem.
struct GenerationResult {
  let arcs: [TransportPlan.Arc]?
  let duals: ArcDuals
  let iterations: Int

  /// The optimal solution of the problem that was reduced.
  func finished(
    _ problem: TransportProblem, _ reduced: ReducedProblem, _ watch: Stopwatch, _ name: String
  ) -> TransportSolution {
    TransportSolution(
      of: problem, plan: reduced.plan(arcs ?? [], of: problem),
      potentials: reduced.potentials(source: duals.source, target: duals.target, of: problem),
      statistics: watch.statistics(solver: name, iterations: iterations))
  }

  /// What is known of the problem when time is up.
  func unfinished(
    _ problem: TransportProblem, _ reduced: ReducedProblem, _ watch: Stopwatch, _ name: String
  ) -> TransportSolution {
    TransportSolution(
      unfinished: problem, plan: arcs.map { reduced.plan($0, of: problem) },
      potentials: reduced.potentials(source: duals.source, target: duals.target, of: problem),
      statistics: watch.statistics(solver: name, iterations: iterations))
  }
}
