import Measures
public import Transport

extension TransportPlan {
  /// Reads a plan, whoever made it; whether it is feasible is for a certificate to say.
  ///
  /// - Text (`.csv .tsv .txt`, `-`): columns `source,target,mass`, counted from 0; other columns are
  ///   not read; without a header just these three.
  /// - JSON: `{"arcs": [{"source": 0, "target": 1, "mass": 0.5}]}` or arcs written as `[0, 1, 0.5]`;
  ///   an array of arrays is a dense matrix.
  /// - NPY: a dense matrix with a row for each source.
  ///
  /// Masses may be any finite numbers; a pair that stands twice is an error.
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
    let file = try InputFile(contentsOf: path)
    let rules = NumberRules(range: .finite, precision: .double)
    var rows = PlanRows(sourceCount: sourceCount, targetCount: targetCount)
    switch file.format {
    case .csv, .tsv, .txt:
      let selection = ColumnSelection(
        columns: ["source", "target", "mass"], filters: [], withoutHeader: .inThisOrder)
      try rows.append(triples: TableReader.read(file, selection: selection, rules: rules))
    case .json: try rows.append(json: file.source, rules)
    case .npy: try rows.append(matrix: NPYArray(file.source).block(rules: rules))
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
