import Measures

/// Measures in JSON: `[…]`, `{"masses": […]}`, `{"points": [[…]], "masses": […]}`,
/// `{"grid": [[…]], "spacing": […]}`.
enum JSONMeasure {
  /// The measure that a text is.
  static func read(
    _ source: SourceText, layout: TableLayout?, rules: NumberRules
  ) throws(MeasureFileError) -> Measure {
    try measure(JSONParser.parse(source), of: source, layout: layout, rules: rules)
  }

  /// The measure that a value of a text is.
  static func measure(
    _ value: JSONValue, of source: SourceText, layout: TableLayout?, rules: NumberRules
  ) throws(MeasureFileError) -> Measure {
    guard value.array == nil else {
      return try JSONNumbers.block(value, of: source, rules: rules).measure(layout: layout)
    }
    let object = try JSONObject(value, of: source, names: ["points", "masses", "grid", "spacing"])
    guard layout == nil || (layout == .grid && object["grid"] != nil) else {
      throw source.error(
        at: value.offset, "a layout is given, and the file says itself what it holds",
        fix: "leave the layout out")
    }
    if let grid = object["grid"] {
      guard object["points"] == nil, object["masses"] == nil else {
        throw source.error(
          at: grid.offset, "a grid stands beside points or masses", fix: "keep one of them")
      }
      let steps = try object["spacing"].map { (value) throws(MeasureFileError) in
        try list(value, "spacings", of: source, rules: rules)
      }
      return .grid(try self.grid(grid, spacing: steps, of: source, rules: rules))
    }
    if let spacing = object["spacing"] {
      throw source.error(at: spacing.offset, "a spacing goes with a grid alone")
    }
    var masses: NumberBlock?
    if let value = object["masses"] { masses = try list(value, "masses", of: source, rules: rules) }
    if let points = object["points"] {
      return try measure(
        points: JSONNumbers.block(points, of: source, rules: rules), masses: masses)
    }
    guard let masses else {
      throw source.error(at: value.offset, "there are no masses, points or grid")
    }
    return try masses.measure(layout: nil)
  }

  /// An array of numbers.
  private static func list(
    _ value: JSONValue, _ name: String, of source: SourceText, rules: NumberRules
  ) throws(MeasureFileError) -> NumberBlock {
    let block = try JSONNumbers.block(value, of: source, rules: rules)
    guard block.columns == 1 else {
      throw source.error(at: value.offset, "\(name) are one array of numbers")
    }
    return block
  }

  private static func grid(
    _ value: JSONValue, spacing: NumberBlock?, of source: SourceText, rules: NumberRules
  ) throws(MeasureFileError) -> Grid {
    var numbers = JSONNumbers(source, rules: rules)
    let shape = try numbers.appendNested(value)
    let block = numbers.block(rows: 1, columns: numbers.values.count)
    guard !shape.isEmpty else {
      throw source.error(at: value.offset, "a grid is an array of rows of numbers")
    }
    do {
      return try Grid(
        block.values, shape: shape, spacing: spacing?.values,
        decimals: block.decimals(at: block.values.indices))
    } catch {
      throw block.located(error) { $0 }
    }
  }

  /// Points with masses; on the line a histogram.
  static func measure(
    points: NumberBlock, masses: NumberBlock?
  ) throws(MeasureFileError) -> Measure {
    if let masses, masses.rows != points.rows {
      throw points.origin.error(
        "there are \(points.rows) points and \(masses.rows) masses",
        fix: "give each point a mass")
    }
    do {
      if let masses, points.columns == 1 {
        return .histogram(
          try Histogram(
            masses.values, at: points.values, decimals: masses.decimals(at: masses.values.indices),
            positionDecimals: points.decimals(at: points.values.indices)))
      }
      return .points(
        try PointCloud(
          coordinates: points.values, dimension: points.columns, masses: masses?.values,
          decimals: masses.flatMap { $0.decimals(at: $0.values.indices) },
          coordinateDecimals: points.decimals(at: points.values.indices)))
    } catch {
      throw (masses ?? points).located(error) { $0 }
    }
  }
}
