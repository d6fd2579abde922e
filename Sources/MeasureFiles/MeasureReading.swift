import Measures

/// Reads measures from files, standard input and literals.
///
///     let reading = MeasureReading(columns: ["petal_length"], filters: [setosa])
///     let p = try reading.measure(at: "iris.csv")
///
/// Which files are read, and what they mean, is told in `Docs/FileFormats.md`.
public struct MeasureReading: Hashable, Sendable {
  /// What rows and columns without names mean; nil where that needs no saying.
  public var layout: TableLayout?
  /// The columns to read, in that order; nil reads all that no filter uses.
  public var columns: [String]?
  /// The conditions that a row must meet to be read.
  public var filters: [RowFilter]
  /// Whether the decimals of the text are kept for exact arithmetic.
  public var precision: NumberPrecision

  /// Settings for reading.
  ///
  /// - Parameters:
  ///   - layout: What rows and columns without names mean.
  ///   - columns: The columns to read; the mass column is read only if it is among them.
  ///   - filters: The conditions that a row must meet to be read.
  ///   - precision: Whether decimals are kept.
  public init(
    layout: TableLayout? = nil, columns: [String]? = nil, filters: [RowFilter] = [],
    precision: NumberPrecision = .double
  ) {
    self.layout = layout
    self.columns = columns
    self.filters = filters
    self.precision = precision
  }

  /// Reads what a user named: masses themselves (`.1,.2,.7`), a path, or `-` for standard input.
  ///
  /// - Parameter argument: A literal if `isLiteral` says so; anything else is a path.
  /// - Returns: The measure.
  /// - Throws: `MeasureFileError` with the place and what to do.
  public func measure(from argument: String) throws(MeasureFileError) -> Measure {
    if Self.isLiteral(argument) { return .histogram(try histogram(literal: argument)) }
    do {
      return try measure(at: argument)
    } catch {
      throw Self.withLiteralHint(error)
    }
  }

  /// Reads a file: `.csv .tsv .txt .json .npy`, or CSV from standard input for `-`.
  ///
  /// - Parameter path: The path; its ending says the format.
  /// - Returns: The measure.
  /// - Throws: `MeasureFileError` with file, line and column.
  /// - Complexity: O(bytes), one pass; a million rows of three numbers take about 0.1 s.
  public func measure(at path: String) throws(MeasureFileError) -> Measure {
    let file = try InputFile(contentsOf: path)
    let rules = NumberRules(range: .finite, precision: precision)
    switch file.format {
    case .csv, .tsv, .txt:
      let selection = ColumnSelection(columns: columns, filters: filters)
      return try TableReader.read(file, selection: selection, rules: rules)
        .measure(layout: layout)
    case .json:
      try checkSelection(path)
      return try JSONMeasure.read(file.source, layout: layout, rules: rules)
    case .npy:
      try checkSelection(path)
      let block = try NPYArray(file.source).block(rules: rules)
      return try block.measure(layout: layout)
    }
  }

  /// Refuses columns and filters for a file whose columns have no names.
  private func checkSelection(_ path: String) throws(MeasureFileError) {
    guard columns != nil || !filters.isEmpty else { return }
    throw MeasureFileError(
      .badData, path: path, what: "columns and rows cannot be chosen in such a file",
      fix: "use a CSV file with a header")
  }
}
