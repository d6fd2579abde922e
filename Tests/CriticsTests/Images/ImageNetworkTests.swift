import Autodiff
import Critics
import Measures
import Testing
import Transport

/// Networks on images as players of a training.
@Suite struct ImageNetworkTests {
  static let presets: [ImagePreset] = [
    .spectral, .batchNormalized, .conditional, .recurrent(unrolling: 0), .recurrent(unrolling: 2),
  ]

  /// Images of 4 × 4 pixels: a light row or a light column for the two classes, with noise.
  static func bars(_ count: Int) -> LabelledImages {
    var random = SplitMix64(seed: 1)
    let labels = (0..<count).map { $0 % 2 }
    let levels = labels.flatMap { label in
      let place = Int.random(in: 0..<4, using: &random)
      return (0..<16).map { pixel in
        (label == 0 ? pixel / 4 : pixel % 4) == place
          ? Double.random(in: 12...16, using: &random) : 0
      }
    }
    return LabelledImages(levels: levels, height: 4, width: 4, labels: labels)
  }

  private static func start(_ preset: ImagePreset, steps: Int = 4) throws -> AdversarialRun {
    let images = bars(24)
    var settings = try preset.settings(for: images.shape, classes: images.classes, channels: 4)
    settings.batch = 6
    settings.steps = steps
    settings.seed = 2
    return try settings.start(on: .measure(images.cloud(withLabels: preset.usesLabels)))
  }

  /// A run that was stopped, written, read and resumed ends in the bits of an unbroken one; so do the means.
  @Test(arguments: presets)
  func aResumedRunEndsInTheSameBits(preset: ImagePreset) throws {
    var whole = try Self.start(preset)
    var first = whole
    while !whole.isFinished { whole.advance() }
    for _ in 0..<2 { first.advance() }
    let checkpoint = try AdversarialCheckpoint(bytes: first.checkpoint.bytes)
    var second = try first.settings.resume(on: first.data, from: checkpoint)
    while !second.isFinished { second.advance() }
    #expect(second.checkpoint.bytes == whole.checkpoint.bytes)
    #expect(whole.step == 4 && whole.divergedAt == nil)
    #expect(second.samplingGenerator == whole.samplingGenerator)
  }

  /// The gradient through networks and, where there are any, the opponent's unrolled steps.
  @Test(arguments: presets)
  func theGeneratorsGradientIsThatOfDifferences(preset: ImagePreset) throws {
    let run = try Self.start(preset)
    var random = SplitMix64(seed: 4)
    let data = run.data.batch(6, using: &random)
    let noise = run.settings.noise.sample(6, using: &random)
    let slopes = run.generatorGradient(data: data, noise: noise).total
    func value(_ change: Double) -> Double {
      var moved = run
      moved.replaceParameters(
        generator: zip(run.generator.network.parameters, slopes).map { $0 + change * $1 })
      return moved.generatorGradient(data: data, noise: noise).value
    }
    // Along the gradient itself the slope is its squared norm. Kinks of ReLU that lie within the step leave an
    // error of the order of the step.
    let step = 1e-5
    let square = slopes.reduce(0) { $0 + $1.elements.reduce(0) { $0 + $1 * $1 } }
    let difference = (value(step) - value(-step)) / (2 * step)
    // Power iteration's vectors count as constants and move on with the unrolled steps.
    let tolerance = preset == .recurrent(unrolling: 2) ? 0.05 : 1e-4
    #expect(abs(difference - square) < tolerance * square)
    #expect(square > 0)
  }

  /// With frozen statistics a sample depends on its own noise alone, and on the batch that they are of the
  /// values are those of the normalised network.
  @Test func frozenStatisticsAreThoseOfTheBatch() throws {
    let run = try Self.start(.spectral)
    var random = SplitMix64(seed: 5)
    let noise = run.settings.noise.sample(7, using: &random)
    let together = run.generator.points(at: noise)
    for row in 0..<7 {
      let alone = run.generator.points(at: noise.rows(at: [row]))
      let differences = zip(alone.elements, together.rows(at: [row]).elements).map { abs($0 - $1) }
      #expect((differences.max() ?? 1) < 1e-12)
    }
  }

