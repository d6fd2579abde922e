/// Why a measure, a cost matrix or a number could not be made from the data given.
///
/// Every case says what was wrong and where; indices are zero-based, as in the arrays given.
public enum MeasureError: Error, Hashable, Sendable {
  /// There is nothing to make a measure of: no bin, no point, no pixel, no matrix entry.
  case empty(what: String)
  /// A value is NaN or infinite where a finite number is needed.
  case notFinite(what: String, index: Int, value: Double)
  /// A mass is below zero.
  case negativeMass(index: Int, value: Double)
  /// Every mass is zero, so that there is nothing to transport.
  case zeroTotal(count: Int)
  /// The masses add up to more than a double can hold; scale them down.
  case totalOverflows
  /// Two arrays that describe the same bins or points have different lengths.
  case lengthMismatch(what: String, expected: Int, found: Int)
  /// A dimension, spacing, order or other parameter is outside its range.
  case invalidParameter(what: String, value: Double, allowed: String)
}

extension MeasureError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty(let what):
      "\(what) is empty; at least one is needed"
    case .notFinite(let what, let index, let value):
      "\(what) \(index) is \(value); it must be a finite number"
    case .negativeMass(let index, let value):
      "mass \(index) is \(value); masses must not be negative"
    case .zeroTotal(let count):
      "all \(count) masses are zero; at least one must be positive"
    case .totalOverflows:
      "the masses add up to more than the largest double; scale them down"
    case .lengthMismatch(let what, let expected, let found):
      "\(what): expected \(expected), found \(found)"
    case .invalidParameter(let what, let value, let allowed):
      "\(what) is \(value); it must be \(allowed)"
    }
  }
}
