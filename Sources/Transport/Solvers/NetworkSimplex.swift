import Measures

/// The network simplex: exact, for any cost matrix and any points.
///
/// Masses are counted in integers of 2⁻¹²⁴ of the total, so that flows are exact and the method cannot
/// cycle; costs are doubles. Forbidden arcs are first-class. Points in up to five dimensions under a
/// Euclidean, squared Euclidean, city-block or Chebyshev cost of order 1 or 2 never become a matrix; in
/// more dimensions a matrix of floats while it has at most 2²⁶ entries. Other costs are scanned in a
/// matrix.
///
///     let p = try Histogram([0.5, 0.5]), q = try Histogram([0, 1])
///     try NetworkSimplex().solve(TransportProblem(from: p, to: q)).cost  // 0.5
///
/// - Complexity: O(m + n) memory, beside the matrix where there is one. Each pivot is a search of boxes or
///   a scan of a row, and a walk of the smaller part of a tree; in practice 10 n to 40 n pivots.
/// - Source: Cunningham 1976; Ahuja, Magnanti, Orlin 1993, chapter 11.
public struct NetworkSimplex: TransportSolver {
  public let name = "network-simplex"
  /// What costs are counted in.
  public let arithmetic: Arithmetic

  /// A solver that counts in doubles or, for a proven fraction, in integers.
  public init(arithmetic: Arithmetic = .double) { self.arithmetic = arithmetic }

  public func reasonAgainst(_ problem: TransportProblem) -> String? {
    problem.capacities == nil ? nil : "arcs have capacities, which only linear programs take"
  }

