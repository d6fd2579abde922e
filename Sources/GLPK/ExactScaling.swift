/// A program multiplied by powers of two until every number in it is whole.
///
/// `glp_exact` does not take a double as the fraction that it is, but as the simplest fraction near
/// it: 0.5 + 2⁻⁴⁰ becomes 1/2. Whole doubles it takes as they are. A power of two for each column,
/// each row and the objective changes no digit, so that the scaled program is exactly the given
/// one, and its optimum is carried back without rounding but in the last step to doubles.
struct ExactScaling {
  /// The whole-numbered program.
  let program: LinearProgram
  private let columnExponents: [Int]
  private let rowExponents: [Int]
  private let objectiveExponent: Int

  init(_ given: LinearProgram) throws(LinearProgramError) {
    columnExponents = given.columnBounds.map { $0.wholeExponent }
    var rowExponents = given.rowBounds.map { $0.wholeExponent }
    let terms = given.terms
    for k in 0..<terms.count {
      let needed =
        terms.coefficients[k].wholeExponent + columnExponents[Int(terms.columns[k])]
      rowExponents[Int(terms.rows[k])] = max(rowExponents[Int(terms.rows[k])], needed)
    }
    self.rowExponents = rowExponents
    var objectiveExponent = 0
    for j in 0..<given.columnCount where given.costs[j] != 0 {
      objectiveExponent = max(
        objectiveExponent, given.costs[j].wholeExponent + columnExponents[j])
    }
    self.objectiveExponent = objectiveExponent
    program = Self.scaled(given, columnExponents, rowExponents, objectiveExponent)
    try checkRange()
  }

  private static func scaled(
    _ given: LinearProgram, _ columns: [Int], _ rows: [Int], _ objective: Int
  ) -> LinearProgram {
    var program = LinearProgram(given.direction)
    program.costs = given.costs.indices.map {
      given.costs[$0].timesTwo(to: objective - columns[$0])
    }
    program.columnBounds = columns.indices.map { given.columnBounds[$0].timesTwo(to: columns[$0]) }
    program.rowBounds = rows.indices.map { given.rowBounds[$0].timesTwo(to: rows[$0]) }
    let terms = given.terms
    let coefficients = (0..<terms.count).map { k in
      terms.coefficients[k].timesTwo(
        to: rows[Int(terms.rows[k])] - columns[Int(terms.columns[k])])
    }
    program.terms = TermList(
      rows: terms.rows, columns: terms.columns, coefficients: coefficients)
    return program
  }

  private func checkRange() throws(LinearProgramError) {
    do {
      _ = try CheckedProgram(program)
    } catch .notFinite(let place, _) {
      throw .numericalFailure(
        "\(place) has numbers of so different sizes that they do not fit the exact method")
    } catch {
      throw error
    }
  }

  /// A point of the scaled program as one of the given program.
  func restored(_ point: SolverPoint) -> SolverPoint {
    SolverPoint(
      columnValues: point.columnValues.indices.map {
        point.columnValues[$0].timesTwo(to: -columnExponents[$0])
      },
      rowActivities: point.rowActivities.indices.map {
        point.rowActivities[$0].timesTwo(to: -rowExponents[$0])
      },
      rowDuals: point.rowDuals.indices.map {
        point.rowDuals[$0].timesTwo(to: rowExponents[$0] - objectiveExponent)
      },
      reducedCosts: point.reducedCosts.indices.map {
        point.reducedCosts[$0].timesTwo(to: columnExponents[$0] - objectiveExponent)
      })
  }
}

/// What a solver says of its last point.
struct SolverPoint {
  let columnValues: [Double]
  let rowActivities: [Double]
  let rowDuals: [Double]
  let reducedCosts: [Double]
}

extension ProblemHandle {
  func point(interior: Bool) throws(LinearProgramError) -> SolverPoint {
    let columns = 0..<columnCount
    return SolverPoint(
      columnValues: try columnValues(in: columns, interior: interior),
      rowActivities: try rowActivities(interior: interior),
      rowDuals: try rowDuals(interior: interior),
      reducedCosts: try reducedCosts(in: columns, interior: interior))
  }
}

extension Double {
  /// The least k ≥ 0 for which the value times 2ᵏ is whole.
  fileprivate var wholeExponent: Int {
    guard isFinite, self != 0 else { return 0 }
    let fractionBits = significandWidth - Int(exponent)
    return max(0, fractionBits)
  }

  /// The value times a power of two; in two steps, so that the power itself stays finite.
  fileprivate func timesTwo(to power: Int) -> Double {
    guard self != 0 else { return self }
    let half = power / 2
    return self * Double(sign: .plus, exponent: half, significand: 1)
      * Double(sign: .plus, exponent: power - half, significand: 1)
  }
}

extension LinearProgram.Bounds {
  fileprivate var wholeExponent: Int { max(lower.wholeExponent, upper.wholeExponent) }

  fileprivate func timesTwo(to power: Int) -> LinearProgram.Bounds {
    switch self {
    case .free: .free
    case .atLeast(let lower): .atLeast(lower.timesTwo(to: power))
    case .atMost(let upper): .atMost(upper.timesTwo(to: power))
    case .between(let lower, let upper):
      .between(lower.timesTwo(to: power), upper.timesTwo(to: power))
    case .exactly(let value): .exactly(value.timesTwo(to: power))
    }
  }
}
