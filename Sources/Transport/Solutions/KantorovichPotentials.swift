/// A price for each source and each target: the solution of the dual of optimal transport.
///
/// They are feasible when `f[i] + g[j] ≤ c[i, j]` for every pair; then `Σ a f + Σ b g` is a lower
/// bound on the cost of every plan, and the largest such bound is the optimal cost. Adding a number
/// to all of f and taking it from all of g changes nothing.
public struct KantorovichPotentials: Hashable, Sendable {
  /// f: the potential of each source.
  public let source: [Double]
  /// g: the potential of each target.
  public let target: [Double]

  /// Potentials f on the sources and g on the targets.
  public init(source: [Double], target: [Double]) {
    self.source = source
    self.target = target
  }
}
