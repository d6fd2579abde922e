import GLPK
import Measures
import RealModule
import TestSupport
import Testing
import Transport
import TransportGLPK

@Suite struct LinearProgramSolverTests {
  @Test(arguments: LinearProgramSolver.Form.allCases)
  func everyFormGivesTheSameNumber(form: LinearProgramSolver.Form) throws {
    let (p, q) = try Instances.sevenBins()
    let problem = try TransportProblem(from: p, to: q)
    let solution = try LinearProgramSolver(form: form).solve(problem)
    #expect(abs(solution.cost - 0.9) <= 1e-12)
    #expect(solution.certificate(for: problem).holds)
  }

  /// Generating columns or rows is only a way to solve the whole program: the optimum is the same.
  @Test func generatedAndWholeProgramsAgree() throws {
    var random = SplitMix64(seed: 41)
    for size in [5, 20, 60] {
      let problem = try TransportProblem(
        from: Instances.cloud(size, dimension: 2, &random),
        to: Instances.cloud(size, dimension: 2, &random), mass: .normalize)
      let whole = try LinearProgram(transporting: problem).solve(
        SolveOptions(primalTolerance: 1e-11, dualTolerance: 1e-11))
      let optimum = try #require(whole.objective)
      for form in LinearProgramSolver.Form.allCases {
        let cost = try LinearProgramSolver(form: form).solve(problem).cost
        #expect(abs(cost - optimum) <= 1e-12 * optimum, "\(form) at \(size)")
      }
    }
  }