  public func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    try solve(problem, startingFrom: nil, control: control)
  }

  /// Solves a problem, beginning with what is known of a nearby one.
  ///
  ///     let first = try NetworkSimplex().solve(monday)
  ///     let second = try NetworkSimplex().solve(tuesday, startingFrom: .solution(first))
  ///
  /// The answer is as exact as without; only the way there is shorter, and where the optimum is not
  /// unique another plan may be found. Potentials need not be feasible nor arcs a basis.
  ///
  /// - Parameters:
  ///   - problem: What to solve.
  ///   - warmStart: Potentials or a solution of a problem with as many sources and targets; nil to begin
  ///     from nothing.
  ///   - control: Limits and progress; the task's cancellation counts as a limit.
  /// - Returns: An optimal solution, or at a limit the best plan and potentials so far.
  /// - Throws: `TransportSolverError`, also where the warm start is of another size or not finite.
  public func solve(
    _ problem: TransportProblem, startingFrom warmStart: WarmStart?,
    control: SolveControl = SolveControl()
  ) throws(TransportSolverError) -> TransportSolution {
    try requireSupport(for: problem)
    try warmStart?.requireFit(to: problem)
    return switch arithmetic {
    case .double: try solveInDoubles(problem, warmStart, control)
    case .exact: try solveInIntegers(problem, warmStart, control)
    }
  }

  private func solveInDoubles(
    _ problem: TransportProblem, _ warmStart: WarmStart?, _ control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    let watch = Stopwatch()
    if case .points(let points) = problem.costs,
      let found = PointSimplex.solve(
        problem, points, startingFrom: warmStart, monitor: PivotMonitor(control))
    {
      return solution(of: problem, found, watch, control)
    }
    return try solveDense(problem, warmStart, control)
  }

  private func solution(
    of problem: TransportProblem, _ found: PointSolution, _ watch: Stopwatch,
    _ control: SolveControl
  ) -> TransportSolution {
    let statistics = watch.statistics(solver: name, iterations: found.pivots)
    return found.ending == .optimal
      ? TransportSolution(
        of: problem, plan: found.plan, potentials: found.potentials, statistics: statistics)
      : TransportSolution(
        unfinished: problem, plan: found.plan, potentials: found.potentials,
        threads: control.threads, statistics: statistics)
  }

  private func solveDense(
    _ problem: TransportProblem, _ warmStart: WarmStart?, _ control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    let watch = Stopwatch()
    let monitor = PivotMonitor(control)
    for ceiling in CostLevels.ceilings(of: problem) {
      let reduced = try ReducedProblem(problem, settingAsideCostsAbove: ceiling)
      let hint = warmStart?.hint(
        sources: reduced.sources, targets: reduced.targets, costExponent: reduced.costExponent)
      let result = Self.run(reduced, hint, monitor)
      switch result.ending {
      case .limitReached: return unfinished(problem, reduced, result, watch, control)
      case .infeasible where ceiling == nil:
        throw .infeasible(
          try cut(
            of: problem, counts: result.counts ?? [], sources: reduced.sources,
            targets: reduced.targets))
      case .infeasible: continue
      case .optimal:
        let solution = finished(problem, reduced, result, watch)
        if ceiling == nil || problem.isFeasible(solution.potentials) { return solution }
      }
    }
    throw .numericalFailure("no level of the costs gave an answer")
  }

  /// The simplex on a dense matrix, with flow in 64 bits where the masses allow it.
  private static func run(
    _ reduced: ReducedProblem, _ hint: StartHint<Double>?, _ monitor: PivotMonitor
  ) -> SimplexResult<Double> {
    let quantized = QuantizedMasses(reduced)
    let masses = FlowMasses(supplies: quantized.supplies, demands: quantized.demands)
    let exponent = reduced.massExponent + reduced.costExponent - 124
    let monitor = monitor.counting(
      costsIn: Double(sign: .plus, exponent: exponent, significand: 1))
    return masses.fitsInt64
      ? DenseSimplex<Double, Int64>.solve(
        masses, costs: reduced.costs, tolerance: QuantizedMasses.tolerance, near: hint,
        monitor: monitor)
      : DenseSimplex<Double, Int128>.solve(
        masses, costs: reduced.costs, tolerance: QuantizedMasses.tolerance, near: hint,
        monitor: monitor)
  }

  private func solveInIntegers(
    _ problem: TransportProblem, _ warmStart: WarmStart?, _ control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    let watch = Stopwatch()
    let (form, sources, targets) = try problem.integerForm().restrictedToSupport()
    let masses = FlowMasses(supplies: form.supplies, demands: form.demands)
    let result = DenseSimplex<Int128, Int128>.solve(
      masses, costs: form.costs, tolerance: 0,
      near: warmStart?.hint(
        sources: sources, targets: targets, costUnit: Double(form.costUnit.denominator)),
      monitor: PivotMonitor(control), wantsBasis: true)
    switch result.ending {
    case .limitReached:
      return unfinished(problem, form, sources, targets, result, watch, control)
    case .infeasible:
      let counts = (result.counts ?? []).map { Double($0) }
      throw .infeasible(
        try cut(of: problem, counts: counts, sources: sources, targets: targets))
    case .optimal:
      let optimum = try ExactOptimum(
        of: form, arcs: result.arcs, source: result.source, target: result.target,
        basis: result.basis)
      return optimum.solution(
        of: problem, form: form, sources: sources, targets: targets,
        statistics: watch.statistics(solver: name, iterations: result.pivots))
    }
  }

  private func finished(
    _ problem: TransportProblem, _ reduced: ReducedProblem, _ result: SimplexResult<Double>,
    _ watch: Stopwatch
  ) -> TransportSolution {
    let plan = reduced.plan(QuantizedMasses.arcs(result.arcs), of: problem)
    let full = reduced.potentials(source: result.source, target: result.target, of: problem)
    return TransportSolution(
      of: problem, plan: plan, potentials: full,
      statistics: watch.statistics(solver: name, iterations: result.pivots))
  }

  private func unfinished(
    _ problem: TransportProblem, _ reduced: ReducedProblem, _ result: SimplexResult<Double>,
    _ watch: Stopwatch, _ control: SolveControl
  ) -> TransportSolution {
    let isFeasible = result.forbiddenFlow <= QuantizedMasses.tolerance
    return TransportSolution(
      unfinished: problem,
      plan: isFeasible ? reduced.plan(QuantizedMasses.arcs(result.arcs), of: problem) : nil,
      potentials: reduced.potentials(
        source: result.source, target: result.target, of: problem),
      threads: control.threads,
      statistics: watch.statistics(solver: name, iterations: result.pivots))
  }

  /// The bracket of an exact run that had to stop; it has no exact cost.
  private func unfinished(
    _ problem: TransportProblem, _ form: IntegerTransportProblem, _ sources: [Int],
    _ targets: [Int], _ result: SimplexResult<Int128>, _ watch: Stopwatch,
    _ control: SolveControl
  ) -> TransportSolution {
    let massUnit = Double(form.massUnit.denominator)
    let costUnit = Double(form.costUnit.denominator)
    let arcs = result.arcs.map {
      TransportPlan.Arc(
        source: sources[$0.source], target: targets[$0.target], mass: Double($0.flow) / massUnit)
    }
    return TransportSolution(
      unfinished: problem,
      plan: result.forbiddenFlow > 0
        ? nil
        : TransportPlan(
          arcs: arcs, sourceCount: problem.sourceCount, targetCount: problem.targetCount),
      potentials: problem.tightened(
        source: zip(sources, result.source.map { Double($0) / costUnit }),
        target: zip(targets, result.target.map { Double($0) / costUnit })),
      threads: control.threads,
      statistics: watch.statistics(solver: name, iterations: result.pivots))
  }

  /// The cut that the potentials of the first phase contain.
  private func cut(
    of problem: TransportProblem, counts: [Double], sources: [Int], targets: [Int]
  ) throws(TransportSolverError) -> InfeasibleCut {
    try InfeasibleCut(
      of: problem, source: zip(sources, counts),
      target: zip(targets, counts.dropFirst(sources.count).map { -$0 }))
  }
}

extension TransportProblem {
  /// Whether no arc's reduced cost is negative beyond rounding.
  package func isFeasible(_ potentials: KantorovichPotentials) -> Bool {
    leastReducedCostOfAllArcs(under: potentials).value >= -0x1p-40
  }
}
