import Measures
public import Transport

extension TransportPlan {
  /// Reads a plan, whoever made it; whether it is feasible is for a certificate to say.
  ///
  /// - Text (`.csv .tsv .txt`, `-`): columns `source,target,mass`, counted from 0; other columns are
  ///   not read; without a header just these three. A table with columns `from`, `to` and `mass` is
  ///   one of R's package `transport`, which counts from 1.
  /// - JSON: `{"arcs": [{"source": 0, "target": 1, "mass": 0.5}]}` or arcs written as `[0, 1, 0.5]`;
  ///   an array of arrays is a dense matrix.
  /// - NPY, NPZ: a dense matrix with a row for each source.
  ///
  /// Masses may be any finite numbers; a pair that stands twice is an error.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - sourceCount: The number of sources, at least 1.
  ///   - targetCount: The number of targets, at least 1.
  ///   - countsFromOne: Whether sources and targets are counted from 1 in a table or in arcs of
  ///     JSON, whatever its columns are called.
  ///   - notation: How a table writes its cells and its numbers.
  /// - Throws: `MeasureFileError` with file, line and column, or with the byte in an array.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, sourceCount: Int, targetCount: Int, countsFromOne: Bool = false,
    notation: TableNotation = TableNotation()
  ) throws(MeasureFileError) {
    let file = try InputFile<FileFormat>(contentsOf: path)
    let rules = NumberRules(range: .finite, precision: .double)
    var rows = PlanRows(sourceCount: sourceCount, targetCount: targetCount)
    rows.firstIndex = countsFromOne ? 1 : 0
    switch file.format {
    case .csv, .tsv, .txt:
      let text = TableText(file, notation)
      let isOfR = try TableReader.names(of: text).map { $0.contains("from") && $0.contains("to") }
      let columns = isOfR == true ? ["from", "to", "mass"] : ["source", "target", "mass"]
      if isOfR == true { rows.firstIndex = 1 }
      let selection = ColumnSelection(columns: columns, filters: [], withoutHeader: .inThisOrder)
      try rows.append(triples: TableReader.read(text, selection: selection, rules: rules))
    case .json: try rows.append(json: file.source, rules)
    case .npy, .npz: try rows.append(matrix: NPYArray(file.source).block(rules: rules))
    }
    self = rows.plan
  }
}

extension PlanRows {
  /// Appends the arcs of a JSON text.
  mutating func append(json source: SourceText, _ rules: NumberRules) throws(MeasureFileError) {
    let value = try JSONParser.parse(source)
    guard value.array == nil else {
      try append(matrix: JSONNumbers.block(value, of: source, rules: rules))
      return
    }
    let object = try JSONObject(value, of: source, names: ["sourceCount", "targetCount", "arcs"])
    try check(object["sourceCount"], is: sourceCount, "sources", source, rules)
    try check(object["targetCount"], is: targetCount, "targets", source, rules)
    let list = try object.required("arcs")
    guard let arcs = list.array else {
      throw source.error(at: list.offset, "arcs are an array, and this is \(list.kind)")
    }
    guard !arcs.isEmpty else { return }
    var numbers = JSONNumbers(source, rules: rules)
    for arc in arcs { try append(arc, to: &numbers, source) }
    try append(triples: numbers.block(rows: arcs.count, columns: 3))
  }

  private func append(
    _ arc: JSONValue, to numbers: inout JSONNumbers, _ source: SourceText
  ) throws(MeasureFileError) {
    if let elements = arc.array {
      guard elements.count == 3 else {
        throw source.error(
          at: arc.offset, "an arc has \(elements.count) entries",
          fix: "write [source, target, mass]")
      }
      for element in elements { try numbers.append(element) }
    } else {
      let names = ["source", "target", "mass"]
      let object = try JSONObject(arc, of: source, names: names)
      for name in names { try numbers.append(object.required(name)) }
    }
  }

  private func check(
    _ value: JSONValue?, is count: Int, _ name: String, _ source: SourceText, _ rules: NumberRules
  ) throws(MeasureFileError) {
    guard let value else { return }
    var number = JSONNumbers(source, rules: rules)
    try number.append(value)
    guard number.values[0] == Double(count) else {
      throw source.error(
        at: value.offset,
        "the plan has \(NumberFormat.shortest(number.values[0])) \(name), and there are \(count)",
        fix: "check the order of the measures")
    }
  }
}
