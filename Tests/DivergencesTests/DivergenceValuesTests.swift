import Divergences
import Measures
import Testing

/// Values that are documented elsewhere, to the digits given there.
struct DivergenceValuesTests {
  /// The values of the project's document on critics, given to nine decimals.
  @Test func sevenBins() throws {
    let pair = try SevenBins.pair()
    let expected: [(Double, Double)] = [
      (pair.klDivergence, 0.277258872), (pair.reversed.klDivergence, 0.346573590),
      (pair.divergence(ReverseKullbackLeibler()), 0.346573590),
      (pair.jensenShannonDivergence, 0.073671045), (pair.totalVariationDistance, 0.3),
      (pair.divergence(PearsonChiSquared()), 0.525),
      (pair.divergence(NeymanChiSquared()), 1.05),
      (pair.divergence(SquaredHellinger()), 0.151471863),
      (pair.divergence(Jeffreys()), 0.623832463),
      (pair.divergence(GANObjective()), -1.238952272),
    ]
    for (value, reference) in expected { #expect(abs(value - reference) < 1e-9) }
  }

  @Test func bits() throws {
    let p = try SevenBins.real()
    let q = try SevenBins.model()
    #expect(abs(try p.jensenShannonDivergence(to: q, in: .bits) - 0.106284851) < 1e-9)
    // 0.4 ln 2 nats are 0.4 bits; two roundings.
    #expect(abs(try p.klDivergence(from: q, in: .bits) - 0.4) < 1e-15)
  }

  /// The example of the documentation comment and of Docs/Divergences.md.
  @Test func documentedExample() throws {
    let p = try Histogram([0.5, 0.5])
    let q = try Histogram([0.25, 0.75])
    // ½ log 2 + ½ log ⅔ = ½ log 4/3; a few roundings.
    #expect(abs(try p.klDivergence(from: q) - 0.14384103622589045) < 1e-16)
    #expect(try p.totalVariationDistance(to: q) == 0.25)
    #expect(try p.binsThatMakeKLInfinite(from: q).isEmpty)
  }

  /// The examples of scipy.spatial.distance.jensenshannon, which normalises its arguments.
  @Test(arguments: [
    ([1.0, 0, 0], [0.0, 1, 0], InformationUnit.bits, 1.0),
    ([1, 0], [0.5, 0.5], .nats, 0.46450140402245893),
    ([1, 5, 9], [13, 17, 21], .nats, 0.19542878683808453),
    ([2, 6, 10], [14, 18, 22], .nats, 0.14476971),
    ([3, 7, 11], [15, 19, 23], .nats, 0.11383771),
    ([4, 8, 12], [16, 20, 24], .nats, 0.09276358),
    ([1, 2, 3, 4], [13, 14, 15, 16], .nats, 0.1402339),
    ([5, 6, 7, 8], [17, 18, 19, 20], .nats, 0.0399106),
    ([9, 10, 11, 12], [21, 22, 23, 24], .nats, 0.0201815),
  ])
  func sciPyJensenShannon(
    p: [Double], q: [Double], unit: InformationUnit, expected: Double
  ) throws {
    let distance = try Histogram(p).jensenShannonDistance(
      to: Histogram(q), in: unit, mass: .normalize)
    // The documentation prints seven decimals.
    #expect(abs(distance - expected) < 1e-7)
  }

  /// The examples of scipy.stats.energy_distance.
  @Test func sciPyEnergyDistance() throws {
    let two = try Histogram([1], at: [0]).energyDistance(to: Histogram([1], at: [2]))
    #expect(abs(two - 2) < 1e-15)
    let one = try Histogram([3, 1], at: [0, 8]).energyDistance(
      to: Histogram([2, 2], at: [0, 8]), mass: .normalize)
    #expect(abs(one - 1) < 1e-15)
    let p = try Histogram([2.1, 4.2, 7.4, 8], at: [0.7, 7.4, 2.4, 6.8])
    let q = try Histogram([7.6, 8.8], at: [1.4, 8])
    // SciPy sums in another order: a few roundings.
    #expect(abs(try p.energyDistance(to: q, mass: .normalize) - 0.88003340976158217) < 1e-14)
    let ratio =
      try p.energyDistance(to: q, mass: .normalize)
      / p.cramerDistance(to: q, mass: .normalize)
    #expect(abs(ratio * ratio - 2) < 1e-14)
  }

  @Test func disjointSupports() throws {
    let p = try Histogram([0.5, 0.5, 0, 0])
    let q = try Histogram([0, 0, 0.25, 0.75])
    #expect(try p.klDivergence(from: q) == .infinity)
    #expect(try p.totalVariationDistance(to: q) == 1)
    #expect(try p.jensenShannonDivergence(to: q, in: .bits) == 1)
    #expect(try p.divergence(SquaredHellinger(), from: q) == 2)
    // log 2 − log 2, taken in shares of a quarter and three quarters: one rounding.
    #expect(abs(try p.divergence(GANObjective(), from: q)) < 2e-16)
    #expect(try p.divergence(PearsonChiSquared(), from: q) == .infinity)
    #expect(try p.divergence(NeymanChiSquared(), from: q) == .infinity)
    #expect(try p.divergence(Jeffreys(), from: q) == .infinity)
    #expect(try p.binsThatMakeKLInfinite(from: q) == [0, 1])
  }

  /// A bin that both leave empty counts for nothing; one that p alone leaves empty is no infinity.
  @Test func zeroBins() throws {
    let p = try Histogram([0.5, 0.5, 0, 0])
    let q = try Histogram([0.25, 0.25, 0.5, 0])
    #expect(abs(try p.klDivergence(from: q) - 0.6931471805599453) < 1e-15)
    #expect(try q.klDivergence(from: p) == .infinity)
    #expect(try q.binsThatMakeKLInfinite(from: p) == [2])
  }

  /// Masses so small that their ratio or square leaves the doubles give no NaN.
  @Test(arguments: [997, 1063, 1074])
  func tinyMasses(exponent: Int) throws {
    let tiny = Double(sign: .plus, exponent: -exponent, significand: 1)
    let p = try Histogram([tiny, 1])
    let q = try Histogram([0.5, 0.5])
    for pair in [try DistributionPair(p, q), try DistributionPair(q, p)] {
      for entry in DivergenceSummary(pair).entries {
        #expect(!entry.value.isNaN && entry.value >= 0, "\(entry.key)")
      }
      #expect(!pair.divergence(GANObjective()).isNaN)
    }
    // ½ log(½ · 2^exponent) + ½ log ½ in bits, to the rounding of a logarithm near 700.
    let expected = Double(exponent - 2) / 2
    #expect(abs(try q.klDivergence(from: p, in: .bits) - expected) < 1e-12)
  }

  /// Two distributions that differ by 1e-9 in a mass: the divergence is 1e-18 and has its digits.
  @Test func nearlyEqual() throws {
    // A step with many digits: for powers of two even the plain formula is right by luck.
    let step = (0.5 + 1e-9) - 0.5
    let p = try Histogram([0.5, 0.5])
    let q = try Histogram([0.5 + step, 0.5 - step])
    // KL = −½ log(1 − 4 step²) = 2 step² (1 + 2 step² + …): the next term is 4e-18 of the first.
    #expect(abs(try p.klDivergence(from: q) / (2 * step * step) - 1) < 1e-14)
    #expect(abs(try p.divergence(SquaredHellinger(), from: q) / (step * step) - 1) < 1e-8)
  }
}
