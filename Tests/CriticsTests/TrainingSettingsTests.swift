import Critics
import Measures
import TestSupport
import Testing
import Transport

/// Settings that make no training are refused by name, and what sees the exact solution says so.
@Suite struct TrainingSettings {
  @Test func zeroStepsAreRefused() {
    #expect(throws: CriticTrainingError.steps(0)) { try CriticTraining(.cTransform, steps: 0) }
    #expect(throws: CriticTrainingError.steps(-3)) { try CriticTraining(.minFunnel, steps: -3) }
  }

  @Test func widthsThatCannotBeAreRefused() {
    #expect(throws: CriticTrainingError.width(layer: 2, value: 0)) {
      try CriticTraining(.cTransform, hidden: [8, 0])
    }
    #expect(throws: CriticTrainingError.oddWidth(layer: 1, value: 7)) {
      try CriticTraining(.wasserstein(.orthonormal(iterations: 4)), hidden: [7])
    }
    #expect(throws: Never.self) { try CriticTraining(.cTransform, hidden: [7, 3]) }
    #expect(throws: Never.self) { try CriticTraining(.cTransform, hidden: []) }
  }

  @Test func numbersOutOfRangeAreRefused() {
    #expect(throws: CriticTrainingError.batchSize(0)) {
      try CriticTraining(.cTransform, batch: .minibatch(0))
    }
    for rate in [0, -1, Double.nan, .infinity] {
      #expect(throws: CriticTrainingError.self) { try CriticTraining(.cTransform, rate: rate) }
      #expect(throws: CriticTrainingError.self) {
        try CriticTraining(.cTransform, lipschitzBound: rate)
      }
      #expect(throws: CriticTrainingError.self) {
        try CriticTraining(.wasserstein(.clipping(rate)))
      }
      #expect(throws: CriticTrainingError.self) {
        try CriticTraining(.wasserstein(.orthonormalPenalty(rate)))
      }
    }
    for gap in [-0.1, 1, Double.nan] {
      #expect(throws: CriticTrainingError.self) { try CriticTraining(.cTransform, stopAtGap: gap) }
    }
    #expect(throws: CriticTrainingError.self) { try CriticTraining(.cTransform, penaltyPoints: 0) }
    #expect(throws: CriticTrainingError.self) {
      try CriticTraining(.wasserstein(.orthonormal(iterations: -1)))
    }
  }

  @Test func everyErrorSaysWhatToDo() {
    let errors: [CriticTrainingError] = [
      .steps(0), .width(layer: 1, value: 0), .oddWidth(layer: 1, value: 3), .batchSize(0),
      .setting(what: "the gap", value: 2, allowed: "below 1"), .needsExactSolution(what: "this"),
      .needsMinibatches, .needsMeasures, .sampleShape(expected: 4, found: 3),
      .sampleNotFinite(point: 2, value: .nan), .measure(.empty(what: "the list of points")),
    ]
    for error in errors { #expect(error.description.count > 20) }
  }

  @Test func whatSeesTheExactSolutionNeedsItAndSaysSo() throws {
    let instance = try CriticInstance.plane(10, seed: 131)
    let regression = try CriticTraining(.potentialRegression, hidden: [8], steps: 5)
    #expect(throws: CriticTrainingError.self) { try regression.train(on: instance.problem) }
    #expect(try regression.train(on: instance.problem, seeing: instance.exact).usedExact)
    let stopping = try CriticTraining(.cTransform, steps: 5, stopAtGap: 0.1)
    #expect(throws: CriticTrainingError.self) { try stopping.train(on: instance.problem) }
    #expect(try stopping.train(on: instance.problem, seeing: instance.exact).usedExact)
  }

  /// The training up to the gap is the one without it, and it ends at the first record within it.
  @Test(arguments: [CriticTraining.Method.minFunnel, .wasserstein(.orthonormal(iterations: 4))])
  func stoppingAtAGapOnlyStops(method: CriticTraining.Method) throws {
    let instance = try CriticInstance.plane(10, seed: 132)
    let gap = 0.3
    let stopped = try CriticTraining(method, hidden: [8, 8], steps: 80, stopAtGap: gap, seed: 1)
      .train(on: instance.problem, seeing: instance.exact)
    let whole = try CriticTraining(method, hidden: [8, 8], steps: 80, seed: 1)
      .train(on: instance.problem)
    #expect(stopped.steps < 80 && whole.steps == 80)
    let common = stopped.history.dropLast()
    #expect(Array(common) == Array(whole.history.prefix(common.count)))
    let goal = (1 - gap) * instance.exact.cost
    for entry in common.dropLast() {
      #expect(try #require(entry.cTransformLowerBound) < goal)
    }
    let report = CriticReport(on: stopped.critic, of: instance.problem, exact: instance.exact)
    #expect(max(report.certifiedLowerBound, report.cTransformLowerBound) > 0.95 * goal)
  }

  /// A network fitted to the potentials is at W₁ as near as it fits them.
  @Test func regressionOntoPotentialsComesNear() throws {
    let instance = try CriticInstance.plane(8, seed: 133)
    let trained = try CriticTraining(.potentialRegression, hidden: [64], steps: 1000)
      .train(on: instance.problem, seeing: instance.exact)
    let report = CriticReport(on: trained.critic, of: instance.problem, exact: instance.exact)
    #expect(abs(try #require(report.relativeError)) < 0.05)
    #expect(try #require(report.recoveredShare) <= 1 + 1e-9)
  }
}

/// K-Lipschitz critics estimate K · W₁.
@Suite struct LipschitzBoundScaling {
  @Test(arguments: [
    CriticTraining.Method.cTransform, .minFunnel, .wasserstein(.spectralNormalization),
    .wasserstein(.orthonormal(iterations: 4)), .wasserstein(.weightNormalization),
  ])
  func aKLipschitzCriticIsKTimesOneOfSlopeOne(method: CriticTraining.Method) throws {
    let instance = try CriticInstance.plane(10, seed: 141)
    func report(_ bound: Double) throws -> CriticReport {
      let trained = try CriticTraining(
        method, hidden: [8, 8], steps: 20, lipschitzBound: bound
      ).train(on: instance.problem)
      #expect(trained.critic.lipschitzBound == bound)
      return CriticReport(on: trained.critic, of: instance.problem, exact: instance.exact)
    }
    let one = try report(1)
    for bound in [0.5, 2, 4] {
      let scaled = try report(bound)
      // Powers of two, so that nothing is rounded.
      #expect(scaled.estimate == bound * one.estimate)
      #expect(scaled.lipschitzOnSupport == bound * one.lipschitzOnSupport)
      #expect(scaled.certifiedLowerBound == one.certifiedLowerBound)
      #expect(scaled.cTransformLowerBound == one.cTransformLowerBound)
      #expect(scaled.slopes.violations == one.slopes.violations)
      #expect(scaled.relativeError == one.relativeError)
    }
  }
}
