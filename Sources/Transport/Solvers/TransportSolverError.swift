/// Why a solver has no answer.
public enum TransportSolverError: Error, Hashable, Sendable {
  /// The solver does not take problems of that kind.
  case unsupported(solver: String, reason: String)
  /// No plan exists: the cut names sources that cannot ship what they have.
  case infeasible(InfeasibleCut)
  /// The problem does not fit the memory or the integers of the method.
  case tooLarge(String)
  /// A warm start does not fit the problem; the text says in what.
  case unfitWarmStart(String)
  /// Exact arithmetic was asked for and cannot be had; the text says what does not fit.
  case notExact(String)
  /// The method broke down; the answer would not have been certain.
  case numericalFailure(String)
}

extension TransportSolverError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unsupported(let solver, let reason): "\(solver) cannot solve this: \(reason)"
    case .infeasible(let cut): "no transport plan exists: \(cut)"
    case .tooLarge(let text): text
    case .unfitWarmStart(let text): "the warm start does not fit the problem: \(text)"
    case .notExact(let text): "no exact answer: \(text)"
    case .numericalFailure(let text): "the solver failed: \(text)"
    }
  }
}