  @Test func theKantorovichRubinsteinPotentialIsLipschitz() throws {
    var random = SplitMix64(seed: 42)
    let points = try Instances.cloud(25, dimension: 2, &random)
    let other = try PointCloud(
      coordinates: points.coordinates, dimension: 2,
      masses: (0..<25).map { _ in Double.random(in: 0..<1, using: &random) })
    let problem = try TransportProblem(from: points, to: other, mass: .normalize)
    let solution = try LinearProgramSolver(form: .kantorovichRubinstein).solve(problem)
    #expect(solution.certificate(for: problem).holds)
    let phi = solution.potentials.source
    for i in 0..<25 {
      #expect(abs(phi[i] + solution.potentials.target[i]) < 1e-15, "g = −f on common points")
      for j in 0..<25 { #expect(phi[i] - phi[j] <= problem.costs[i, j] + 1e-9) }
    }
  }

  @Test func costsThatAreNoMetricHaveNoKantorovichRubinsteinForm() throws {
    let solver = LinearProgramSolver(form: .kantorovichRubinstein)
    let p = try Histogram([1, 1])
    let lopsided = try TransportProblem(
      from: p, to: p, cost: CostMatrix(rows: [[0, 1], [2, 0]]))
    #expect(!solver.supports(lopsided))
    #expect(!solver.supports(try TransportProblem(from: p, to: p, order: 2)))
    #expect(throws: TransportSolverError.self) { try solver.solve(lopsided) }
  }

  /// Costs from 1e-16 to 1, spread evenly: beyond GLPK's absolute tolerances, and said so.
  @Test func costsBeyondGLPKsTolerancesAreAnErrorAndNotAWrongAnswer() throws {
    var random = SplitMix64(seed: 46)
    let costs = (0..<400).map { _ in Double.exp10(Double.random(in: -16...0, using: &random)) }
    let masses = (0..<20).map { _ in Double.random(in: 0.1..<1, using: &random) }
    let problem = try TransportProblem(
      from: Histogram(masses), to: Histogram(masses.reversed()),
      cost: CostMatrix(costs, rows: 20, columns: 20))
    for form in [LinearProgramSolver.Form.primal, .dual] {
      do {
        let solution = try LinearProgramSolver(form: form).solve(problem)
        #expect(solution.certificate(for: problem).holds)
      } catch let error {
        guard case .numericalFailure(let text) = error else { throw error }
        #expect(text.contains("network simplex"))
      }
    }
    #expect(try NetworkSimplex().solve(problem).certificate(for: problem).holds)
  }

  /// GLPK is thread-local and not reentrant: many solves at once must not disturb each other.
  @Test func manySolvesAtOnceDoNotDisturbEachOther() async throws {
    let (p, q) = try Instances.sevenBins()
    let problem = try TransportProblem(from: p, to: q)
    let costs = try await withThrowingTaskGroup(of: Double.self) { group in
      for index in 0..<60 {
        let form = LinearProgramSolver.Form.allCases[index % 3]
        group.addTask { try LinearProgramSolver(form: form).solve(problem).cost }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(costs.allSatisfy { abs($0 - 0.9) < 1e-12 })
  }

  @Test(arguments: LinearProgramSolver.Form.allCases)
  func aTimeLimitOfZeroGivesABracket(form: LinearProgramSolver.Form) throws {
    var random = SplitMix64(seed: 43)
    let problem = try TransportProblem(
      from: Instances.cloud(60, dimension: 2, &random),
      to: Instances.cloud(60, dimension: 2, &random), mass: .normalize)
    let best = try NetworkSimplex().solve(problem).cost
    let stopped = try LinearProgramSolver(form: form).solve(
      problem, control: SolveControl(timeLimit: .zero))
    #expect(stopped.outcome == .limitReached)
    let bracket = try #require(stopped.bracket)
    #expect(bracket.lower <= best * (1 + 1e-12) && best * (1 - 1e-12) <= bracket.upper)
  }
}

@Suite struct CapacityTests {
  /// Two sources, two targets; the cheap arc of each carries half of what it would like to.
  private func limited(_ capacity: Double) throws -> TransportProblem {
    let no = Double.infinity
    return try TransportProblem(
      from: Histogram([1, 1]), to: Histogram([1, 1]), cost: CostMatrix(rows: [[0, 3], [1, 0]]),
      capacities: CostMatrix([capacity, no, no, no], rows: 2, columns: 2))
  }

  @Test(arguments: [LinearProgramSolver.Form.primal, .dual])
  func whatAnArcCannotCarryGoesTheDearWay(form: LinearProgramSolver.Form) throws {
    let problem = try limited(0.25)
    let solution = try LinearProgramSolver(form: form).solve(problem)
    // 0.75 must go 0 → 1 at 3 and so 0.75 goes 1 → 0 at 1.
    #expect(abs(solution.cost - 3) < 1e-12)
    let certificate = solution.certificate(for: problem)
    #expect(certificate.holds)
    #expect(abs(certificate.dual - 3) < 1e-12)
  }

  @Test func aCapacityThatDoesNotBindChangesNothing() throws {
    #expect(abs(try LinearProgramSolver().solve(limited(1)).cost) < 1e-15)
  }

  @Test func aPlanAboveACapacityIsRefused() throws {
    let problem = try limited(0.25)
    let plan = TransportPlan(
      arcs: [.init(source: 0, target: 0, mass: 1), .init(source: 1, target: 1, mass: 1)],
      sourceCount: 2, targetCount: 2)
    let potentials = KantorovichPotentials(source: [0, 0], target: [0, 0])
    let certificate = OptimalityCertificate(of: problem, plan: plan, potentials: potentials)
    #expect(certificate.marginalError == 0.375)
  }

  @Test(arguments: [LinearProgramSolver.Form.primal, .dual])
  func capacitiesThatAreTooSmallAreACut(form: LinearProgramSolver.Form) throws {
    let problem = try TransportProblem(
      from: Histogram([2, 1]), to: Histogram([1, 2]),
      capacities: CostMatrix([0.5, 0.75, .infinity, .infinity], rows: 2, columns: 2))
    let error = #expect(throws: TransportSolverError.self) {
      try LinearProgramSolver(form: form).solve(problem)
    }
    guard case .infeasible(let cut)? = error else {
      Issue.record("expected a cut, got \(String(describing: error))")
      return
    }
    #expect(cut.sources == [0])
    #expect(abs(cut.shortfall - 0.75) < 1e-12)
  }

  /// Against the whole program, which knows nothing of rows and columns joining later.
  @Test func randomCapacitiesAgreeWithTheWholeProgram() throws {
    var random = SplitMix64(seed: 44)
    var feasible = 0
    for _ in 0..<60 {
      let capacities = (0..<30).map { _ in
        Bool.random(using: &random) ? Double.random(in: 0..<0.4, using: &random) : .infinity
      }
      let problem = try TransportProblem(
        from: Instances.cloud(6, dimension: 2, &random),
        to: Instances.cloud(5, dimension: 2, &random), mass: .normalize,
        capacities: CostMatrix(capacities, rows: 6, columns: 5))
      let whole = try LinearProgram(transporting: problem).solve()
      for form in [LinearProgramSolver.Form.primal, .dual] {
        if whole.isOptimal, let optimum = whole.objective {
          let solution = try LinearProgramSolver(form: form).solve(problem)
          #expect(abs(solution.cost - optimum) <= 1e-11 * optimum)
          #expect(solution.certificate(for: problem).holds)
          feasible += 1
        } else {
          #expect(throws: TransportSolverError.self) {
            try LinearProgramSolver(form: form).solve(problem)
          }
        }
      }
    }
    #expect(feasible > 20)
  }
}

@Suite struct InfeasibilityTests {
  @Test(arguments: [LinearProgramSolver.Form.primal, .dual])
  func forbiddenArcsNameTheSourcesThatCannotShip(form: LinearProgramSolver.Form) throws {
    let no = Double.infinity
    let problem = try TransportProblem(
      from: Histogram([1, 1, 1]), to: Histogram([1, 1, 1]),
      cost: CostMatrix(rows: [[1, no, no], [2, no, no], [1, 1, 1]]))
    let error = #expect(throws: TransportSolverError.self) {
      try LinearProgramSolver(form: form).solve(problem)
    }
    guard case .infeasible(let cut)? = error else {
      Issue.record("expected a cut, got \(String(describing: error))")
      return
    }
    #expect(cut.sources == [0, 1])
    #expect(cut.targets == [0])
    #expect(cut.supply == 2 && cut.demand == 1)
  }

  @Test(arguments: [LinearProgramSolver.Form.primal, .dual])
  func feasibleAndInfeasibleAreToldApart(form: LinearProgramSolver.Form) throws {
    var random = SplitMix64(seed: 45)
    for _ in 0..<60 {
      let entries = (0..<9).map { _ in
        Double.random(in: 0..<1, using: &random) < 0.4
          ? Double.infinity : Double(Int.random(in: 0...5, using: &random))
      }
      let problem = try TransportProblem(
        from: Histogram([1, 2, 3]), to: Histogram([2, 2, 2]),
        cost: CostMatrix(entries, rows: 3, columns: 3))
      let solver = LinearProgramSolver(form: form)
      guard let best = bruteForceCost(of: problem) else {
        #expect(throws: TransportSolverError.self) { try solver.solve(problem) }
        continue
      }
      let solution = try solver.solve(problem)
      #expect(abs(solution.cost - best) <= 1e-12 * max(1, best))
      #expect(solution.certificate(for: problem).holds)
    }
  }
}
