#if !DEBUG
import Critics
import Testing

/// The ring of eight modes under the documented configuration, in small: three seeds each, at 2,000 steps.
@Suite struct RingTests {
  private let ring = PointLaw.gaussianRing(modes: 8, radius: 2, deviation: 0.02)

  private func modes(_ preset: String, seed: UInt64) throws -> Int {
    var settings = try AdversarialTraining.preset(preset)
    settings.seed = seed
    var run = try settings.start(on: .law(ring))
    while !run.isFinished { run.advance() }
    return ModeCoverage(
      of: try run.generator.samples(2500, seed: 77), modes: ring.modes ?? [], radius: 0.3,
      minimumShare: 0.01
    ).covered
  }

  /// Without looking ahead the generator collapses: at most three modes in the median.
  @Test func withoutUnrollingItCollapses() throws {
    let counts = try [0, 1, 2].map { try modes("unrolled-0-small", seed: $0) }.sorted()
    #expect(counts[1] <= 3, "\(counts)")
  }

  /// Reckoning with five steps of the discriminator it covers all eight.
  @Test func withFiveStepsItCovers() throws {
    #expect(try modes("unrolled-5-small", seed: 0) == 8)
  }
}
#endif
