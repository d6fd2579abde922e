import Measures

/// The walk along the cells of the plan that moves mass in order, one step right or down at a time.
struct LineWalk {
  /// One cell: the places of its row and column in sorted order, and the flow it carries.
  struct Step {
    let row: Int
    let column: Int
    let flow: Int128

    /// The flow as a scaled mass.
    var mass: Double { flow.nearestDouble * 0x1p-124 }
  }

  /// The sources and targets in ascending order of position.
  let rows: [Int]
  let columns: [Int]
  /// Their positions in that order.
  let rowPositions: [Double]
  let columnPositions: [Double]
  /// Masses of the problem are scaled masses times two to this power.
  let massExponent: Int
  private var left: [Int128]
  private var wanted: [Int128]
  private var row = 0
  private var column = 0
  private var isOver = false

  init(_ problem: TransportProblem, _ points: PairwiseCosts) {
    let rows = RadixSort.order(of: points.sources)
    let columns = RadixSort.order(of: points.targets)
    massExponent = Int(problem.totalMass.exponent) + 1
    let masses = QuantizedMasses(
      supplies: ReducedProblem.scaled(problem.sourceMasses, by: -massExponent),
      demands: ReducedProblem.scaled(problem.targetMasses, by: -massExponent))
    left = rows.map { masses.supplies[$0] }
    wanted = columns.map { masses.demands[$0] }
    rowPositions = rows.map { points.sources[$0] }
    columnPositions = columns.map { points.targets[$0] }
    self.rows = rows
    self.columns = columns
  }

  /// The next cell, or nil after the last.
  ///
  /// Where source and target end together, the source steps first; the cell between carries nothing.
  @inline(__always)
  mutating func next() -> Step? {
    guard !isOver else { return nil }
    let flow = min(left[row], wanted[column])
    let step = Step(row: row, column: column, flow: flow)
    left[row] -= flow
    wanted[column] -= flow
    if row + 1 < rows.count, left[row] == 0 || column + 1 == columns.count {
      row += 1
    } else if column + 1 < columns.count {
      column += 1
    } else {
      isOver = true
    }
    return step
  }
}
