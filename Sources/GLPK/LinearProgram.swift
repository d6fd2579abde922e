/// A linear program: minimise or maximise a linear function of columns under bounds on rows.
///
/// Columns are the variables, rows the constraints: each row bounds a sum of terms, coefficient
/// times column. A program is a value; nothing in it belongs to GLPK, so it may be copied, stored
/// and sent to other tasks.
///
/// The largest value of 3x + 2y where x + y ≤ 4, x + 3y ≤ 6, x ≤ 3 is 11, at x = 3, y = 1:
/// ```swift
/// var program = LinearProgram(.maximize)
/// let x = program.addColumn(cost: 3, bounds: .between(0, 3), name: "x")
/// let y = program.addColumn(cost: 2, name: "y")
/// program.addRow(.atMost(4), terms: [(x, 1), (y, 1)])
/// program.addRow(.atMost(6), terms: [(x, 1), (y, 3)])
/// let solution = try program.solve()
/// ```
///
/// Numbers and indices are checked when the program is solved or written, not when they are added.
/// Terms are kept as a flat list of triplets; two terms of one row and one column are summed.
public struct LinearProgram: Sendable {
  /// Whether the objective is made as small or as large as possible.
  public enum Direction: Sendable, Hashable {
    /// The smallest objective is wanted.
    case minimize
    /// The largest objective is wanted.
    case maximize
  }

  /// What values a row or a column may take; the numbers in it are finite.
  public enum Bounds: Sendable, Hashable {
    /// Any value.
    case free
    /// Values from a lower bound up.
    case atLeast(Double)
    /// Values up to an upper bound.
    case atMost(Double)
    /// Values from a lower bound to an upper bound, which may be equal.
    case between(Double, Double)
    /// One value only.
    case exactly(Double)
  }

  /// A column of a program, by its place: 0 for the first that was added.
  public struct Column: Sendable, Hashable {
    /// The column's zero-based place.
    public let index: Int

    /// Makes the handle of the column at a zero-based place.
    public init(_ index: Int) {
      self.index = index
    }
  }

  /// A row of a program, by its place: 0 for the first that was added.
  public struct Row: Sendable, Hashable {
    /// The row's zero-based place.
    public let index: Int

    /// Makes the handle of the row at a zero-based place.
    public init(_ index: Int) {
      self.index = index
    }
  }

  /// Whether the objective is minimised or maximised.
  public var direction: Direction
  /// A number added to the objective.
  public var objectiveConstant: Double = 0

  var costs: [Double] = []
  var columnBounds: [Bounds] = []
  var rowBounds: [Bounds] = []
  var terms = TermList()
  var columnNames: [Int: String] = [:]
  var rowNames: [Int: String] = [:]

  /// Makes a program without columns and rows.
  public init(_ direction: Direction) {
    self.direction = direction
  }

  /// The number of columns.
  public var columnCount: Int { costs.count }
  /// The number of rows.
  public var rowCount: Int { rowBounds.count }
  /// The number of terms, as they were added.
  public var termCount: Int { terms.count }
}

// MARK: Adding

extension LinearProgram {
  /// Adds a variable and returns its handle.
  ///
  /// - Parameters:
  ///   - cost: What one unit of the column adds to the objective.
  ///   - bounds: The values it may take.
  ///   - name: Its name in files and messages.
  /// - Returns: The column's handle, whose index counts from 0.
  @discardableResult
  public mutating func addColumn(
    cost: Double, bounds: Bounds = .atLeast(0), name: String? = nil
  ) -> Column {
    columnNames[costs.count] = name
    costs.append(cost)
    columnBounds.append(bounds)
    return Column(costs.count - 1)
  }

  /// Adds a constraint on a sum of terms and returns its handle.
  ///
  /// Terms of the same column are summed.
  /// - Parameters:
  ///   - bounds: The values the sum may take.
  ///   - terms: Columns and their coefficients.
  ///   - name: Its name in files and messages.
  /// - Returns: The row's handle, whose index counts from 0.
  @discardableResult
  public mutating func addRow(
    _ bounds: Bounds, terms: [(Column, Double)], name: String? = nil
  ) -> Row {
    rowNames[rowBounds.count] = name
    for (column, coefficient) in terms {
      self.terms.append(row: rowBounds.count, column: column.index, coefficient)
    }
    rowBounds.append(bounds)
    return Row(rowBounds.count - 1)
  }

  /// Adds coefficient times column to a row that exists or will be added.
  public mutating func addTerm(_ coefficient: Double, of column: Column, in row: Row) {
    terms.append(row: row.index, column: column.index, coefficient)
  }

  /// Reserves room, so that adding up to these totals does not move what is there.
  public mutating func reserveCapacity(columns: Int, rows: Int, terms: Int) {
    costs.reserveCapacity(columns)
    columnBounds.reserveCapacity(columns)
    rowBounds.reserveCapacity(rows)
    self.terms.reserveCapacity(terms)
  }
}

// MARK: Reading and changing

extension LinearProgram {
  /// What one unit of a column adds to the objective.
  public subscript(cost column: Column) -> Double {
    get { costs[column.index] }
    set { costs[column.index] = newValue }
  }

  /// The values a column may take.
  public subscript(bounds column: Column) -> Bounds {
    get { columnBounds[column.index] }
    set { columnBounds[column.index] = newValue }
  }

  /// The values a row's sum may take.
  public subscript(bounds row: Row) -> Bounds {
    get { rowBounds[row.index] }
    set { rowBounds[row.index] = newValue }
  }

  /// A column's name, if it has one.
  public subscript(name column: Column) -> String? {
    get { columnNames[column.index] }
    set { columnNames[column.index] = newValue }
  }

  /// A row's name, if it has one.
  public subscript(name row: Row) -> String? {
    get { rowNames[row.index] }
    set { rowNames[row.index] = newValue }
  }

  /// The terms of a row in the order in which they were added; linear in the terms of the program.
  public func terms(of row: Row) -> [(Column, Double)] {
    (0..<terms.count).filter { Int(terms.rows[$0]) == row.index }
      .map { (Column(Int(terms.columns[$0])), terms.coefficients[$0]) }
  }

  /// The objective at a point, one value for each column.
  public func objective(at columnValues: [Double]) -> Double {
    precondition(columnValues.count == columnCount, "a point has one value for each column")
    var sum = 0.0
    for j in 0..<costs.count { sum += costs[j] * columnValues[j] }
    return sum + objectiveConstant
  }

  /// What the rows sum to at a point, one value for each column.
  public func rowActivities(at columnValues: [Double]) -> [Double] {
    precondition(columnValues.count == columnCount, "a point has one value for each column")
    return terms.product(with: columnValues, rowCount: rowCount)
  }
}

extension LinearProgram.Bounds {
  /// The lower bound, −∞ where there is none.
  public var lower: Double {
    switch self {
    case .free, .atMost: -.infinity
    case .atLeast(let lower), .between(let lower, _), .exactly(let lower): lower
    }
  }

  /// The upper bound, +∞ where there is none.
  public var upper: Double {
    switch self {
    case .free, .atLeast: .infinity
    case .atMost(let upper), .between(_, let upper), .exactly(let upper): upper
    }
  }
}
