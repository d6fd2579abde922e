/// Every divergence of a pair of distributions, computed once, for a report.
public struct DivergenceSummary: Hashable, Sendable {
  /// One divergence with the key that JSON gives it.
  public struct Entry: Hashable, Sendable {
    /// The name in lowerCamelCase: `kullbackLeibler`, `totalVariation`, ….
    public let key: String
    /// The value; infinity where a bin makes it so.
    public let value: Double
    /// The unit, or nil for a pure number.
    public let unit: InformationUnit?
  }

  /// The divergences, in the order in which they are shown.
  public let entries: [Entry]
  /// The unit of those made of logarithms.
  public let unit: InformationUnit
  /// The bins where p has mass and q has none: KL, Pearson's χ² and Jeffreys are infinite there.
  public let binsWithoutQ: [Int]
  /// The bins where q has mass and p has none: reverse KL, Neyman's χ² and Jeffreys are infinite.
  public let binsWithoutP: [Int]

  /// The divergences of a pair.
  ///
  /// - Parameters:
  ///   - pair: The distributions.
  ///   - unit: The unit of those made of logarithms; the Jensen–Shannon distance is the root of the
  ///     divergence in that unit.
  /// - Complexity: O(n).
  public init(_ pair: DistributionPair, in unit: InformationUnit = .nats) {
    let jensenShannon = unit.value(ofNats: pair.jensenShannonDivergence)
    func information(_ key: String, _ divergence: some FDivergence) -> Entry {
      Entry(key: key, value: unit.value(ofNats: pair.divergence(divergence)), unit: unit)
    }
    func number(_ key: String, _ value: Double) -> Entry {
      Entry(key: key, value: value, unit: nil)
    }
    self.unit = unit
    binsWithoutQ = pair.binsThatMakeKLInfinite
    binsWithoutP = pair.reversed.binsThatMakeKLInfinite
    entries = [
      information("kullbackLeibler", KullbackLeibler()),
      information("reverseKullbackLeibler", ReverseKullbackLeibler()),
      Entry(key: "jensenShannon", value: jensenShannon, unit: unit),
      number("jensenShannonDistance", jensenShannon.squareRoot()),
      information("jeffreys", Jeffreys()),
      number("totalVariation", pair.totalVariationDistance),
      number("squaredHellinger", pair.divergence(SquaredHellinger())),
      number("pearsonChiSquared", pair.divergence(PearsonChiSquared())),
      number("neymanChiSquared", pair.divergence(NeymanChiSquared())),
    ]
  }

  /// The bins where only one of the two has mass, which make some divergence infinite.
  public var infiniteBecauseOf: [Int] { (binsWithoutQ + binsWithoutP).sorted() }

  /// The value of one key, or nil if there is none of that name.
  public subscript(key: String) -> Double? { entries.first { $0.key == key }?.value }
}
