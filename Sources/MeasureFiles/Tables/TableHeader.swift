/// The first row of a table: the names of its columns, or that there are none.
struct TableHeader {
  /// The names, if the first row has no number.
  let names: [String]?
  /// The first cell of each column, for errors about the column.
  let cells: [Cell]
  /// What stands before the decimals of a number.
  let decimalMark: DecimalMark
  /// Whether each row starts with its own name, above which the header has nothing.
  let hasRowNames: Bool

  /// Reads the first row; the scanner stands behind the names, or before the first row of numbers.
  ///
  /// - Throws: An error where numbers and text are mixed, or where there is no row at all.
  init(
    _ scanner: inout CellScanner, decimalMark: DecimalMark
  ) throws(MeasureFileError) {
    let source = scanner.source
    self.decimalMark = decimalMark
    guard scanner.startRow() else {
      throw source.error(
        "there is no row of data in the file", fix: "at least one number is needed")
    }
    var first = scanner
    let row = try first.row()
    try Self.checkLineEnds(row, in: source)
    guard try Self.isHeader(row, in: source, decimalMark) else {
      (names, cells, hasRowNames) = (nil, row, false)
      return
    }
    try Self.checkSeparator(row, scanner)
    let titles = row.map { scanner.text(of: $0) }
    scanner = first
    hasRowNames = Self.namesRows(scanner, columns: row.count)
    names = hasRowNames ? [""] + titles : titles
    cells = hasRowNames ? [row[0]] + row : row
    try checkNames(source)
  }

  /// Whether no cell of the first row is a number; if some are and some are not, an error.
  private static func isHeader(
    _ cells: [Cell], in source: SourceText, _ mark: DecimalMark
  ) throws(MeasureFileError) -> Bool {
    let texts = cells.filter { NumberText.double(source.bytes, $0.range, mark: mark) == nil }
    guard let first = texts.first else { return false }
    guard texts.count == cells.count else { throw mixed(first, in: source) }
    return true
  }

  /// Whether the first row of data is longer by one cell in quotes: R's `write.table` names rows so.
  private static func namesRows(_ scanner: CellScanner, columns: Int) -> Bool {
    var next = scanner
    guard next.startRow(), let cells = try? next.row() else { return false }
    return cells.count == columns + 1 && cells[0].isQuoted
  }

  /// A carriage return inside a cell is the line end of computers before 2001.
  private static func checkLineEnds(
    _ cells: [Cell], in source: SourceText
  ) throws(MeasureFileError) {
    for cell in cells where !cell.isQuoted {
      guard let offset = cell.range.first(where: { source.bytes[$0] == Byte.carriageReturn })
      else { continue }
      throw source.error(
        at: offset, "the line ends in a lone carriage return", fix: "end lines with line feeds")
    }
  }

  private static func mixed(_ cell: Cell, in source: SourceText) -> MeasureFileError {
    guard !cell.range.isEmpty else {
      return source.error(
        at: cell.range.lowerBound, "a cell of the first row is empty",
        fix: "fill it or take the comma away")
    }
    return source.error(
      at: cell.range.lowerBound,
      "the first row mixes numbers and text: \(source.excerpt(cell.range))",
      fix: source.bytes[cell.range].contains(Byte.semicolon)
        ? "where commas are decimal marks, say --delimiter semicolon --decimal comma"
        : "give every column a name in a first row, or take the text out")
  }

  /// Tells a table with other separators from one whose only column has a long name.
  private static func checkSeparator(
    _ cells: [Cell], _ scanner: CellScanner
  ) throws(MeasureFileError) {
    guard cells.count == 1, let cell = cells.first, !cell.isQuoted else { return }
    for other in [CellSeparator.semicolon, .tab, .bar, .comma] {
      guard let offset = cell.range.first(where: { scanner.source.bytes[$0] == other.byte }) else {
        continue
      }
      throw scanner.source.error(
        at: offset,
        "the cells are separated by \(other.plural), where \(scanner.separator.plural) are expected",
        fix: "say --delimiter \(other.rawValue)")
    }
  }

  private func checkNames(_ source: SourceText) throws(MeasureFileError) {
    var seen: Set<String> = []
    for (name, cell) in zip(names ?? [], cells) where !name.isEmpty {
      guard seen.insert(name).inserted else {
        throw source.error(
          at: cell.range.lowerBound, "two columns are called \(name)", fix: "rename one of them")
      }
    }
  }

  /// The column of a name, or an error that lists the names there are.
  func column(named name: String, in source: SourceText) throws(MeasureFileError) -> Int {
    guard let names else {
      throw source.error(
        "column \(name) was asked for, but the file has no header",
        fix: "give every column a name in a first row")
    }
    guard let index = names.firstIndex(of: name) else {
      throw source.error(
        "there is no column \(name)", fix: "the columns are \(names.joined(separator: ", "))")
    }
    return index
  }
}