  /// The label goes in and comes out again; the projection tells it from others.
  @Test func labelsPassThroughTheGeneratorAndCountInTheDiscriminator() throws {
    let run = try Self.start(.conditional)
    var random = SplitMix64(seed: 6)
    let noise = run.settings.noise.sample(5, using: &random)
    let points = run.generator.points(at: noise)
    #expect(points.columns == 18)
    for row in 0..<5 {
      #expect((0..<2).allSatisfy { points[row, 16 + $0] == noise[row, 32 + $0] })
    }
    var relabelled = points
    for row in 0..<5 {
      for label in 0..<2 { relabelled[row, 16 + label] = 1 - points[row, 16 + label] }
    }
    let network = run.discriminatorNetwork
    let parameters = network.parameters.map { Tensor($0) }
    let outputs = [points, relabelled].map {
      network.outputs(for: Tensor($0), parameters: parameters).value
    }
    #expect(outputs[0].columns == 1 && outputs[0] != outputs[1])
  }

  /// Every weight in use under spectral normalisation has a largest singular value near 1 after some steps,
  /// never far below: of a convolution it is that of its matrix.
  @Test func spectralNormalisationHoldsTheMatricesOfConvolutions() throws {
    var run = try Self.start(.spectral, steps: 40)
    while !run.isFinished { run.advance() }
    for spectrum in run.discriminatorSpectra() {
      #expect(spectrum.spectralNorm >= 1 - 1e-9 && spectrum.spectralNorm < 1.2)
    }
  }

  /// The mean keeps what it is told to, and less in the first steps; training itself does not see it.
  @Test func samplesAreMadeWithTheMeanOfParameters() throws {
    let images = Self.bars(24)
    var settings = try ImagePreset.recurrent(unrolling: 0).settings(
      for: images.shape, classes: 1, channels: 4)
    (settings.batch, settings.steps, settings.generatorAveraging) = (6, 3, 0.15)
    var run = try settings.start(on: .measure(images.cloud()))
    #expect(run.samplingGenerator == run.generator)
    var expected: [Matrix] = []
    for step in 0..<3 {
      run.advance()
      let parameters = run.generator.network.parameters
      // (1 + t)/(10 + t) is 0.1 at first, 2/11 from the second step on.
      let kept = step == 0 ? 0 : min(0.15, Double(1 + step) / Double(10 + step))
      expected =
        step == 0 ? parameters : zip(expected, parameters).map { kept * $0 + (1 - kept) * $1 }
    }
    #expect(run.samplingGenerator.network.parameters == expected)
    settings.generatorAveraging = nil
    var plain = try settings.start(on: .measure(images.cloud()))
    while !plain.isFinished { plain.advance() }
    #expect(plain.generator == run.generator && plain.samplingGenerator == plain.generator)
    settings.generatorAveraging = 1
    #expect(throws: AdversarialTrainingError.self) {
      _ = try settings.start(on: .measure(images.cloud()))
    }
  }

  @Test func settingsThatDoNotFitAreErrors() throws {
    #expect(throws: AdversarialTrainingError.self) {
      _ = try ImagePreset.spectral.settings(for: ImageShape(height: 6, width: 8), classes: 1)
    }
    #expect(throws: AdversarialTrainingError.self) {
      _ = try ImagePreset.conditional.settings(for: ImageShape(height: 8, width: 8), classes: 1)
    }
    for channels in [0, 3, -2] {
      #expect(throws: AdversarialTrainingError.self) {
        _ = try ImagePreset.spectral.settings(
          for: ImageShape(height: 8, width: 8), classes: 1, channels: channels)
      }
    }
    #expect(
      throws: AdversarialTrainingError.unknownPreset(name: "sgan-images", nearest: "sngan-images")
    ) { _ = try ImagePreset("sgan-images") }
    let settings = try ImagePreset.spectral.settings(
      for: ImageShape(height: 8, width: 8), classes: 1)
    #expect(throws: AdversarialTrainingError.self) {
      _ = try settings.start(on: .measure(Self.bars(24).cloud()))
    }
  }
}
