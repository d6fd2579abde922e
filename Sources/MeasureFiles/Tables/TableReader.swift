import Measures

/// Reads a table of numbers in one pass over its bytes.
struct TableReader {
  private let source: SourceText
  private let rules: NumberRules
  private var scanner: CellScanner
  private let header: TableHeader
  private let places: [Int]
  private let filters: [CellFilter]

  private var values: [Double] = []
  private var decimals: [DecimalNumber?] = []
  private var rowStarts: [Int] = []

  /// The numbers of a table.
  ///
  /// - Parameters:
  ///   - text: The text, and how cells and numbers are told apart.
  ///   - selection: Which columns and rows to read.
  ///   - rules: What the numbers may be.
  /// - Returns: The numbers of the rows and columns chosen.
  /// - Throws: An error at the first cell or row that does not fit.
  /// - Complexity: O(bytes).
  static func read(
    _ text: TableText, selection: ColumnSelection = .all, rules: NumberRules
  ) throws(MeasureFileError) -> NumberBlock {
    var reader = try TableReader(text, selection: selection, rules: rules)
    try reader.readRows()
    return try reader.block()
  }

  /// The names of the columns of a table, or nil if it has no header.
  ///
  /// - Throws: An error if the first row cannot be read.
  static func names(of text: TableText) throws(MeasureFileError) -> [String]? {
    var scanner = CellScanner(text.source, separator: text.separator)
    return try TableHeader(&scanner, decimalMark: text.decimalMark).names
  }

  private init(
    _ text: TableText, selection: ColumnSelection, rules: NumberRules
  ) throws(MeasureFileError) {
    source = text.source
    self.rules = rules
    try Self.checkEncoding(of: source)
    scanner = CellScanner(source, separator: text.separator)
    header = try TableHeader(&scanner, decimalMark: text.decimalMark)
    (places, filters) = try selection.places(in: header, of: source)
    guard !places.isEmpty else {
      throw source.error("no column is left to read", fix: "choose columns")
    }
    // A guess that saves most of the growing: eight bytes for each cell.
    values.reserveCapacity(source.bytes.count / 8 * places.count / header.cells.count)
  }

  private static func checkEncoding(of source: SourceText) throws(MeasureFileError) {
    guard !source.bytes.starts(with: [0xFF, 0xFE]), !source.bytes.starts(with: [0xFE, 0xFF])
    else {
      throw source.error("the text is in UTF-16", fix: "save it as UTF-8")
    }
  }

  private mutating func readRows() throws(MeasureFileError) {
    var cells: [Cell] = []
    cells.reserveCapacity(header.cells.count)
    while scanner.startRow() {
      let start = scanner.position
      try scanner.readRow(into: &cells)
      guard cells.count == header.cells.count else { throw raggedRow(cells, start) }
      guard filters.allSatisfy({ $0.admits(cells[$0.place], in: scanner) }) else { continue }
      rowStarts.append(start)
      for place in places { try readNumber(cells[place], place: place) }
    }
  }

  private mutating func readNumber(_ cell: Cell, place: Int) throws(MeasureFileError) {
    guard let value = NumberText.double(source.bytes, cell.range, mark: header.decimalMark) else {
      throw notANumber(cell, place: place)
    }
    guard rules.admits(value), value.isFinite || NumberText.isInfinityWord(source.bytes, cell.range)
    else { throw notAdmitted(cell, place: place) }
    values.append(value)
    guard rules.precision == .decimal else { return }
    let decimal = NumberText.decimal(source.bytes, cell.range, mark: header.decimalMark)
    guard decimal != nil || !value.isFinite else { throw tooLong(cell, place: place) }
    decimals.append(decimal)
  }

  private func block() throws(MeasureFileError) -> NumberBlock {
    guard !rowStarts.isEmpty else { throw noRows }
    return NumberBlock(
      values: values, rows: rowStarts.count, columns: places.count,
      decimals: rules.precision == .decimal ? decimals : nil,
      names: header.names.map { names in places.map { names[$0] } },
      origin: .cells(source, scanner.separator, rowStarts: rowStarts, places: places))
  }
}

// The errors that a row can bring.
extension TableReader {
  /// "in column mass", or nothing if columns have no names.
  private func column(_ place: Int) -> String {
    guard let name = header.names?[place], !name.isEmpty else { return "" }
    return " in column \(name)"
  }

  private func notANumber(_ cell: Cell, place: Int) -> MeasureFileError {
    let offset = cell.range.lowerBound
    guard !cell.range.isEmpty else {
      return source.error(
        at: offset, "a cell\(column(place)) is empty", fix: "fill it or take the row out")
    }
    let excerpt = source.excerpt(cell.range)
    let bytes = source.bytes[cell.range]
    let fix =
      if NumberText.double(source.bytes, cell.range, mark: otherMark) != nil {
        "say --decimal \(otherMark.rawValue) if that is the decimal mark"
      } else if bytes.contains(Byte.semicolon) {
        "where commas are decimal marks, say --delimiter semicolon --decimal comma"
      } else if header.names != nil, rowStarts.count == 1 {
        // Text in the first row of data is a column of text; further down it is a slip.
        "choose the columns to read with --columns, and rows with --where"
      } else {
        "write numbers such as 0.25 or 2.5e-3"
      }
    return source.error(at: offset, "\(excerpt)\(column(place)) is not a number", fix: fix)
  }

  private var otherMark: DecimalMark { header.decimalMark == .point ? .comma : .point }

  private func notAdmitted(_ cell: Cell, place: Int) -> MeasureFileError {
    let text = String(decoding: source.bytes[cell.range], as: UTF8.self)
    let isWord = DecimalText(source.bytes, cell.range, mark: header.decimalMark) == nil
    return source.error(
      at: cell.range.lowerBound,
      isWord
        ? "\(text)\(column(place)) is not allowed here"
        : "\(source.excerpt(cell.range))\(column(place)) is beyond the largest double",
      fix: isWord ? rules.fix : "scale the numbers down")
  }

  private func tooLong(_ cell: Cell, place: Int) -> MeasureFileError {
    source.error(
      at: cell.range.lowerBound,
      "\(source.excerpt(cell.range))\(column(place)) has more digits than exact arithmetic holds",
      fix: "shorten it to 38 digits")
  }

  private func raggedRow(_ cells: [Cell], _ start: Int) -> MeasureFileError {
    source.error(
      at: start,
      "the row has \(cells.count) \(cells.count == 1 ? "cell" : "cells"), the first row has "
        + "\(header.cells.count)",
      fix: "give every row the same number of cells")
  }

  private var noRows: MeasureFileError {
    filters.isEmpty
      ? source.error("there is a header and no row of data", fix: "add rows of numbers")
      : source.error(
        "no row has "
          + filters.map { "\(header.names?[$0.place] ?? "") = \($0.value)" }
          .joined(separator: " and "), fix: "check the value, capital letters included")
  }
}
