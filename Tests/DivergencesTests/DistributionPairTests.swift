import Divergences
import Measures
import Testing

/// Which bins are compared with which, and what totals may be.
struct DistributionPairTests {
  @Test func differentBinCounts() throws {
    let p = try Histogram([0.5, 0.5])
    let q = try Histogram([0.2, 0.3, 0.5])
    #expect(throws: DivergenceError.binCounts(p: 2, q: 3)) { try p.klDivergence(from: q) }
  }

  @Test func differentDimensions() throws {
    let p = try PointCloud([[0, 0]])
    let q = try PointCloud([[0, 0, 0]])
    #expect(throws: DivergenceError.dimensions(p: 2, q: 3)) { try DistributionPair(p, q) }
  }

  @Test func totals() throws {
    let counts = try Histogram([3, 1])
    let half = try Histogram([0.5, 0.5])
    #expect(throws: DivergenceError.totals(p: 4, q: 1)) { try counts.klDivergence(from: half) }
    let normalized = try counts.klDivergence(from: half, mass: .normalize)
    #expect(normalized == (try Histogram([0.75, 0.25]).klDivergence(from: half)))
    let error = DivergenceError.totals(p: 4, q: 1)
    #expect(error.description == "the masses sum to 4.0 and 1.0, not to 1; normalize them")
  }

  /// A total within 1e-9 of 1 is one, whatever rounding made of it.
  @Test func nearlyUnitTotals() throws {
    let p = try Histogram([0.5, 0.5 + 5e-10])
    #expect(try p.totalVariationDistance(to: p) == 0)
    let q = try Histogram([0.5, 0.5 + 2e-9])
    #expect(throws: DivergenceError.self) { try q.totalVariationDistance(to: q) }
  }

  /// With positions the bins are those of both together; equal positions are one bin.
  @Test func unionOfPositions() throws {
    let p = try Histogram([0.5, 0.25, 0.25], at: [2, 0, 2])
    let q = try Histogram([0.5, 0.5], at: [0, 1])
    let pair = try DistributionPair(p, q)
    #expect(pair.coordinates == [0, 1, 2])
    #expect(pair.p == [0.25, 0, 0.75])
    #expect(pair.q == [0.5, 0.5, 0])
    #expect(pair.dimension == 1)
    #expect(pair.binsThatMakeKLInfinite == [2])
    #expect(try p.binsThatMakeKLInfinite(from: q) == [2])
  }

  /// Positions on one side only: the bins of the other are 0, 1, 2.
  @Test func positionsOnOneSide() throws {
    let p = try Histogram([0.5, 0.5], at: [1, 2])
    let q = try Histogram([0.5, 0.25, 0.25])
    #expect(try DistributionPair(p, q).p == [0, 0.5, 0.5])
  }

  @Test func unionOfPointsInThePlane() throws {
    let p = try PointCloud([[0, 1], [0, 0], [0, 1]], masses: [0.25, 0.5, 0.25])
    let q = try PointCloud([[-0.0, 0], [5, 5]], masses: [0.5, 0.5])
    let pair = try DistributionPair(p, q)
    #expect(pair.coordinates == [0, 0, 0, 1, 5, 5])
    #expect(pair.p == [0.5, 0.5, 0])
    #expect(pair.q == [0.5, 0, 0.5])
    #expect(pair.totalVariationDistance == 0.5)
  }

  @Test func summary() throws {
    let p = try Histogram([0.5, 0.5, 0])
    let q = try Histogram([0.5, 0, 0.5])
    let summary = DivergenceSummary(try DistributionPair(p, q), in: .bits)
    #expect(summary["kullbackLeibler"] == .infinity)
    #expect(summary["jensenShannon"] == 0.5)
    #expect(summary["totalVariation"] == 0.5)
    #expect(summary["squaredHellinger"] == 1)
    #expect(summary["nothing"] == nil)
    #expect(summary.binsWithoutQ == [1])
    #expect(summary.binsWithoutP == [2])
    #expect(summary.infiniteBecauseOf == [1, 2])
    #expect(
      summary.entries.map(\.key) == [
        "kullbackLeibler", "reverseKullbackLeibler", "jensenShannon", "jensenShannonDistance",
        "jeffreys", "totalVariation", "squaredHellinger", "pearsonChiSquared", "neymanChiSquared",
      ])
  }
}
