public import Measures

extension GroundCost {
  /// The ground cost of a name: `euclidean`, `cityblock`, `chebyshev`, `sqeuclidean` or `minkowski:P`
  /// with P ≥ 1; nil for any other text.
  ///
  ///     GroundCost(name: "minkowski:3")  // .minkowski(3)
  public init?(name: String) {
    switch name {
    case "euclidean": self = .euclidean
    case "cityblock": self = .cityBlock
    case "chebyshev": self = .chebyshev
    case "sqeuclidean": self = .squaredEuclidean
    default:
      guard name.hasPrefix("minkowski:"), let power = Double(name.dropFirst(10)), power >= 1,
        power.isFinite
      else { return nil }
      self = .minkowski(power)
    }
  }
}
