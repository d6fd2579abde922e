/// What it costs to move a unit of mass from one point to another: a distance of two points.
///
/// A transport problem raises the distance to its order p, so that the cost of an arc is
/// `distance^p`. All cases but `squaredEuclidean` are metrics.
public enum GroundCost: Hashable, Sendable {
  /// √Σ(xₖ − yₖ)², the straight line.
  case euclidean
  /// Σ|xₖ − yₖ|, the way along the axes.
  case cityBlock
  /// max|xₖ − yₖ|, the moves of a chess king.
  case chebyshev
  /// Σ(xₖ − yₖ)². Not a metric; order 2 of the Euclidean distance as a cost of order 1.
  case squaredEuclidean
  /// (Σ|xₖ − yₖ|^p)^(1/p), for p ≥ 1.
  case minkowski(Double)
  /// The shorter way around a circle of that circumference; for one coordinate only.
  case circular(period: Double)
  /// min(d, T): what is further away than the threshold T costs as much as T, so that few far-away
  /// masses do not outweigh all others. A metric where d is one.
  ///
  ///     try p.wassersteinDistance(to: q, cost: .thresholded(.euclidean, at: 3))
  ///
  /// - Source: O. Pele, M. Werman, "Fast and robust Earth Mover's Distances", ICCV 2009.
  indirect case thresholded(GroundCost, at: Double)

  /// Whether the triangle inequality holds, so that Kantorovich–Rubinstein duality applies.
  public var isMetric: Bool { withoutThreshold != .squaredEuclidean }

  /// The ground cost under all thresholds, and the least of these, infinite if there is none.
  package var parts: (base: GroundCost, threshold: Double) {
    var (base, threshold) = (self, Double.infinity)
    while case .thresholded(let inner, let limit) = base {
      (base, threshold) = (inner, min(limit, threshold))
    }
    return (base, threshold)
  }

  /// The ground cost under all thresholds.
  package var withoutThreshold: GroundCost { parts.base }

  /// The power of |x − y| that this is on the line, or nil where it is no power of it.
  public var exponentOnTheLine: Double? {
    switch self {
    case .squaredEuclidean: 2
    case .circular, .thresholded: nil
    case .euclidean, .cityBlock, .chebyshev, .minkowski: 1
    }
  }

  /// Checks the parameter of the case and whether points of that dimension have such a distance.
  ///
  /// - Throws: `MeasureError.invalidParameter`.
  public func validate(dimension: Int) throws(MeasureError) {
    switch self {
    case .minkowski(let power) where !(power >= 1 && power.isFinite):
      throw .invalidParameter(
        what: "the power of the Minkowski distance", value: power, allowed: "finite and at least 1")
    case .circular(let period) where !(period > 0 && period.isFinite):
      throw .invalidParameter(what: "the period", value: period, allowed: "positive and finite")
    case .circular where dimension != 1:
      throw .invalidParameter(
        what: "the dimension of points on a circle", value: Double(dimension), allowed: "1")
    case .thresholded(let base, let threshold):
      guard threshold > 0, threshold.isFinite else {
        throw .invalidParameter(
          what: "the threshold", value: threshold, allowed: "positive and finite")
      }
      try base.validate(dimension: dimension)
    default: return
    }
  }
}
