import Measures

/// The network simplex on a dense matrix of costs: exact, for any cost matrix and any points.
///
/// Masses are counted in integers of 2⁻¹²⁴ of the total, so that flows are exact and the method cannot
/// cycle; costs are doubles. Forbidden arcs are first-class. Memory is one double per arc.
///
///     let p = try Histogram([0.5, 0.5]), q = try Histogram([0, 1])
///     try NetworkSimplex().solve(TransportProblem(from: p, to: q)).cost  // 0.5
///
/// - Complexity: O(n) memory beside the matrix; each pivot is one scan of a row and a walk of the
///   smaller part of a tree. In practice about n to 10 n pivots.
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
    try requireSupport(for: problem)
    return switch arithmetic {
    case .double: try solveInDoubles(problem, control)
    case .exact: try solveInIntegers(problem, control)
    }
  }

  private func solveInDoubles(
    _ problem: TransportProblem, _ control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    let watch = Stopwatch()
    let monitor = PivotMonitor(control)
    for ceiling in CostLevels.ceilings(of: problem) {
      let reduced = try ReducedProblem(problem, settingAsideCostsAbove: ceiling)
      let masses = QuantizedMasses(reduced)
      var simplex = DenseSimplex(
        supplies: masses.supplies, demands: masses.demands, costs: reduced.costs,
        tolerance: QuantizedMasses.tolerance, monitor: monitor)
      switch simplex.run() {
      case .limitReached:
        return unfinished(problem, reduced, simplex, watch)
      case .infeasible where ceiling == nil:
        throw .infeasible(
          try cut(
            of: problem, counts: simplex.counts ?? simplex.tree.potential,
            sources: reduced.sources, targets: reduced.targets))
      case .infeasible: continue
      case .optimal:
        let solution = finished(problem, reduced, simplex, watch)
        if ceiling == nil || problem.isFeasible(solution.potentials) { return solution }
      }
    }
    throw .numericalFailure("no level of the costs gave an answer")
  }

  private func solveInIntegers(
    _ problem: TransportProblem, _ control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    let watch = Stopwatch()
    let (form, sources, targets) = try problem.integerForm().restrictedToSupport()
    var simplex = DenseSimplex(
      supplies: form.supplies, demands: form.demands, costs: form.costs, tolerance: 0,
      monitor: PivotMonitor(control))
    switch simplex.run() {
    case .limitReached:
      return unfinished(problem, form, sources, targets, simplex, watch)
    case .infeasible:
      let counts = (simplex.counts ?? simplex.tree.potential).map { Double($0) }
      throw .infeasible(
        try cut(of: problem, counts: counts, sources: sources, targets: targets))
    case .optimal:
      let potentials = simplex.potentials
      let optimum = try ExactOptimum(
        of: form, arcs: simplex.arcs, source: potentials.source, target: potentials.target,
        basis: simplex.basis)
      return optimum.solution(
        of: problem, form: form, sources: sources, targets: targets,
        statistics: watch.statistics(solver: name, iterations: simplex.pivots))
    }
  }

  private func finished(
    _ problem: TransportProblem, _ reduced: ReducedProblem, _ simplex: DenseSimplex<Double>,
    _ watch: Stopwatch
  ) -> TransportSolution {
    let potentials = simplex.potentials
    let plan = reduced.plan(QuantizedMasses.arcs(simplex.arcs), of: problem)
    let full = reduced.potentials(
      source: potentials.source, target: potentials.target, of: problem)
    return TransportSolution(
      of: problem, plan: plan, potentials: full,
      statistics: watch.statistics(solver: name, iterations: simplex.pivots))
  }

  private func unfinished(
    _ problem: TransportProblem, _ reduced: ReducedProblem, _ simplex: DenseSimplex<Double>,
    _ watch: Stopwatch
  ) -> TransportSolution {
    let isFeasible = simplex.forbiddenFlow <= QuantizedMasses.tolerance
    let potentials = reduced.potentials(
      source: Array(simplex.tree.potential[..<reduced.rows]),
      target: simplex.tree.potential[reduced.rows...].map { -$0 }, of: problem)
    return TransportSolution(
      unfinished: problem,
      plan: isFeasible ? reduced.plan(QuantizedMasses.arcs(simplex.arcs), of: problem) : nil,
      potentials: potentials,
      statistics: watch.statistics(solver: name, iterations: simplex.pivots))
  }

  /// The bracket of an exact run that had to stop; it has no exact cost.
  private func unfinished(
    _ problem: TransportProblem, _ form: IntegerTransportProblem, _ sources: [Int],
    _ targets: [Int], _ simplex: DenseSimplex<Int128>, _ watch: Stopwatch
  ) -> TransportSolution {
    let massUnit = Double(form.massUnit.denominator)
    let costUnit = Double(form.costUnit.denominator)
    let arcs = simplex.arcs.map {
      TransportPlan.Arc(
        source: sources[$0.source], target: targets[$0.target], mass: Double($0.flow) / massUnit)
    }
    let potentials = simplex.tree.potential.map { Double($0) / costUnit }
    return TransportSolution(
      unfinished: problem,
      plan: simplex.forbiddenFlow > 0
        ? nil
        : TransportPlan(
          arcs: arcs, sourceCount: problem.sourceCount, targetCount: problem.targetCount),
      potentials: problem.tightened(
        source: zip(sources, potentials),
        target: zip(targets, potentials[sources.count...].map { -$0 })),
      statistics: watch.statistics(solver: name, iterations: simplex.pivots))
  }

  /// The cut that the potentials of the first phase contain.
  private func cut(
    of problem: TransportProblem, counts: [Double], sources: [Int], targets: [Int]
  ) throws(TransportSolverError) -> InfeasibleCut {
    var f = [Double](repeating: 0, count: problem.sourceCount)
    var g = [Double](repeating: 0, count: problem.targetCount)
    for (index, i) in sources.enumerated() { f[i] = counts[index] }
    for (index, j) in targets.enumerated() { g[j] = -counts[sources.count + index] }
    let ray = KantorovichPotentials(source: f, target: g)
    guard let cut = InfeasibleCut(of: problem, ray: ray) else {
      throw .numericalFailure("the problem looks infeasible, but no cut proves it")
    }
    return cut
  }
}

