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

  /// The semi-dual critic comes within one per cent of W₁ from below, from three seeds.
  @Test(arguments: [0, 1, 2])
  func theSemiDualCriticIsWithinOnePerCent(seed: UInt64) throws {
    for instance in try [
      CriticInstance.sevenBins(), .lines(0.5), .plane(10, seed: 101), .plane(100, seed: 102),
      .tenDimensions(100, seed: 103),
    ] {
      let report = try report(.cTransform, instance, seed: seed)
      let error = try #require(report.relativeError)
      #expect(error > -0.01 && error < 1e-9, "\(instance): \(error)")
      #expect(report.lipschitzOnSupport <= 1 + 1e-9)
    }
  }

  /// Orthonormal MaxMin networks, 1-Lipschitz by form, within one per cent in one dimension and on lines.
  @Test func orthonormalNetworksAreWithinOnePerCentOnTheLine() throws {
    for instance in try [CriticInstance.sevenBins(), .lines(0.5)] {
      let report = try report(.wasserstein(.orthonormal(iterations: 8)), instance)
      #expect(try #require(report.relativeError) > -0.01)
      #expect(try #require(report.slopeOnPlan) > 0.99, "complementary slackness")
    }
  }

  /// A one-sided penalty whose weight grows, within five per cent.
  @Test func theAnnealedPenaltyIsWithinFivePerCent() throws {
    let method = CriticTraining.Method.wasserstein(
      .lipschitzPenalty(PenaltyWeight(from: 10, to: 1000, in: .spreads)))
    for instance in try [CriticInstance.sevenBins(), .lines(0.5)] {
      #expect(abs(try #require(try report(method, instance).relativeError)) < 0.05)
    }
  }

  /// A gradient penalty does not compute W₁: on parallel lines at a distance θ its optimum is
  /// θ + θ²/(2λ), from the pointwise best slope 1 + θ/(2λ).
  @Test(arguments: [(0.5, 10.0), (1, 10), (0.5, 100)])
  func aGradientPenaltyOvershootsByItsClosedForm(theta: Double, lambda: Double) throws {
    let instance = try CriticInstance.lines(theta)
    let report = try report(
      .wasserstein(.gradientPenalty(PenaltyWeight(lambda))), instance, hidden: [32, 32])
    let expected = theta + theta * theta / (2 * lambda)
    #expect(abs(report.estimate - expected) < 0.01 * expected)
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
