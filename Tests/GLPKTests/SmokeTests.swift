import GLPK
import Testing

@Test func textbookProgramByEveryMethod() throws {
  var program = LinearProgram(.maximize)
  let x = program.addColumn(cost: 3, bounds: .between(0, 3), name: "x")
  let y = program.addColumn(cost: 2, name: "y")
  program.addRow(.atMost(4), terms: [(x, 1), (y, 1)])
  program.addRow(.atMost(6), terms: [(x, 1), (y, 3)])
  for method in SolveOptions.Method.allCases {
    let solution = try program.solve(SolveOptions(method: method))
    #expect(solution.isOptimal)
    #expect(abs((solution.objective ?? 0) - 11) < 1e-6)
  }
}
