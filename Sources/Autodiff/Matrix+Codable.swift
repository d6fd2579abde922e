/// Written as the number of rows, the number of columns and the entries row after row.
extension Matrix: Codable {
  private enum Keys: String, CodingKey { case rows, columns, elements }

  /// Reads a matrix.
  ///
  /// - Throws: `DecodingError` if the entries do not fill the rows and columns.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let elements = try container.decode([Double].self, forKey: .elements)
    guard rows > 0, columns > 0,
      rows.multipliedReportingOverflow(by: columns) == (elements.count, false)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .elements, in: container,
        debugDescription: "\(elements.count) entries do not fill \(rows) × \(columns)")
    }
    self.init(rows: rows, columns: columns, elements: elements)
  }

  /// Writes the shape and the entries.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(elements, forKey: .elements)
  }
}
