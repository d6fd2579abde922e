import Divergences
import Measures
import Testing

/// Laws that hold for every pair of distributions, checked on pairs from fixed seeds.
struct DivergenceLawsTests {
  /// Rounding of a sum of a few dozen terms near 1.
  private let rounding = 1e-13

  private func pair(seed: UInt64, zeros: Bool = false) throws -> DistributionPair {
    var random = SeededGenerator(seed: seed)
    let p = try Histogram(random.masses(count: 12, zeros: zeros))
    let q = try Histogram(random.masses(count: 12, zeros: zeros))
    return try DistributionPair(p, q, mass: .normalize)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func symmetry(seed: UInt64) throws {
    let pair = try pair(seed: seed, zeros: true)
    let reversed = pair.reversed
    #expect(pair.jensenShannonDivergence == reversed.jensenShannonDivergence)
    #expect(pair.totalVariationDistance == reversed.totalVariationDistance)
    #expect(pair.hellingerDistance == reversed.hellingerDistance)
    #expect(pair.divergence(Jeffreys()) == reversed.divergence(Jeffreys()))
    #expect(pair.klDivergence == reversed.divergence(ReverseKullbackLeibler()))
    #expect(pair.divergence(PearsonChiSquared()) == reversed.divergence(NeymanChiSquared()))
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func identityOfIndiscernibles(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let p = try Histogram(random.masses(count: 9, zeros: true))
    let same = try DistributionPair(p, p, mass: .normalize)
    for entry in DivergenceSummary(same).entries { #expect(entry.value == 0, "\(entry.key)") }
    let other = try pair(seed: seed)
    for entry in DivergenceSummary(other).entries { #expect(entry.value > 0, "\(entry.key)") }
  }

  /// TV² ≤ ½ KL.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func pinsker(seed: UInt64) throws {
    let pair = try pair(seed: seed)
    let variation = pair.totalVariationDistance
    #expect(variation * variation <= pair.klDivergence / 2 + rounding)
  }

  /// ½ H² ≤ TV ≤ H √(1 − H²/4), where H² is the squared Hellinger distance between 0 and 2.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func leCam(seed: UInt64) throws {
    let pair = try pair(seed: seed, zeros: true)
    let square = pair.divergence(SquaredHellinger())
    #expect(square / 2 <= pair.totalVariationDistance + rounding)
    #expect(
      pair.totalVariationDistance <= (square * (1 - square / 4)).squareRoot() + rounding)
  }

  /// Merging bins cannot make distributions easier to tell apart.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func dataProcessing(seed: UInt64) throws {
    let fine = try pair(seed: seed)
    func merged(_ masses: [Double]) -> [Double] {
      stride(from: 0, to: masses.count, by: 3).map { masses[$0..<$0 + 3].reduce(0, +) }
    }
    let coarse = try DistributionPair(Histogram(merged(fine.p)), Histogram(merged(fine.q)))
    let before = DivergenceSummary(fine).entries
    for (fine, coarse) in zip(before, DivergenceSummary(coarse).entries) {
      #expect(coarse.value <= fine.value + rounding, "\(fine.key)")
    }
  }

  /// The distances obey d(p, r) ≤ d(p, q) + d(q, r).
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func triangleInequality(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let three = try (0..<3).map { _ in try Histogram(random.masses(count: 8, zeros: true)) }
    func check(_ distance: (Histogram, Histogram) throws -> Double) throws {
      let direct = try distance(three[0], three[2])
      let detour = try distance(three[0], three[1]) + distance(three[1], three[2])
      #expect(direct <= detour + rounding)
    }
    try check { try $0.jensenShannonDistance(to: $1, mass: .normalize) }
    try check { try $0.totalVariationDistance(to: $1, mass: .normalize) }
    try check { try $0.energyDistance(to: $1, mass: .normalize) }
    try check { try DistributionPair($0, $1, mass: .normalize).hellingerDistance }
  }

  /// The Jensen–Shannon divergence is at most log 2 and at most the total variation, in bits.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func jensenShannonBounds(seed: UInt64) throws {
    let pair = try pair(seed: seed, zeros: true)
    let bits = InformationUnit.bits.value(ofNats: pair.jensenShannonDivergence)
    #expect(bits <= pair.totalVariationDistance + rounding)
    #expect(pair.totalVariationDistance <= 1 + rounding)
  }

  /// 2 E|X − Y| − E|X − X′| − E|Y − Y′| is the square of the energy distance.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func energyDistanceByExpectations(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let positions = (0..<6).map { _ in Double.random(in: -3...3, using: &random) }
    let p = try Histogram(random.masses(count: 6), at: positions)
    let q = try Histogram(random.masses(count: 5))
    func expectation(_ a: Histogram, _ b: Histogram) -> Double {
      var sum = 0.0
      for (x, mass) in zip(a.pointCloud.coordinates, a.masses) {
        for (y, weight) in zip(b.pointCloud.coordinates, b.masses) {
          sum += mass * weight * abs(x - y)
        }
      }
      return sum / (a.total * b.total)
    }
    let square = 2 * expectation(p, q) - expectation(p, p) - expectation(q, q)
    let distance = try p.energyDistance(to: q, mass: .normalize)
    #expect(abs(distance * distance - square) < 1e-13)
  }
}
