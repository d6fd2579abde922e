/// What to do about masses that do not sum to 1, where probabilities are needed.
public enum UnitMassPolicy: Hashable, Sendable {
  /// Refuse totals that differ from 1 by more than 1e-9; use the masses as they are.
  case require
  /// Divide the masses by their total.
  case normalize

  /// How far a total may be from 1: well above the rounding of a million masses.
  static let tolerance = 1e-9

  func check(p: Double, q: Double) throws(DivergenceError) {
    guard self == .require else { return }
    guard abs(p - 1) <= Self.tolerance, abs(q - 1) <= Self.tolerance else {
      throw .totals(p: p, q: q)
    }
  }

  func probabilities(_ masses: [Double], total: Double) -> [Double] {
    self == .require ? masses : masses.map { $0 / total }
  }
}
