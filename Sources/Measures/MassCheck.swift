/// The checks that every array of masses passes once, when a measure is made.
enum MassCheck {
  /// The total of masses that are finite, not negative and not all zero.
  ///
  /// - Complexity: O(n).
  static func total(of masses: [Double], what: String) throws(MeasureError) -> Double {
    guard !masses.isEmpty else { throw .empty(what: what) }
    let (sum, least) = sumAndLeast(of: masses)
    // One that is not finite makes the sum so.
    guard least >= 0, sum.isFinite else { throw firstError(among: masses) }
    guard sum > 0 else { throw .zeroTotal(count: masses.count) }
    return sum
  }

  /// The total and the least mass.
  ///
  /// Four sums run side by side, each with what its roundings lost.
  private static func sumAndLeast(of masses: [Double]) -> (sum: Double, least: Double) {
    var (sums, lost, leasts) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
    let whole = masses.count & ~3
    for start in Swift.stride(from: 0, to: whole, by: 4) {
      let terms = SIMD4(
        masses[start], masses[start + 1], masses[start + 2], masses[start + 3])
      leasts.replace(with: terms, where: terms .< leasts)
      let next = sums + terms
      let part = next - sums
      lost += (sums - (next - part)) + (terms - part)
      sums = next
    }
    var (total, least) = (CompensatedSum(), leasts.min())
    for lane in 0..<4 { total.add(sums[lane]) }
    for mass in masses[whole...] {
      least = min(least, mass)
      total.add(mass)
    }
    for lane in 0..<4 { total.add(lost[lane]) }
    return (total.value, least)
  }

  private static func firstError(among masses: [Double]) -> MeasureError {
    for (index, mass) in masses.enumerated() {
      guard mass.isFinite else { return .notFinite(what: "mass", index: index, value: mass) }
      guard mass >= 0 else { return .negativeMass(index: index, value: mass) }
    }
    return .totalOverflows
  }

  /// Checks that every value is finite.
  static func finite(_ values: [Double], what: String) throws(MeasureError) {
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(what: what, index: index, value: value)
    }
  }

  /// Checks that decimals, if there are any, belong one to one to the values.
  static func decimals(
    _ decimals: [DecimalNumber]?, count: Int, what: String
  ) throws(MeasureError) {
    guard let decimals, decimals.count != count else { return }
    throw .lengthMismatch(
      what: "decimals of the \(what)", expected: count, found: decimals.count)
  }
}
