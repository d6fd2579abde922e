import Measures
import TestSupport
import Testing
import Transport
import TransportGLPK

/// Every solver on every instance that it takes: its certificate must hold, its cost must be the known
/// one, and all solvers must agree.
@Suite struct SolverConformance {
  static let solvers: [any TransportSolver] = [
    MonotoneRearrangement(), CircularRearrangement(), NetworkSimplex(), LinearProgramSolver(),
    LinearProgramSolver(form: .dual), LinearProgramSolver(form: .kantorovichRubinstein),
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
