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
  /// How a table writes its cells and its numbers.
  public var notation: TableNotation
  /// What an image is taken for.
  public var imageContent: ImageContent

  /// Settings for reading.
  ///
  /// - Parameters:
  ///   - layout: What rows and columns without names mean.
  ///   - columns: The columns to read; the mass column is read only if it is among them.
  ///   - filters: The conditions that a row must meet to be read.
  ///   - precision: Whether decimals are kept.
  ///   - notation: How a table writes its cells and its numbers.
  ///   - imageContent: What an image is taken for.
  public init(
    layout: TableLayout? = nil, columns: [String]? = nil, filters: [RowFilter] = [],
    precision: NumberPrecision = .double, notation: TableNotation = TableNotation(),
    imageContent: ImageContent = .luminance
  ) {
    self.layout = layout
    self.columns = columns
    self.filters = filters
    self.precision = precision
    self.notation = notation
    self.imageContent = imageContent
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

  /// Reads a file: `.csv .tsv .txt .json .npy .npz .png .pbm .pgm .ppm .pnm`, with `.gz` behind it
  /// or without, an array of an archive as `FILE.npz:NAME`, or CSV from standard input for `-`.
  ///
  /// - Parameter path: The path; its ending says the format.
  /// - Returns: The measure.
  /// - Throws: `MeasureFileError` with file, line and column, or with the byte in a file that is no
  ///   text.
  /// - Complexity: O(bytes), one pass; a million rows of three numbers take about 0.1 s.
  public func measure(at path: String) throws(MeasureFileError) -> Measure {
    let file = try InputFile<MeasureFormat>(contentsOf: path)
    let rules = NumberRules(range: .finite, precision: precision)
    switch file.format {
    case .csv, .tsv, .txt:
      try checkNoImageContent(path)
      let selection = ColumnSelection(columns: columns, filters: filters)
      return try TableReader.read(TableText(file, notation), selection: selection, rules: rules)
        .measure(layout: layout)
    case .json:
      try checkSelection(path)
      try checkNoImageContent(path)
      return try JSONMeasure.read(file.source, layout: layout, rules: rules)
    case .npy, .npz:
      try checkSelection(path)
      try checkNoImageContent(path)
      return try arrayMeasure(file.source, rules)
    case .png: return try imageMeasure(PixelImage(png: file.source))
    case .pbm, .pgm, .ppm, .pnm: return try imageMeasure(PixelImage(netpbm: file.source))
    }
  }

  /// The measure of an array; as a grid it may have any number of axes.
  private func arrayMeasure(
    _ source: SourceText, _ rules: NumberRules
  ) throws(MeasureFileError) -> Measure {
    let array = try NPYArray(source)
    if layout == .grid { return .grid(try array.grid(rules: rules)) }
    return try array.block(rules: rules).measure(layout: layout)
  }

  private func imageMeasure(_ image: PixelImage) throws(MeasureFileError) -> Measure {
    try checkSelection(image.path)
    guard layout == nil || layout == .grid else {
      throw MeasureFileError(
        .badData, path: image.path, what: "an image is a grid, and another layout is given",
        fix: "leave the layout out")
    }
    switch imageContent {
    case .luminance: return .grid(try image.luminance(precision))
    case .colourHistogram(let bins):
      return .points(try image.colourHistogram(bins: bins, precision))
    }
  }

  /// Refuses columns and filters for a file whose columns have no names.
  func checkSelection(_ path: String) throws(MeasureFileError) {
    guard columns != nil || !filters.isEmpty else { return }
    throw MeasureFileError(
      .badData, path: path, what: "columns and rows cannot be chosen in such a file",
      fix: "use a CSV file with a header")
  }

  /// Refuses to count the colours of what has none.
  private func checkNoImageContent(_ path: String) throws(MeasureFileError) {
    guard imageContent != .luminance else { return }
    throw MeasureFileError(
      .badData, path: path, what: "colours are asked for, and the file is no image",
      fix: "use .png, .ppm or .pgm")
  }
}
