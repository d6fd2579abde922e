/// A condition that the rows of a table must meet to be read: `species=setosa`.
public struct RowFilter: Hashable, Sendable {
  /// The name of the column.
  public let column: String
  /// What the cell must hold: this text, or a number equal to it.
  public let value: String

  /// A condition from its parts.
  public init(column: String, equals value: String) {
    self.column = column
    self.value = value
  }

  /// A condition written as `NAME=VALUE`; nil if there is no `=` or no name before it.
  ///
  /// - Parameter text: The name ends at the first `=`; blanks around name and value do not count.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let sides = parts.map { part in
      let bytes = Array(part.utf8)
      return String(decoding: bytes[bytes.trimmed(bytes.indices)], as: UTF8.self)
    }
    guard !sides[0].isEmpty else { return nil }
    column = sides[0]
    value = sides[1]
  }
}
