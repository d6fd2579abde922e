import Critics
import Measures
import TestSupport
import Testing
import Transport

@Suite struct Scratch {
  @Test func look() throws {
    var random = SplitMix64(seed: 5)
    func cloud(_ n: Int, _ shift: Double) throws -> PointCloud {
      try PointCloud(
        coordinates: (0..<2 * n).map { _ in Double.random(in: 0..<1, using: &random) + shift },
        dimension: 2)
    }
    let (p, q) = try Instances.sevenBins()
    let lines = (
      try PointCloud((0..<20).map { [0, Double($0) / 20] }),
      try PointCloud((0..<20).map { [0.5, Double($0) / 20] })
    )
    let problems = [
      ("bins7", try CriticProblem(from: p.pointCloud, to: q.pointCloud)),
      ("lines .5", try CriticProblem(from: lines.0, to: lines.1)),
      ("2d100", try CriticProblem(from: cloud(100, 0), to: cloud(100, 0.1))),
    ]
    let methods: [(String, CriticTraining.Method)] = [
      ("c-transform", .cTransform), ("min-funnel", .minFunnel),
      ("clipping", .wasserstein(.clipping(0.1))),
      ("gp", .wasserstein(.gradientPenalty(PenaltyWeight(from: 10, to: 10)))),
      ("lp 10-1000", .wasserstein(.lipschitzPenalty(PenaltyWeight(from: 10, to: 1000)))),
      ("sn", .wasserstein(.spectralNormalization)),
      ("so", .wasserstein(.orthonormal(iterations: 8))),
    ]
    for (name, problem) in problems {
      let exact = try NetworkSimplex().solve(problem.transport)
      for (title, method) in methods {
        let clock = ContinuousClock.now
        let trained = CriticTraining(method).train(on: problem)
        let report = CriticReport(on: trained.critic, of: problem, exact: exact)
        func pc(_ x: Double) -> String { "\((x / exact.cost - 1) * 100)".prefix(7) + "%" }
        print(
          name, title, "raw", pc(report.estimate), "cert", pc(report.certifiedLowerBound), "c",
          pc(report.cTransformLowerBound), "L", report.lipschitzOnSupport, "slope",
          report.slopeOnPlan ?? -1, "cos", report.gradientCosine ?? -1, trained.divergedAt ?? -1,
          ContinuousClock.now - clock)
      }
    }
  }
}
