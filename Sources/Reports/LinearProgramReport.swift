public import GLPK

/// A solved linear program, as text for people and as JSON for programs.
public struct LinearProgramReport: Sendable {
  private let program: LinearProgram
  private let solution: LinearProgramSolution

  /// A report on a solution of a program.
  public init(on solution: LinearProgramSolution, of program: LinearProgram) {
    self.solution = solution
    self.program = program
  }

  /// The status in one word, as JSON has it.
  public var status: String {
    switch solution.outcome {
    case .optimal: "optimal"
    case .infeasible: "infeasible"
    case .unbounded: "unbounded"
    case .limitReached: "limitReached"
    }
  }

  /// The objective alone, or the status where there is none.
  public var quietText: String {
    guard solution.isOptimal, let objective = solution.objective else { return status }
    return NumberText.readable(objective)
  }

  /// Status, objective, and what proves an infeasible or unbounded program so.
  public var text: String {
    var lines = ["status       \(status)"]
    if let objective = solution.objective, solution.isOptimal {
      lines.append("objective    \(NumberText.readable(objective))")
    }
    lines.append("size         \(program.rowCount) rows, \(program.columnCount) columns")
    lines.append("iterations   \(solution.iterations)")
    return (lines + proof + ranges).joined(separator: "\n")
  }

  /// How far each cost and each active bound moves before the basis changes, where that was asked for.
  private var ranges: [String] {
    guard let ranging = solution.ranging else { return [] }
    let costs = ranging.costs.enumerated().map { j, range in
      "cost of \(columnName(j))".padded(to: 24) + Self.text(range)
    }
    let bounds = ranging.rowBounds.enumerated().compactMap { i, range in
      range.map { "bound of \(rowName(i))".padded(to: 24) + Self.text($0) }
    }
    return costs + bounds
  }

  private static func text(_ range: ClosedRange<Double>) -> String {
    let lower = NumberText.readable(range.lowerBound)
    return "from \(lower) to \(NumberText.readable(range.upperBound))"
  }

  private var proof: [String] {
    switch solution.outcome {
    case .optimal: []
    case .infeasible(let certificate?):
      ["proof        \(multiplierText(certificate))"]
    case .unbounded(let ray?):
      ["proof        \(rayText(ray))"]
    case .infeasible(nil), .unbounded(nil):
      ["proof        none stood up to the check"]
    case .limitReached(let report):
      report.bound.map { ["bound        \(NumberText.readable($0))"] } ?? []
    }
  }

  private func multiplierText(_ certificate: FarkasCertificate) -> String {
    let rows = certificate.rowMultipliers.enumerated().filter { $0.element != 0 }
    let named = rows.prefix(6).map {
      "\(NumberText.formatted($0.element, digits: 6)) × \(rowName($0.offset))"
    }
    let more = rows.count > 6 ? ", … (\(rows.count) rows)" : ""
    return named.joined(separator: ", ") + more
      + ": columns reach \(NumberText.formatted(certificate.columnsReach, digits: 6)), rows demand "
      + NumberText.formatted(certificate.rowsDemand, digits: 6)
  }

  private func rayText(_ ray: UnboundedRay) -> String {
    let columns = ray.columnDirections.enumerated().filter { $0.element != 0 }
    let named = columns.prefix(6).map {
      "\(columnName($0.offset)) by \(NumberText.formatted($0.element, digits: 6))"
    }
    return named.joined(separator: ", ") + (columns.count > 6 ? ", …" : "")
      + ": each step changes the objective by "
      + NumberText.formatted(ray.objectiveChange, digits: 6)
  }

  private func columnName(_ index: Int) -> String {
    program[name: LinearProgram.Column(index)] ?? "column \(index)"
  }

  private func rowName(_ index: Int) -> String {
    program[name: LinearProgram.Row(index)] ?? "row \(index)"
  }
}

extension LinearProgramReport {
  /// The report as JSON, with every column and row.
  public var json: JSONValue {
    let columns = (0..<program.columnCount).map { column($0) }
    let rows = (0..<program.rowCount).map { row($0) }
    let objective = solution.isOptimal ? solution.objective : nil
    var entries: [(key: String, value: JSONValue)] = [
      ("status", .string(status)), ("objective", objective.map { .number($0) } ?? .null),
      ("iterations", .integer(solution.iterations)), ("columns", .array(columns)),
      ("rows", .array(rows)),
    ]
    if solution.isOptimal {
      entries.append(
        ("largestResidual", .number(program.residuals(of: solution).largestRelative)))
    }
    switch solution.outcome {
    case .infeasible(let certificate?):
      entries.append(("farkas", .array(certificate.rowMultipliers.map { .number($0) })))
    case .unbounded(let ray?):
      entries.append(("ray", .array(ray.columnDirections.map { .number($0) })))
    case .limitReached(let report):
      entries.append(("bound", report.bound.map { .number($0) } ?? .null))
    case .optimal, .infeasible(nil), .unbounded(nil): break
    }
    return .object(entries)
  }

  private func column(_ j: Int) -> JSONValue {
    var entries: [(key: String, value: JSONValue)] = [
      ("name", .string(columnName(j))), ("value", .number(solution.columnValues[j])),
      ("reducedCost", .number(solution.reducedCosts[j])),
    ]
    if let ranging = solution.ranging {
      entries.append(("costRange", Self.json(ranging.costs[j])))
      entries.append(("boundRange", Self.json(ranging.columnBounds[j])))
    }
    return .object(entries)
  }

  private func row(_ i: Int) -> JSONValue {
    var entries: [(key: String, value: JSONValue)] = [
      ("name", .string(rowName(i))), ("activity", .number(solution.rowActivities[i])),
      ("dual", .number(solution.rowDuals[i])),
    ]
    if let ranging = solution.ranging {
      entries.append(("boundRange", Self.json(ranging.rowBounds[i])))
    }
    return .object(entries)
  }

  private static func json(_ range: ClosedRange<Double>?) -> JSONValue {
    range.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
  }
}
