#if !DEBUG
import Critics
import Measures
import TestSupport
import Testing
import Transport

/// Trainings to the end, which only a release build does in seconds.
@Suite(.serialized) struct TrainingTests {
  private func report(
    _ method: CriticTraining.Method, _ instance: CriticInstance, seed: UInt64 = 0,
    hidden: [Int]? = nil, steps: Int? = nil
  ) throws -> CriticReport {
    let training = try CriticTraining(method, hidden: hidden, steps: steps, seed: seed)
    let trained = try training.train(on: instance.problem, seeing: instance.exact)
    return CriticReport(on: trained.critic, of: instance.problem, exact: instance.exact)
  }

  /// The semi-dual critic comes within one per cent of W₁ from below, for three draws and seeds.
  ///
  /// `ot-benchmark --workload critic-errors` measures the larger problems too, and others.
  @Test(arguments: [0, 1, 2])
  func theSemiDualCriticIsWithinOnePerCent(seed: UInt64) throws {
    for problem: DocumentedProblem in [
      .sevenBins, .parallelLines, .line50, .plane10, .plane100, .threeCones, .weighted,
      .tenDimensions,
    ] {
      let instance = try CriticInstance(problem, seed: seed)
      let report = try report(.cTransform, instance, seed: seed)
      let error = try #require(report.relativeError)
      #expect(error > -0.01 && error < 1e-9, "\(instance): \(error)")
      #expect(report.lipschitzOnSupport <= 1 + 1e-9)
    }
  }

  /// Orthonormal MaxMin networks, 1-Lipschitz by form, within one per cent in one dimension and on lines.
  @Test(arguments: [DocumentedProblem.sevenBins, .parallelLines, .line50])
  func orthonormalNetworksAreWithinOnePerCentOnTheLine(problem: DocumentedProblem) throws {
    let report = try report(.wasserstein(.orthonormal(iterations: 3)), CriticInstance(problem))
    let error = try #require(report.relativeError)
    #expect(error > -0.01 && error < 1e-9)
    #expect(try #require(report.slopeOnPlan) > 0.99, "complementary slackness")
  }

  /// And within eight per cent in the plane, where no network is perfect in seconds.
  @Test(arguments: [DocumentedProblem.plane10, .plane100, .threeCones, .eightGaussians])
  func orthonormalNetworksAreWithinEightPerCentInThePlane(problem: DocumentedProblem) throws {
    let report = try report(.wasserstein(.orthonormal(iterations: 3)), CriticInstance(problem))
    let error = try #require(report.relativeError)
    #expect(error > -0.08 && error < 1e-9)
  }

  /// A one-sided penalty whose weight grows, within five per cent; not of necessity from below.
  @Test(arguments: [DocumentedProblem.sevenBins, .parallelLines, .line50, .eightGaussians])
  func theAnnealedPenaltyIsWithinFivePerCent(problem: DocumentedProblem) throws {
    let method = CriticTraining.Method.wasserstein(
      .lipschitzPenalty(PenaltyWeight(from: 10, to: 1000, in: .spreads)))
    let error = try #require(
      report(method, CriticInstance(problem)).relativeError)
    #expect(abs(error) < 0.05)
  }

  /// A gradient penalty does not compute W₁: on parallel lines at a distance θ its optimum is
  /// θ + θ²/(2λ), from the pointwise best slope 1 + θ/(2λ).
  @Test(arguments: [0.25, 0.5, 1], [1.0, 10, 100])
  func aGradientPenaltyOvershootsByItsClosedForm(theta: Double, lambda: Double) throws {
    let instance = try CriticInstance.lines(theta)
    let report = try report(
      .wasserstein(.gradientPenalty(PenaltyWeight(lambda))), instance, hidden: [32, 32])
    let expected = theta + theta * theta / (2 * lambda)
    #expect(abs(report.estimate - expected) < 0.005 * expected)
  }

  /// Clipping computes no multiple of W₁ that anybody knows, but its critic divided by its slope is a
  /// bound like any other.
  @Test func aClippedCriticIsOffByAnUnknownFactor() throws {
    let instance = try CriticInstance.lines(0.5)
    let report = try report(.wasserstein(.clipping(0.1)), instance)
    #expect(abs(try #require(report.relativeError)) > 1)
    #expect(report.certifiedLowerBound <= instance.exact.cost + instance.tolerance)
  }
}
#endif
