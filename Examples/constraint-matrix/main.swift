// The matrix A of the seven-bin transport program, printed, and its rank in exact integers.
//
//     swift run constraint-matrix

import GLPK

/// The number of bins on each side.
let bins = 7

/// All 14 equations over 49 arcs: what leaves each source bin, then what reaches each target bin.
func program() -> LinearProgram {
  var program = LinearProgram(.minimize)
  let plan = (0..<bins).map { i in
    (0..<bins).map { j in program.addColumn(cost: Double(abs(i - j)), bounds: .atLeast(0)) }
  }
  for i in 0..<bins { program.addRow(.free, terms: plan[i].map { ($0, 1) }) }
  for j in 0..<bins { program.addRow(.free, terms: plan.map { ($0[j], 1) }) }
  return program
}

/// The coefficients of a program, rows × columns.
func matrix(of program: LinearProgram) -> [[Int]] {
  (0..<program.rowCount).map { row in
    var entries = [Int](repeating: 0, count: program.columnCount)
    for (column, value) in program.terms(of: LinearProgram.Row(row)) {
      entries[column.index] = Int(value)
    }
    return entries
  }
}

/// The number of independent rows, by Gaussian elimination without division.
func rank(of matrix: [[Int]]) -> Int {
  guard
    let pivot = matrix.first(where: { $0.contains { $0 != 0 } }),
    let column = pivot.firstIndex(where: { $0 != 0 })
  else { return 0 }
  var rest = matrix.filter { $0[column] != 0 }
  rest.removeFirst()
  let cleared = rest.map { row in
    zip(row, pivot).map { $0 * pivot[column] - $1 * row[column] }
  }
  return 1 + rank(of: matrix.filter { $0[column] == 0 } + cleared)
}

let a = matrix(of: program())
for row in a {
  let groups = stride(from: 0, to: row.count, by: bins).map { start in
    row[start..<start + bins].map { $0 == 0 ? "·" : "1" }.joined()
  }
  print(groups.joined(separator: " "))
}
print("\(a.count) × \(a.first?.count ?? 0), rank \(rank(of: a))")
print("without the last row: rank \(rank(of: a.dropLast()))")
