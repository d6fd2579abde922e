/// The checks that every array of masses passes once, when a measure is made.
enum MassCheck {
  /// The total of masses that are finite, not negative and not all zero.
  ///
  /// - Complexity: O(n).
  static func total(of masses: [Double], what: String) throws(MeasureError) -> Double {
    guard !masses.isEmpty else { throw .empty(what: what) }
    var sum = CompensatedSum()
    for index in masses.indices {
      let mass = masses[index]
      guard mass >= 0, mass < .infinity else { throw error(of: mass, at: index) }
      sum.add(mass)
    }
    guard sum.value.isFinite else { throw .totalOverflows }
    guard sum.value > 0 else { throw .zeroTotal(count: masses.count) }
    return sum.value
  }

  private static func error(of mass: Double, at index: Int) -> MeasureError {
    mass.isFinite
      ? .negativeMass(index: index, value: mass)
      : .notFinite(what: "mass", index: index, value: mass)
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
