public import Measures

/// Why two measures and a cost do not make a transport problem.
public enum TransportProblemError: Error, Hashable, Sendable {
  /// A measure, a ground cost or a parameter is ill-posed.
  case measure(MeasureError)
  /// The totals differ by more than the policy allows.
  case unequalTotals(source: Double, target: Double, relativeTolerance: Double)
  /// The cost matrix does not have one row per source and one column per target.
  case costShape(sources: Int, targets: Int, rows: Int, columns: Int)
  /// The capacities do not have one row per source and one column per target.
  case capacityShape(sources: Int, targets: Int, rows: Int, columns: Int)
  /// A capacity is negative.
  case negativeCapacity(source: Int, target: Int, value: Double)
}

extension TransportProblemError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .measure(let error): error.description
    case .unequalTotals(let source, let target, let tolerance):
      """
      the source's masses total \(Self.text(source)) and the target's \(Self.text(target)); they \
      must agree within \(Self.text(tolerance)) of the larger, or be normalized (--mass normalize, MassPolicy.normalize)
      """
    case .costShape(let sources, let targets, let rows, let columns):
      """
      the cost matrix is \(rows) × \(columns), but there are \(sources) sources (rows) and \
      \(targets) targets (columns)
      """
    case .capacityShape(let sources, let targets, let rows, let columns):
      """
      the capacities are \(rows) × \(columns), but there are \(sources) sources (rows) and \
      \(targets) targets (columns)
      """
    case .negativeCapacity(let source, let target, let value):
      "the capacity from source \(source) to target \(target) is \(value); it must not be negative"
    }
  }

  /// The shortest digits of a number, without a fraction where it has none.
  private static func text(_ value: Double) -> String {
    let digits = "\(value)"
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }
}
