import Measures
import RealModule

/// What a solver found: a plan, potentials, and the cost of the plan.
///
/// Nothing here needs to be believed: `certificate(for:)` checks plan and potentials against the
/// problem's own data.
public struct TransportSolution: Sendable {
  /// Whether the solver finished.
  public enum Outcome: Hashable, Sendable {
    /// Plan and potentials are optimal.
    case optimal
    /// Time was up or the task was cancelled: the bracket says what is known.
    case limitReached
  }

  /// Bounds on the optimal cost: lower by feasible potentials, upper by a feasible plan.
  public struct Bracket: Hashable, Sendable {
    /// The value of feasible potentials.
    public let lower: Double
    /// The cost of a feasible plan; infinite while none is known.
    public let upper: Double

    /// Bounds on the optimal cost.
    public init(lower: Double, upper: Double) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// Whether the solver finished.
  public let outcome: Outcome
  /// The plan; optimal if `outcome` is.
  public let plan: TransportPlan
  /// The potentials; optimal if `outcome` is.
  public let potentials: KantorovichPotentials
  /// Σ πᵢⱼ cᵢⱼ, with the masses of the problem.
  public let cost: Double
  /// The cost to the power 1 / order.
  public let distance: Double
  /// Bounds on the optimal cost where the solver stopped early; nil where it is optimal.
  public let bracket: Bracket?
  /// The exact cost, if exact arithmetic was asked for.
  public let exactCost: ExactCost?
  /// Which solver, why, and what it took.
  public var statistics: SolverStatistics

  /// An optimal solution; its cost is computed from the plan and the problem's data.
  ///
  /// - Parameters:
  ///   - problem: The problem that was solved.
  ///   - plan: An optimal plan.
  ///   - potentials: Optimal potentials.
  ///   - exactCost: The exact optimal cost, if known.
  ///   - statistics: Which solver, why, and what it took.
  public init(
    of problem: TransportProblem, plan: TransportPlan, potentials: KantorovichPotentials,
    exactCost: ExactCost? = nil, statistics: SolverStatistics
  ) {
    outcome = .optimal
    self.plan = exactCost == nil ? problem.withoutRounding(plan) : plan
    self.potentials = potentials
    cost = problem.cost(of: self.plan)
    distance = problem.distance(ofCost: cost)
    bracket = nil
    self.exactCost = exactCost
    self.statistics = statistics
  }

  /// What a solver has when it must stop: a feasible plan, if there is one, and any potentials.
  ///
  /// The potentials are repaired by c-transforms, so that the lower bound holds whatever they were.
  ///
  /// - Parameters:
  ///   - problem: The problem that was being solved.
  ///   - plan: A feasible plan, or nil.
  ///   - potentials: Potentials, feasible or not.
  ///   - threads: How many threads may repair them.
  ///   - statistics: Which solver, why, and what it took.
  public init(
    unfinished problem: TransportProblem, plan: TransportPlan?, potentials: KantorovichPotentials,
    threads: Int = 1, statistics: SolverStatistics
  ) {
    outcome = .limitReached
    self.plan =
      plan
      ?? TransportPlan(
        arcs: [], sourceCount: problem.sourceCount, targetCount: problem.targetCount)
    self.potentials = problem.repaired(potentials, threads: threads)
    cost = plan.map { problem.cost(of: $0) } ?? .infinity
    distance = problem.distance(ofCost: cost)
    bracket = Bracket(lower: problem.dualValue(of: self.potentials), upper: cost)
    exactCost = nil
    self.statistics = statistics
  }
}

extension TransportProblem {
  /// A plan without the arcs that carry nothing but a rounding of the masses at both their ends.
  ///
  /// 0.1 + 0.2 and 0.3 differ as doubles; the 5.6e-17 between them are no way that mass has to take.
  func withoutRounding(_ plan: TransportPlan) -> TransportPlan {
    func isRounding(_ arc: TransportPlan.Arc) -> Bool {
      arc.mass <= 0x1p-50 * min(sourceMasses[arc.source], targetMasses[arc.target])
    }
    guard plan.arcs.contains(where: isRounding) else { return plan }
    return TransportPlan(
      arcs: plan.arcs.filter { !isRounding($0) }, sourceCount: sourceCount,
      targetCount: targetCount)
  }

  /// The cost of a plan, Σ πᵢⱼ cᵢⱼ; infinite if it uses a forbidden arc.
  ///
  /// - Complexity: O(k d) for k arcs.
  public func cost(of plan: TransportPlan) -> Double {
    var sum = CompensatedSum()
    for arc in plan.arcs where arc.mass != 0 {
      sum.add(arc.mass * costs[arc.source, arc.target])
    }
    return sum.value
  }

  /// The value of potentials: Σ a f + Σ b g − Σ u (f + g − c)₊ over arcs of capacity u.
  ///
  /// - Complexity: O(m + n), with capacities O(m n).
  public func dualValue(of potentials: KantorovichPotentials) -> Double {
    var sum = CompensatedSum()
    for (mass, potential) in zip(sourceMasses, potentials.source) where mass != 0 {
      sum.add(mass * potential)
    }
    for (mass, potential) in zip(targetMasses, potentials.target) where mass != 0 {
      sum.add(mass * potential)
    }
    sum.add(-capacityRent(of: potentials))
    return sum.value
  }

  /// Σ u (f + g − c)₊ over the arcs of finite capacity.
  func capacityRent(of potentials: KantorovichPotentials) -> Double {
    guard let capacities else { return 0 }
    var sum = CompensatedSum()
    for i in 0..<sourceCount {
      for j in 0..<targetCount where capacities[i, j] < .infinity {
        let excess = potentials.source[i] + potentials.target[j] - costs[i, j]
        if excess > 0 { sum.add(capacities[i, j] * excess) }
      }
    }
    return sum.value
  }

  /// The distance that belongs to a cost: its root of the problem's order.
  public func distance(ofCost cost: Double) -> Double {
    Self.distance(ofCost: cost, order: order)
  }

  /// The root of a cost, of an order.
  static func distance(ofCost cost: Double, order: Double) -> Double {
    if order == 1 { return cost }
    return order == 2 ? cost.squareRoot() : Double.pow(cost, 1 / order)
  }
}
