public import Divergences
public import Transport

/// Every solver's answer to one problem in one table, with the divergences below.
public struct ComparisonReport: Sendable {
  private struct Row: Sendable {
    let title: String
    let solution: TransportSolution?
    let certificate: OptimalityCertificate?
    let reason: String
  }

  private let problem: TransportProblem
  private let metric: String
  private var rows: [Row] = []
  private var critics: [CriticSummary] = []
  private var divergences: DivergenceReport?
  private var reasonAgainstDivergences: String?

  /// An empty table for a problem.
  ///
  /// - Parameters:
  ///   - problem: What is solved.
  ///   - metric: The name of the ground cost.
  public init(of problem: TransportProblem, metric: String) {
    self.problem = problem
    self.metric = metric
  }

  /// Adds a solver's answer.
  public mutating func add(_ title: String, _ solution: TransportSolution) {
    rows.append(
      Row(
        title: title, solution: solution, certificate: solution.certificate(for: problem),
        reason: ""))
  }

  /// Adds a line that says why a solver does not apply.
  public mutating func add(_ title: String, notApplying reason: String) {
    rows.append(Row(title: title, solution: nil, certificate: nil, reason: reason))
  }

  /// Adds a trained critic; it plays no part in the disagreement of the solvers.
  public mutating func add(_ critic: CriticSummary) { critics.append(critic) }

  /// Adds the divergences.
  public mutating func add(_ summary: DivergenceSummary) {
    divergences = DivergenceReport(on: summary)
  }

  /// Says why there are no divergences.
  public mutating func add(divergencesNotApplying reason: String) {
    reasonAgainstDivergences = reason
  }

  /// The largest difference of two solvers' costs, relative to the largest cost; 0 for 0 / 0.
  public var largestDisagreement: Double {
    let costs = rows.compactMap { $0.solution?.cost }
    guard let least = costs.min(), let most = costs.max(), most != least else { return 0 }
    return (most - least) / max(abs(least), abs(most))
  }

  /// The distance of the first solver that applies.
  public var quietText: String {
    NumberText.readable(rows.lazy.compactMap { $0.solution?.distance }.first ?? .nan)
  }

  /// The table.
  public var text: String {
    let width = 26
    var lines = rows.map { row -> String in
      guard let solution = row.solution, let certificate = row.certificate else {
        return row.title.padded(to: width) + "does not apply: \(row.reason)"
      }
      return row.title.padded(to: width)
        + NumberText.readable(solution.distance).padded(to: 20)
        + (certificate.holds ? "certified" : certificate.summary)
    }
    let difference = largestDisagreement
    lines += critics.map { $0.comparisonRow(width: width) }
    lines.append(
      "largest disagreement".padded(to: width)
        + (difference <= 1e-12 ? "below 1e-12" : NumberText.formatted(difference, digits: 2)))
    lines.append("")
    if let divergences { lines.append(divergences.text) }
    if let reason = reasonAgainstDivergences { lines.append("no divergences: \(reason)") }
    return lines.joined(separator: "\n")
  }

  /// The table as JSON.
  public var json: JSONValue {
    let solvers = rows.map { row -> JSONValue in
      guard let solution = row.solution, let certificate = row.certificate else {
        return .object([("title", .string(row.title)), ("doesNotApply", .string(row.reason))])
      }
      return .object([
        ("title", .string(row.title)), ("distance", .number(solution.distance)),
        ("cost", .number(solution.cost)), ("solver", solution.statistics.json),
        ("certificate", certificate.json),
      ])
    }
    return .object([
      ("metric", .string(metric)), ("order", .number(problem.order)), ("solvers", .array(solvers)),
      ("critics", .array(critics.map(\.json))),
      ("largestDisagreement", .number(largestDisagreement)),
      ("divergences", divergences?.json ?? .null),
    ])
  }
}
