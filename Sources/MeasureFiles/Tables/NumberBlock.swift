import Measures

/// A rectangle of numbers from a file: what tables, JSON and NPY have in common.
struct NumberBlock {
  /// The numbers, rows × columns, row-major.
  let values: [Double]
  /// The number of rows.
  let rows: Int
  /// The number of columns.
  let columns: Int
  /// The numbers as they were written, if that was asked for; nil for an infinite one.
  let decimals: [DecimalNumber?]?
  /// The names of the columns, if the file gives them.
  let names: [String]?
  /// Where the numbers stood.
  let origin: NumberOrigin

  /// The decimals of some of the numbers, all of which are finite.
  func decimals(at indices: some Sequence<Int>) -> [DecimalNumber]? {
    guard let decimals else { return nil }
    return indices.compactMap { decimals[$0] }
  }

  /// The flat indices of one column.
  func indices(ofColumn column: Int) -> StrideTo<Int> {
    stride(from: column, to: values.count, by: columns)
  }
}

/// Where the numbers of a block stood, for errors that are found after the reading.
enum NumberOrigin {
  /// In the cells of a table: the start of each row and, for each column read, its place there.
  case cells(SourceText, CellSeparator, rowStarts: [Int], places: [Int])
  /// In text, at these bytes, one for each number.
  case tokens(SourceText, offsets: [Int])
  /// In an array file.
  case entries(EntryPlaces)

  /// The path of the file.
  var path: String {
    switch self {
    case .cells(let source, _, _, _), .tokens(let source, _): source.path
    case .entries(let places): places.path
    }
  }

  /// An error about one number.
  ///
  /// - Parameters:
  ///   - index: The flat index of the number in its block.
  ///   - what: What is wrong, without the place.
  ///   - fix: What to do about it.
  /// - Returns: The error with the place of the number.
  func error(at index: Int, _ what: String, fix: String? = nil) -> MeasureFileError {
    switch self {
    case .cells(let source, let separator, let rowStarts, let places):
      let (row, column) = index.quotientAndRemainder(dividingBy: places.count)
      var scanner = CellScanner(source, separator: separator, at: rowStarts[row])
      let cells = (try? scanner.row()) ?? []
      let offset = places[column] < cells.count ? cells[places[column]].range.lowerBound : nil
      return source.error(at: offset ?? rowStarts[row], what, fix: fix)
    case .tokens(let source, let offsets):
      return source.error(at: offsets[index], what, fix: fix)
    case .entries(let places): return places.error(at: index, what, fix: fix)
    }
  }

  /// An error about the file as a whole.
  func error(_ what: String, fix: String? = nil) -> MeasureFileError {
    MeasureFileError(.badData, path: path, what: what, fix: fix)
  }
}

/// What the numbers of a file may be, and what is kept of them.
struct NumberRules {
  /// Which numbers that are not finite have a meaning.
  enum Range {
    /// None: masses and coordinates.
    case finite
    /// +∞ has: it forbids an arc.
    case finiteOrInfinite
  }

  let range: Range
  let precision: NumberPrecision

  /// Whether a number may stand there.
  func admits(_ value: Double) -> Bool {
    value.isFinite || (range == .finiteOrInfinite && value == .infinity)
  }

  /// What to do about a number that may not.
  var fix: String {
    switch range {
    case .finite: "masses and coordinates must be finite"
    case .finiteOrInfinite: "write a finite number, or inf to forbid an arc"
    }
  }
}
