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
  /// - Complexity: O(k) for k arcs in order; otherwise O(m + k log k), where the logarithm is that of the
  ///   arcs of one source.
  public init(arcs: [Arc], sourceCount: Int, targetCount: Int) {
    for arc in arcs {
      precondition(
        arc.source >= 0 && arc.source < sourceCount && arc.target >= 0 && arc.target < targetCount,
        "an arc of the plan leaves the problem's sources and targets")
    }
    self.arcs = Self.merged(arcs, sourceCount: sourceCount)
    self.sourceCount = sourceCount
    self.targetCount = targetCount
  }

  /// The arcs in order, those of the same pair added up; arcs that are in order stay as they are.
  private static func merged(_ arcs: [Arc], sourceCount: Int) -> [Arc] {
    if zip(arcs, arcs.dropFirst()).allSatisfy(isBefore) { return arcs }
    var result: [Arc] = []
    result.reserveCapacity(arcs.count)
    for arc in sorted(arcs, sourceCount: sourceCount) {
      if let last = result.last, last.source == arc.source, last.target == arc.target {
        result[result.count - 1] = Arc(
          source: arc.source, target: arc.target, mass: last.mass + arc.mass)
      } else {
        result.append(arc)
      }
    }
    return result
  }

  private static func isBefore(_ a: Arc, _ b: Arc) -> Bool {
    a.source < b.source || (a.source == b.source && a.target < b.target)
  }

  /// The arcs dealt out to their sources, then each source's sorted by target, equal ones as given.
  private static func sorted(_ arcs: [Arc], sourceCount: Int) -> [Arc] {
    var starts = [Int](repeating: 0, count: sourceCount + 1)
    for arc in arcs { starts[arc.source + 1] += 1 }
    for source in 0..<sourceCount { starts[source + 1] += starts[source] }
    var next = starts
    var result = arcs
    for arc in arcs {
      result[next[arc.source]] = arc
      next[arc.source] += 1
    }
    for source in 0..<sourceCount where starts[source + 1] - starts[source] > 1 {
      result[starts[source]..<starts[source + 1]].sort { $0.target < $1.target }
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
