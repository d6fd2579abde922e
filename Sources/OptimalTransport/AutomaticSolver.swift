public import Transport
import TransportGLPK

/// Takes the solver that suits a problem, and says which and why.
///
/// | problem | solver |
/// | --- | --- |
/// | on the line, convex cost | `MonotoneRearrangement` |
/// | on a circle | `CircularRearrangement` |
/// | between grids, costs that `GridFlow` takes | `GridFlow` |
/// | arcs with capacities | `LinearProgramSolver` |
/// | up to 2,500 arcs | `LinearProgramSolver` |
/// | otherwise, and where masses or costs range over more than nine orders | `NetworkSimplex` |
///
/// The choice stands in the solution's `statistics.solver` and `statistics.reason`.
public struct AutomaticSolver: TransportSolver {
  public let name = "automatic"
  /// Doubles, or integers for an exact cost.
  public let arithmetic: Arithmetic

  /// The number of arcs up to which GLPK's linear program is taken.
  public static let largestLinearProgram = 2_500
  /// GLPK's tolerances are absolute: masses below this part of the total could be lost to them.
  private static let leastMassShare = 1e-9
  /// So could costs below this part of the largest.
  private static let leastCostShare = 1e-9

  /// A solver that chooses.
  public init(arithmetic: Arithmetic = .double) { self.arithmetic = arithmetic }

  /// The solver for a problem, and why.
  public func choice(for problem: TransportProblem) -> (solver: any TransportSolver, reason: String)
  {
    if problem.capacities != nil {
      return (LinearProgramSolver(arithmetic: arithmetic), "arcs have capacities")
    }
    if arithmetic == .double, problem.isOnTheLine {
      return (MonotoneRearrangement(), "points on the line with a convex cost")
    }
    if arithmetic == .double, CircularRearrangement().supports(problem) {
      return (CircularRearrangement(), "points on a circle")
    }
    if arithmetic == .double, let reason = GridFlow().reason(for: problem) {
      return (GridFlow(), reason)
    }
    let simplex = NetworkSimplex(arithmetic: arithmetic)
    if problem.arcCount > Self.largestLinearProgram {
      return (simplex, "more than \(Self.largestLinearProgram) arcs")
    }
    if arithmetic == .double, problem.leastMassShare < Self.leastMassShare {
      return (simplex, "masses range over more than nine orders of magnitude")
    }
    if arithmetic == .double, problem.leastCostShare < Self.leastCostShare {
      return (simplex, "costs range over more than nine orders of magnitude")
    }
    return (
      LinearProgramSolver(arithmetic: arithmetic), "at most \(Self.largestLinearProgram) arcs"
    )
  }

  public func reasonAgainst(_ problem: TransportProblem) -> String? {
    choice(for: problem).solver.reasonAgainst(problem)
  }

  public func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    let (solver, reason) = choice(for: problem)
    var solution = try solver.solve(problem, control: control)
    solution.statistics.reason = reason
    return solution
  }
}

extension TransportProblem {
  /// The least positive mass as a part of the total.
  var leastMassShare: Double {
    let least = (sourceMasses + targetMasses).lazy.filter { $0 > 0 }.min() ?? 1
    return least / totalMass
  }

  /// The least cost that is not zero as a part of the largest; forbidden arcs do not count.
  ///
  /// - Complexity: O(m n d).
  var leastCostShare: Double {
    var (least, largest) = (Double.infinity, 0.0)
    var row = [Double](repeating: 0, count: targetCount)
    for source in 0..<sourceCount {
      costs.copyRow(source, into: &row)
      for cost in row where cost != 0 && cost < .infinity {
        least = min(least, abs(cost))
        largest = max(largest, abs(cost))
      }
    }
    return largest == 0 ? 1 : least / largest
  }
}
