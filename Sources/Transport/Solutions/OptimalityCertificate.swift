import Measures

/// Whether a plan and potentials are optimal for a problem, checked from the problem's data alone.
///
/// Any plan costs at least what any feasible potentials are worth (weak duality). So if the plan is
/// feasible, the potentials are feasible and both values agree, both are optimal, whoever made them.
/// The three numbers below are free of units and should each be zero up to rounding.
///
/// - Source: Peyré and Cuturi 2019, propositions 2.4 and 3.2 to 3.3; with capacities the dual value is
///   Σ a f + Σ b g − Σ u (f + g − c)₊.
public struct OptimalityCertificate: Hashable, Sendable {
  /// The largest that each of the three numbers may be for the certificate to hold.
  public static let tolerance = 1e-9

  /// The cost of the plan.
  public let primal: Double
  /// The value of the potentials.
  public let dual: Double
  /// (primal − dual) ÷ (Σ π|c| + Σ a|f| + Σ b|g|), with f shifted to be 0 at its least; 0 for 0 / 0.
  public let gap: Double
  /// The largest error of a row sum, a column sum, a negative mass or a mass above its arc's capacity,
  /// divided by the total mass.
  public let marginalError: Double
  /// The least (cᵢⱼ − fᵢ − gⱼ) ÷ (|cᵢⱼ| + |fᵢ| + |gⱼ|) of all arcs without a capacity; 0 for 0 / 0.
  public let minimumReducedCost: Double
  /// The arc where `minimumReducedCost` is attained.
  public let worstArc: WorstArc
  /// Seconds that the check took.
  public let seconds: Double

  /// The arc that violates dual feasibility most, or comes nearest to it.
  public struct WorstArc: Hashable, Sendable {
    /// The index of the source.
    public let source: Int
    /// The index of the target.
    public let target: Int
  }

  /// Whether plan and potentials are feasible and agree, each within `tolerance`.
  public var holds: Bool {
    marginalError <= Self.tolerance && minimumReducedCost >= -Self.tolerance
      && abs(gap) <= Self.tolerance
  }
}

extension OptimalityCertificate {
  /// Checks a plan and potentials against a problem.
  ///
  /// - Parameters:
  ///   - problem: The problem, from which everything is computed anew.
  ///   - plan: A plan for it, of anybody.
  ///   - potentials: Potentials for it, of anybody.
  ///   - threads: How many threads may search the arcs; the answer is the same.
  /// - Complexity: O(m n d); on the line O((m + n) log m), between grids O(n · side) where the cost is a sum over
  ///   the axes, and for many points in few dimensions about
  ///   O((m + n) log n) where the potentials are near an optimum.
  public init(
    of problem: TransportProblem, plan: TransportPlan, potentials: KantorovichPotentials,
    threads: Int = 1
  ) {
    precondition(
      plan.sourceCount == problem.sourceCount && plan.targetCount == problem.targetCount
        && potentials.source.count == problem.sourceCount
        && potentials.target.count == problem.targetCount,
      "plan, potentials and problem have different numbers of sources or targets")
    let watch = Stopwatch()
    primal = problem.cost(of: plan)
    dual = problem.dualValue(of: potentials)
    gap = problem.relativeGap(plan: plan, potentials: potentials)
    marginalError = problem.marginalError(of: plan)
    let least = problem.leastReducedCost(under: potentials, threads: threads)
    minimumReducedCost = least.value
    worstArc = WorstArc(source: least.source, target: least.target)
    seconds = watch.seconds
  }
}

extension TransportSolution {
  /// The certificate of this solution for a problem, computed from the problem's data.
  ///
  /// - Parameters:
  ///   - problem: The problem that was solved.
  ///   - threads: How many threads may search the arcs; the answer is the same.
  /// - Returns: Whether plan and potentials are feasible and agree.
  public func certificate(
    for problem: TransportProblem, threads: Int = 1
  ) -> OptimalityCertificate {
    OptimalityCertificate(of: problem, plan: plan, potentials: potentials, threads: threads)
  }
}

