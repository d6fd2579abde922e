public import GLPK
import Measures
public import Transport

extension LinearProgram {
  /// The whole primal program of a transport problem, as it is: for other solvers to check ours.
  ///
  /// Column `x_i_j` is the mass from source i to target j, row `source_i` says that what leaves a source
  /// is its mass, row `target_j` that what reaches a target is its. The constraint matrix of all
  /// m + n rows has rank m + n − 1; the last target's row, which follows from the others, is left out,
  /// so that rounding of the masses cannot make the program infeasible. Forbidden arcs have no column;
  /// capacities are upper bounds.
  ///
  /// - Parameter problem: The transport problem.
  /// - Complexity: O(m n d) time and memory.
  public init(transporting problem: TransportProblem) {
    self.init(.minimize)
    reserveCapacity(
      columns: problem.arcCount, rows: problem.sourceCount + problem.targetCount,
      terms: 2 * problem.arcCount)
    for (i, mass) in problem.sourceMasses.enumerated() {
      addRow(.exactly(mass), terms: [], name: "source_\(i)")
    }
    for (j, mass) in problem.targetMasses.dropLast().enumerated() {
      addRow(.exactly(mass), terms: [], name: "target_\(j)")
    }
    var costs = [Double](repeating: 0, count: problem.targetCount)
    for i in 0..<problem.sourceCount {
      problem.costs.copyRow(i, into: &costs)
      for (j, cost) in costs.enumerated() where cost < .infinity {
        let capacity = problem.capacities?[i, j] ?? .infinity
        let column = addColumn(
          cost: cost, bounds: capacity < .infinity ? .between(0, capacity) : .atLeast(0),
          name: "x_\(i)_\(j)")
        addTerm(1, of: column, in: Row(i))
        if j + 1 < problem.targetCount {
          addTerm(1, of: column, in: Row(problem.sourceCount + j))
        }
      }
    }
  }
}
