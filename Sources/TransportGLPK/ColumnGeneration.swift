import GLPK
import Transport

/// The primal program, min ⟨π, c⟩ over plans, solved with few of its columns at a time.
///
/// Rows are the masses, the last target's left out: the constraint matrix has rank m + n − 1, and a
/// redundant row would make rounding of the masses look infeasible. Where the columns held allow no
/// plan, the Farkas certificate prices the others (Farkas pricing), so forbidden arcs and capacities
/// need no artificial columns.
///
/// - Source: J. Desrosiers, M. Lübbecke, "A primer in column generation", 2005.
struct ColumnGeneration: ArcGeneration {
  let reduced: ReducedProblem
  var selection: ArcSelection

  /// How many cheap arcs of each node the first program has.
  private static let nearest = 8

  init(_ reduced: ReducedProblem) {
    self.reduced = reduced
    selection = ArcSelection(reduced, nearest: Self.nearest)
  }

  mutating func solve(_ control: SolveControl) throws -> GenerationEnding {
    try emptyProgram().withSession { session in
      try generate(
        session, GenerationLoop(.dualThenPrimalSimplex, then: .primalSimplex, control))
    }
  }

  /// The rows of the program, without columns.
  private func emptyProgram() -> LinearProgram {
    var program = LinearProgram(.minimize)
    for supply in reduced.supplies { program.addRow(.exactly(supply), terms: []) }
    for demand in reduced.demands.dropLast() { program.addRow(.exactly(demand), terms: []) }
    return program
  }

  func add(
    _ arcs: ArraySlice<BasisArc>, to session: LinearProgramSession
  ) throws {
    var columns = ArcColumns(reduced)
    for arc in arcs { columns.append(arc) }
    try session.addColumns(
      costs: columns.costs, starts: columns.starts, rows: columns.rows,
      coefficients: columns.coefficients)
    guard let capacities = reduced.capacities else { return }
    for (offset, arc) in arcs.enumerated() {
      let capacity = capacities[arc.source * reduced.columns + arc.target]
      guard capacity < .infinity else { continue }
      try session.setBounds(
        .between(0, capacity), ofColumn: session.columnCount - arcs.count + offset)
    }
  }

  func duals(_ session: LinearProgramSession) throws -> ArcDuals {
    potentials(try session.rowDuals())
  }

  func flows(_ session: LinearProgramSession) throws -> [Double] { try session.columnValues() }

  func ray(_ session: LinearProgramSession) throws -> ArcDuals? {
    try session.farkasCertificate().map(potentials)
  }

  private func potentials(_ rows: [Double]) -> ArcDuals {
    ArcDuals(source: Array(rows[..<reduced.rows]), target: rows[reduced.rows...] + [0])
  }
}

/// Arcs as columns in compressed form: one in the row of the source, one in that of the target, but for
/// the last target.
struct ArcColumns {
  private let reduced: ReducedProblem
  private(set) var costs: [Double] = []
  private(set) var starts = [0]
  private(set) var rows: [Int32] = []
  private(set) var coefficients: [Double] = []

  init(_ reduced: ReducedProblem) { self.reduced = reduced }

  mutating func append(_ arc: BasisArc) {
    costs.append(reduced.costs[arc.source * reduced.columns + arc.target])
    rows.append(Int32(arc.source))
    coefficients.append(1)
    if arc.target + 1 < reduced.columns {
      rows.append(Int32(reduced.rows + arc.target))
      coefficients.append(1)
    }
    starts.append(rows.count)
  }
}