extension TransportProblem {
  /// The least relative reduced cost over all arcs, and where it is.
  package struct LeastReducedCost: Sendable {
    /// The relative reduced cost.
    package var value = Double.infinity
    /// The arc's source.
    package var source = 0
    /// The arc's target.
    package var target = 0

    /// Takes an arc if its reduced cost is less; a forbidden arc has none, NaN counts as −∞.
    mutating func consider(_ source: Int, _ target: Int, cost: Double, _ f: Double, _ g: Double) {
      guard cost < .infinity else { return }
      let relative = TransportProblem.relativeReducedCost(cost, f, g)
      guard relative < value || relative.isNaN else { return }
      self = Self(value: relative.isNaN ? -.infinity : relative, source: source, target: target)
    }

    /// The least of parts of the arcs, the first where several are equal.
    init(ofParts parts: [Self]) {
      self.init()
      for part in parts where part.value < value { self = part }
      self = finished
    }

    init(value: Double = .infinity, source: Int = 0, target: Int = 0) {
      (self.value, self.source, self.target) = (value, source, target)
    }

    /// The record, with 0 where there was no arc to look at.
    var finished: Self { value == .infinity ? Self(value: 0) : self }
  }

  /// (c − f − g) ÷ (|c| + |f| + |g|), 0 where that is 0 / 0.
  static func relativeReducedCost(_ cost: Double, _ f: Double, _ g: Double) -> Double {
    let scale = abs(cost) + abs(f) + abs(g)
    return scale == 0 ? 0 : ((cost - f) - g) / scale
  }

  func leastReducedCost(
    under potentials: KantorovichPotentials, threads: Int = 1
  ) -> LeastReducedCost {
    if isOnTheLine, arcCount > 1 << 20 { return leastReducedCostOnTheLine(under: potentials) }
    if arcCount > Self.manyLatticeArcs,
      let least = leastReducedCostOnTheLattice(under: potentials)
    {
      return least
    }
    if case .points(let points) = costs, arcCount > 1 << 22, capacities == nil,
      points.dimension <= PotentialTree.mostDimensions
    {
      return leastReducedCostInBoxes(under: potentials, threads: threads)
    }
    return leastReducedCostOfAllArcs(under: potentials, threads: threads)
  }

  /// A scan of every arc.
  package func leastReducedCostOfAllArcs(
    under potentials: KantorovichPotentials, threads: Int = 1
  ) -> LeastReducedCost {
    // Few arcs are not worth waking a thread for.
    let parts = SharedRows(sourceCount, threads: arcCount < 1 << 16 ? 1 : threads).map { rows in
      var least = LeastReducedCost()
      var row = [Double](repeating: 0, count: targetCount)
      for i in rows {
        costs.copyRow(i, into: &row)
        let f = potentials.source[i]
        for j in 0..<targetCount where capacities.map({ $0[i, j] == .infinity }) ?? true {
          least.consider(i, j, cost: row[j], f, potentials.target[j])
        }
      }
      return least
    }
    return LeastReducedCost(ofParts: parts)
  }

  /// The largest violation of a constraint of the primal problem, over the total mass.
  func marginalError(of plan: TransportPlan) -> Double {
    var worst = 0.0
    func note(_ error: Double) { worst = error.isNaN ? .infinity : max(worst, error) }
    for (found, wanted) in zip(plan.sourceMarginal, sourceMasses) { note(abs(found - wanted)) }
    for (found, wanted) in zip(plan.targetMarginal, targetMasses) { note(abs(found - wanted)) }
    for arc in plan.arcs {
      note(-arc.mass)
      if let capacities { note(arc.mass - capacities[arc.source, arc.target]) }
    }
    return worst / totalMass
  }

  /// The gap of a plan and potentials, relative to the terms that it is the difference of.
  func relativeGap(plan: TransportPlan, potentials: KantorovichPotentials) -> Double {
    let shift = sourceShift(of: potentials)
    var difference = CompensatedSum()
    var scale = 0.0
    func add(_ term: Double, sign: Double) {
      difference.add(sign * term)
      scale += abs(term)
    }
    for arc in plan.arcs where arc.mass != 0 {
      add(arc.mass * costs[arc.source, arc.target], sign: 1)
    }
    for (mass, f) in zip(sourceMasses, potentials.source) where mass != 0 {
      add(mass * (f - shift), sign: -1)
    }
    for (mass, g) in zip(targetMasses, potentials.target) where mass != 0 {
      add(mass * (g + shift), sign: -1)
    }
    add(capacityRent(of: potentials), sign: 1)
    if difference.value == 0 { return 0 }
    return scale.isFinite ? difference.value / scale : .infinity
  }

  /// The least potential of a source that has mass.
  private func sourceShift(of potentials: KantorovichPotentials) -> Double {
    var least = Double.infinity
    for (mass, f) in zip(sourceMasses, potentials.source) where mass > 0 { least = min(least, f) }
    return least.isFinite ? least : 0
  }
}
