import Measures

/// Why no plan exists: sources that have more mass than all the targets they may ship to can take.
///
/// All arcs from `sources` to targets outside `targets` are forbidden or carry at most `capacity` in
/// all; `supply > demand + capacity` proves that no plan exists.
public struct InfeasibleCut: Hashable, Sendable {
  /// The sources that cannot ship what they have.
  public let sources: [Int]
  /// The targets that they can ship to without limit.
  public let targets: [Int]
  /// The mass of those sources.
  public let supply: Double
  /// The mass that those targets take.
  public let demand: Double
  /// The total capacity of arcs from those sources to other targets.
  public let capacity: Double

  /// How much mass the cut leaves without a way, as part of the sources' supply.
  public var shortfall: Double { supply - demand - capacity }
}

extension InfeasibleCut {
  /// The cut that a ray of the dual problem contains, or nil if the ray proves nothing.
  ///
  /// A ray (f, g) with fᵢ + gⱼ ≤ 0 on every allowed arc and Σ a f + Σ b g − Σ u (f + g)₊ > 0 is a
  /// proof of infeasibility. For the sources with f ≥ t and the targets with g ≤ −t the sum of the
  /// shortfalls over all t is that value, so for some t the shortfall is positive; the largest is
  /// returned, computed from the masses.
  ///
  /// - Parameters:
  ///   - problem: The problem said to be infeasible.
  ///   - ray: Potentials that increase without bound.
  /// - Complexity: O(t m n) for t different values of f.
  package init?(of problem: TransportProblem, ray: KantorovichPotentials) {
    let thresholds = Set(zip(ray.source, problem.sourceMasses).filter { $0.1 > 0 }.map(\.0))
    var best: InfeasibleCut?
    for threshold in thresholds {
      let sources = ray.source.indices.filter {
        ray.source[$0] >= threshold && problem.sourceMasses[$0] > 0
      }
      guard let cut = InfeasibleCut(of: problem, leaving: sources) else { continue }
      if cut.shortfall > best?.shortfall ?? 0 { best = cut }
    }
    guard let best, best.shortfall > 1e-12 * problem.totalMass else { return nil }
    self = best
  }

  /// The cut that a ray given on the sources and targets with mass contains.
  ///
  /// - Parameters:
  ///   - problem: The problem said to be infeasible.
  ///   - source: Indices of sources and the ray there; 0 elsewhere.
  ///   - target: Indices of targets and the ray there; 0 elsewhere.
  /// - Throws: `TransportSolverError.numericalFailure` if the ray proves nothing.
  package init(
    of problem: TransportProblem, source: some Sequence<(Int, Double)>,
    target: some Sequence<(Int, Double)>
  ) throws(TransportSolverError) {
    var f = [Double](repeating: 0, count: problem.sourceCount)
    var g = [Double](repeating: 0, count: problem.targetCount)
    for (i, value) in source { f[i] = value }
    for (j, value) in target { g[j] = value }
    let ray = KantorovichPotentials(source: f, target: g)
    guard let cut = InfeasibleCut(of: problem, ray: ray) else {
      throw .numericalFailure("the problem looks infeasible, but no cut proves it")
    }
    self = cut
  }

  /// The best cut for a set of sources: a target is left outside if its capacities are less than its
  /// mass; an arc without limit puts it inside.
  private init?(of problem: TransportProblem, leaving sources: [Int]) {
    var reach = [Double](repeating: 0, count: problem.targetCount)
    var row = [Double](repeating: 0, count: problem.targetCount)
    for i in sources {
      problem.costs.copyRow(i, into: &row)
      for j in row.indices where row[j] < .infinity {
        reach[j] += min(problem.capacities?[i, j] ?? .infinity, problem.sourceMasses[i])
        if problem.capacities.map({ $0[i, j] == .infinity }) ?? true { reach[j] = .infinity }
      }
    }
    let demands = problem.targetMasses
    targets = reach.indices.filter { demands[$0] > 0 && reach[$0] >= demands[$0] }
    self.sources = sources
    supply = CompensatedSum(sources.map { problem.sourceMasses[$0] }).value
    demand = CompensatedSum(targets.map { demands[$0] }).value
    capacity = CompensatedSum(reach.indices.map { reach[$0] < demands[$0] ? reach[$0] : 0 }).value
  }
}

extension InfeasibleCut: CustomStringConvertible {
  public var description: String {
    let ways =
      targets.isEmpty
      ? "may not ship to any target" : "may ship only to \(Self.list(targets, "target"))"
    let limits = capacity > 0 ? ", and \(capacity) at most over arcs of limited capacity" : ""
    let taken = targets.isEmpty ? "" : ", which \(targets.count == 1 ? "takes" : "take") \(demand)"
    return "\(Self.list(sources, "source")), with mass \(supply), \(ways)\(taken)\(limits)"
  }

  private static func list(_ indices: [Int], _ noun: String) -> String {
    if indices.count == 1 { return "\(noun) \(indices[0])" }
    let shown = indices.prefix(8).map(String.init).joined(separator: ", ")
    return indices.count <= 8
      ? "\(noun)s \(shown)" : "\(noun)s \(shown), … (\(indices.count) in all)"
  }
}
