/// What is kept of the numbers in a file.
public enum NumberPrecision: Hashable, Sendable {
  /// The nearest doubles: 8 bytes a number.
  case double
  /// The decimals as they are written as well, 32 bytes a number more, for exact arithmetic.
  case decimal
}
