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

  /// The same potentials moved so that no source's is nearer to 0 than they differ among each other.
  ///
  /// A number added to f and taken from g changes nothing. Sums along a staircase leave roundings of the
  /// size of their terms where a potential happens to come back to 0; moved away from it, a rounding is
  /// small against what it is measured with.
  package var awayFromZero: KantorovichPotentials {
    let (least, most) = (source.min() ?? 0, source.max() ?? 0)
    let shift = (most - least) - least
    return KantorovichPotentials(
      source: source.map { $0 + shift }, target: target.map { $0 - shift })
  }
}
