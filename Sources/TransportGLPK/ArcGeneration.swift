import GLPK
import Transport

/// A program that holds an arc as a column or as a row, and generates them: what the primal and the dual
/// form have in common.
protocol ArcGeneration {
  /// The transport problem.
  var reduced: ReducedProblem { get }
  /// The arcs that the program holds, in their order in it.
  var selection: ArcSelection { get set }

  /// Adds arcs to the program.
  func add(_ arcs: ArraySlice<BasisArc>, to session: LinearProgramSession) throws
  /// The potentials at the last solution.
  func duals(_ session: LinearProgramSession) throws -> ArcDuals
  /// The mass on each arc held at the last solution.
  func flows(_ session: LinearProgramSession) throws -> [Double]
  /// The proof that the arcs held allow no plan, or nil if GLPK finds none.
  func ray(_ session: LinearProgramSession) throws -> ArcDuals?
}

extension ArcGeneration {
  /// How many violated arcs of a source join in a round.
  private var perRound: Int { 4 }

  /// Generates arcs until the whole problem is solved.
  ///
  /// - Parameters:
  ///   - session: The program without arcs.
  ///   - loop: The methods and limits.
  /// - Returns: How it ended.
  /// - Throws: What GLPK throws, and `numericalFailure` where it proves nothing.
  mutating func generate(
    _ session: LinearProgramSession, _ loop: GenerationLoop
  ) throws -> GenerationEnding {
    try add(selection.arcs[...], to: session)
    var loop = loop
    var proof = ArcDuals(source: [], target: [])
    let ending = try loop.run(session) {
      try join(session, under: duals(session), countsCosts: true)
    } joinFeasible: {
      guard let found = try ray(session) else {
        throw TransportSolverError.numericalFailure("GLPK finds no plan and no proof of it")
      }
      proof = found
      return try join(session, under: found, countsCosts: false)
    }
    return switch ending {
    case .optimal: .optimal(try result(session, arcs: arcs(session), loop.iterations))
    case .noPlan: .infeasible(proof)
    case .limitReached:
      .limitReached(
        try result(session, arcs: GreedyPlan.feasibleArcs(of: reduced), loop.iterations))
    }
  }

  /// Prices every arc that is not held and adds the worst; false if there is none.
  private mutating func join(
    _ session: LinearProgramSession, under duals: ArcDuals, countsCosts: Bool
  ) throws -> Bool {
    let joined = try selection.price(duals, atMost: perRound, countsCosts: countsCosts)
    try add(joined, to: session)
    return !joined.isEmpty
  }

  private func arcs(_ session: LinearProgramSession) throws -> [TransportPlan.Arc] {
    zip(selection.arcs, try flows(session)).filter { $0.1 > 0 }.map {
      TransportPlan.Arc(source: $0.source, target: $0.target, mass: $1)
    }
  }

  private func result(
    _ session: LinearProgramSession, arcs: [TransportPlan.Arc]?, _ iterations: Int
  ) throws -> GenerationResult {
    GenerationResult(arcs: arcs, duals: try duals(session), iterations: iterations)
  }
}
