/// Why two measures cannot be compared bin by bin.
public enum DivergenceError: Error, Hashable, Sendable {
  /// Without positions, the bins of both must be the same: their numbers are not.
  case binCounts(p: Int, q: Int)
  /// The points have different numbers of coordinates.
  case dimensions(p: Int, q: Int)
  /// The masses do not sum to 1; divide them by their totals, or ask for that.
  case totals(p: Double, q: Double)
}

extension DivergenceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .binCounts(let p, let q):
      "there are \(p) and \(q) bins; divergences need the same bins, or positions for them"
    case .dimensions(let p, let q):
      "the points have \(p) and \(q) coordinates; divergences need points of one dimension"
    case .totals(let p, let q):
      "the masses sum to \(p) and \(q), not to 1; normalize them"
    }
  }
}
