import GLPK
import Testing

@Suite struct ExactArithmeticTests {
  @Test func smallCostsThatTheToleranceHides() throws {
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: -0x1p-27, bounds: .between(0, 0x1p30))
    program.addRow(.atMost(0x1p31), terms: [(x, 1)])
    // The cost is below GLPK's absolute tolerance of 1e-7: to double arithmetic 0 is optimal.
    #expect(try program.solve(SolveOptions(method: .primalSimplex)).objective == 0)
    #expect(try program.solve(SolveOptions(method: .exactSimplex)).objective == -8)
    #expect(try program.solve(SolveOptions(dualTolerance: 1e-9)).objective == -8)
  }

  @Test func hilbertMatrix() throws {
    // Integer multiples of 1/(i + j + 1); the only solution is x = 1 throughout.
    let n = 10
    let multiple = 232_792_560.0
    var program = LinearProgram(.minimize)
    let x = (0..<n).map { program.addColumn(cost: Double($0 + 1), bounds: .free) }
    for i in 0..<n {
      let row = (0..<n).map { multiple / Double(i + $0 + 1) }
      program.addRow(.exactly(row.reduce(0, +)), terms: Array(zip(x, row)))
    }
    let exact = try program.solve(SolveOptions(method: .exactSimplex))
    #expect(exact.columnValues == [Double](repeating: 1, count: n))
    #expect(exact.objective == 55)
    let double = try? program.solve()
    #expect(double?.columnValues != exact.columnValues)
  }

  @Test func infeasibleOnlyByRounding() throws {
    // As doubles 0.1 + 0.2 is not 0.3; the first solve is within tolerance, the second is exact.
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: 1)
    let y = program.addColumn(cost: 1)
    program.addRow(.exactly(0.1), terms: [(x, 1)])
    program.addRow(.exactly(0.2), terms: [(y, 1)])
    program.addRow(.exactly(0.3), terms: [(x, 1), (y, 1)])
    #expect(try program.solve().isOptimal)
    let exact = try program.solve(SolveOptions(method: .exactSimplex))
    guard case .infeasible(nil) = exact.outcome else {
      Issue.record("infeasible without a certificate expected, not \(exact.outcome)")
      return
    }
    #expect(exact.objective == nil)
  }

  @Test func doublesAreTakenAsTheyAre() throws {
    // glp_exact by itself takes each of these as a simpler fraction near it.
    for value in [0.1, 0.5 + 0x1p-40, 0.123456789012345, 1e-300, 1e300, 3 * 0x1p-60] {
      var program = LinearProgram(.minimize)
      let x = program.addColumn(cost: value, bounds: .free)
      program.addRow(.exactly(value), terms: [(x, value)])
      let exact = try program.solve(SolveOptions(method: .exactSimplex))
      #expect(exact[x] == 1 && exact.rowDuals == [1] && exact.objective == value)
      try program.withSession { session in
        let outcome = try session.solve(SolveOptions(method: .exactSimplex))
        #expect(outcome.objective == value)
        #expect(try session.columnValues() == [1])
        #expect(try session.reducedCosts() == [0])
      }
    }
  }

  @Test func numbersOfTooDifferentSizes() throws {
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: 1, bounds: .atLeast(1e-300))
    program.addRow(.atLeast(1e300), terms: [(x, 1e-200)])
    #expect(throws: LinearProgramError.self) {
      try program.solve(SolveOptions(method: .exactSimplex))
    }
  }
}
