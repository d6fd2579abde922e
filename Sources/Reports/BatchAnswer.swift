public import Transport

/// The answer to one problem of a stream, on one line: the keys of `ot emd --json` without the times, so that
/// the same problem has the same bytes on every run.
public struct BatchAnswer: Sendable {
  /// The line, as JSON.
  public let json: JSONValue

  /// The answer to a problem that was solved.
  ///
  /// - Parameters:
  ///   - id: The problem's name as JSON text, or nil.
  ///   - solution: What a solver found.
  ///   - problem: What it solved.
  ///   - certificate: The check of one against the other.
  ///   - plan: Whether the plan is to be in the answer.
  ///   - potentials: Whether the potentials are to be in the answer.
  public init(
    id: String?, solution: TransportSolution, of problem: TransportProblem,
    certificate: OptimalityCertificate, plan: Bool = false, potentials: Bool = false
  ) {
    let isOptimal = solution.outcome == .optimal
    let report = TransportReport(
      on: solution, of: problem, certificate: certificate, metric: "")
    var entries = Self.entries(id: id)
    entries.append(("distance", isOptimal ? .number(solution.distance) : .null))
    entries.append(("cost", isOptimal ? .number(solution.cost) : .null))
    if problem.massAdjustment != .none {
      entries.append(("massAdjustment", report.adjustmentJSON))
    }
    entries.append(
      (
        "solver",
        .object([
          ("name", .string(solution.statistics.solver)),
          ("iterations", .integer(solution.statistics.iterations)),
        ])
      ))
    entries.append(("certificate", certificate.jsonWithoutTime))
    entries += report.exactEntries
    if plan { entries.append(("plan", solution.plan.json)) }
    if potentials { entries.append(("potentials", solution.potentials.json)) }
    json = .object(entries)
  }

  /// The answer to a line that has none.
  ///
  /// - Parameters:
  ///   - id: The problem's name as JSON text, where the line could be read that far.
  ///   - line: The number of the line, counted from 1.
  ///   - column: The first character that is concerned, counted from 1, where one is.
  ///   - kind: A word for programs.
  ///   - message: What is wrong and what to do about it.
  public init(id: String?, line: Int, column: Int?, kind: String, message: String) {
    var entries = Self.entries(id: id)
    entries.append(("line", .integer(line)))
    if let column { entries.append(("column", .integer(column))) }
    entries.append(("kind", .string(kind)))
    entries.append(("error", .string(message)))
    json = .object(entries)
  }

  private static func entries(id: String?) -> [(key: String, value: JSONValue)] {
    id.map { [("id", .verbatim($0))] } ?? []
  }
}

extension TransportPlan {
  /// The arcs as JSON: source, target and mass of each.
  fileprivate var json: JSONValue {
    .array(arcs.map { .array([.integer($0.source), .integer($0.target), .number($0.mass)]) })
  }
}

extension KantorovichPotentials {
  /// The potentials as JSON, as their files have them.
  fileprivate var json: JSONValue {
    .object([
      ("source", .array(source.map { .number($0) })),
      ("target", .array(target.map { .number($0) })),
    ])
  }
}
