import Autodiff
import Critics
import Testing
import Transport

/// What is said of samples of images.
@Suite struct ImageMeasureTests {
  /// Surely told and equally frequent classes give their number; one class gives 1, as doubt does.
  @Test func theClassifierScoreHasItsExtremes() {
    let sure = ClassifiedSamples(Matrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    #expect(abs(sure.classifierScore - 3) < 1e-12 && sure.counts == [1, 1, 1])
    #expect(sure.share(withConfidence: 0.9) == 1)
    let one = ClassifiedSamples(Matrix([[1, 0, 0], [1, 0, 0]]))
    #expect(one.classifierScore == 1 && one.shares == [1, 0, 0])
    let doubt = ClassifiedSamples(Matrix([[0.5, 0.5], [0.5, 0.5]]))
    #expect(abs(doubt.classifierScore - 1) < 1e-12 && doubt.share(withConfidence: 0.6) == 0)
  }

  /// exp of the mutual information, written out for two samples.
  @Test func theClassifierScoreIsItsFormula() {
    let samples = ClassifiedSamples(Matrix([[0.9, 0.1], [0.2, 0.8]]))
    func term(_ p: Double, _ q: Double) -> Double { p * logarithm(p / q) }
    let sum = term(0.9, 0.55) + term(0.1, 0.45) + term(0.2, 0.55) + term(0.8, 0.45)
    #expect(abs(samples.classifierScore - exponential(sum / 2)) < 1e-12)
  }

  /// Copies are found; images of the same law that are new are not.
  @Test func copiesAreFound() {
    var random = SplitMix64(seed: 1)
    let training = Matrix.normal(rows: 200, columns: 8, using: &random)
    let heldOut = Matrix.normal(rows: 100, columns: 8, using: &random)
    let copies = MemorizationCheck(samples: training, training: training, heldOut: heldOut)
    #expect(copies.sampleShare == 1 && !copies.isPassed && copies.medianOfSamples == 0)
    let same = MemorizationCheck(samples: heldOut, training: training, heldOut: heldOut)
    #expect(same.isPassed && same.sampleShare == same.heldOutShare && same.heldOutShare < 0.2)
    let far = MemorizationCheck(
      samples: 5 * heldOut, training: training, heldOut: heldOut)
    #expect(far.isPassed && far.sampleShare == 0)
  }

  @Test func everyThirdImageIsHeldOut() {
    let images = LabelledImages(
      levels: (0..<7).map { Double($0) }, height: 1, width: 1, labels: [0, 1, 2, 0, 1, 2, 0])
    let (training, heldOut) = images.split()
    #expect(training.labels == [0, 1, 0, 1, 0] && heldOut.labels == [2, 2])
    // From −1 to 1 over all images.
    #expect(images.pixels.elements.first == -1 && images.pixels.elements.last == 1)
    #expect(heldOut.classes == 3)
  }

  /// A classifier of bars that are lying or standing, and what is said of held-out bars as samples.
  @Test func heldOutImagesAreAsGoodAsDataCanBe() throws {
    let bars = ImageNetworkTests.bars(90)
    let evaluator = try ImageEvaluator(bars, count: 60, classifierSteps: 60)
    #expect(evaluator.accuracy == 1)
    let (_, heldOut) = bars.split()
    let evaluation = try evaluator.evaluate(heldOut.pixels)
    #expect(evaluation.wasserstein1 < 1e-12 && evaluation.frechet < 1e-9)
    #expect(evaluation.classDivergence.jensenShannon < 1e-12)
    #expect(evaluation.classDivergence.earthMovers < 1e-12)
    #expect(evaluation.classes.share(withConfidence: 0.9) > 0.9)
    // Dark images are one class, and as far from the data as the light bars are bright.
    let dark = try evaluator.evaluate(Matrix(rows: 30, columns: 16, repeating: -1))
    #expect(dark.wasserstein1 > 2 * evaluator.floor)
    #expect(dark.classDivergence.earthMovers > 0.1)
    #expect(dark.classes.classifierScore == 1 && evaluator.floor > 0)
  }
}

private func logarithm(_ x: Double) -> Double { Tensor(x).log().scalar }
private func exponential(_ x: Double) -> Double { Tensor(x).exp().scalar }
