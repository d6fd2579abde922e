// Certificates are found by a second linear program and then checked against the first; so they
// need not trust the method, or the presolver, that said infeasible or unbounded.

extension LinearProgram {
  /// Finds multipliers that prove the program infeasible, and checks them.
  ///
  /// They are the row duals of the elastic program, which lets every row be violated at a price of
  /// 1 and minimises the sum of violations. Costs one more solve.
  /// - Parameter timeLimit: The longest time for it.
  /// - Returns: A certificate that was checked, or nil if none was found.
  /// - Throws: When the program is not valid.
  public func farkasCertificate(
    timeLimit: Duration? = nil
  ) throws(LinearProgramError) -> FarkasCertificate? {
    let elastic = elasticProgram()
    guard let duals = try elastic.optimalValues(timeLimit)?.rowDuals else { return nil }
    return farkasCertificate(checking: duals)
  }

  /// Finds a direction along which the objective improves without end, and checks it.
  ///
  /// It is the optimum over the directions of the bounds' recession cone within a box of ±1. Costs
  /// one more solve. That the program is feasible is not part of it.
  /// - Parameter timeLimit: The longest time for it.
  /// - Returns: A ray that was checked, or nil if none was found.
  /// - Throws: When the program is not valid.
  public func unboundedRay(
    timeLimit: Duration? = nil
  ) throws(LinearProgramError) -> UnboundedRay? {
    let recession = recessionProgram()
    guard let ray = try recession.optimalValues(timeLimit)?.columnValues else { return nil }
    return unboundedRay(checking: ray)
  }

  /// min Σ(p + q) with each row's sum plus p minus q in its bounds; bounds scaled to at most 1.
  private func elasticProgram() -> LinearProgram {
    let scale = largestBound.powerOfTwoBelow
    var elastic = LinearProgram(.minimize)
    elastic.costs = [Double](repeating: 0, count: columnCount)
    elastic.columnBounds = columnBounds.map { $0.scaled(by: 1 / scale) }
    elastic.rowBounds = rowBounds.map { $0.scaled(by: 1 / scale) }
    elastic.terms = terms
    for i in 0..<rowCount {
      if rowBounds[i].lower.isFinite {
        elastic.addTerm(1, of: elastic.addColumn(cost: 1), in: Row(i))
      }
      if rowBounds[i].upper.isFinite {
        elastic.addTerm(-1, of: elastic.addColumn(cost: 1), in: Row(i))
      }
    }
    return elastic
  }

  /// The objective over directions that meet no bound, each component within ±1.
  private func recessionProgram() -> LinearProgram {
    let scale = costs.reduce(0) { max($0, $1.magnitude) }.powerOfTwoBelow
    var recession = LinearProgram(direction)
    recession.costs = costs.map { $0 / scale }
    recession.columnBounds = columnBounds.map { $0.recession(within: 1) }
    recession.rowBounds = rowBounds.map { $0.recession(within: .infinity) }
    recession.terms = terms
    return recession
  }

  private var largestBound: Double {
    (columnBounds + rowBounds).reduce(0) { largest, bounds in
      let ends = [bounds.lower, bounds.upper].filter(\.isFinite)
      return ends.reduce(largest) { max($0, $1.magnitude) }
    }
  }

  /// The point and duals of the optimum by the default method, nil when there is none.
  private func optimalValues(
    _ timeLimit: Duration?
  ) throws(LinearProgramError) -> (columnValues: [Double], rowDuals: [Double])? {
    let options = SolveOptions(
      primalTolerance: 1e-9, dualTolerance: 1e-9, timeLimit: timeLimit)
    do {
      let handle = try ProblemHandle(try CheckedProgram(self))
      defer { handle.close() }
      var run = try SolverRun(handle, options: options, mayDestroy: true)
      guard try run.solve() == .optimal else { return nil }
      return (
        try handle.columnValues(in: 0..<columnCount, interior: false),
        try handle.rowDuals(interior: false)
      )
    } catch .numericalFailure {
      return nil
    } catch {
      throw error
    }
  }
}

extension LinearProgram.Bounds {
  func scaled(by factor: Double) -> LinearProgram.Bounds {
    switch self {
    case .free: .free
    case .atLeast(let lower): .atLeast(lower * factor)
    case .atMost(let upper): .atMost(upper * factor)
    case .between(let lower, let upper): .between(lower * factor, upper * factor)
    case .exactly(let value): .exactly(value * factor)
    }
  }

  /// The directions in which one can go for ever, as bounds on a component of that size.
  func recession(within size: Double) -> LinearProgram.Bounds {
    let isLimited = size.isFinite
    return switch self {
    case .free: isLimited ? .between(-size, size) : .free
    case .atLeast: isLimited ? .between(0, size) : .atLeast(0)
    case .atMost: isLimited ? .between(-size, 0) : .atMost(0)
    case .between, .exactly: .exactly(0)
    }
  }
}

extension Double {
  /// The greatest power of two not above a positive normal number; 1 for anything else.
  var powerOfTwoBelow: Double {
    isNormal && self > 0 ? Double(sign: .plus, exponent: exponent, significand: 1) : 1
  }
}
