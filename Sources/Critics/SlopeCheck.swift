/// Where a critic is steeper than it may be.
public struct SlopeCheck: Hashable, Sendable {
  /// What a slope may exceed its bound by before it counts: roundings of values and distances.
  public static let rounding = 1e-9

  /// The pairs of different atoms.
  public let pairs: Int
  /// The pairs between which the slope is above the critic's bound K.
  public let violations: Int
  /// The largest slope of a pair; 0 if there are no pairs.
  public let worst: Double
  /// The pair between which it is attained.
  public let worstPair: Pair

  /// Two atoms.
  public struct Pair: Hashable, Sendable {
    /// The one.
    public let first: CriticReport.Atom
    /// The other.
    public let second: CriticReport.Atom
  }
}

/// How a critic rises along the arcs of the optimal plan.
///
/// Complementary slackness: an optimal K-Lipschitz critic has the slope K on every arc that carries mass.
public struct SlacknessCheck: Hashable, Sendable {
  /// What a slope may differ from K by, as a part of K, before its arc counts: one per cent.
  public static let tolerance = 0.01

  /// The arcs that carry mass between different points.
  public let arcs: Int
  /// The arcs on which the slope is not K within the tolerance.
  public let slackArcs: Int
  /// The share of the moved mass that these carry.
  public let slackMass: Double
  /// The source and the target of the arc whose slope is farthest from K.
  public let worstArc: Arc
  /// The slope there.
  public let worstSlope: Double
  /// The mean slope, weighted by mass.
  public let meanSlope: Double

  /// A source and a target, as they stand in the problem.
  public struct Arc: Hashable, Sendable {
    /// The index of the source.
    public let source: Int
    /// The index of the target.
    public let target: Int
  }
}
