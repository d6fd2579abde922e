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
    return (lines + proof).joined(separator: "\n")
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
    let columns = (0..<program.columnCount).map { j -> JSONValue in
      .object([
        ("name", .string(columnName(j))), ("value", .number(solution.columnValues[j])),
        ("reducedCost", .number(solution.reducedCosts[j])),
      ])
    }
    let rows = (0..<program.rowCount).map { i -> JSONValue in
      .object([
        ("name", .string(rowName(i))), ("activity", .number(solution.rowActivities[i])),
        ("dual", .number(solution.rowDuals[i])),
      ])
    }
    let objective = solution.isOptimal ? solution.objective : nil
    var entries: [(key: String, value: JSONValue)] = [
      ("status", .string(status)), ("objective", objective.map { .number($0) } ?? .null),
      ("iterations", .integer(solution.iterations)), ("columns", .array(columns)),
      ("rows", .array(rows)),
    ]
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
}
