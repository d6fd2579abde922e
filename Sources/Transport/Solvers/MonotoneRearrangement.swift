import Measures

/// The closed form on the line: both measures sorted, mass moved in order.
///
/// For every convex cost |x − y|^p, p ≥ 1, the plan that never crosses is optimal, and walking along
/// its staircase gives the potentials. No search, no tolerance.
///
///     let p = try Histogram([1, 0, 0]), q = try Histogram([0, 0, 1])
///     try MonotoneRearrangement().solve(TransportProblem(from: p, to: q)).cost  // 2.0
///
/// - Complexity: O((m + n) log (m + n)).
/// - Source: Peyré and Cuturi 2019, section 2.6; the potentials are feasible because the cost is Monge.
public struct MonotoneRearrangement: TransportSolver {
  public let name = "monotone"

  /// A solver; it has no settings.
  public init() {}

  public func reasonAgainst(_ problem: TransportProblem) -> String? {
    problem.isOnTheLine
      ? nil
      : """
      the closed form needs points on the line under a convex power of |x − y|, without capacities
      """
  }

  public func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    try requireSupport(for: problem)
    guard case .points(let points) = problem.costs else {
      preconditionFailure("a problem on the line has points")
    }
    guard let exponent = problem.costs.lineExponent else {
      preconditionFailure("a problem on the line has an exponent")
    }
    let watch = Stopwatch()
    var staircase = Staircase(problem, points, LineCost(exponent: exponent))
    staircase.climb()
    return TransportSolution(
      of: problem, plan: staircase.plan(of: problem), potentials: staircase.potentials,
      statistics: watch.statistics(solver: name, iterations: staircase.steps))
  }
}

/// The plan and the potentials along the cells of the sorted plan.
private struct Staircase {
  private let cost: LineCost
  private var walk: LineWalk
  private var arcs: [TransportPlan.Arc] = []
  private var f: [Double]
  private var g: [Double]
  private(set) var steps = 0

  init(_ problem: TransportProblem, _ points: PairwiseCosts, _ cost: LineCost) {
    self.cost = cost
    walk = LineWalk(problem, points)
    f = [Double](repeating: 0, count: problem.sourceCount)
    g = [Double](repeating: 0, count: problem.targetCount)
    arcs.reserveCapacity(problem.sourceCount + problem.targetCount)
  }

  /// Moves mass in order; every cell, one without mass too, ties its two potentials.
  mutating func climb() {
    var before: LineWalk.Step?
    while let step = walk.next() {
      let (source, target) = (walk.rows[step.row], walk.columns[step.column])
      let price = cost(walk.rowPositions[step.row], walk.columnPositions[step.column])
      if step.row != before?.row, before != nil {
        f[source] = price - g[target]
      } else {
        g[target] = price - f[source]
      }
      if step.flow > 0 {
        arcs.append(TransportPlan.Arc(source: source, target: target, mass: step.mass))
      }
      steps += 1
      before = step
    }
  }

  var potentials: KantorovichPotentials {
    KantorovichPotentials(source: f, target: g).awayFromZero
  }

  func plan(of problem: TransportProblem) -> TransportPlan {
    let masses = ReducedProblem.scaled(arcs.map(\.mass), by: walk.massExponent)
    return TransportPlan(
      arcs: arcs.indices.map {
        TransportPlan.Arc(source: arcs[$0].source, target: arcs[$0].target, mass: masses[$0])
      },
      sourceCount: problem.sourceCount, targetCount: problem.targetCount)
  }
}
