import Measures
public import Transport

extension KantorovichPotentials {
  /// Reads potentials, whoever made them; whether they are feasible is for a certificate to say.
  ///
  /// - Text (`.csv .tsv .txt`, `-`): columns `side,index,potential` with side `source` or `target`
  ///   and the index counted from 0, in any order, each once.
  /// - JSON: `{"source": […], "target": […]}`.
  /// - NPY, NPZ: one axis with f of all sources, then g of all targets.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - sourceCount: The number of sources, at least 1.
  ///   - targetCount: The number of targets, at least 1.
  ///   - countsFromOne: Whether indices are counted from 1 in a table.
  ///   - notation: How a table writes its cells and its numbers.
  /// - Throws: `MeasureFileError` with file, line and column, or with the byte in an array.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, sourceCount: Int, targetCount: Int, countsFromOne: Bool = false,
    notation: TableNotation = TableNotation()
  ) throws(MeasureFileError) {
    let file = PotentialsFile(
      file: try InputFile(contentsOf: path), sourceCount: sourceCount, targetCount: targetCount,
      firstIndex: countsFromOne ? 1 : 0, notation: notation)
    switch file.format {
    case .csv, .tsv, .txt: self = try file.table()
    case .json: self = try file.json()
    case .npy, .npz: self = try file.array()
    }
  }

  /// Reads potentials from two files, as other programs keep them: f by itself, and g by itself.
  ///
  /// Each is a list of numbers: a table of one column, with a name above it or without, an array of
  /// JSON, or an array of NumPy with one axis or with one column.
  ///
  /// - Parameters:
  ///   - sourcePath: The file of f.
  ///   - targetPath: The file of g.
  ///   - sourceCount: The number of sources, at least 1.
  ///   - targetCount: The number of targets, at least 1.
  ///   - notation: How a table writes its cells and its numbers.
  /// - Throws: `MeasureFileError` with file, line and column, or with the byte in an array.
  /// - Complexity: O(bytes).
  public init(
    ofSources sourcePath: String, ofTargets targetPath: String, sourceCount: Int, targetCount: Int,
    notation: TableNotation = TableNotation()
  ) throws(MeasureFileError) {
    self.init(
      source: try Self.list(sourcePath, count: sourceCount, "sources", notation),
      target: try Self.list(targetPath, count: targetCount, "targets", notation))
  }

  private static func list(
    _ path: String, count: Int, _ name: String, _ notation: TableNotation
  ) throws(MeasureFileError) -> [Double] {
    let file = try InputFile<FileFormat>(contentsOf: path)
    let rules = NumberRules(range: .finite, precision: .double)
    let block =
      switch file.format {
      case .csv, .tsv, .txt: try TableReader.read(TableText(file, notation), rules: rules)
      case .json:
        try JSONNumbers.block(try JSONParser.parse(file.source), of: file.source, rules: rules)
      case .npy, .npz: try NPYArray(file.source).block(rules: rules)
      }
    guard block.columns == 1, block.rows == count else {
      throw block.origin.error(
        at: 0,
        "there are \(count) \(name), and the file has \(block.rows) × \(block.columns) numbers",
        fix: "write one number for each, below each other")
    }
    return block.values
  }
}

/// A file of potentials, with the numbers that must be in it.
struct PotentialsFile {
  private let file: InputFile<FileFormat>
  let sourceCount: Int
  let targetCount: Int
  /// The number of the first source and target: 0 or 1.
  let firstIndex: Int
  private let notation: TableNotation
  private let rules = NumberRules(range: .finite, precision: .double)

  init(
    file: InputFile<FileFormat>, sourceCount: Int, targetCount: Int, firstIndex: Int,
    notation: TableNotation
  ) {
    self.file = file
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.firstIndex = firstIndex
    self.notation = notation
  }

  var format: FileFormat { file.format }

  private var source: SourceText { file.source }

  func table() throws(MeasureFileError) -> KantorovichPotentials {
    let names = ["source", "target"]
    var rowCount = 0
    var sides: [[Double]] = []
    for (name, count) in zip(names, [sourceCount, targetCount]) {
      let selection = ColumnSelection(
        columns: ["index", "potential"], filters: [RowFilter(column: "side", equals: name)])
      let block = try TableReader.read(
        TableText(file, notation), selection: selection, rules: rules)
      rowCount += block.rows
      sides.append(try potentials(block, count: count, name))
    }
    try checkSides(rowCount: rowCount)
    return KantorovichPotentials(source: sides[0], target: sides[1])
  }

  /// The potentials of one side in the order of their indices, each of which must stand once.
  private func potentials(
    _ block: NumberBlock, count: Int, _ name: String
  ) throws(MeasureFileError) -> [Double] {
    var potentials = [Double?](repeating: nil, count: count)
    for row in 0..<block.rows {
      let index = try PlanRows.index(block, at: 2 * row, below: count, from: firstIndex, name)
      guard potentials[index] == nil else {
        throw block.origin.error(
          at: 2 * row, "the potential of \(name) \(index + firstIndex) stands twice")
      }
      potentials[index] = block.values[2 * row + 1]
    }
    if let missing = potentials.firstIndex(of: nil) {
      throw source.error("the potential of \(name) \(missing + firstIndex) is missing")
    }
    return potentials.compactMap { $0 }
  }

  /// Refuses rows whose side is neither source nor target, which no filter has taken.
  private func checkSides(rowCount: Int) throws(MeasureFileError) {
    let index = ColumnSelection(columns: ["index"], filters: [])
    let all = try TableReader.read(TableText(file, notation), selection: index, rules: rules)
    guard all.rows == rowCount else {
      throw source.error(
        "\(all.rows - rowCount) rows have a side that is neither source nor target",
        fix: "write source or target, in small letters")
    }
  }

  func json() throws(MeasureFileError) -> KantorovichPotentials {
    let value = try JSONParser.parse(source)
    let object = try JSONObject(value, of: source, names: ["source", "target"])
    return KantorovichPotentials(
      source: try list(object.required("source"), count: sourceCount, "sources"),
      target: try list(object.required("target"), count: targetCount, "targets"))
  }

  private func list(
    _ value: JSONValue, count: Int, _ name: String
  ) throws(MeasureFileError) -> [Double] {
    let block = try JSONNumbers.block(value, of: source, rules: rules)
    guard block.columns == 1, block.rows == count else {
      throw source.error(
        at: value.offset, "there are \(count) \(name) and \(block.values.count) potentials")
    }
    return block.values
  }

  func array() throws(MeasureFileError) -> KantorovichPotentials {
    let array = try NPYArray(source)
    guard array.shape == [sourceCount + targetCount] else {
      throw source.error(
        atByte: 0,
        "the array has the shape \(array.shape), and there are \(sourceCount) sources and "
          + "\(targetCount) targets", fix: "save f and then g as one array with one axis")
    }
    let values = try array.block(rules: rules).values
    return KantorovichPotentials(
      source: Array(values[..<sourceCount]), target: Array(values[sourceCount...]))
  }
}
