public import Transport

/// A sensitivity report as text for people and as JSON for programs: arcs of the plan with the range of
/// their cost, atoms with their contribution, price and the range of their mass.
public struct SensitivitySummary: Sendable {
  /// Ranges are listed for at most so many atoms of both sides together.
  public static let mostAtoms = 1_000
  /// So many rows of a table are printed for people; JSON has all.
  private static let mostRows = 20

  private let report: SensitivityReport
  private let arcs: [ArcRow]
  private let sources: [AtomRow]
  private let targets: [AtomRow]

  private struct ArcRow: Sendable {
    let arc: TransportPlan.Arc
    let cost: Double
    let range: CostRange
  }

  private struct AtomRow: Sendable {
    let contribution: SensitivityReport.Contribution
    /// How much mass may come from the heaviest atom of the same side; nil for that one itself.
    let range: MassRange?
  }

  /// A summary of a report.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - solution: The solution that it is about.
  ///   - problem: The problem.
  /// - Complexity: O((m + n)³) where there are at most `mostAtoms` atoms; else O(m + n), without ranges.
  public init(
    of report: SensitivityReport, on solution: TransportSolution, of problem: TransportProblem
  ) {
    self.report = report
    let hasRanges = problem.sourceCount + problem.targetCount <= Self.mostAtoms
    arcs =
      hasRanges
      ? solution.plan.arcs.map {
        ArcRow(
          arc: $0, cost: problem.costs[$0.source, $0.target],
          range: report.costRange(source: $0.source, target: $0.target))
      } : []
    sources = Self.rows(report.sources) { from, to in
      hasRanges ? report.massRange(of: .movingSource(from: from, to: to)) : nil
    }
    targets = Self.rows(report.targets) { from, to in
      hasRanges ? report.massRange(of: .movingTarget(from: from, to: to)) : nil
    }
  }

  private static func rows(
    _ contributions: [SensitivityReport.Contribution], range: (Int, Int) -> MassRange?
  ) -> [AtomRow] {
    let heaviest = heaviest(contributions)
    return contributions.enumerated().map { index, contribution in
      AtomRow(
        contribution: contribution, range: index == heaviest ? nil : range(heaviest, index))
    }
  }

  private static func heaviest(_ contributions: [SensitivityReport.Contribution]) -> Int {
    contributions.indices.reduce(0) {
      contributions[$1].mass > contributions[$0].mass ? $1 : $0
    }
  }
}

extension SensitivitySummary {
  /// What is unique, and three tables.
  public var text: String {
    var lines = [
      "plan         "
        + (report.planIsUnique ? "the only optimal one" : "one of several optimal ones"),
      "potentials   "
        + (report.potentialsAreUnique
          ? "unique up to a constant" : "not unique, even up to a constant"),
    ]
    if arcs.isEmpty {
      lines.append("ranges       not computed for more than \(Self.mostAtoms) atoms")
    } else {
      lines += ["", "the plan stays optimal while the cost of an arc alone is"]
      lines += table(["source", "target", "mass", "cost", "from", "to"], arcs.map(cells))
    }
    lines += atoms("source", sources) + atoms("target", targets)
    return lines.joined(separator: "\n")
  }

  private func atoms(_ side: String, _ rows: [AtomRow]) -> [String] {
    let heaviest = rows.firstIndex { $0.range == nil } ?? 0
    let hasRanges = rows.contains { $0.range != nil }
    let headline =
      hasRanges
      ? ", and how much mass may move there from \(side) \(heaviest) at its price" : ""
    return ["", "what each \(side) contributes\(headline)"]
      + table(
        [side, "mass", "cost", "price"] + (hasRanges ? ["least", "most"] : []),
        rows.enumerated().map { index, row in
          cells(row.contribution, index) + (hasRanges ? cells(row.range) : [])
        })
  }

  private func cells(_ row: ArcRow) -> [String] {
    [
      "\(row.arc.source)", "\(row.arc.target)", number(row.arc.mass), number(row.cost),
      number(row.range.lower), number(row.range.upper),
    ]
  }

  private func cells(_ contribution: SensitivityReport.Contribution, _ index: Int) -> [String] {
    ["\(index)", number(contribution.mass), number(contribution.cost), number(contribution.price)]
  }

  private func cells(_ range: MassRange?) -> [String] {
    range.map { [number($0.least), number($0.most)] } ?? ["", ""]
  }

  /// Nine digits: what is read off a table.
  private func number(_ value: Double) -> String { NumberText.formatted(value, digits: 9) }

  /// Columns as wide as their widest cell, numbers to the right.
  private func table(_ head: [String], _ rows: [[String]]) -> [String] {
    let shown = [head] + rows.prefix(Self.mostRows)
    let widths = head.indices.map { column in shown.map { $0[column].count }.max() ?? 0 }
    var lines = shown.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += String(repeating: " ", count: width - cell.count + (line.isEmpty ? 0 : 2)) + cell
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    if rows.count > Self.mostRows {
      lines.append("… and \(rows.count - Self.mostRows) more; --json has all")
    }
    return lines
  }
}

extension SensitivitySummary {
  /// The summary as JSON; ends without limit are the strings `"-Infinity"` and `"Infinity"`.
  public var json: JSONValue {
    .object([
      ("planIsUnique", .bool(report.planIsUnique)),
      ("potentialsAreUnique", .bool(report.potentialsAreUnique)),
      ("tolerance", .number(SensitivityReport.tolerance)),
      ("leastPositiveReducedCost", report.leastPositiveReducedCost.map { .number($0) } ?? .null),
      ("arcs", .array(arcs.map(json))),
      ("sources", .array(sources.map(json))), ("targets", .array(targets.map(json))),
    ])
  }

  private func json(_ row: ArcRow) -> JSONValue {
    .object([
      ("source", .integer(row.arc.source)), ("target", .integer(row.arc.target)),
      ("mass", .number(row.arc.mass)), ("cost", .number(row.cost)),
      ("costRange", range(row.range.lower, row.range.upper)),
    ])
  }

  private func json(_ row: AtomRow) -> JSONValue {
    .object([
      ("mass", .number(row.contribution.mass)), ("cost", .number(row.contribution.cost)),
      ("price", .number(row.contribution.price)),
      ("massRange", row.range.map { range($0.least, $0.most) } ?? .null),
    ])
  }

  private func range(_ lower: Double, _ upper: Double) -> JSONValue {
    .object([("lower", .number(lower)), ("upper", .number(upper))])
  }
}
