/// A sum of doubles that carries its own rounding error along.
///
/// Neumaier's variant of Kahan summation: the error of the result is about one rounding of the
/// final value plus `n · 2⁻¹⁰⁶ · Σ|xᵢ|`, however the terms cancel. What a sum loses is found by
/// Knuth's six operations, which do not ask which term is larger.
///
/// - Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
///   ZAMM 54 (1974), algorithm IV; D. E. Knuth, "The Art of Computer Programming", volume 2,
///   section 4.2.2, theorem B.
@frozen
public struct CompensatedSum: Sendable {
  @usableFromInline var total: Double
  @usableFromInline var correction: Double

  /// An empty sum.
  @inlinable
  public init() {
    total = 0
    correction = 0
  }

  /// The sum of a sequence of terms.
  @inlinable
  public init(_ terms: some Sequence<Double>) {
    self.init()
    for term in terms { add(term) }
  }

  /// Adds one term.
  @inlinable
  public mutating func add(_ term: Double) {
    let next = total + term
    let part = next - total
    correction += (total - (next - part)) + (term - part)
    total = next
  }

  /// The sum so far; infinite or NaN if a term or a partial sum was.
  @inlinable
  public var value: Double {
    let corrected = total + correction
    return corrected.isFinite ? corrected : total
  }
}
