public import Transport

/// A solved transport problem, as text for people and as JSON for programs.
public struct TransportReport: Sendable {
  private let problem: TransportProblem
  private let solution: TransportSolution
  let certificate: OptimalityCertificate
  private let metric: String
  /// What stands below the result, if it was asked for.
  private let sensitivity: SensitivitySummary?

  /// A report on a solution.
  ///
  /// - Parameters:
  ///   - solution: What a solver found.
  ///   - problem: What it solved.
  ///   - certificate: The check of one against the other.
  ///   - metric: The name of the ground cost, such as `euclidean`.
  ///   - sensitivity: What is to stand below the result.
  public init(
    on solution: TransportSolution, of problem: TransportProblem,
    certificate: OptimalityCertificate, metric: String, sensitivity: SensitivitySummary? = nil
  ) {
    self.sensitivity = sensitivity
    self.solution = solution
    self.problem = problem
    self.certificate = certificate
    self.metric = metric
  }

  /// The distance alone; the exact cost where there is one, under its root, or its lower and upper bound.
  public var quietText: String {
    switch solution.exactCost {
    case .fraction(let value)? where problem.order == 1 || value.numerator == 0:
      value.description
    case .fraction(let value)?: "(\(value))^(1/\(NumberText.shortest(problem.order)))"
    case .interval(let lower, let upper, _)?:
      "\(DecimalText.roundedDown(lower)) \(DecimalText.roundedUp(upper))"
    default: NumberText.readable(solution.distance)
    }
  }

  /// A line for each thing a person wants to know.
  public var text: String {
    let text = lines.map { label, value in
      label + String(repeating: " ", count: 13 - label.count) + value
    }.joined(separator: "\n")
    return sensitivity.map { text + "\n" + $0.text } ?? text
  }

  /// The names and values of what a person wants to know.
  var lines: [(String, String)] {
    var lines: [(String, String)] = []
    if let bracket = solution.bracket {
      lines.append(("distance", "not known: a limit was reached"))
      lines.append(("cost", bracketText(bracket)))
    } else {
      lines.append(("distance", NumberText.readable(solution.distance)))
      lines.append(("cost", "\(NumberText.readable(solution.cost)) (\(metric), \(orderText))"))
    }
    if let exact = solution.exactCost { lines.append(("exact cost", exactText(exact))) }
    lines.append(("source", sizeText(problem.sourceCount, problem.givenTotals.source)))
    lines.append(("target", sizeText(problem.targetCount, problem.givenTotals.target)))
    if let adjustment = adjustmentText { lines.append(("masses", adjustment)) }
    let statistics = solution.statistics
    lines.append(("solver", "\(statistics.solver): \(statistics.reason)"))
    if solution.bracket == nil { lines.append(("certificate", certificate.summary)) }
    return lines
  }

  private var orderText: String { "order \(NumberText.shortest(problem.order))" }

  private func sizeText(_ count: Int, _ mass: Double) -> String {
    "\(count) \(count == 1 ? "atom" : "atoms"), mass \(NumberText.readable(mass))"
  }

  private func bracketText(_ bracket: TransportSolution.Bracket) -> String {
    let lower = NumberText.readable(bracket.lower)
    let upper = NumberText.readable(bracket.upper)
    return "from \(lower) to \(upper) (\(metric), \(orderText))"
  }

  private func exactText(_ exact: ExactCost) -> String {
    switch exact {
    case .fraction(let value): value.description
    case .interval(let lower, let upper, let isProven):
      "from \(DecimalText.roundedDown(lower)) to \(DecimalText.roundedUp(upper))"
        + (isProven ? ", the plan is the only optimal one" : "")
    }
  }

  private var adjustmentText: String? {
    switch problem.massAdjustment {
    case .none: nil
    case .targetScaled(let factor): "target scaled by \(NumberText.shortest(factor))"
    case .normalized: "both divided by their totals"
    }
  }
}

