import Measures
import TestSupport
import Testing
import Transport
import TransportGLPK

/// Every solver on every instance that it takes: its certificate must hold, its cost must be the known
/// one, and all solvers must agree.
@Suite struct SolverConformance {
  static let solvers: [any TransportSolver] = [
    MonotoneRearrangement(), CircularRearrangement(), NetworkSimplex(), GridFlow(),
    LinearProgramSolver(), LinearProgramSolver(form: .dual),
    LinearProgramSolver(form: .kantorovichRubinstein),
  ]

  /// GLPK's tolerances are absolute, so masses below about 1e-11 of the total are nothing to it;
  /// `AutomaticSolver` therefore gives such problems to the network simplex.
  static let solversInIntegerMasses: [any TransportSolver] = [
    MonotoneRearrangement(), NetworkSimplex(),
  ]

  @Test func everySolverIsCertifiedAndAllAgreeOnEveryInstance() throws {
    for instance in try Instances.all() {
      try check(instance, with: Self.solvers)
    }
    for instance in try Instances.wideMasses() {
      try check(instance, with: Self.solversInIntegerMasses)
    }
  }

  private func check(_ instance: Instance, with solvers: [any TransportSolver]) throws {
    var costs = instance.knownCost.map { [$0] } ?? []
    if instance.problem.arcCount <= 12, let cost = bruteForceCost(of: instance.problem) {
      costs.append(cost)
    }
    for solver in solvers where solver.supports(instance.problem) {
      costs.append(try certifiedCost(of: instance, by: solver))
    }
    expectAgreement(of: costs, on: instance)
  }

  /// Every solver takes part: each of the list supports some instance.
  @Test func noSolverIsLeftOut() throws {
    let problems = try Instances.all().map(\.problem)
    for solver in Self.solvers {
      #expect(problems.contains { solver.supports($0) }, "\(solver.name)")
    }
  }

  /// An optimal answer spoilt in one place by a part of a million: too little mass, too high a potential, too low
  /// a potential.
  ///
  /// Each is caught on every random instance.
  @Test(arguments: SpoiltSolver.Spoil.allCases)
  func aSpoiltAnswerIsCaught(spoil: SpoiltSolver.Spoil) throws {
    for instance in try Instances.random() + Instances.thresholded()
    where instance.problem.arcCount > 4 {
      let solution = try SpoiltSolver(spoil: spoil).solve(instance.problem)
      #expect(!solution.certificate(for: instance.problem).holds, "\(instance)")
    }
  }

  @Test func aSolverThatIgnoresTheCostsIsCaught() throws {
    let problem = try TransportProblem(
      from: Histogram([1, 2], at: [0, 5]), to: Histogram([2, 1], at: [5, 0]))
    let certificate = try NorthWestCorner().solve(problem).certificate(for: problem)
    #expect(!certificate.holds)
    #expect(certificate.marginalError <= OptimalityCertificate.tolerance)
  }
}

/// The cost of a solver's answer, once its certificate holds.
func certifiedCost(of instance: Instance, by solver: any TransportSolver) throws -> Double {
  let solution = try solver.solve(instance.problem)
  let certificate = solution.certificate(for: instance.problem)
  #expect(certificate.holds, "\(solver.name) on \(instance): \(certificate)")
  #expect(solution.outcome == .optimal)
  return solution.cost
}

/// All costs are equal up to rounding: 1e-12 of the cost itself, or where it is 0 of the terms.
func expectAgreement(of costs: [Double], on instance: Instance) {
  guard let least = costs.min(), let most = costs.max() else { return }
  let scale = max(abs(least), abs(most))
  let tolerance = scale > 1e-12 * instance.problem.costScale || least > 0 ? 1e-12 * scale : 1e-15
  #expect(most - least <= tolerance, "\(instance): \(costs)")
}

/// A solver that is wrong on purpose: it never looks at the costs.
struct NorthWestCorner: TransportSolver {
  let name = "north-west corner"

  func reasonAgainst(_ problem: TransportProblem) -> String? { nil }

  func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    var (left, wanted, arcs) = (problem.sourceMasses, problem.targetMasses, [TransportPlan.Arc]())
    for i in left.indices {
      for j in wanted.indices {
        let mass = min(left[i], wanted[j])
        arcs.append(TransportPlan.Arc(source: i, target: j, mass: mass))
        left[i] -= mass
        wanted[j] -= mass
      }
    }
    let plan = TransportPlan(
      arcs: arcs, sourceCount: problem.sourceCount, targetCount: problem.targetCount)
    let f = problem.sourceTransform(of: [Double](repeating: 0, count: problem.targetCount))
    return TransportSolution(
      of: problem, plan: plan,
      potentials: KantorovichPotentials(source: f, target: problem.targetTransform(of: f)),
      statistics: SolverStatistics(solver: name, iterations: 0, seconds: 0, cpuSeconds: 0))
  }
}

/// A solver that takes the right answer and spoils it by a part of a million.
struct SpoiltSolver: TransportSolver {
  enum Spoil: CaseIterable { case mass, potential, dual }

  let name = "spoilt"
  let spoil: Spoil

  func reasonAgainst(_ problem: TransportProblem) -> String? { nil }

  func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    let right = try NetworkSimplex().solve(problem)
    var arcs = right.plan.arcs
    var source = right.potentials.source
    // Where mass goes, at a source that has it, the potentials are tight.
    let heaviest = arcs.indices.max { arcs[$0].mass < arcs[$1].mass } ?? 0
    let arc = arcs[heaviest]
    let size = 1e-6 * (abs(right.cost / problem.totalMass) + abs(source[arc.source]))
    switch spoil {
    case .mass:
      arcs[heaviest] = TransportPlan.Arc(
        source: arc.source, target: arc.target, mass: arc.mass * (1 - 1e-6))
    case .potential: source[arc.source] += size
    case .dual: source[arc.source] -= size
    }
    return TransportSolution(
      of: problem,
      plan: TransportPlan(
        arcs: arcs, sourceCount: problem.sourceCount, targetCount: problem.targetCount),
      potentials: KantorovichPotentials(source: source, target: right.potentials.target),
      statistics: right.statistics)
  }
}

extension TransportProblem {
  /// The total mass times the largest finite cost: what rounding errors are measured against.
  var costScale: Double {
    var largest = 0.0
    for i in 0..<sourceCount {
      for j in 0..<targetCount where costs[i, j] < .infinity {
        largest = max(largest, abs(costs[i, j]))
      }
    }
    return largest * totalMass
  }
}
