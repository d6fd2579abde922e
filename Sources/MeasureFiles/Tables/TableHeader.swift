/// The first row of a table: the names of its columns, or that there are none.
struct TableHeader {
  /// The names, if the first row has no number.
  let names: [String]?
  /// The first cell of each column, for errors about the column.
  let cells: [Cell]

  /// Reads the first row; the scanner stands behind the names, or before the first row of numbers.
  ///
  /// - Throws: An error where numbers and text are mixed, or where there is no row at all.
  init(_ scanner: inout CellScanner) throws(MeasureFileError) {
    let source = scanner.source
    guard scanner.startRow() else {
      throw source.error(
        "there is no row of data in the file", fix: "at least one number is needed")
    }
    var first = scanner
    cells = try first.row()
    try Self.checkLineEnds(cells, in: source)
    let firstText = cells.first { NumberText.double(source.bytes, $0.range) == nil }
    let hasNumber = cells.contains { NumberText.double(source.bytes, $0.range) != nil }
    if let firstText, hasNumber {
      throw Self.mixed(firstText, in: source)
    }
    guard firstText != nil else {
      names = nil
      return
    }
    try Self.checkSeparator(cells, scanner)
    names = cells.map { scanner.text(of: $0) }
    scanner = first
    try checkNames(source)
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
      fix: "give every column a name in a first row, or take the text out")
  }

  /// Tells a table with other separators from one whose only column has a long name.
  private static func checkSeparator(
    _ cells: [Cell], _ scanner: CellScanner
  ) throws(MeasureFileError) {
    guard cells.count == 1, let cell = cells.first, !cell.isQuoted else { return }
    let marks = [(Byte.semicolon, "semicolons"), (Byte.tab, "tabs"), (Byte.comma, "commas")]
    for (mark, name) in marks {
      guard let offset = cell.range.first(where: { scanner.source.bytes[$0] == mark }) else {
        continue
      }
      throw scanner.source.error(
        at: offset,
        "the cells are separated by \(name), where \(scanner.separator.plural) are expected",
        fix: mark == Byte.tab
          ? "name the file .tsv" : "write commas between cells and points in numbers")
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
