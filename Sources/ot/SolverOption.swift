import ArgumentParser
import OptimalTransport

/// The solvers by their names on the command line.
enum SolverOption: String, ExpressibleByArgument, CaseIterable {
  case automatic
  case monotone
  case circular
  case gridFlow = "grid-flow"
  case networkSimplex = "network-simplex"
  case glpk
  case glpkDual = "glpk-dual"
  case glpkKR = "glpk-kr"

  /// The solver of that name.
  func solver(_ arithmetic: Arithmetic) throws -> any TransportSolver {
    switch self {
    case .automatic: return AutomaticSolver(arithmetic: arithmetic)
    case .networkSimplex: return NetworkSimplex(arithmetic: arithmetic)
    case .glpk: return LinearProgramSolver(arithmetic: arithmetic)
    case .monotone, .circular, .gridFlow, .glpkDual, .glpkKR: break
    }
    guard arithmetic == .double else {
      throw ValidationError(
        "--exact goes with --solver automatic, glpk or network-simplex, not \(rawValue)")
    }
    return switch self {
    case .glpkDual: LinearProgramSolver(form: .dual)
    case .glpkKR: LinearProgramSolver(form: .kantorovichRubinstein)
    case .circular: CircularRearrangement()
    case .gridFlow: GridFlow()
    default: MonotoneRearrangement()
    }
  }
}
