/// The unit of an entropy or a divergence made of logarithms.
public enum InformationUnit: String, CaseIterable, Hashable, Sendable {
  /// Natural logarithms.
  case nats
  /// Logarithms to the base 2.
  case bits

  /// A number of nats in this unit.
  public func value(ofNats nats: Double) -> Double {
    switch self {
    case .nats: nats
    case .bits: nats / 0.693_147_180_559_945_3
    }
  }
}
