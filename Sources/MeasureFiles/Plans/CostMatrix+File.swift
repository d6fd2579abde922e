public import Measures

extension CostMatrix {
  /// Reads a matrix of costs or capacities, a row for each source.
  ///
  /// Text files hold a row a line, JSON an array of arrays, NPY an array of two axes. `inf` and
  /// `Infinity` forbid an arc (as a capacity: set no limit); NaN and −∞ are refused. A first row of
  /// names is skipped.
  ///
  /// - Parameters:
  ///   - path: A file `.csv .tsv .txt .json .npy .npz`, with `.gz` behind it or without, or `-` for
  ///     CSV from standard input.
  ///   - precision: Whether decimals are kept for exact arithmetic.
  ///   - notation: How a table writes its cells and its numbers.
  /// - Throws: `MeasureFileError` with file, line and column.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, precision: NumberPrecision = .double,
    notation: TableNotation = TableNotation()
  ) throws(MeasureFileError) {
    let file = try InputFile<FileFormat>(contentsOf: path)
    let rules = NumberRules(range: .finiteOrInfinite, precision: precision)
    let block =
      switch file.format {
      case .csv, .tsv, .txt: try TableReader.read(TableText(file, notation), rules: rules)
      case .json: try Self.jsonBlock(file.source, rules)
      case .npy, .npz: try Self.arrayBlock(file.source, rules)
      }
    do {
      try self.init(
        block.values, rows: block.rows, columns: block.columns, decimals: block.decimals)
    } catch {
      throw block.origin.error("\(error)")
    }
  }

  private static func jsonBlock(
    _ source: SourceText, _ rules: NumberRules
  ) throws(MeasureFileError) -> NumberBlock {
    let value = try JSONParser.parse(source)
    guard value.array?.first?.array != nil else {
      throw source.error(
        at: value.offset, "a matrix is an array of rows, each an array of numbers",
        fix: "write [[0, 1], [1, 0]]")
    }
    return try JSONNumbers.block(value, of: source, rules: rules)
  }

  private static func arrayBlock(
    _ source: SourceText, _ rules: NumberRules
  ) throws(MeasureFileError) -> NumberBlock {
    let array = try NPYArray(source)
    guard array.shape.count == 2 else {
      throw source.error(
        atByte: 0, "the array has \(array.shape.count) axes, and a matrix has two",
        fix: "save array.reshape(rows, columns)")
    }
    return try array.block(rules: rules)
  }
}
