import GLPK
import Testing

@Suite struct SolvingTests {
  @Test(arguments: SolveOptions.Method.allCases)
  func textbookOptimum(_ method: SolveOptions.Method) throws {
    let program = Sample.textbook()
    let solution = try program.solve(SolveOptions(method: method))
    #expect(solution.isOptimal)
    // The interior-point method stops at a relative gap of 1e-8.
    #expect(abs(try #require(solution.objective) - 11) < 1e-6)
    #expect(abs(solution[LinearProgram.Row(0)] - 4) < 1e-6)
    #expect((solution.basis == nil) == (method == .interiorPoint))
    #expect(program.residuals(of: solution).largestRelative < 1e-6)
  }

  @Test(arguments: SolveOptions.Method.allCases, [UInt64(1), 2, 3, 4, 5, 6])
  func optimalityConditions(_ method: SolveOptions.Method, seed: UInt64) throws {
    let program = Sample.random(12, 15, seed: seed)
    let solution = try program.solve(SolveOptions(method: method))
    #expect(solution.isOptimal)
    // GLPK's tolerance of 1e-7 on bounds and reduced costs, with room for the data's size.
    #expect(program.residuals(of: solution).largestRelative < 1e-6)
    let bound = try #require(program.lagrangianBound(rowDuals: solution.rowDuals))
    #expect(abs(bound - (try #require(solution.objective))) < 1e-5)
  }

  @Test func methodsAgree() throws {
    for seed in 10..<20 as Range<UInt64> {
      let program = Sample.random(10, 14, seed: seed)
      let exact = try program.optimum(SolveOptions(method: .exactSimplex))
      for method in SolveOptions.Method.allCases {
        for presolve in [false, true] {
          let options = SolveOptions(method: method, presolve: presolve, scaling: presolve)
          let objective = try program.optimum(options)
          #expect(abs(objective - exact) < 1e-5)
        }
      }
    }
  }

  @Test func everyPricingRatioTestAndStart() throws {
    let program = Sample.transport(8, seed: 3)
    let best = try program.optimum()
    for pricing in [SolveOptions.Pricing.steepest, .textbook] {
      for ratioTest in [SolveOptions.RatioTest.standard, .harris] {
        for start in [SolveOptions.StartingBasis.current, .allSlack, .advanced] {
          let options = SolveOptions(
            method: .primalSimplex, pricing: pricing, ratioTest: ratioTest, startingBasis: start)
          #expect(abs(try program.optimum(options) - best) < 1e-9)
        }
      }
    }
  }

  @Test func everyKindOfColumn() throws {
    var program = LinearProgram(.minimize)
    let free = program.addColumn(cost: 1, bounds: .free)
    let low = program.addColumn(cost: 1, bounds: .atLeast(-2))
    let high = program.addColumn(cost: -1, bounds: .atMost(5))
    let boxed = program.addColumn(cost: -1, bounds: .between(1, 4))
    let fixed = program.addColumn(cost: 7, bounds: .exactly(3))
    program.addRow(.atLeast(-10), terms: [(free, 1)])
    for method in SolveOptions.Method.allCases {
      let solution = try program.solve(SolveOptions(method: method))
      let values = [free, low, high, boxed, fixed].map { solution[$0].rounded() }
      #expect(values == [-10, -2, 5, 4, 3])
      // −10 − 2 − 5 − 4 + 21
      #expect(abs(try #require(solution.objective)) < 1e-5)
    }
  }

  @Test func degenerateProgramOfBeale() throws {
    // E. M. L. Beale, Cycling in the dual simplex algorithm, 1955: optimum −1/20.
    var program = LinearProgram(.minimize)
    let x = [-0.75, 150, -0.02, 6].map { program.addColumn(cost: $0) }
    program.addRow(.atMost(0), terms: [(x[0], 0.25), (x[1], -60), (x[2], -0.04), (x[3], 9)])
    program.addRow(.atMost(0), terms: [(x[0], 0.5), (x[1], -90), (x[2], -0.02), (x[3], 3)])
    program.addRow(.atMost(1), terms: [(x[2], 1)])
    for method in SolveOptions.Method.allCases {
      let solution = try program.solve(SolveOptions(method: method))
      #expect(abs(try #require(solution.objective) + 0.05) < 1e-6)
    }
  }

