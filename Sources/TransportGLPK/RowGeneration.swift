import GLPK
import Transport

/// The Kantorovich dual, max Σ a f + Σ b g with fᵢ + gⱼ ≤ cᵢⱼ, solved with few of its rows at a time.
///
/// The last target's potential is 0, because only sums f + g count. An arc of capacity u has a column
/// w ≥ 0 of its own: f + g − w ≤ c at a price of u w. The plan is in the duals of the rows.
struct RowGeneration {
  private let reduced: ReducedProblem
  private var selection: ArcSelection
  private var rentColumns: [BasisArc: Int] = [:]

  private static let nearest = 8
  private static let perRound = 4

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
    let program = program()
    return try program.withSession { session in
      try add(selection.arcs[...], to: session)
      var loop = GenerationLoop(.primalSimplex, then: .dualThenPrimalSimplex, control)
      var ray = ArcDuals(source: [], target: [])
      let ending = try loop.run(session) {
        try join(session, under: duals(session.columnValues()), countsCosts: true)
      } joinFeasible: {
        guard let found = try session.program().unboundedRay() else {
          throw TransportSolverError.numericalFailure("GLPK finds no plan and no proof of it")
        }
        ray = duals(found.columnDirections)
        return try join(session, under: ray, countsCosts: false)
      }
      return switch ending {
      case .optimal: .optimal(try result(session, arcs: arcs(session), loop.iterations))
      case .noPlan: .infeasible(ray)
      case .limitReached:
        .limitReached(
          try result(session, arcs: GreedyPlan.feasibleArcs(of: reduced), loop.iterations))
      }
    }
  }

  /// Prices every arc that is not held and adds the worst; false if there is none.
  private mutating func join(
    _ session: LinearProgramSession, under duals: ArcDuals, countsCosts: Bool
  ) throws -> Bool {
    let joined = try selection.price(duals, atMost: Self.perRound, countsCosts: countsCosts)
    try add(joined, to: session)
    return !joined.isEmpty
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

  private func add(_ arcs: ArraySlice<BasisArc>, to session: LinearProgramSession) throws {
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

  private func duals(_ columns: [Double]) -> ArcDuals {
    ArcDuals(
      source: Array(columns[..<reduced.rows]),
      target: Array(columns[reduced.rows..<reduced.rows + reduced.columns]))
  }

  private func arcs(_ session: LinearProgramSession) throws -> [TransportPlan.Arc] {
    zip(selection.arcs, try session.rowDuals()).filter { $0.1 > 0 }.map {
      TransportPlan.Arc(source: $0.source, target: $0.target, mass: $1)
    }
  }

  private func result(
    _ session: LinearProgramSession, arcs: [TransportPlan.Arc]?, _ iterations: Int
  ) throws -> GenerationResult {
    GenerationResult(arcs: arcs, duals: duals(try session.columnValues()), iterations: iterations)
  }
}
