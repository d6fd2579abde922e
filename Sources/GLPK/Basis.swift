/// Which rows and columns are basic, and at which bound the others stand.
///
/// A basis is what the simplex method walks over: as many basic rows and columns as there are rows.
/// Taken from a solution it lets the next solve start where this one ended.
public struct Basis: Sendable, Hashable {
  /// The part that a row or a column has in a basis.
  public enum Status: UInt8, Sendable, Hashable {
    /// Its value follows from the others.
    case basic
    /// It stands at its lower bound.
    case atLower
    /// It stands at its upper bound.
    case atUpper
    /// It has no bounds and stands at 0.
    case free
    /// Its bounds are equal.
    case fixed
  }

  /// The status of each row.
  public var rows: [Status]
  /// The status of each column.
  public var columns: [Status]

  /// Makes a basis from the statuses of rows and columns.
  public init(rows: [Status], columns: [Status]) {
    self.rows = rows
    self.columns = columns
  }

  /// Says why the basis cannot be one of a program of this size.
  func check(rowCount: Int, columnCount: Int) throws(LinearProgramError) {
    guard rows.count == rowCount, columns.count == columnCount else {
      throw .invalidBasis(
        "it has \(rows.count) rows and \(columns.count) columns, the program \(rowCount) and"
          + " \(columnCount)")
    }
    let basic = rows.count { $0 == .basic } + columns.count { $0 == .basic }
    guard basic == rowCount else {
      throw .invalidBasis("\(basic) rows and columns are basic, not \(rowCount)")
    }
  }
}