  @Test func termsOfOneRowAndColumnAreSummed() throws {
    var program = LinearProgram(.maximize)
    let x = program.addColumn(cost: 1)
    let row = program.addRow(.atMost(6), terms: [(x, 1), (x, 1)])
    #expect(try program.solve().objective == 3)
    let y = program.addColumn(cost: 0, bounds: .exactly(1))
    program.addRow(.atMost(100), terms: [(y, 1)])
    program.addTerm(1, of: x, in: row)
    #expect(try program.solve().objective == 2)
  }

  @Test(arguments: SolveOptions.Method.allCases)
  func programsWithoutRowsColumnsOrTerms(_ method: SolveOptions.Method) throws {
    let options = SolveOptions(method: method, presolve: true, scaling: true, ranging: true)
    let empty = try LinearProgram(.minimize).solve(options)
    #expect(empty.isOptimal && empty.objective == 0)

    var columnsOnly = LinearProgram(.maximize)
    columnsOnly.objectiveConstant = 2
    columnsOnly.addColumn(cost: 3, bounds: .between(0, 4))
    #expect(try columnsOnly.solve(options).objective == 14)
    columnsOnly.addColumn(cost: 1)
    #expect(try columnsOnly.solve(options).ray?.columnDirections == [0, 1])

    var rowsOnly = LinearProgram(.minimize)
    rowsOnly.addRow(.atMost(1), terms: [])
    #expect(try rowsOnly.solve(options).objective == 0)
    rowsOnly.addRow(.atLeast(1), terms: [])
    #expect(try rowsOnly.solve(options).farkas?.rowMultipliers == [0, 1])
    rowsOnly.addColumn(cost: 1)
    #expect(try rowsOnly.solve(options).farkas?.rowMultipliers == [0, 1])
  }

  @Test func dualIsTheDerivativeOfTheObjective() throws {
    for direction in [LinearProgram.Direction.minimize, .maximize] {
      var program = Sample.random(6, 9, seed: 21)
      program.direction = direction
      let solution = try program.solve()
      let step = 1e-7
      for i in 0..<program.rowCount {
        let row = LinearProgram.Row(i)
        var moved = program
        moved[bounds: row] = program[bounds: row].moved(by: step)
        let slope = (try moved.optimum() - (try program.optimum())) / step
        // The difference quotient loses 9 of 16 digits.
        #expect(abs(slope - solution.rowDuals[i]) < 1e-6)
      }
    }
  }

  @Test func reducedCostIsCostMinusDualsTimesCoefficients() throws {
    for direction in [LinearProgram.Direction.minimize, .maximize] {
      var program = Sample.random(6, 9, seed: 22)
      program.direction = direction
      let solution = try program.solve()
      for j in 0..<program.columnCount {
        var reduced = program[cost: LinearProgram.Column(j)]
        for i in 0..<program.rowCount {
          for (column, a) in program.terms(of: LinearProgram.Row(i)) where column.index == j {
            reduced -= solution.rowDuals[i] * a
          }
        }
        #expect(abs(reduced - solution.reducedCosts[j]) < 1e-12)
      }
    }
  }

  @Test func warmStartTakesFewerIterations() throws {
    var program = Sample.transport(12, seed: 5)
    let cold = try program.solve()
    let basis = try #require(cold.basis)
    let again = try program.solve(SolveOptions(startingBasis: .given(basis)))
    #expect(again.iterations == 0)
    program[cost: LinearProgram.Column(0)] += 0.1
    let warm = try program.solve(SolveOptions(startingBasis: .given(basis)))
    #expect(warm.isOptimal && warm.iterations < cold.iterations / 2)
  }

  @Test func messagesAreCollected() throws {
    let messages = try Sample.textbook().solve().messages
    #expect(messages.contains("OPTIMAL LP SOLUTION FOUND"))
  }
}

extension LinearProgram.Bounds {
  func moved(by step: Double) -> LinearProgram.Bounds {
    switch self {
    case .free: .free
    case .atLeast(let lower): .atLeast(lower + step)
    case .atMost(let upper): .atMost(upper + step)
    case .between(let lower, let upper): .between(lower + step, upper + step)
    case .exactly(let value): .exactly(value + step)
    }
  }
}