extension OptimalityCertificate {
  /// Whether it holds, and by how much or where not, in a line.
  public var summary: String {
    if holds {
      return "holds: primal \(NumberText.readable(primal)), dual \(NumberText.readable(dual))"
    }
    return """
      does not hold: gap \(NumberText.formatted(gap, digits: 3)), marginal error \
      \(NumberText.formatted(marginalError, digits: 3)), least reduced cost \
      \(NumberText.formatted(minimumReducedCost, digits: 3)) (source \(worstArc.source), target \
      \(worstArc.target)); each must be within \(Self.tolerance)
      """
  }

  /// The certificate as JSON.
  public var json: JSONValue { .object(entries + [("seconds", .number(seconds))]) }

  /// The certificate as JSON that is the same on every run.
  var jsonWithoutTime: JSONValue { .object(entries) }

  private var entries: [(key: String, value: JSONValue)] {
    [
      ("primal", .number(primal)), ("dual", .number(dual)), ("gap", .number(gap)),
      ("marginalError", .number(marginalError)),
      ("minimumReducedCost", .number(minimumReducedCost)), ("holds", .bool(holds)),
    ]
  }
}

extension TransportReport {
  /// The report as JSON.
  public var json: JSONValue {
    let isOptimal = solution.outcome == .optimal
    var entries: [(key: String, value: JSONValue)] = [
      ("distance", isOptimal ? .number(solution.distance) : .null),
      ("cost", isOptimal ? .number(solution.cost) : .null),
      ("order", .number(problem.order)), ("metric", .string(metric)),
      ("source", measureJSON(problem.sourceCount, problem.givenTotals.source)),
      ("target", measureJSON(problem.targetCount, problem.givenTotals.target)),
      ("massAdjustment", adjustmentJSON), ("solver", solution.statistics.json),
      ("certificate", certificate.json),
    ]
    entries += exactEntries
    if let sensitivity { entries.append(("sensitivity", sensitivity.json)) }
    return .object(entries)
  }

  /// The exact cost and the bracket, where they are known.
  var exactEntries: [(key: String, value: JSONValue)] {
    var entries: [(key: String, value: JSONValue)] = []
    if let exact = solution.exactCost { entries.append(("exact", exactJSON(exact))) }
    if let bracket = solution.bracket {
      let bounds: [(key: String, value: JSONValue)] = [
        ("lower", .number(bracket.lower)), ("upper", .number(bracket.upper)),
      ]
      entries.append(("bracket", .object(bounds)))
    }
    return entries
  }

  private func measureJSON(_ count: Int, _ mass: Double) -> JSONValue {
    .object([("bins", .integer(count)), ("mass", .number(mass))])
  }

  var adjustmentJSON: JSONValue {
    switch problem.massAdjustment {
    case .none: .null
    case .targetScaled(let factor): .object([("targetScaledBy", .number(factor))])
    case .normalized(let source, let target):
      .object([
        ("sourceDividedBy", .number(source)), ("targetDividedBy", .number(target)),
      ])
    }
  }

  private func exactJSON(_ exact: ExactCost) -> JSONValue {
    switch exact {
    case .fraction(let value):
      .object([
        ("numerator", .string("\(value.numerator)")),
        ("denominator", .string("\(value.denominator)")),
      ])
    case .interval(let lower, let upper, let isProven):
      .object([
        ("lower", .string(DecimalText.roundedDown(lower))),
        ("upper", .string(DecimalText.roundedUp(upper))), ("basisProven", .bool(isProven)),
      ])
    }
  }
}

extension SolverStatistics {
  /// The statistics as JSON.
  public var json: JSONValue {
    .object([
      ("name", .string(solver)), ("reason", .string(reason)), ("iterations", .integer(iterations)),
      ("seconds", .number(seconds)), ("cpuSeconds", .number(cpuSeconds)),
    ])
  }
}
