import GLPK
import Testing

/// The code of Docs/LinearPrograms.md, line by line.
@Suite struct DocumentedExampleTests {
  @Test func makingAndSolving() throws {
    var program = LinearProgram(.maximize)
    let tables = program.addColumn(cost: 30, name: "tables")
    let chairs = program.addColumn(cost: 20, bounds: .between(0, 12), name: "chairs")
    let wood = program.addRow(.atMost(40), terms: [(tables, 4), (chairs, 2)], name: "wood")
    program.addRow(.atMost(18), terms: [(tables, 1), (chairs, 1.5)], name: "work")

    let solution = try program.solve()
    #expect(solution.objective == 340)
    #expect(solution[tables] == 6 && solution[chairs] == 8)
    #expect(solution[wood] == 40 && solution.rowDuals[wood.index] == 6.25)
    #expect(program.residuals(of: solution).largestRelative < 1e-12)
  }

  @Test func certificateOfInfeasibility() throws {
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: 1)
    let y = program.addColumn(cost: 1)
    program.addRow(.atLeast(3), terms: [(x, 1), (y, 1)])
    program.addRow(.atMost(2), terms: [(x, 1), (y, 1)])

    guard case .infeasible(let certificate) = try program.solve().outcome else {
      Issue.record("the program is infeasible")
      return
    }
    #expect(certificate?.rowMultipliers == [1, -1])
    #expect(certificate?.columnsReach == 0 && certificate?.rowsDemand == 1)
  }

  @Test func files() throws {
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: 0.1, name: "x")
    program.addRow(.atLeast(2), terms: [(x, 1)], name: "demand")
    try withFile(named: "program.mps") { path in
      try program.write(to: path, format: .mpsFree)
      let again = try LinearProgram(contentsOf: path)
      #expect(again[name: x] == "x" && again[cost: x] == 0.1)
    }
  }

  @Test func sessions() throws {
    // Cutting rolls of width 100 into 40 of width 45, 30 of width 36 and 50 of width 31.
    var master = LinearProgram(.minimize)
    for (width, demand) in [(45.0, 40.0), (36, 30), (31, 50)] {
      let pattern = master.addColumn(cost: 1)
      master.addRow(.atLeast(demand), terms: [(pattern, Double(Int(100 / width)))])
    }
    let rolls = try master.withSession { session in
      try session.solve()
      let prices = try session.rowDuals()
      // A roll cut into 36 + 31 + 31 is worth more than the 1 that it costs.
      #expect(prices[1] + 2 * prices[2] > 1)
      try session.addColumns(costs: [1], starts: [0, 2], rows: [1, 2], coefficients: [1, 2])
      return try session.solve().objective
    }
    #expect(rolls == 47.5)
  }
}
