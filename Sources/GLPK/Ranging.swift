/// How far each cost and each active bound moves, alone, before an optimal basis changes.
///
/// Inside a cost's range the optimal point stays; inside a bound's range the duals stay, so that
/// the objective moves by the dual times the move. An end without limit is infinite.
///
/// Source: GLPK Reference Manual 5.0, section 4.3 (`glp_analyze_bound`, `glp_analyze_coef`).
public struct Ranging: Sendable, Hashable {
  /// For each column the range of its cost.
  public let costs: [ClosedRange<Double>]
  /// For each row the range of its active bound, nil where no bound is active.
  public let rowBounds: [ClosedRange<Double>?]
  /// For each column the range of its active bound, nil where no bound is active.
  public let columnBounds: [ClosedRange<Double>?]
}

extension Ranging {
  /// Reads GLPK's numbers; the cost of a nonbasic column follows from its reduced cost.
  init(
    _ sensitivity: Sensitivity, of program: LinearProgram,
    _ reducedCosts: [Double], _ basis: Basis?
  ) {
    let rows = program.rowCount
    let statuses = basis?.columns ?? []
    rowBounds = (0..<rows).map {
      closedRange(sensitivity.boundLower[$0], sensitivity.boundUpper[$0])
    }
    columnBounds = (0..<program.columnCount).map {
      closedRange(sensitivity.boundLower[rows + $0], sensitivity.boundUpper[rows + $0])
    }
    costs = statuses.indices.map { j in
      if let basic = closedRange(sensitivity.costLower[j], sensitivity.costUpper[j]) {
        return basic
      }
      return nonbasicRange(
        cost: program.costs[j], reducedCost: reducedCosts[j], status: statuses[j],
        sign: program.directionSign)
    }
  }
}

/// GLPK's two numbers as a range, nil where they do not apply; ±DBL_MAX means no limit.
private func closedRange(_ low: Double, _ high: Double) -> ClosedRange<Double>? {
  guard !low.isNaN, !high.isNaN else { return nil }
  let lower = low <= -Double.greatestFiniteMagnitude ? -.infinity : low
  let upper = high >= Double.greatestFiniteMagnitude ? .infinity : high
  return min(lower, upper)...max(lower, upper)
}

/// The costs that keep a nonbasic column's reduced cost on the side that its bound wants.
private func nonbasicRange(
  cost: Double, reducedCost: Double, status: Basis.Status, sign: Double
) -> ClosedRange<Double> {
  let turning = cost - reducedCost
  let (low, high) = (min(turning, cost), max(turning, cost))
  switch status {
  case .fixed: return -.infinity ... .infinity
  case .free: return low...high
  case .atUpper: return sign > 0 ? -.infinity...high : low ... .infinity
  case .atLower, .basic: return sign > 0 ? low ... .infinity : -.infinity...high
  }
}
