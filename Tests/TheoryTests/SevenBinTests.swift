import GLPK
import OptimalTransport
import Testing

/// The seven-bin example, completely.
///
/// Source of the example: worked examples of the Wasserstein distance as a linear program; the values
/// follow by hand: three tenths of mass move 5, 3 and 1 bins to the last one.
@Suite struct SevenBinTests {
  @Test func everyFormGivesNineTenths() throws {
    let problem = try SevenBins.problem()
    #expect(solvers(for: problem).count == 5)
    for solver in solvers(for: problem) {
      let solution = try solver.solve(problem)
      #expect(agree(solution.cost, 0.9), "\(solver.name)")
      #expect(solution.certificate(for: problem).holds, "\(solver.name)")
    }
  }

  @Test func everyFormGivesThirteenTenthsWhenSquared() throws {
    let problem = try SevenBins.problem(order: 2)
    for solver in solvers(for: problem) {
      let solution = try solver.solve(problem)
      #expect(agree(solution.cost, 1.3), "\(solver.name)")
      #expect(agree(solution.distance, 1.3.squareRoot()), "\(solver.name)")
    }
  }

  @Test func theClosedFormOnTheLineIsTheSumOfDifferences() throws {
    // W₁ on bins is Σ |F − G| over the gaps, with the cumulative sums F and G.
    var excess = 0.0
    var sum = 0.0
    for (a, b) in zip(SevenBins.p, SevenBins.q).dropLast() {
      excess += a - b
      sum += abs(excess)
    }
    #expect(agree(sum, 0.9))
  }

  @Test func theDecimalsGiveAFraction() throws {
    let decimals: ([String]) -> [DecimalNumber] = { $0.compactMap { DecimalNumber($0) } }
    let p = try Histogram(SevenBins.p, decimals: decimals(SevenBins.p.map { "\($0)" }))
    let q = try Histogram(SevenBins.q, decimals: decimals(SevenBins.q.map { "\($0)" }))
    let problem = try TransportProblem(from: p, to: q)
    for solver in [
      LinearProgramSolver(arithmetic: .exact), NetworkSimplex(arithmetic: .exact),
    ] as [any TransportSolver] {
      let solution = try solver.solve(problem)
      #expect(solution.exactCost == .fraction(ExactFraction(9, over: 10)), "\(solver.name)")
    }
  }

  @Test func divergences() throws {
    let p = try Histogram(SevenBins.p)
    let q = try Histogram(SevenBins.q)
    let logarithmOfTwo = 0.693_147_180_559_945_3
    #expect(agree(try p.klDivergence(from: q), 0.4 * logarithmOfTwo))
    #expect(agree(try q.klDivergence(from: p), 0.5 * logarithmOfTwo))
    #expect(abs(try p.jensenShannonDivergence(to: q) - 0.073671045) < 1e-9)
    #expect(abs(try p.jensenShannonDivergence(to: q, in: .bits) - 0.106284851) < 1e-9)
    #expect(agree(try p.totalVariationDistance(to: q), 0.3))
  }

  /// A plan found by hand: only what is too much moves, straight to the last bin.
  @Test func aPlanByHandAndPotentialsByHandProveEachOther() throws {
    let problem = try SevenBins.problem()
    let stays = (0..<7).map { TransportPlan.Arc(source: $0, target: $0, mass: 0.1) }
    let moves = [1, 3, 5].map { TransportPlan.Arc(source: $0, target: 6, mass: 0.1) }
    let plan = TransportPlan(arcs: stays + moves, sourceCount: 7, targetCount: 7)
    let potentials = KantorovichPotentials(
      source: (0..<7).map { -Double($0) }, target: (0..<7).map { Double($0) })
    let certificate = OptimalityCertificate(of: problem, plan: plan, potentials: potentials)
    #expect(certificate.holds)
    #expect(agree(certificate.primal, 0.9) && agree(certificate.dual, 0.9))
  }

  @Test func aBentPlanAndBentPotentialsProveNothing() throws {
    let problem = try SevenBins.problem()
    let solution = try NetworkSimplex().solve(problem)
    var masses = solution.plan.arcs
    masses[0] = TransportPlan.Arc(
      source: masses[0].source, target: masses[0].target, mass: masses[0].mass + 0.01)
    let bentPlan = TransportPlan(arcs: masses, sourceCount: 7, targetCount: 7)
    #expect(
      !OptimalityCertificate(of: problem, plan: bentPlan, potentials: solution.potentials).holds)
    var source = solution.potentials.source
    source[3] += 0.01
    let bent = KantorovichPotentials(source: source, target: solution.potentials.target)
    #expect(!OptimalityCertificate(of: problem, plan: solution.plan, potentials: bent).holds)
  }

  /// Any optimal plan and any optimal potentials fit together: mass only where the price is met.
  @Test func complementarySlacknessAcrossSolvers() throws {
    let problem = try SevenBins.problem()
    let solutions = try solvers(for: problem).map { try $0.solve(problem) }
    for planner in solutions {
      for pricer in solutions {
        for arc in planner.plan.arcs where arc.mass > 1e-12 {
          let slack =
            problem.costs[arc.source, arc.target] - pricer.potentials.source[arc.source]
            - pricer.potentials.target[arc.target]
          #expect(abs(slack) < 1e-9)
        }
      }
    }
  }

  /// F = G on the first gap, so the first potential may move by 2 against the others.
  @Test func thePotentialsAreNotUnique() throws {
    let problem = try SevenBins.problem()
    for first in [1.0, 0, -0.5, -1] {
      let potential = [first] + (1..<7).map { -Double($0) + 1 }
      let potentials = KantorovichPotentials(source: potential, target: potential.map { -$0 })
      #expect(agree(problem.dualValue(of: potentials), 0.9))
      let plan = try NetworkSimplex().solve(problem).plan
      #expect(OptimalityCertificate(of: problem, plan: plan, potentials: potentials).holds)
    }
  }
}
