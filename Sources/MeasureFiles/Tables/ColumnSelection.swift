/// Which columns and rows of a table are read.
struct ColumnSelection {
  /// The columns to read, in that order; nil reads all that are not used to choose rows.
  let columns: [String]?
  /// What a row must hold to be read.
  let filters: [RowFilter]

  /// What the names mean for a table without a header.
  var withoutHeader = WithoutHeader.refuse

  enum WithoutHeader {
    /// Columns cannot be named there.
    case refuse
    /// The table has just these columns, in this order.
    case inThisOrder
  }

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
          place: try header.column(named: filter.column, in: source), value: filter.value,
          mark: header.decimalMark))
    }
    guard let columns else {
      let chosen = Set(cellFilters.map(\.place))
      let first = header.hasRowNames ? 1 : 0
      let rest = header.cells.indices.filter { $0 >= first && !chosen.contains($0) }
      try Self.checkNames(of: rest, in: header, source)
      return (rest, cellFilters)
    }
    if header.names == nil, withoutHeader == .inThisOrder {
      return (try places(of: columns, withoutHeader: header, source), cellFilters)
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

  /// Refuses a column without a name beside others that have one, such as an index of rows.
  private static func checkNames(
    of places: [Int], in header: TableHeader, _ source: SourceText
  ) throws(MeasureFileError) {
    guard let names = header.names, let place = places.first(where: { names[$0].isEmpty }) else {
      return
    }
    throw source.error(
      at: header.cells[place].range.lowerBound, "column \(place + 1) has no name",
      fix: "name it, or choose the columns to read with --columns")
  }

  private func places(
    of columns: [String], withoutHeader header: TableHeader, _ source: SourceText
  ) throws(MeasureFileError) -> [Int] {
    guard header.cells.count == columns.count else {
      throw source.error(
        "there are \(header.cells.count) columns without names",
        fix: "name them in a first row; needed are \(columns.joined(separator: ", "))")
    }
    return Array(columns.indices)
  }
}

/// A row filter bound to a column of a table.
struct CellFilter {
  let place: Int
  let value: String
  private let bytes: [UInt8]
  private let number: Double?
  private let mark: DecimalMark

  init(place: Int, value: String, mark: DecimalMark) {
    self.place = place
    self.value = value
    self.mark = mark
    bytes = Array(value.utf8)
    number = NumberText.double(bytes, bytes.indices)
  }

  /// Whether the cell holds the value: the same text, or the same number.
  func admits(_ cell: Cell, in scanner: CellScanner) -> Bool {
    let content = scanner.source.bytes[cell.range]
    if content.elementsEqual(bytes) { return true }
    if let number {
      return NumberText.double(scanner.source.bytes, cell.range, mark: mark) == number
    }
    return cell.isQuoted && scanner.text(of: cell) == value
  }
}
