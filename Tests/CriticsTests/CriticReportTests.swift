import Critics
import Measures
import TestSupport
import Testing
import Transport

/// Where a critic is too steep, and where it does not follow the plan.
@Suite struct CriticReportTests {
  /// A steep straight line, exact in every number: f(x) = 3x on points 0, 1, 3 with W₁ = 3.
  private func steepLine() throws -> (Critic, CriticProblem, TransportSolution) {
    let lines = [
      "optimal-transport critic 1", "dimension 1", "center 0.0", "scale 1.0",
      "lipschitz-bound 1.0", "form network", "activation relu", "normalization none", "widths 1 1",
      "3.0", "0.5",
    ]
    let critic = try Critic(fileText: CriticText.signed(lines))
    let problem = try CriticProblem(
      from: PointCloud([[3.0], [7.0]], masses: [1, 0]), to: PointCloud([[0.0], [1], [0]]),
      mass: .normalize)
    return (critic, problem, try NetworkSimplex().solve(problem.transport))
  }

  @Test func aSteepLineViolatesEveryPair() throws {
    let (critic, problem, exact) = try steepLine()
    #expect(critic.values(at: [2, -1]) == [6.5, -2.5])
    let report = CriticReport(on: critic, of: problem, exact: exact)
    #expect(abs(report.estimate - 8) < 1e-12)
    #expect(abs(report.lipschitzOnSupport - 3) < 1e-12)
    // Four atoms with mass, of which two coincide: five pairs of different points.
    #expect(report.slopes.pairs == 5 && report.slopes.violations == 5)
    #expect(abs(report.certifiedLowerBound - exact.cost) < 1e-12)
    #expect(abs(try #require(report.recoveredShare) - 1) < 1e-12)
    let slackness = try #require(report.slackness)
    #expect(slackness.arcs == 3 && slackness.slackArcs == 3)
    #expect(abs(slackness.slackMass - 1) < 1e-12 && abs(slackness.worstSlope - 3) < 1e-12)
    #expect(abs(try #require(report.gradientCosine) - 1) < 1e-12)
  }

  /// Atoms are named as they stand in the measures, those without mass counted.
  @Test func atomsKeepTheirIndices() throws {
    let p = try PointCloud([[9.0], [0.0]], masses: [0, 1])
    let q = try PointCloud([[8.0], [1.0]], masses: [0, 1])
    let problem = try CriticProblem(from: p, to: q)
    let trained = try CriticTraining(.minFunnel, steps: 50).train(on: problem)
    let report = CriticReport(
      on: trained.critic, of: problem, exact: try NetworkSimplex().solve(problem.transport))
    #expect(report.steepestPair.0 == .target(1) && report.steepestPair.1 == .source(1))
    let arc = try #require(report.slackness).worstArc
    #expect(arc.source == 1 && arc.target == 1)
  }

  /// An optimal critic has slope 1 on every arc of the plan.
  @Test func anOptimalCriticHasNoSlackArcs() throws {
    let instance = try CriticInstance.lines(0.5)
    let trained = try CriticTraining(.minFunnel, steps: 300).train(on: instance.problem)
    let report = CriticReport(on: trained.critic, of: instance.problem, exact: instance.exact)
    let slackness = try #require(report.slackness)
    #expect(slackness.slackArcs == 0 && abs(slackness.meanSlope - 1) < 0.01)
    #expect(report.slopes.violations == 0)
  }

  /// A critic is measured on other measures than it was trained on.
  @Test func otherMeasuresCanBeReportedOn() throws {
    let instance = try CriticInstance.plane(12, seed: 151)
    let other = try CriticInstance.plane(9, seed: 152)
    let critic = try CriticTraining(.minFunnel, steps: 60).train(on: instance.problem).critic
    let report = CriticReport(on: critic, of: other.problem, exact: other.exact)
    #expect(report.certifiedLowerBound <= other.exact.cost + other.tolerance)
    #expect(report.lipschitzOnSupport <= 1 + 1e-9)
    #expect(throws: CriticFileError.dimension(critic: 2, points: 1)) {
      try critic.check(fits: CriticInstance.sevenBins().problem)
    }
  }

  /// Infinity on the way, whatever the loss: the step is said, and the critic and its history are finite.
  @Test(arguments: [
    CriticTraining.Method.wasserstein(.weightNormalization), .wasserstein(.orthonormalPenalty(1)),
    .wasserstein(.gradientPenalty(PenaltyWeight(10))), .wasserstein(.layerNormalization),
    .cTransform, .minFunnel, .potentialRegression,
  ])
  func divergenceLeavesTheLastGoodState(method: CriticTraining.Method) throws {
    let instance = try CriticInstance.plane(8, seed: 153)
    let trained = try CriticTraining(method, hidden: [4, 4], steps: 20, rate: 1e300)
      .train(on: instance.problem, seeing: instance.exact)
    let report = CriticReport(on: trained.critic, of: instance.problem, exact: instance.exact)
    #expect(report.estimate.isFinite && report.certifiedLowerBound.isFinite)
    #expect(report.cTransformLowerBound <= instance.exact.cost + instance.tolerance)
    #expect(trained.history.allSatisfy { $0.estimate.isFinite })
    if let step = trained.divergedAt { #expect(step >= 1 && trained.steps <= step) }
  }
}