extension TransportProblem {
  /// Whether no arc's reduced cost is negative beyond rounding.
  package func isFeasible(_ potentials: KantorovichPotentials) -> Bool {
    leastReducedCostOfAllArcs(under: potentials).value >= -0x1p-40
  }
}

/// Scaled masses as integers of 2⁻¹²⁴, with equal totals.
package struct QuantizedMasses {
  /// The mass of each source.
  package let supplies: [Int128]
  /// The mass of each target.
  package let demands: [Int128]

  private static let places = 124

  /// How much flow counts as rounding of the masses: 2⁻⁴⁰ of a total of one.
  static let tolerance: Int128 = 1 << (places - 40)

  /// The masses of a reduced problem; what the totals differ by goes to the largest target.
  package init(_ reduced: ReducedProblem) {
    self.init(supplies: reduced.supplies, demands: reduced.demands)
  }

  /// Masses of nearly equal totals near one.
  init(supplies: [Double], demands: [Double]) {
    let sources = supplies.map(Self.quantum)
    var targets = demands.map(Self.quantum)
    let difference = sources.reduce(0, +) - targets.reduce(0, +)
    let largest = targets.indices.max { targets[$0] < targets[$1] } ?? 0
    targets[largest] += difference
    self.supplies = sources
    self.demands = targets
  }

  private static func quantum(_ mass: Double) -> Int128 {
    guard mass > 0 else { return 0 }
    return max(1, Int128((mass * 0x1p124).rounded(.toNearestOrEven)))
  }

  /// A flow as a scaled mass.
  static func mass(of flow: Int128) -> Double { Double(flow) * 0x1p-124 }

  /// The flows as scaled masses.
  package static func arcs(_ flows: [ForestArc]) -> [TransportPlan.Arc] {
    flows.map {
      TransportPlan.Arc(source: $0.source, target: $0.target, mass: Double($0.flow) * 0x1p-124)
    }
  }
}
