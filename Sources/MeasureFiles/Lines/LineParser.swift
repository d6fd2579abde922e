import Measures
import Transport

/// The parts of one line.
struct LineParser {
  static let names = [
    "id", "source", "target", "points", "metric", "order", "period", "threshold", "cost",
    "capacities", "mass",
    "solver", "exact", "plan", "potentials", "timeLimit",
  ]

  let reading: ProblemLineReading
  private let object: JSONObject
  let source: SourceText

  init(_ reading: ProblemLineReading, _ object: JSONObject, _ source: SourceText) {
    self.reading = reading
    self.object = object
    self.source = source
  }

  /// The value of a name; null is as good as nothing.
  subscript(name: String) -> JSONValue? {
    guard let value = object[name] else { return nil }
    if case .null = value.content { return nil }
    return value
  }

  func line(id: String?) throws(MeasureFileError) -> ProblemLine {
    let settings = try settings(reading.defaults)
    let rules = NumberRules(range: .finite, precision: settings.isExact ? .decimal : .double)
    let points = try self["points"].map { (value) throws(MeasureFileError) in
      try JSONNumbers.block(value, of: source, rules: rules)
    }
    return ProblemLine(
      id: id, source: try measure(object.required("source"), on: points, rules),
      target: try measure(object.required("target"), on: points, rules), settings: settings)
  }

  private func measure(
    _ value: JSONValue, on points: NumberBlock?, _ rules: NumberRules
  ) throws(MeasureFileError) -> Measure {
    if let points {
      let masses = try JSONNumbers.block(value, of: source, rules: rules)
      guard masses.columns == 1 else {
        throw source.error(
          at: value.offset, "on common points a measure is one array, a mass for each point")
      }
      return try JSONMeasure.measure(points: points, masses: masses)
    }
    if let elements = value.array, elements.first?.array != nil {
      throw source.error(
        at: value.offset, "the rows of the array may be points or pixels",
        fix: "write {\"points\": …} or {\"grid\": …}")
    }
    if case .object(let members) = value.content, members.contains(where: { $0.name == "file" }) {
      return try file(value, rules)
    }
    return try JSONMeasure.measure(value, of: source, layout: nil, rules: rules)
  }

  private func file(
    _ value: JSONValue, _ rules: NumberRules
  ) throws(MeasureFileError) -> Measure {
    let object = try JSONObject(value, of: source, names: ["file", "layout"])
    let name = try object.required("file")
    guard reading.readsFiles else {
      throw source.error(
        at: name.offset, "a line names a file, and files are not read", fix: "say --files")
    }
    let path = try text(name, "a path")
    guard path != "-" else {
      throw source.error(at: name.offset, "standard input has the lines", fix: "name a file")
    }
    var layout: TableLayout?
    if let value = object["layout"] {
      layout = TableLayout(rawValue: try text(value, "a layout"))
      guard layout != nil else {
        throw source.error(
          at: value.offset, "there is no such layout", fix: "write grid, points or points+mass")
      }
    }
    return try MeasureReading(layout: layout, precision: rules.precision).measure(at: path)
  }
}
