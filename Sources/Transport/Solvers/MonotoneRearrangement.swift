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
    let watch = Stopwatch()
    var staircase = Staircase(problem, points)
    staircase.walk()
    return TransportSolution(
      of: problem, plan: staircase.plan(of: problem), potentials: staircase.potentials,
      statistics: watch.statistics(solver: name, iterations: staircase.steps))
  }
}

/// The walk along the cells of the sorted plan, one step right or down at a time.
private struct Staircase {
  private let points: PairwiseCosts
  private let rows: [Int]
  private let columns: [Int]
  private var left: [Int128]
  private var wanted: [Int128]
  private let massExponent: Int
  private var arcs: [TransportPlan.Arc] = []
  private var f: [Double]
  private var g: [Double]
  private(set) var steps = 0

  init(_ problem: TransportProblem, _ points: PairwiseCosts) {
    self.points = points
    rows = TransportProblem.sortedOrder(of: points.sources)
    columns = TransportProblem.sortedOrder(of: points.targets)
    massExponent = Int(problem.totalMass.exponent) + 1
    let masses = QuantizedMasses(
      supplies: ReducedProblem.scaled(problem.sourceMasses, by: -massExponent),
      demands: ReducedProblem.scaled(problem.targetMasses, by: -massExponent))
    left = masses.supplies
    wanted = masses.demands
    f = [Double](repeating: 0, count: rows.count)
    g = [Double](repeating: 0, count: columns.count)
    arcs.reserveCapacity(rows.count + columns.count)
  }

  /// Moves mass in order.
  ///
  /// Where source and target end together, the source steps first; the cell between carries nothing
  /// but ties its two potentials.
  mutating func walk() {
    var (row, column) = (0, 0)
    g[columns[0]] = points[rows[0], columns[0]]
    while true {
      move(rows[row], columns[column])
      steps += 1
      let sourceIsEmpty = left[rows[row]] == 0
      if row + 1 < rows.count, sourceIsEmpty || column + 1 == columns.count {
        row += 1
        f[rows[row]] = points[rows[row], columns[column]] - g[columns[column]]
      } else if column + 1 < columns.count {
        column += 1
        g[columns[column]] = points[rows[row], columns[column]] - f[rows[row]]
      } else {
        return
      }
    }
  }

  private mutating func move(_ source: Int, _ target: Int) {
    let flow = min(left[source], wanted[target])
    guard flow > 0 else { return }
    left[source] -= flow
    wanted[target] -= flow
    arcs.append(TransportPlan.Arc(source: source, target: target, mass: Double(flow) * 0x1p-124))
  }

  var potentials: KantorovichPotentials {
    KantorovichPotentials(source: f, target: g).awayFromZero
  }

  func plan(of problem: TransportProblem) -> TransportPlan {
    let masses = ReducedProblem.scaled(arcs.map(\.mass), by: massExponent)
    return TransportPlan(
      arcs: zip(arcs, masses).map {
        TransportPlan.Arc(source: $0.source, target: $0.target, mass: $1)
      },
      sourceCount: problem.sourceCount, targetCount: problem.targetCount)
  }
}
