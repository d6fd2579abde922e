/// What solving a linear program gave: an outcome, a point, and its dual.
///
/// Signs, for both directions: a row's dual is d(objective)/d(the row's bound), and the reduced
/// cost of column j is cⱼ − Σᵢ yᵢaᵢⱼ, which is d(objective)/d(the column's bound). When minimising,
/// a dual is thus ≥ 0 where a lower bound is active and ≤ 0 where an upper one is; when maximising
/// the other way round.
public struct LinearProgramSolution: Sendable {
  /// How a solve ended.
  public enum Outcome: Sendable {
    /// The point is optimal within the tolerances.
    case optimal
    /// No point meets all bounds; nil when no certificate stood up to the check, as where rounding
    /// decides.
    case infeasible(FarkasCertificate?)
    /// The objective has no limit; nil when no ray stood up to the check.
    case unbounded(UnboundedRay?)
    /// A limit came first, and the report brackets the optimum as far as it is known.
    case limitReached(LimitReport)
  }

  /// How the solve ended.
  public let outcome: Outcome
  /// The objective at the point, nil when the point is known not to be feasible or optimal.
  public let objective: Double?
  /// One value for each column; where the outcome is not optimal, the solver's last point.
  public let columnValues: [Double]
  /// One sum for each row.
  public let rowActivities: [Double]
  /// One dual for each row.
  public let rowDuals: [Double]
  /// One reduced cost for each column.
  public let reducedCosts: [Double]
  /// The last basis, nil after the interior-point method.
  public let basis: Basis?
  /// Simplex iterations made.
  public let iterations: Int
  /// The ranging of costs and bounds, if it was asked for and the basis is optimal.
  public let ranging: Ranging?
  /// What GLPK would have written to the terminal; the last 16,384 bytes of it.
  public let messages: String

  /// Whether the outcome is optimal.
  public var isOptimal: Bool {
    if case .optimal = outcome { true } else { false }
  }

  /// The value of a column.
  public subscript(column: LinearProgram.Column) -> Double { columnValues[column.index] }

  /// The sum of a row.
  public subscript(row: LinearProgram.Row) -> Double { rowActivities[row.index] }
}

/// Why a solve stopped early, and what it knew by then.
public struct LimitReport: Sendable, Hashable {
  /// The limit that came first.
  public enum Reason: Sendable, Hashable {
    /// The limit of simplex iterations.
    case iterations
    /// The limit of time.
    case time
    /// The task was cancelled.
    case cancelled
  }

  /// The limit that came first.
  public let reason: Reason
  /// The objective of the last point, if that point is feasible.
  public let achieved: Double?
  /// A bound that no feasible point's objective passes, from the last duals; nil if there is none.
  ///
  /// A lower bound when minimising and an upper one when maximising. It is the Lagrangian bound,
  /// computed from the program's own data.
  public let bound: Double?
}
