#if !DEBUG
import Autodiff
import Critics
import Foundation
import MeasureFiles
import Testing
import Transport

/// The page on handwritten digits in small: networks are trained for seconds, in release alone.
@Suite struct DigitsTests {
  private static func digits() throws -> LabelledImages {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.path + "/Examples/data/"
    let images = try ImageCollection(
      contentsOf: folder + "digits-images-idx3-ubyte.gz",
      labels: folder + "digits-labels-idx1-ubyte.gz")
    return LabelledImages(
      levels: images.pixels, height: images.height, width: images.width, labels: images.labels)
  }

  /// The classifier is right on 95 of 100 held-out digits, a few steps of a generator come nearer to them, and the
  /// exact distance, the classes and the check for copies say so.
  @Test func samplesComeNearer() throws {
    let evaluator = try ImageEvaluator(try Self.digits(), count: 300, classifierSteps: 500)
    #expect(evaluator.accuracy >= 0.95)
    #expect(evaluator.heldOut.count == 599 && evaluator.training.count == 1198)
    var settings = try ImagePreset.spectral.settings(
      for: evaluator.heldOut.shape, classes: 10, channels: 8)
    (settings.steps, settings.batch, settings.generatorAveraging) = (200, 32, 0.9)
    var run = try settings.start(on: .measure(evaluator.training.cloud()))
    func evaluation() throws -> ImageEvaluation {
      var random = SplitMix64(seed: 1)
      return try evaluator.evaluate(run.samplingGenerator.sample(300, using: &random))
    }
    let before = try evaluation()
    while !run.isFinished { run.advance() }
    let after = try evaluation()
    #expect(run.divergedAt == nil)
    #expect(after.wasserstein1 < 0.85 * before.wasserstein1)
    #expect(after.wasserstein1 > evaluator.floor)
    #expect(after.memorization.isPassed)
    // Training images themselves are copies.
    let copies = try evaluator.evaluate(evaluator.training.pixels)
    #expect(!copies.memorization.isPassed && copies.memorization.sampleShare == 1)
    #expect(copies.classes.classifierScore > 9)
  }
}
#endif
