public import Reports

/// Numbers in rows under headings.
public struct ExperimentTable: Hashable, Sendable {
  /// One place of a table.
  public enum Cell: Hashable, Sendable {
    /// Words.
    case text(String)
    /// A number, shown with so many significant digits; it may be infinite.
    case number(Double, digits: Int)

    /// A number with three digits.
    static func number(_ value: Double) -> Cell { .number(value, digits: 3) }
    /// A whole number.
    static func count(_ value: Int) -> Cell { .number(Double(value), digits: 9) }
    /// A number if there is one.
    static func optional(_ value: Double?, digits: Int = 3) -> Cell {
      value.map { .number($0, digits: digits) } ?? .text("–")
    }

    /// The number; nil for words.
    public var value: Double? {
      if case .number(let value, _) = self { value } else { nil }
    }

    /// What is shown.
    public var text: String {
      switch self {
      case .text(let text): text
      case .number(let value, _) where value.isNaN: "–"
      case .number(let value, _) where value.isInfinite: value > 0 ? "∞" : "−∞"
      case .number(let value, let digits): Self.typeset(value, digits)
      }
    }

    private static func typeset(_ value: Double, _ digits: Int) -> String {
      let text = NumberText.formatted(value, digits: digits)
      return text.hasPrefix("-") ? "−" + text.dropFirst() : text
    }

    var json: JSONValue {
      switch self {
      case .text(let text): .string(text)
      case .number(let value, _): value.isFinite ? .number(value) : .string(text)
      }
    }
  }

  /// What is compared.
  public let title: String
  /// The headings.
  public let columns: [String]
  /// The rows, each with a cell for each heading.
  public let rows: [[Cell]]

  init(_ title: String, columns: [String], rows: [[Cell]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "every row has a cell a column")
    self.title = title
    self.columns = columns
    self.rows = rows
  }

  /// The numbers of a column, by its heading; empty if there is no such column.
  ///
  /// - Parameter heading: One of `columns`.
  /// - Returns: A number for each row; NaN for words.
  public func numbers(of heading: String) -> [Double] {
    guard let column = columns.firstIndex(of: heading) else { return [] }
    return rows.map { $0[column].value ?? .nan }
  }

  /// The table in Markdown, under its title.
  public var markdown: String {
    let lines = [columns, columns.map { _ in "---" }] + rows.map { $0.map(\.text) }
    return ([title, ""] + lines.map { "| " + $0.joined(separator: " | ") + " |" })
      .joined(separator: "\n")
  }

  var json: JSONValue {
    .object([
      ("title", .string(title)), ("columns", .array(columns.map { .string($0) })),
      ("rows", .array(rows.map { .array($0.map(\.json)) })),
    ])
  }
}

/// The middle value, or the mean of both middle ones; NaN for none.
package func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard let last = sorted.last else { return .nan }
  let middle = sorted.count / 2
  if sorted.count == 1 { return last }
  return sorted.count.isMultiple(of: 2)
    ? sorted[middle - 1] / 2 + sorted[middle] / 2 : sorted[middle]
}
