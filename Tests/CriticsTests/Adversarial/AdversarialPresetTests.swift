import Autodiff
import Critics
import Testing

/// The constants of the papers, by name.
@Suite struct AdversarialPresetTests {
  /// Every name makes settings that a training can start with.
  @Test(arguments: AdversarialPreset.names)
  func everyPresetStarts(name: String) throws {
    let settings = try AdversarialTraining.preset(name)
    let ring = PointLaw.gaussianRing(modes: 8, radius: 2, deviation: 0.02)
    // Layers of 512 are drawn slowly in a debug build: the check alone is made on smaller ones.
    var small = settings
    small.generator.hidden = [4]
    small.discriminator.hidden = [4]
    #expect(try small.start(on: .law(ring)).step == 0)
  }

  /// Rates, decays and n_dis of table 1 in Miyato and others 2018.
  @Test(arguments: [
    ("A", 1e-4, 0.5, 0.9, 5), ("B", 1e-4, 0.5, 0.999, 1), ("C", 2e-4, 0.5, 0.999, 1),
    ("D", 1e-3, 0.5, 0.9, 5), ("E", 1e-3, 0.5, 0.999, 5), ("F", 1e-3, 0.9, 0.999, 5),
  ])
  func spectralSettings(letter: String, rate: Double, b1: Double, b2: Double, steps: Int) throws {
    let settings = try AdversarialTraining.preset("sngan-\(letter)")
    #expect(
      settings.discriminator.optimizer
        == .adam(rate: .constant(rate), meanDecay: b1, squareDecay: b2))
    #expect(settings.generator.optimizer == settings.discriminator.optimizer)
    #expect(settings.discriminatorSteps.count(beforeStep: 30) == steps)
    #expect(settings.control == .spectralNormalization)
    #expect(settings.noise == LatentNoise(dimension: 128))
  }

  @Test func wassersteinSettings() throws {
    let wgan = try AdversarialTraining.preset("wgan")
    #expect(wgan.discriminator.optimizer == .rmsProp(rate: 5e-5, decay: 0.99))
    #expect(wgan.control == .clipping(0.01) && wgan.batch == 64)
    #expect(
      [0, 24, 25, 499, 500, 501].map { wgan.discriminatorSteps.count(beforeStep: $0) }
        == [100, 100, 5, 5, 100, 5])
    let penalty = try AdversarialTraining.preset("wgan-gp")
    #expect(penalty.control == .gradientPenalty(PenaltyWeight(10)))
    #expect(
      penalty.generator.optimizer == .adam(rate: 1e-4, meanDecay: 0, squareDecay: 0.9))
    #expect(penalty.discriminatorSteps == .constant(5))
  }

  /// The presets for a processor; kinks that start among the points are another start from the same seed.
  @Test func smallSettings() throws {
    let ring = PointLaw.gaussianRing(modes: 8, radius: 2, deviation: 0.02)
    for (name, steps) in [
      ("wgan-gp-small", 20_000), ("wgan-lp-small", 20_000), ("sngan-small", 12_000),
    ] {
      var settings = try AdversarialTraining.preset(name)
      #expect(settings.noise.dimension == 2 && settings.steps == steps)
      #expect(settings.kinkStart == .noiseAndData)
      settings.generator.hidden = [4, 4]
      settings.discriminator.hidden = [4, 4]
      let starts = try [.origin, .data, .noiseAndData].map {
        (kinks: AdversarialTraining.KinkStart) in
        settings.kinkStart = kinks
        let checkpoint = try settings.start(on: .law(ring)).checkpoint
        #expect(try settings.resume(on: .law(ring), from: checkpoint).checkpoint == checkpoint)
        return try settings.start(on: .law(ring))
      }
      // Biases are the second matrix of each layer: 0 at the origin.
      let generatorBias = starts.map { $0.generator.network.parameters[1].elements }
      let discriminatorBias = starts.map { $0.discriminatorNetwork.parameters[1].elements }
      #expect(generatorBias.map { $0.contains { $0 != 0 } } == [false, false, true])
      #expect(discriminatorBias.map { $0.contains { $0 != 0 } } == [false, true, true])
    }
  }

  /// Any K may stand in the name, but none below 0.
  @Test func unrolledSettings() throws {
    for steps in [0, 1, 5, 7, 10] {
      let settings = try AdversarialTraining.preset("unrolled-\(steps)")
      #expect(settings.unrolling.steps == steps && settings.noise.dimension == 256)
      #expect(settings.inputScale == 0.25 && settings.discriminator.hidden == [128])
      #expect(try AdversarialTraining.preset("unrolled-\(steps)-small").unrolling.steps == steps)
    }
    #expect(throws: AdversarialTrainingError.self) { try AdversarialTraining.preset("unrolled--2") }
  }

  /// An unknown name is answered with the most similar one.
  @Test(arguments: [("wgan-pg", "wgan-gp"), ("sngan-G", "sngan-A"), ("unrolld-5", "unrolled-5")])
  func theNearestNameIsSuggested(name: String, nearest: String) {
    #expect(throws: AdversarialTrainingError.unknownPreset(name: name, nearest: nearest)) {
      try AdversarialTraining.preset(name)
    }
  }
}
