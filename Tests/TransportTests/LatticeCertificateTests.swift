import Measures
import TestSupport
import Testing
import Transport

/// The certificate between grids, axis by axis, against the scan of all arcs.
@Suite struct LatticeCertificateTests {
  static let costs: [(cost: GroundCost, order: Double)] = [
    (.cityBlock, 1), (.squaredEuclidean, 1), (.euclidean, 2), (.chebyshev, 1), (.minkowski(3), 3),
    (.minkowski(2.5), 2.5),
  ]

  static let shapes: [(source: [Int], target: [Int])] = [
    ([5, 6], [5, 6]), ([1, 8], [1, 8]), ([4, 7], [6, 3]), ([2, 3, 4], [3, 2, 4]),
    ([1, 1], [1, 1]),
  ]

  @Test func agreesWithTheScanOfAllArcsOnOptimalAndBentPotentials() throws {
    var random = SplitMix64(seed: 21)
    for (source, target) in Self.shapes {
      for (cost, order) in Self.costs {
        let spacing = source.map { _ in
          cost == .chebyshev ? 1.5 : Double.random(in: 0.5..<2, using: &random)
        }
        let problem = try TransportProblem(
          from: image(source, spacing, emptyShare: 0.2, &random),
          to: image(target, spacing, emptyShare: 0.2, &random), cost: cost, order: order,
          mass: .normalize)
        let optimal = try NetworkSimplex().solve(problem).potentials
        for bend in [0, 1e-11, 1e-6, 0.01, 10] {
          let bent = KantorovichPotentials(
            source: optimal.source.map { $0 + Double.random(in: -bend...bend, using: &random) },
            target: optimal.target.map { $0 + Double.random(in: -bend...bend, using: &random) })
          let full = problem.leastReducedCostOfAllArcs(under: bent)
          let short = try #require(problem.leastReducedCostOnTheLattice(under: bent))
          #expect(
            abs(full.value - short.value) <= 1e-11,
            "\(source), \(cost), bent by \(bend): \(full) and \(short)")
        }
      }
    }
  }

  @Test func oneBentPotentialIsCaught() throws {
    var random = SplitMix64(seed: 22)
    for (cost, order) in GridFlowTests.costs {
      let problem = try TransportProblem(
        from: image([17, 16], [1, 1], emptyShare: 0.3, &random),
        to: image([17, 16], [1, 1], emptyShare: 0.3, &random), cost: cost, order: order,
        mass: .normalize)
      let solution = try GridFlow().solve(problem)
      #expect(solution.certificate(for: problem).holds)
      var source = solution.potentials.source
      source[100] += 1e-3
      let bent = KantorovichPotentials(source: source, target: solution.potentials.target)
      let certificate = OptimalityCertificate(of: problem, plan: solution.plan, potentials: bent)
      #expect(!certificate.holds)
      #expect(certificate.worstArc.source == 100)
    }
  }

  @Test func aPlanWithTwoTargetsExchangedIsCaught() throws {
    var random = SplitMix64(seed: 23)
    let problem = try TransportProblem(
      from: image([16, 17], [1, 1], emptyShare: 0, &random),
      to: image([16, 17], [1, 1], emptyShare: 0, &random), cost: .cityBlock, mass: .normalize)
    let solution = try GridFlow().solve(problem)
    var arcs = solution.plan.arcs
    let (first, last) = (arcs[0], arcs[arcs.count - 1])
    arcs[0] = TransportPlan.Arc(source: first.source, target: last.target, mass: first.mass)
    arcs[arcs.count - 1] = TransportPlan.Arc(
      source: last.source, target: first.target, mass: last.mass)
    let plan = TransportPlan(
      arcs: arcs, sourceCount: problem.sourceCount, targetCount: problem.targetCount)
    let certificate = OptimalityCertificate(
      of: problem, plan: plan, potentials: solution.potentials)
    #expect(!certificate.holds)
  }

  @Test func conjugatesBetweenGridsAreThoseOfAllArcs() throws {
    var random = SplitMix64(seed: 24)
    for (cost, order) in Self.costs {
      let (p, q) = (
        try image([16, 18], [1, 1], emptyShare: 0, &random),
        try image([18, 16], [1, 1], emptyShare: 0, &random)
      )
      let grids = try TransportProblem(from: p, to: q, cost: cost, order: order, mass: .normalize)
      let points = try TransportProblem(
        from: p.pointCloud, to: q.pointCloud, cost: cost, order: order, mass: .normalize)
      let potentials = (0..<q.count).map { _ in Double.random(in: -9..<9, using: &random) }
      for (a, b) in zip(
        grids.sourceTransform(of: potentials), points.sourceTransform(of: potentials))
      {
        #expect(abs(a - b) <= 1e-12 * (1 + abs(b)))
      }
      for (a, b) in zip(
        grids.targetTransform(of: potentials), points.targetTransform(of: potentials))
      {
        #expect(abs(a - b) <= 1e-12 * (1 + abs(b)))
      }
    }
  }
}
