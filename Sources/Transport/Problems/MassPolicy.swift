/// What to do when the two measures of a transport problem do not have the same total.
public enum MassPolicy: Hashable, Sendable {
  /// Totals must agree within the tolerance, relative to the larger; the target is then scaled to
  /// the source's total, and `MassAdjustment` says by how much. Anything else is an error that
  /// names both totals.
  case requireEqual(relativeTolerance: Double = 1e-9)
  /// Both measures are divided by their totals: the answer is that of probability distributions.
  case normalize
}

/// What was done to the masses of a problem so that both totals agree.
public enum MassAdjustment: Hashable, Sendable {
  /// Nothing: the totals were equal.
  case none
  /// The target's masses were multiplied by this factor, next to one.
  case targetScaled(by: Double)
  /// Both measures were divided by their totals, given here.
  case normalized(sourceTotal: Double, targetTotal: Double)
}
