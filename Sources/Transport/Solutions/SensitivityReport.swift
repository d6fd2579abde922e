import Measures

/// What an optimal solution says beyond its cost: whether it is the only one, by how much costs and masses
/// may move before it changes, and what each atom contributes.
///
/// Computed from plan, potentials and problem; which solver found them plays no part. Plans of degenerate
/// problems are treated as they are: uniqueness and ranges are those of the plan, not of some basis.
///
///     let report = try SensitivityReport(of: solution, for: problem)
///     report.planIsUnique
///     report.costRange(source: 0, target: 1)  // the plan stays optimal while c₀₁ is in it
///
/// - Source: G. B. Dantzig, M. N. Thapa, "Linear Programming 1", 1997, section 7.5, and for degenerate
///   problems H. Greenberg, "The use of the optimal partition in a linear programming solution for
///   postoptimal analysis", Operations Research Letters 15 (1994).
public struct SensitivityReport: Sendable {
  /// Reduced costs up to this part of |cᵢⱼ| + |fᵢ| + |gⱼ| count as zero.
  public static let tolerance = 1e-12

  /// What one atom has to do with the cost.
  public struct Contribution: Hashable, Sendable {
    /// The mass of the atom.
    public let mass: Double
    /// Σ π c over the arcs at the atom; the contributions of all sources sum to the cost, and so do those
    /// of all targets.
    public let cost: Double
    /// The potential of the atom: what a unit of mass more costs there, up to a constant that all sources
    /// gain and all targets lose.
    public let price: Double
  }

  /// Whether no other plan is optimal.
  public let planIsUnique: Bool
  /// Whether the potentials of atoms with mass are determined up to one constant.
  public let potentialsAreUnique: Bool
  /// The least relative reduced cost that was not taken as zero: how near the nearest decision was.
  ///
  /// Nil where every allowed arc is tight.
  public let leastPositiveReducedCost: Double?
  /// The contribution of each source.
  public let sources: [Contribution]
  /// The contribution of each target.
  public let targets: [Contribution]
  let problem: TransportProblem
  let potentials: KantorovichPotentials
  let graph: TightGraph

  /// Analyses an optimal solution.
  ///
  /// - Parameters:
  ///   - solution: The solution, of any solver; its certificate must hold.
  ///   - problem: The problem.
  /// - Throws: `SensitivityError`.
  /// - Complexity: O(m n d); for many points in few dimensions about O((m + n) log n).
  public init(
    of solution: TransportSolution, for problem: TransportProblem
  ) throws(SensitivityError) {
    guard problem.capacities == nil else { throw .capacities }
    guard solution.certificate(for: problem).holds else { throw .notOptimal }
    self.problem = problem
    potentials = solution.potentials
    let tight = problem.tightArcs(under: solution.potentials, tolerance: Self.tolerance)
    graph = TightGraph(
      tight.arcs, plan: problem.withoutRounding(solution.plan),
      sourceCount: problem.sourceCount, targetCount: problem.targetCount)
    leastPositiveReducedCost = tight.leastAside
    let components = graph.components
    planIsUnique = graph.isPlanUnique(components)
    potentialsAreUnique = graph.isConnected(
      components, masses: problem.sourceMasses + problem.targetMasses)
    var costs = [CompensatedSum](
      repeating: CompensatedSum(), count: problem.sourceCount + problem.targetCount)
    for arc in solution.plan.arcs where arc.mass != 0 {
      let cost = arc.mass * problem.costs[arc.source, arc.target]
      costs[arc.source].add(cost)
      costs[problem.sourceCount + arc.target].add(cost)
    }
    sources = problem.sourceMasses.indices.map { i in
      Contribution(
        mass: problem.sourceMasses[i], cost: costs[i].value, price: solution.potentials.source[i])
    }
    targets = problem.targetMasses.indices.map { j in
      Contribution(
        mass: problem.targetMasses[j], cost: costs[problem.sourceCount + j].value,
        price: solution.potentials.target[j])
    }
  }
}

/// Why there is no sensitivity report.
public enum SensitivityError: Error, Hashable, Sendable {
  /// Arcs have capacities, for which ranges are not computed; `LinearProgram` with ranging has them.
  case capacities
  /// The solution is not optimal for the problem: its certificate does not hold. Solve to the end first.
  case notOptimal
}

extension SensitivityError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .capacities: "sensitivity is not computed for problems with capacities"
    case .notOptimal: "sensitivity needs an optimal solution, and this one's certificate fails"
    }
  }
}
