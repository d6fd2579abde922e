import Measures
public import Transport

extension KantorovichPotentials {
  /// Reads potentials, whoever made them; whether they are feasible is for a certificate to say.
  ///
  /// - Text (`.csv .tsv .txt`, `-`): columns `side,index,potential` with side `source` or `target`
  ///   and the index counted from 0, in any order, each once.
  /// - JSON: `{"source": […], "target": […]}`.
  /// - NPY: one axis with f of all sources, then g of all targets.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - sourceCount: The number of sources, at least 1.
  ///   - targetCount: The number of targets, at least 1.
  /// - Throws: `MeasureFileError` with file, line and column.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, sourceCount: Int, targetCount: Int
  ) throws(MeasureFileError) {
    let file = PotentialsFile(
      file: try InputFile(contentsOf: path), sourceCount: sourceCount, targetCount: targetCount)
    switch file.format {
    case .csv, .tsv, .txt: self = try file.table()
    case .json: self = try file.json()
    case .npy: self = try file.array()
    }
  }
}

/// A file of potentials, with the numbers that must be in it.
struct PotentialsFile {
  private let file: InputFile
  let sourceCount: Int
  let targetCount: Int
  private let rules = NumberRules(range: .finite, precision: .double)

  init(file: InputFile, sourceCount: Int, targetCount: Int) {
    self.file = file
    self.sourceCount = sourceCount
    self.targetCount = targetCount
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
      let block = try TableReader.read(file, selection: selection, rules: rules)
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
      let index = try PlanRows.index(block, at: 2 * row, below: count, name)
      guard potentials[index] == nil else {
        throw block.origin.error(at: 2 * row, "the potential of \(name) \(index) stands twice")
      }
      potentials[index] = block.values[2 * row + 1]
    }
    if let missing = potentials.firstIndex(of: nil) {
      throw source.error("the potential of \(name) \(missing) is missing")
    }
    return potentials.compactMap { $0 }
  }

  /// Refuses rows whose side is neither source nor target, which no filter has taken.
  private func checkSides(rowCount: Int) throws(MeasureFileError) {
    let index = ColumnSelection(columns: ["index"], filters: [])
    let all = try TableReader.read(file, selection: index, rules: rules)
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
        "the array has the shape \(array.shape), and there are \(sourceCount) sources and "
          + "\(targetCount) targets", fix: "save f and then g as one array with one axis")
    }
    let values = try array.block(rules: rules).values
    return KantorovichPotentials(
      source: Array(values[..<sourceCount]), target: Array(values[sourceCount...]))
  }
}
