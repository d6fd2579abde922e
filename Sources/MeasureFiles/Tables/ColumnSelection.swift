/// Which columns and rows of a table are read.
struct ColumnSelection {
  /// The columns to read, in that order; nil reads all that are not used to choose rows.
  let columns: [String]?
  /// What a row must hold to be read.
  let filters: [RowFilter]

  /// Everything.
  static let all = ColumnSelection(columns: nil, filters: [])

  /// The selection in terms of the places in a row.
  func places(
    in header: TableHeader, of source: SourceText
  ) throws(MeasureFileError) -> (read: [Int], filters: [CellFilter]) {
    var cellFilters: [CellFilter] = []
    for filter in filters {
      cellFilters.append(
        CellFilter(
          place: try header.column(named: filter.column, in: source), value: filter.value))
    }
    guard let columns else {
      let chosen = Set(cellFilters.map(\.place))
      return (header.cells.indices.filter { !chosen.contains($0) }, cellFilters)
    }
    var read: [Int] = []
    for name in columns {
      let place = try header.column(named: name, in: source)
      guard !read.contains(place) else {
        throw source.error("column \(name) was asked for twice")
      }
      read.append(place)
    }
    return (read, cellFilters)
  }
}

/// A row filter bound to a column of a table.
struct CellFilter {
  let place: Int
  let value: String
  private let bytes: [UInt8]
  private let number: Double?

  init(place: Int, value: String) {
    self.place = place
    self.value = value
    bytes = Array(value.utf8)
    number = NumberText.double(bytes, bytes.indices)
  }

  /// Whether the cell holds the value: the same text, or the same number.
  func admits(_ cell: Cell, in scanner: CellScanner) -> Bool {
    let content = scanner.source.bytes[cell.range]
    if content.elementsEqual(bytes) { return true }
    if let number { return NumberText.double(scanner.source.bytes, cell.range) == number }
    return cell.isQuoted && scanner.text(of: cell) == value
  }
}
