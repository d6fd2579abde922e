/// A cell of a table: where its content stands in the text.
struct Cell {
  /// The content, without quotes and without the blanks around it.
  let range: Range<Int>
  /// Whether the content stood in quotes, where a quote is written twice.
  let isQuoted: Bool
  /// Whether the row ends with this cell.
  let endsRow: Bool
}

/// Walks over the cells of a table, byte by byte, without making a string.
///
/// Lines of blanks and lines that start with `#` are skipped; a byte order mark, `\r` before a line
/// end and spaces around a cell do not count.
struct CellScanner {
  let source: SourceText
  let separator: CellSeparator
  private let bytes: [UInt8]
  private let mark: UInt8?
  private(set) var position: Int

  /// A scanner at the start of the text, or at the start of a row.
  init(_ source: SourceText, separator: CellSeparator, at position: Int? = nil) {
    self.source = source
    self.separator = separator
    bytes = source.bytes
    mark = separator.byte
    self.position = position ?? source.lengthOfByteOrderMark
  }

  /// Moves to the first cell of the next row; false at the end of the text.
  mutating func startRow() -> Bool {
    while position < bytes.count {
      var next = position
      while next < bytes.count, isSpacing(bytes[next]) { next += 1 }
      guard next < bytes.count else { break }
      if bytes[next] == Byte.hash {
        position = lineEnd(from: next) + 1
      } else if bytes[next] == Byte.lineFeed {
        position = next + 1
      } else {
        position = next
        return true
      }
    }
    position = bytes.count
    return false
  }

  /// The next cell of the row.
  mutating func nextCell() throws(MeasureFileError) -> Cell {
    while position < bytes.count, isSpacing(bytes[position]) { position += 1 }
    guard position < bytes.count, bytes[position] == Byte.quote else {
      return separator == .whiteSpace ? wordCell() : plainCell()
    }
    return try quotedCell()
  }

  /// Moves behind the line at hand.
  mutating func skipLine() {
    position = lineEnd(from: position) + 1
  }

  private func isSpacing(_ byte: UInt8) -> Bool {
    byte == Byte.space || byte == Byte.carriageReturn
      || (byte == Byte.tab && separator != .tab)
  }

  private func lineEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != Byte.lineFeed { end += 1 }
    return end
  }

  private mutating func plainCell() -> Cell {
    let start = position
    var end = start
    while end < bytes.count, bytes[end] != mark, bytes[end] != Byte.lineFeed { end += 1 }
    let endsRow = end == bytes.count || bytes[end] == Byte.lineFeed
    position = end + 1
    while end > start, isSpacing(bytes[end - 1]) { end -= 1 }
    return Cell(range: start..<end, isQuoted: false, endsRow: endsRow)
  }

  /// A cell between blanks; those behind it are taken, so that they do not make an empty cell.
  private mutating func wordCell() -> Cell {
    let start = position
    var end = start
    while end < bytes.count, !bytes[end].isBlank { end += 1 }
    return Cell(range: start..<end, isQuoted: false, endsRow: takeBlanks(from: end))
  }

  /// Takes the blanks behind a cell, and the end of the line; whether the row ends there.
  private mutating func takeBlanks(from end: Int) -> Bool {
    position = end
    while position < bytes.count, isSpacing(bytes[position]) { position += 1 }
    let endsRow = position >= bytes.count || bytes[position] == Byte.lineFeed
    if endsRow { position += 1 }
    return endsRow
  }

  private mutating func quotedCell() throws(MeasureFileError) -> Cell {
    let start = position + 1
    var end = start
    while true {
      while end < bytes.count, bytes[end] != Byte.quote { end += 1 }
      guard end < bytes.count else {
        throw source.error(at: position, "a quote is opened and never closed")
      }
      guard end + 1 < bytes.count, bytes[end + 1] == Byte.quote else { break }
      end += 2
    }
    if separator == .whiteSpace, end + 1 >= bytes.count || bytes[end + 1].isBlank {
      return Cell(range: start..<end, isQuoted: true, endsRow: takeBlanks(from: end + 1))
    }
    var next = end + 1
    while next < bytes.count, isSpacing(bytes[next]) { next += 1 }
    let endsRow = next >= bytes.count || bytes[next] == Byte.lineFeed
    guard endsRow || bytes[next] == mark else {
      throw source.error(
        at: next, "there is text behind a closing quote",
        fix: "write a quote inside a quoted cell twice")
    }
    position = next + 1
    return Cell(range: start..<end, isQuoted: true, endsRow: endsRow)
  }
}

extension CellScanner {
  /// All cells of the row at hand.
  mutating func row() throws(MeasureFileError) -> [Cell] {
    var cells: [Cell] = []
    try readRow(into: &cells)
    return cells
  }

  /// All cells of the row at hand, into an array whose room is used again.
  mutating func readRow(into cells: inout [Cell]) throws(MeasureFileError) {
    cells.removeAll(keepingCapacity: true)
    while true {
      let cell = try nextCell()
      cells.append(cell)
      if cell.endsRow { return }
    }
  }

  /// The content of a cell as a string.
  func text(of cell: Cell) -> String {
    let text = String(decoding: bytes[cell.range], as: UTF8.self)
    guard cell.isQuoted else { return text }
    var result = ""
    var isSecondQuote = false
    for character in text {
      if character == "\"", isSecondQuote {
        isSecondQuote = false
      } else {
        isSecondQuote = character == "\""
        result.append(character)
      }
    }
    return result
  }
}
