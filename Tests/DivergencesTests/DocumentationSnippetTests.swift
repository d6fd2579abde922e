import Divergences
import Measures
import Testing

/// What Docs/Divergences.md shows.
struct DocumentationSnippetTests {
  @Test func sevenBins() throws {
    let p = try Histogram([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1])
    let q = try Histogram([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4])
    let relativeEntropy = try p.klDivergence(from: q)
    let reverse = try q.klDivergence(from: p)
    let jensenShannon = try p.jensenShannonDivergence(to: q, in: .bits)
    let variation = try p.totalVariationDistance(to: q)
    let hellinger = try p.divergence(SquaredHellinger(), from: q)
    // Nine decimals are documented.
    let expected = [0.277258872, 0.346573590, 0.106284851, 0.3, 0.151471863]
    for (value, reference) in zip(
      [relativeEntropy, reverse, jensenShannon, variation, hellinger], expected)
    {
      #expect(abs(value - reference) < 1e-9)
    }
  }
}
