import Critics
import Measures
import TestSupport
import Testing
import Transport

/// A square of side 1 with its corner at a place on the diagonal.
struct Square: PointSampler {
  let corner: Double
  let dimension = 2

  func points(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
    (0..<2 * count).map { _ in corner + Double.random(in: 0..<1, using: &generator) }
  }
}

/// A sampler whose points are not what it promises.
private struct Broken: PointSampler {
  let dimension = 2
  let coordinates: [Double]

  func points(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
    (0..<count).flatMap { _ in coordinates }
  }
}

@Suite struct MinibatchTests {
  /// Every method learns from parts of the measures; what it learnt is held against the whole.
  @Test(arguments: everyMethod)
  func everyMethodTrainsOnMinibatches(method: CriticTraining.Method) throws {
    let instance = try CriticInstance.plane(14, seed: 121)
    let training = try CriticTraining(
      method, hidden: [8, 8], steps: 15, penaltyPoints: 8, batch: .minibatch(5), seed: 2)
    let first = try training.train(on: instance.problem, seeing: instance.exact)
    let second = try training.train(on: instance.problem, seeing: instance.exact)
    #expect(first.critic == second.critic && first.history == second.history)
    #expect(first.steps == 15 && first.divergedAt == nil)
    let report = CriticReport(on: first.critic, of: instance.problem, exact: instance.exact)
    #expect(report.certifiedLowerBound <= instance.exact.cost + instance.tolerance)
    #expect(report.cTransformLowerBound <= instance.exact.cost + instance.tolerance)
    let whole = try CriticTraining(
      method, hidden: [8, 8], steps: 15, penaltyPoints: 8, seed: 2
    ).train(on: instance.problem, seeing: instance.exact)
    #expect(whole.critic != first.critic)
  }

  /// Heights learnt from batches of targets come near to the whole's W₁: the gradient is right in the mean.
  @Test func stochasticHeightsConverge() throws {
    let instance = try CriticInstance.plane(12, seed: 122)
    let trained = try CriticTraining(.minFunnel, steps: 600, batch: .minibatch(8), seed: 1)
      .train(on: instance.problem)
    let report = CriticReport(on: trained.critic, of: instance.problem, exact: instance.exact)
    #expect(try #require(report.relativeError) > -0.03)
  }

  /// Atoms are drawn as often as their masses say.
  @Test func batchesAreDrawnByMass() throws {
    let p = try PointCloud([[0.0], [1], [5]], masses: [3, 1, 0])
    let q = try PointCloud([[2.0]], masses: [4])
    let problem = try CriticProblem(from: p, to: q)
    var random = SplitMix64(seed: 123)
    let batch = try problem.batch(of: 4000, using: &random)
    #expect(batch.source.coordinates.allSatisfy { $0 == 0 || $0 == 1 }, "no mass, never drawn")
    let ones = Double(batch.source.coordinates.count { $0 == 1 })
    // Four standard deviations of a binomial law with n = 4000 and 1/4.
    #expect(abs(ones - 1000) < 4 * 27.4)
    #expect(abs(batch.transport.totalMass - 4) < 1e-9)
  }

  /// A batch's own W₁ is larger in the mean, by convexity; the critic's error on the batch is the rest.
  @Test func theBiasOfSamplingStandsApartFromTheErrorOfOptimization() throws {
    let instance = try CriticInstance.plane(30, seed: 124)
    let trained = try CriticTraining(.minFunnel, steps: 300, batch: .minibatch(10))
      .train(on: instance.problem)
    let report = try BatchReport(
      on: trained.critic, of: instance.problem, size: 10, count: 40, seed: 7,
      exact: instance.exact.cost, solver: NetworkSimplex())
    #expect(report.batches.count == 40)
    #expect(report.samplingBias > 2 * report.samplingDeviation, "E W₁(batch) ≥ W₁")
    #expect(report.optimizationError < 0, "a 1-Lipschitz critic is below each batch's own W₁")
    for batch in report.batches { #expect(batch.estimate <= batch.exact * (1 + 1e-9)) }
    #expect(
      abs(report.totalError - report.samplingBias - report.optimizationError) < 1e-12)
  }

  @Test(arguments: [
    CriticTraining.Method.cTransform, .minFunnel, .wasserstein(.orthonormal(iterations: 4)),
    .wasserstein(.batchNormalization), .wasserstein(.gradientPenalty(PenaltyWeight(10))),
  ])
  func samplersTrainCriticsThatHoldOnOtherPoints(method: CriticTraining.Method) throws {
    let training = try CriticTraining(
      method, hidden: [8, 8], steps: 20, penaltyPoints: 16, batch: .minibatch(16), seed: 3)
    let (p, q) = (Square(corner: 0), Square(corner: 0.5))
    let trained = try training.train(from: p, to: q, firstSample: 40)
    #expect(try training.train(from: p, to: q, firstSample: 40).critic == trained.critic)
    var random = SplitMix64(seed: 125)
    let held = try CriticInstance(
      "held", from: PointCloud(coordinates: p.points(30, using: &random), dimension: 2),
      to: PointCloud(coordinates: q.points(30, using: &random), dimension: 2))
    let report = CriticReport(on: trained.critic, of: held.problem, exact: held.exact)
    #expect(report.estimate.isFinite && trained.divergedAt == nil)
    #expect(report.certifiedLowerBound <= held.exact.cost + held.tolerance)
    #expect(report.cTransformLowerBound <= held.exact.cost + held.tolerance)
  }

  @Test func samplersThatBreakTheirPromiseAreNamed() throws {
    let training = try CriticTraining(.cTransform, steps: 2, batch: .minibatch(4))
    let square = Square(corner: 0)
    #expect(throws: CriticTrainingError.sampleNotFinite(point: 0, value: .infinity)) {
      try training.train(from: square, to: Broken(coordinates: [1, .infinity]))
    }
    #expect(throws: CriticTrainingError.self) {
      try training.train(from: Broken(coordinates: [.nan, 1]), to: square)
    }
    #expect(throws: CriticTrainingError.sampleShape(expected: 16, found: 8)) {
      try training.train(from: square, to: Broken(coordinates: [1]), firstSample: 8)
    }
    #expect(throws: CriticTrainingError.batchSize(0)) {
      try training.train(from: square, to: square, firstSample: 0)
    }
  }

  @Test func samplersNeedMinibatchesAndCannotBeSolved() throws {
    let square = Square(corner: 0)
    #expect(throws: CriticTrainingError.needsMinibatches) {
      try CriticTraining(.cTransform).train(from: square, to: square)
    }
    #expect(throws: CriticTrainingError.needsMeasures) {
      try CriticTraining(.potentialRegression, batch: .minibatch(4)).train(from: square, to: square)
    }
    #expect(throws: CriticTrainingError.self) {
      try CriticTraining(.cTransform, batch: .minibatch(4), stopAtGap: 0.1)
        .train(from: square, to: square)
    }
  }
}
