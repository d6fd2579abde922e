import GLPK
import Transport

extension LinearProgramSolver {
  /// The primal program by GLPK's rational simplex; its basis is then proven in integers.
  ///
  /// GLPK takes doubles, so integers beyond 2⁵³ reach it rounded. That can cost the proof but never
  /// makes a wrong one: flows, potentials and all reduced costs are recomputed from the basis in
  /// integers.
  func solveExactly(
    _ problem: TransportProblem, _ control: SolveControl, _ watch: Stopwatch
  ) throws -> TransportSolution {
    let (form, sources, targets) = try problem.integerForm().restrictedToSupport()
    var program = RationalProgram(form)
    switch try program.solve(control) {
    case .infeasible(let ray):
      throw TransportSolverError.infeasible(
        try ray.cut(of: problem, sources: sources, targets: targets))
    case .limitReached:
      return try stopped(problem, watch)
    case .optimal(let basis, let anchors, let iterations):
      let optimum = try ExactOptimum(of: form, basis: basis, anchors: anchors)
      return optimum.solution(
        of: problem, form: form, sources: sources, targets: targets,
        statistics: watch.statistics(solver: name, iterations: iterations))
    }
  }

  /// The bracket of a rational run that had to stop: a greedy plan, and potentials from a c-transform.
  private func stopped(
    _ problem: TransportProblem, _ watch: Stopwatch
  ) throws(TransportSolverError) -> TransportSolution {
    let reduced = try ReducedProblem(problem)
    let nothing = ArcDuals(
      source: [Double](repeating: 0, count: reduced.rows),
      target: [Double](repeating: 0, count: reduced.columns))
    return GenerationResult(
      arcs: GreedyPlan.feasibleArcs(of: reduced), duals: nothing, iterations: 0
    ).unfinished(problem, reduced, watch, name)
  }
}

/// The whole primal program in integers, scaled by powers of two, for `glp_exact`.
private struct RationalProgram {
  enum Ending {
    case optimal(basis: [BasisArc], anchors: [Int], iterations: Int)
    case infeasible(ArcDuals)
    case limitReached
  }

  private let form: IntegerTransportProblem
  private var arcs: [BasisArc] = []
  private var program = LinearProgram(.minimize)

  init(_ form: IntegerTransportProblem) {
    self.form = form
    let largest =
      form.costs.lazy.filter { $0 != IntegerTransportProblem.forbidden }
      .map { abs(Double($0)) }.max() ?? 0
    let costScale = Self.scale(largest)
    let massScale = Self.scale(Double(form.totalMass))
    for supply in form.supplies { program.addRow(.exactly(Double(supply) * massScale), terms: []) }
    for demand in form.demands.dropLast() {
      program.addRow(.exactly(Double(demand) * massScale), terms: [])
    }
    for i in 0..<form.sourceCount {
      for j in 0..<form.targetCount {
        let cost = form.costs[i * form.targetCount + j]
        guard cost != IntegerTransportProblem.forbidden else { continue }
        arcs.append(BasisArc(source: i, target: j))
        let column = program.addColumn(cost: Double(cost) * costScale)
        program.addTerm(1, of: column, in: LinearProgram.Row(i))
        guard j + 1 < form.targetCount else { continue }
        program.addTerm(1, of: column, in: LinearProgram.Row(form.sourceCount + j))
      }
    }
  }

  /// The power of two that brings a number to one half up to one; 1 for zero.
  private static func scale(_ value: Double) -> Double {
    value > 0 ? Double(sign: .plus, exponent: -Int(value.exponent) - 1, significand: 1) : 1
  }

  mutating func solve(_ control: SolveControl) throws -> Ending {
    guard !arcs.isEmpty else { return .infeasible(everySource) }
    let options = ScaledProgram.options(.exactSimplex, LimitWatch(control))
    let solution = try program.solve(options)
    switch solution.outcome {
    case .optimal:
      guard let basis = solution.basis else {
        throw TransportSolverError.notExact("GLPK gave no basis")
      }
      let chosen = zip(arcs, basis.columns).filter { $0.1 == .basic }.map(\.0)
      let slack = basis.rows.indices.filter { basis.rows[$0] == .basic }
      let last = form.sourceCount + form.targetCount - 1
      return .optimal(basis: chosen, anchors: slack + [last], iterations: solution.iterations)
    case .infeasible(let certificate):
      guard let multipliers = certificate?.rowMultipliers else {
        throw TransportSolverError.numericalFailure("GLPK finds no plan and no proof of it")
      }
      return .infeasible(
        ArcDuals(
          source: Array(multipliers[..<form.sourceCount]),
          target: multipliers[form.sourceCount...] + [0]))
    case .limitReached: return .limitReached
    case .unbounded:
      throw TransportSolverError.numericalFailure("GLPK calls a bounded program unbounded")
    }
  }

  /// The ray of a problem without any arc.
  private var everySource: ArcDuals {
    ArcDuals(
      source: [Double](repeating: 1, count: form.sourceCount),
      target: [Double](repeating: 0, count: form.targetCount))
  }
}
