import Measures
import TestSupport
import Testing
import Transport

@Suite struct OptimalityCertificateTests {
  private func solved() throws -> (TransportProblem, TransportSolution) {
    let (p, q) = try Instances.sevenBins()
    let problem = try TransportProblem(from: p, to: q)
    return (problem, try NetworkSimplex().solve(problem))
  }

  @Test func aSolutionHoldsAndBothValuesAgree() throws {
    let (problem, solution) = try solved()
    let certificate = solution.certificate(for: problem)
    #expect(certificate.holds)
    #expect(abs(certificate.primal - 0.9) < 1e-15)
    #expect(abs(certificate.dual - 0.9) < 1e-15)
  }

  @Test func aPlanWithAMisplacedMassIsRefused() throws {
    let (problem, solution) = try solved()
    var arcs = solution.plan.arcs
    let first = arcs[0]
    arcs[0] = TransportPlan.Arc(
      source: first.source, target: first.target, mass: first.mass + 1e-6)
    let bent = TransportPlan(arcs: arcs, sourceCount: 7, targetCount: 7)
    let certificate = OptimalityCertificate(
      of: problem, plan: bent, potentials: solution.potentials)
    #expect(!certificate.holds)
    #expect(abs(certificate.marginalError - 1e-6) < 1e-12)
  }

  @Test func aFeasiblePlanThatCostsMoreIsRefused() throws {
    let (problem, solution) = try solved()
    // Sending mass from 0 to 6 and from 6 to 0 instead of leaving it keeps every sum.
    let detour = [
      TransportPlan.Arc(source: 0, target: 6, mass: 0.01),
      TransportPlan.Arc(source: 6, target: 0, mass: 0.01),
      TransportPlan.Arc(source: 0, target: 0, mass: -0.01),
      TransportPlan.Arc(source: 6, target: 6, mass: -0.01),
    ]
    let bent = TransportPlan(
      arcs: solution.plan.arcs + detour, sourceCount: 7, targetCount: 7)
    let certificate = OptimalityCertificate(
      of: problem, plan: bent, potentials: solution.potentials)
    #expect(certificate.gap > 1e-3)
    #expect(!certificate.holds)
  }

  /// 0.1 + 0.2 is not 0.3 in doubles; no solver may report the difference as a way that mass takes.
  @Test func roundingsOfTheMassesAreNoArcs() throws {
    let problem = try TransportProblem(
      from: Histogram([0.1, 0.2, 0.7]), to: Histogram([0.3, 0.3, 0.4]))
    for solver in [NetworkSimplex(), MonotoneRearrangement()] as [any TransportSolver] {
      let plan = try solver.solve(problem).plan
      #expect(plan.arcs.allSatisfy { $0.mass > 0.05 }, "\(solver.name): \(plan.arcs)")
    }
  }

  @Test func aNegativeMassIsAViolation() throws {
    let problem = try TransportProblem(from: Histogram([1, 1]), to: Histogram([1, 1]))
    let plan = TransportPlan(
      arcs: [
        .init(source: 0, target: 0, mass: 2), .init(source: 0, target: 1, mass: -1),
        .init(source: 1, target: 0, mass: -1), .init(source: 1, target: 1, mass: 2),
      ], sourceCount: 2, targetCount: 2)
    let certificate = OptimalityCertificate(
      of: problem, plan: plan, potentials: .init(source: [0, 0], target: [0, 0]))
    #expect(certificate.marginalError == 0.5)
  }

  @Test func aPotentialThatIsTooHighIsRefusedAtItsArc() throws {
    let (problem, solution) = try solved()
    var g = solution.potentials.target
    g[3] += 1e-3
    let certificate = OptimalityCertificate(
      of: problem, plan: solution.plan,
      potentials: .init(source: solution.potentials.source, target: g))
    #expect(!certificate.holds)
    #expect(certificate.minimumReducedCost < -1e-5)
    #expect(certificate.worstArc.target == 3)
  }

  @Test func massOnAForbiddenArcIsRefused() throws {
    let problem = try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1]),
      cost: CostMatrix(rows: [[.infinity, 1], [1, 1]]))
    let plan = TransportPlan(
      arcs: [.init(source: 0, target: 0, mass: 1), .init(source: 1, target: 1, mass: 1)],
      sourceCount: 2, targetCount: 2)
    let certificate = OptimalityCertificate(
      of: problem, plan: plan, potentials: .init(source: [0, 0], target: [1, 1]))
    #expect(!certificate.holds)
  }

  @Test func potentialsThatAreNotNumbersAreRefused() throws {
    let (problem, solution) = try solved()
    var f = solution.potentials.source
    f[0] = .nan
    let certificate = OptimalityCertificate(
      of: problem, plan: solution.plan,
      potentials: .init(source: f, target: solution.potentials.target))
    #expect(!certificate.holds)
  }

  /// The numbers of a certificate have no unit: scaling masses and costs by powers of two changes none.
  @Test func scalingChangesNoNumber() throws {
    let (problem, solution) = try solved()
    let plain = solution.certificate(for: problem)
    let (p, q) = try Instances.sevenBins()
    let scaled = try TransportProblem(
      from: Histogram(p.masses.map { $0 * 0x1p300 }, at: (0..<7).map { Double($0) * 0x1p-200 }),
      to: Histogram(q.masses.map { $0 * 0x1p300 }, at: (0..<7).map { Double($0) * 0x1p-200 }))
    let certificate = try NetworkSimplex().solve(scaled).certificate(for: scaled)
    #expect(certificate.gap == plain.gap)
    #expect(certificate.marginalError == plain.marginalError)
    #expect(certificate.minimumReducedCost == plain.minimumReducedCost)
  }
}

@Suite struct LineScanTests {
  /// On the line the fast scan finds a violation exactly when the scan of all arcs does, whatever the
  /// potentials, and the optimum's least reduced cost to rounding.
  @Test(arguments: [1, 1.5, 2, 4])
  func fastScanAgreesWithFullScan(order: Double) throws {
    var random = SplitMix64(seed: 11)
    for size in [1, 2, 7, 40] {
      let problem = try TransportProblem(
        from: Instances.cloud(size, dimension: 1, &random),
        to: Instances.cloud(size + 3, dimension: 1, &random), order: order, mass: .normalize)
      let optimal = try MonotoneRearrangement().solve(problem).potentials
      for bend in [0, 1e-6, 0.1, 3] {
        let potentials = KantorovichPotentials(
          source: optimal.source.map { $0 + bend * Double.random(in: -1...1, using: &random) },
          target: optimal.target)
        let full = problem.leastReducedCostOfAllArcs(under: potentials)
        let fast = problem.leastReducedCostOnTheLine(under: potentials)
        #expect(fast.value >= full.value)
        let tolerance = OptimalityCertificate.tolerance
        #expect((fast.value < -tolerance) == (full.value < -tolerance), "order \(order)")
      }
    }
  }
}
