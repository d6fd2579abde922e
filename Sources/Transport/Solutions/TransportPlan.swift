import Measures

/// How much mass goes from which source to which target, as a list of arcs.
///
/// A plan is only data: it may come from a solver, a file or somebody's head, and whether it is
/// feasible or optimal for a problem is the question that `OptimalityCertificate` answers.
public struct TransportPlan: Hashable, Sendable {
  /// A mass on its way from one source to one target.
  public struct Arc: Hashable, Sendable {
    /// The index of the source, zero-based.
    public let source: Int
    /// The index of the target, zero-based.
    public let target: Int
    /// The mass that is moved.
    public let mass: Double

    /// An arc that moves a mass.
    public init(source: Int, target: Int, mass: Double) {
      self.source = source
      self.target = target
      self.mass = mass
    }
  }

  /// The arcs, ordered by source, then target; no pair twice.
  public let arcs: [Arc]
  /// The number of sources of the problem.
  public let sourceCount: Int
  /// The number of targets of the problem.
  public let targetCount: Int

  /// A plan from its arcs, in any order; arcs of the same pair are added up.
  ///
  /// - Parameters:
  ///   - arcs: Masses on the way; the indices must be below the counts.
  ///   - sourceCount: The number of sources.
  ///   - targetCount: The number of targets.
  /// - Complexity: O(k log k) for k arcs.
  public init(arcs: [Arc], sourceCount: Int, targetCount: Int) {
    for arc in arcs {
      precondition(
        arc.source >= 0 && arc.source < sourceCount && arc.target >= 0 && arc.target < targetCount,
        "an arc of the plan leaves the problem's sources and targets")
    }
    self.arcs = Self.merged(arcs)
    self.sourceCount = sourceCount
    self.targetCount = targetCount
  }

  private static func merged(_ arcs: [Arc]) -> [Arc] {
    let sorted = arcs.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    var result: [Arc] = []
    result.reserveCapacity(sorted.count)
    for arc in sorted {
      if let last = result.last, last.source == arc.source, last.target == arc.target {
        result[result.count - 1] = Arc(
          source: arc.source, target: arc.target, mass: last.mass + arc.mass)
      } else {
        result.append(arc)
      }
    }
    return result
  }

  /// The mass that leaves each source.
  public var sourceMarginal: [Double] {
    marginal(count: sourceCount) { $0.source }
  }

  /// The mass that reaches each target.
  public var targetMarginal: [Double] {
    marginal(count: targetCount) { $0.target }
  }

  private func marginal(count: Int, index: (Arc) -> Int) -> [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
    for arc in arcs { sums[index(arc)].add(arc.mass) }
    return sums.map(\.value)
  }
}
