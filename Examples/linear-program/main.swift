// The GLPK wrapper alone: a production plan, a program that cannot be met, and the seven-bin example
// written out as a linear program and as its dual.
//
//     swift run linear-program

import GLPK
import Reports

/// A number in nine digits, with zero written without a sign.
func text(_ value: Double) -> String { NumberText.formatted(value == 0 ? 0 : value, digits: 9) }

/// Two products share boards and hours; how many of each earn most.
func planProduction() throws {
  var program = LinearProgram(.maximize)
  let chairs = program.addColumn(cost: 45, name: "chairs")
  let tables = program.addColumn(cost: 80, name: "tables")
  let wood = program.addRow(.atMost(400), terms: [(chairs, 5), (tables, 20)], name: "wood")
  let hours = program.addRow(.atMost(450), terms: [(chairs, 10), (tables, 15)], name: "hours")
  let solution = try program.solve()
  print("Chairs and tables from 400 boards and 450 hours")
  print("  chairs \(text(solution[chairs])), tables \(text(solution[tables]))")
  print("  earned \(text(solution.objective ?? .nan))")
  print("  one board more earns \(text(solution.rowDuals[wood.index]))")
  print("  one hour more earns  \(text(solution.rowDuals[hours.index]))")
}

/// More is promised than can be made: the answer is a proof that no plan exists.
func promiseTooMuch() throws {
  var program = LinearProgram(.minimize)
  let north = program.addColumn(cost: 3, name: "north")
  let south = program.addColumn(cost: 4, name: "south")
  program.addRow(.atMost(10), terms: [(north, 1), (south, 1)], name: "supply")
  program.addRow(.atLeast(7), terms: [(north, 1)], name: "promised north")
  program.addRow(.atLeast(5), terms: [(south, 1)], name: "promised south")
  guard case .infeasible(let proof?) = try program.solve().outcome else { return }
  print("\nTen in store, twelve promised: infeasible")
  print("  multipliers of the rows  \(proof.rowMultipliers.map(text).joined(separator: ", "))")
  print("  so weighed, the columns reach \(text(proof.columnsReach))")
  print("  while the rows demand         \(text(proof.rowsDemand))")
}

let p = [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1]
let q = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4]

/// The least Σ |i − j| π(i, j) over all plans π that turn p into q.
func moveSevenBins() throws -> Double {
  var program = LinearProgram(.minimize)
  let plan = p.indices.map { i in
    q.indices.map { j in program.addColumn(cost: Double(abs(i - j)), bounds: .atLeast(0)) }
  }
  for i in p.indices { program.addRow(.exactly(p[i]), terms: plan[i].map { ($0, 1) }) }
  // The last row of q follows from the others: it stays out.
  for j in q.indices.dropLast() {
    program.addRow(.exactly(q[j]), terms: plan.map { ($0[j], 1) })
  }
  print("\nSeven bins, primal: \(program.columnCount) columns, \(program.rowCount) rows")
  let value = try program.solve().objective ?? .nan
  print("  value \(text(value))")
  return value
}

/// The greatest Σ p f + Σ q g over all potentials with f(i) + g(j) ≤ |i − j|.
func priceSevenBins() throws -> Double {
  var program = LinearProgram(.maximize)
  let f = p.map { program.addColumn(cost: $0, bounds: .free) }
  let g = q.map { program.addColumn(cost: $0, bounds: .free) }
  for i in f.indices {
    for j in g.indices {
      program.addRow(.atMost(Double(abs(i - j))), terms: [(f[i], 1), (g[j], 1)])
    }
  }
  print("Seven bins, dual: \(program.columnCount) columns, \(program.rowCount) rows")
  let value = try program.solve().objective ?? .nan
  print("  value \(text(value))")
  return value
}

try planProduction()
try promiseTooMuch()
let primal = try moveSevenBins()
let dual = try priceSevenBins()
print("  the two \(abs(primal - dual) < 1e-12 ? "agree to 1e-12" : "differ")")
