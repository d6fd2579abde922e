/// By how much a solution misses the conditions of optimality, from the program's own data.
///
/// Nothing here is taken from the solver but the point, its row duals and its reduced costs.
/// A relative residual is the absolute one divided by 1 plus the size of what it is compared with,
/// as in `glp_check_kkt` (GLPK Reference Manual 5.0, section 2.12).
public struct KarushKuhnTuckerResiduals: Sendable, Hashable {
  /// The largest violation of one condition.
  public struct Residual: Sendable, Hashable {
    /// The largest absolute violation.
    public internal(set) var absolute = 0.0
    /// The largest relative violation.
    public internal(set) var relative = 0.0
    /// The zero-based row or column with the largest relative violation; rows before columns.
    public internal(set) var index: Int?

    mutating func record(_ violation: Double, size: Double, at index: Int) {
      guard violation > 0 || violation.isNaN else { return }
      absolute = max(absolute, violation)
      let relativeViolation = violation / (1 + size)
      if !(relativeViolation <= relative) {
        relative = relativeViolation
        self.index = index
      }
    }
  }

  /// Row sums against the activities that were reported.
  public internal(set) var primalEquality = Residual()
  /// Rows and columns against their bounds.
  public internal(set) var primalBounds = Residual()
  /// Reduced costs against cost minus duals times coefficients.
  public internal(set) var dualEquality = Residual()
  /// Duals and reduced costs against the sign that the bounds allow.
  public internal(set) var dualBounds = Residual()
  /// Duals and reduced costs times the distance from the bound that their sign stands for.
  public internal(set) var complementarySlackness = Residual()

  /// The largest relative residual of all.
  public var largestRelative: Double {
    [primalEquality, primalBounds, dualEquality, dualBounds, complementarySlackness]
      .reduce(0) { max($0, $1.relative) }
  }
}

extension LinearProgram {
  /// Measures how well a solution meets the conditions of optimality; linear in the terms.
  ///
  /// - Parameter solution: A solution of this program.
  /// - Returns: The residuals, all near zero exactly when the solution is optimal.
  public func residuals(of solution: LinearProgramSolution) -> KarushKuhnTuckerResiduals {
    precondition(
      solution.columnValues.count == columnCount && solution.rowDuals.count == rowCount,
      "the solution belongs to another program")
    var result = KarushKuhnTuckerResiduals()
    addEqualities(of: solution, to: &result)
    for i in 0..<rowCount {
      result.add(
        rowBounds[i], value: solution.rowActivities[i],
        multiplier: directionSign * solution.rowDuals[i], at: i)
    }
    for j in 0..<columnCount {
      result.add(
        columnBounds[j], value: solution.columnValues[j],
        multiplier: directionSign * solution.reducedCosts[j], at: rowCount + j)
    }
    return result
  }

  private func addEqualities(
    of solution: LinearProgramSolution, to result: inout KarushKuhnTuckerResiduals
  ) {
    let activities = rowActivities(at: solution.columnValues)
    for i in 0..<rowCount {
      result.primalEquality.record(
        (activities[i] - solution.rowActivities[i]).magnitude, size: activities[i].magnitude, at: i)
    }
    let (sums, _) = terms.transposedProduct(with: solution.rowDuals, columnCount: columnCount)
    for j in 0..<columnCount {
      result.dualEquality.record(
        (costs[j] - sums[j] - solution.reducedCosts[j]).magnitude, size: costs[j].magnitude,
        at: rowCount + j)
    }
  }
}

extension KarushKuhnTuckerResiduals {
  /// Records one row or column; the multiplier has the sign it has when minimising.
  fileprivate mutating func add(
    _ bounds: LinearProgram.Bounds, value: Double, multiplier: Double, at index: Int
  ) {
    let (lower, upper) = (bounds.lower, bounds.upper)
    primalBounds.record(max(lower - value, 0), size: lower.finiteMagnitude, at: index)
    primalBounds.record(max(value - upper, 0), size: upper.finiteMagnitude, at: index)
    guard multiplier != 0 else { return }
    let bound = multiplier > 0 ? lower : upper
    if bound.isInfinite {
      dualBounds.record(multiplier.magnitude, size: 0, at: index)
    } else {
      complementarySlackness.record(
        multiplier.magnitude * (value - bound).magnitude,
        size: multiplier.magnitude * bound.magnitude, at: index)
    }
  }
}

extension Double {
  fileprivate var finiteMagnitude: Double { isFinite ? magnitude : 0 }
}
