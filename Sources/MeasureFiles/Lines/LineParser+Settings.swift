import Measures
import Transport

// The settings of a line.
extension LineParser {
  /// The settings that the line changes.
  func settings(_ defaults: ProblemSettings) throws(MeasureFileError) -> ProblemSettings {
    var settings = defaults
    if let value = self["exact"] { settings.isExact = try truth(value, "exact") }
    if let value = self["plan"] { settings.wantsPlan = try truth(value, "plan") }
    if let value = self["potentials"] {
      settings.wantsPotentials = try truth(value, "potentials")
    }
    if let value = self["mass"] { settings.mass = try mass(value) }
    if let value = self["solver"] { settings.solver = try solver(value) }
    if let value = self["timeLimit"] {
      settings.timeLimit = try number(value, "timeLimit", "not negative") { $0 >= 0 }
    }
    if let value = self["threshold"] {
      settings.threshold = try number(value, "threshold", "positive") { $0 > 0 }
    }
    if let value = self["capacities"] {
      settings.capacities = try matrix(value, "capacities", isExact: false)
    }
    try setCosts(&settings)
    return settings
  }

  private func setCosts(_ settings: inout ProblemSettings) throws(MeasureFileError) {
    let distances = ["metric", "order", "period"].compactMap { self[$0] }
    if let value = self["cost"] {
      guard distances.isEmpty else {
        throw source.error(
          at: value.offset, "cost gives every cost; it excludes metric, order and period")
      }
      let matrix = try matrix(value, "cost", isExact: settings.isExact)
      settings.matrix = try thresholded(matrix, settings.threshold, at: value)
      return
    }
    guard !distances.isEmpty else {
      if let matrix = settings.matrix, let value = self["threshold"] {
        settings.matrix = try thresholded(matrix, settings.threshold, at: value)
      }
      return
    }
    settings.matrix = nil
    if let value = self["metric"] {
      guard let cost = GroundCost(name: try text(value, "a metric")) else {
        throw source.error(
          at: value.offset, "there is no such metric",
          fix: "write euclidean, cityblock, chebyshev, sqeuclidean or minkowski:P with P ≥ 1")
      }
      settings.groundCost = cost
    }
    if let value = self["order"] {
      settings.order = try number(value, "order", "at least 1") { $0 >= 1 }
    }
    if let value = self["period"] {
      guard self["metric"] == nil else {
        throw source.error(
          at: value.offset, "period measures the shorter way around; it excludes metric")
      }
      settings.groundCost = .circular(
        period: try number(value, "period", "positive") { $0 > 0 })
    }
  }

  private func matrix(
    _ value: JSONValue, _ name: String, isExact: Bool
  ) throws(MeasureFileError) -> CostMatrix {
    guard value.array?.first?.array != nil else {
      throw source.error(
        at: value.offset, "\(name) must be an array of rows, each an array of numbers",
        fix: "write [[0, 1], [1, 0]]")
    }
    let rules = NumberRules(range: .finiteOrInfinite, precision: isExact ? .decimal : .double)
    let block = try JSONNumbers.block(value, of: source, rules: rules)
    do {
      return try CostMatrix(
        block.values, rows: block.rows, columns: block.columns, decimals: block.decimals)
    } catch {
      throw source.error(at: value.offset, "\(error)")
    }
  }

  private func thresholded(
    _ matrix: CostMatrix, _ threshold: Double?, at value: JSONValue
  ) throws(MeasureFileError) -> CostMatrix {
    guard let threshold else { return matrix }
    do {
      return try matrix.thresholded(at: threshold)
    } catch {
      throw source.error(at: value.offset, "\(error)")
    }
  }

  private func mass(_ value: JSONValue) throws(MeasureFileError) -> MassPolicy {
    switch try text(value, "mass") {
    case "require-equal": return .requireEqual()
    case "normalize": return .normalize
    default:
      throw source.error(
        at: value.offset, "there is no such rule for masses",
        fix: "write require-equal or normalize")
    }
  }

  private func solver(_ value: JSONValue) throws(MeasureFileError) -> String {
    let name = try text(value, "a solver")
    guard reading.solvers.contains(name) else {
      throw source.error(
        at: value.offset, "there is no such solver",
        fix: "the solvers are \(reading.solvers.joined(separator: ", "))")
    }
    return name
  }

  /// A value that must be a string.
  func text(_ value: JSONValue, _ what: String) throws(MeasureFileError) -> String {
    guard case .string(let text) = value.content else {
      throw source.error(at: value.offset, "\(what) is a string, and this is \(value.kind)")
    }
    return text
  }

  private func truth(_ value: JSONValue, _ name: String) throws(MeasureFileError) -> Bool {
    guard case .boolean(let truth) = value.content else {
      throw source.error(at: value.offset, "\(name) is true or false, and this is \(value.kind)")
    }
    return truth
  }

  private func number(
    _ value: JSONValue, _ name: String, _ range: String, _ isInRange: (Double) -> Bool
  ) throws(MeasureFileError) -> Double {
    var numbers = JSONNumbers(source, rules: NumberRules(range: .finite, precision: .double))
    try numbers.append(value)
    guard isInRange(numbers.values[0]) else {
      throw source.error(
        at: value.offset,
        "\(name) is \(NumberFormat.shortest(numbers.values[0])); it must be \(range)")
    }
    return numbers.values[0]
  }
}
