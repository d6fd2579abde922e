/// What a solver counts in.
public enum Arithmetic: Hashable, Sendable {
  /// Doubles: the answer is certified to rounding.
  case double
  /// Integers made from the decimals that the data was written in: the answer is a fraction, or an
  /// interval where the costs are irrational. Where that does not fit, an error says what does not.
  case exact
}
