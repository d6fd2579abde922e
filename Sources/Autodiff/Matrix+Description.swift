extension Matrix: CustomStringConvertible {
  /// The shape and the entries, for instance "1 × 2 [[3.0, 4.0]]"; of many only the first.
  public var description: String {
    let shownColumns = min(columns, 8)
    let shownRows = (0..<min(rows, 8)).map { row in
      let start = row * columns
      let numbers = elements[start..<start + shownColumns].map(\.description)
      return Self.list(numbers, isCut: columns > shownColumns)
    }
    return "\(shape) \(Self.list(shownRows, isCut: rows > shownRows.count))"
  }

  private static func list(_ items: [String], isCut: Bool) -> String {
    "[\(items.joined(separator: ", "))\(isCut ? ", …" : "")]"
  }
}
