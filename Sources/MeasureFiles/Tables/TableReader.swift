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
  ///   - file: The text, and by its format how cells are separated.
  ///   - selection: Which columns and rows to read.
  ///   - rules: What the numbers may be.
  /// - Returns: The numbers of the rows and columns chosen.
  /// - Throws: An error at the first cell or row that does not fit.
  /// - Complexity: O(bytes).
  static func read(
    _ file: InputFile, selection: ColumnSelection = .all, rules: NumberRules
  ) throws(MeasureFileError) -> NumberBlock {
    var reader = try TableReader(file, selection: selection, rules: rules)
    try reader.readRows()
    return try reader.block()
  }

  private init(
    _ file: InputFile, selection: ColumnSelection, rules: NumberRules
  ) throws(MeasureFileError) {
    source = file.source
    self.rules = rules
    try Self.checkEncoding(of: source)
    scanner = CellScanner(source, separator: Self.separator(of: file.format, in: source))
    header = try TableHeader(&scanner)
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

  /// The separator; in a `.txt` file the comma, if the first row has one.
  private static func separator(of format: FileFormat, in source: SourceText) -> CellSeparator {
    guard format == .txt else { return format == .tsv ? .tab : .comma }
    var scanner = CellScanner(source, separator: .whiteSpace)
    guard scanner.startRow() else { return .whiteSpace }
    let line = source.bytes[scanner.position...].prefix { $0 != Byte.lineFeed }
    return line.contains(Byte.comma) ? .comma : .whiteSpace
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
    guard let value = NumberText.double(source.bytes, cell.range) else {
      throw notANumber(cell, place: place)
    }
    guard rules.admits(value), value.isFinite || NumberText.isInfinityWord(source.bytes, cell.range)
    else { throw notAdmitted(cell, place: place) }
    values.append(value)
    guard rules.precision == .decimal else { return }
    let decimal = NumberText.decimal(source.bytes, cell.range)
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
      if bytes.contains(Byte.semicolon) {
        "write commas between cells and points in numbers"
      } else if header.names != nil, rowStarts.count == 1 {
        // Text in the first row of data is a column of text; further down it is a slip.
        "choose the columns to read with --columns, and rows with --where"
      } else {
        "write numbers such as 0.25 or 2.5e-3"
      }
    return source.error(at: offset, "\(excerpt)\(column(place)) is not a number", fix: fix)
  }

  private func notAdmitted(_ cell: Cell, place: Int) -> MeasureFileError {
    let text = String(decoding: source.bytes[cell.range], as: UTF8.self)
    let isWord = DecimalText(source.bytes, cell.range) == nil
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
