import GLPK
import Transport

/// The Kantorovich dual, max Σ a f + Σ b g with fᵢ + gⱼ ≤ cᵢⱼ, solved with few of its rows at a time.
///
/// The last target's potential is 0, because only sums f + g count. An arc of capacity u has a column
/// w ≥ 0 of its own: f + g − w ≤ c at a price of u w. The plan is in the duals of the rows.
struct RowGeneration: ArcGeneration {
  let reduced: ReducedProblem
  var selection: ArcSelection
  private var rentColumns: [BasisArc: Int] = [:]

  private static let nearest = 8

  init(_ reduced: ReducedProblem) {
    self.reduced = reduced
    selection = ArcSelection(reduced, nearest: Self.nearest)
    if let capacities = reduced.capacities {
      for index in capacities.indices where capacities[index] < .infinity {
        selection.hold(index / reduced.columns, index % reduced.columns)
      }
    }
  }

  mutating func solve(_ control: SolveControl) throws -> GenerationEnding {
    try program().withSession { session in
      try generate(
        session, GenerationLoop(.primalSimplex, then: .dualThenPrimalSimplex, control))
    }
  }

  /// The columns f and g, and one w for each arc of limited capacity.
  private mutating func program() -> LinearProgram {
    var program = LinearProgram(.maximize)
    for supply in reduced.supplies { program.addColumn(cost: supply, bounds: .free) }
    for (j, demand) in reduced.demands.enumerated() {
      program.addColumn(cost: demand, bounds: j + 1 < reduced.columns ? .free : .exactly(0))
    }
    guard let capacities = reduced.capacities else { return program }
    for arc in selection.arcs {
      let capacity = capacities[arc.source * reduced.columns + arc.target]
      guard capacity < .infinity else { continue }
      rentColumns[arc] = program.addColumn(cost: -capacity).index
    }
    return program
  }

  func add(_ arcs: ArraySlice<BasisArc>, to session: LinearProgramSession) throws {
    var bounds: [LinearProgram.Bounds] = []
    var starts = [0]
    var columns: [Int32] = []
    var coefficients: [Double] = []
    for arc in arcs {
      bounds.append(.atMost(reduced.costs[arc.source * reduced.columns + arc.target]))
      columns += [Int32(arc.source), Int32(reduced.rows + arc.target)]
      coefficients += [1, 1]
      if let rent = rentColumns[arc] {
        columns.append(Int32(rent))
        coefficients.append(-1)
      }
      starts.append(columns.count)
    }
    try session.addRows(bounds, starts: starts, columns: columns, coefficients: coefficients)
  }

  func duals(_ session: LinearProgramSession) throws -> ArcDuals {
    potentials(try session.columnValues())
  }

  func flows(_ session: LinearProgramSession) throws -> [Double] { try session.rowDuals() }

  func ray(_ session: LinearProgramSession) throws -> ArcDuals? {
    try session.program().unboundedRay().map { potentials($0.columnDirections) }
  }

  private func potentials(_ columns: [Double]) -> ArcDuals {
    ArcDuals(
      source: Array(columns[..<reduced.rows]),
      target: Array(columns[reduced.rows..<reduced.rows + reduced.columns]))
  }
}
