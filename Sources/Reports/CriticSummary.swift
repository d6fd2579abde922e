public import Critics
import Transport

/// A critic held against the exact distance, as a row of a table and as JSON.
public struct CriticSummary: Sendable {
  private let method: String
  private let report: CriticReport
  private let trained: TrainedCritic?
  private let isBounded: Bool?
  private let seconds: Double?
  private let seed: UInt64?
  private let batches: BatchReport?

  /// A summary of a training, or of a critic that was trained before.
  ///
  /// - Parameters:
  ///   - method: The method's name.
  ///   - report: What the critic is worth.
  ///   - trained: The training; nil for a critic from a file.
  ///   - isBounded: Whether the method bounds the critic's slope by its form, if known.
  ///   - seconds: How long the training took.
  ///   - seed: Its seed.
  ///   - batches: The critic on batches, if it was trained on them.
  public init(
    _ method: String, _ report: CriticReport, of trained: TrainedCritic? = nil,
    isBounded: Bool? = nil, seconds: Double? = nil, seed: UInt64? = nil,
    batches: BatchReport? = nil
  ) {
    self.method = method
    self.report = report
    self.trained = trained
    self.isBounded = isBounded
    self.seconds = seconds
    self.seed = seed
    self.batches = batches
  }

  /// The estimate alone.
  public var quietText: String { NumberText.readable(report.estimate) }

  /// The headings of `row`.
  public static var heading: String {
    "method".padded(to: 22) + "estimate".padded(to: 14) + "error".padded(to: 12)
      + "slope".padded(to: 10) + "certified".padded(to: 14) + "c-transform"
  }

  /// What the columns mean.
  public static let legend = """
    estimate: what the critic says; slope: its largest slope between two atoms; certified: the estimate \
    divided by that slope, and c-transform: the value of the best potentials made from the critic, both \
    never above the exact distance.
    """

  /// Estimate, its error against the exact value, the largest slope, and both certified bounds.
  public var row: String {
    let error = report.relativeError.map {
      // Differences below a thousandth of a per cent are the end of a training, not of interest.
      // Adding 0 makes a 0 of a −0.
      NumberText.formatted((1e5 * $0).rounded() / 1e3 + 0, digits: 3) + " %"
    }
    return method.padded(to: 22) + Self.number(report.estimate).padded(to: 14)
      + (error ?? "").padded(to: 12)
      + NumberText.formatted(report.lipschitzOnSupport, digits: 4).padded(to: 10)
      + Self.number(report.certifiedLowerBound).padded(to: 14)
      + Self.number(report.cTransformLowerBound) + remarks.map { "  \($0)" }.joined()
  }

  /// What a reader of the row must know.
  private var remarks: [String] {
    var remarks: [String] = []
    if isBounded == false { remarks.append("slope not bounded") }
    if trained?.usedExact == true { remarks.append("saw the exact value") }
    if let step = trained?.divergedAt { remarks.append("diverged at step \(step)") }
    return remarks
  }

  private static func number(_ value: Double) -> String {
    NumberText.formatted(value, digits: 6)
  }

  /// The estimate among solvers' distances, with what is certified in place of a certificate.
  func comparisonRow(width: Int) -> String {
    let best = max(report.certifiedLowerBound, report.cTransformLowerBound)
    return "critic, \(method)".padded(to: width)
      + NumberText.formatted(report.estimate, digits: 6).padded(to: 20)
      + (["proves at least \(Self.number(best))"] + remarks).joined(separator: ", ")
  }

  /// A table of critics under the exact value, with what batches add below it.
  ///
  /// - Parameters:
  ///   - summaries: The critics, at least one.
  ///   - exact: The exact distance, if it is known.
  /// - Returns: Lines without a line feed at the end.
  public static func table(_ summaries: [CriticSummary], exact: Double?) -> String {
    var lines = exact.map { ["exact".padded(to: 22) + number($0)] } ?? []
    lines += [heading] + summaries.map(\.row)
    let onBatches = summaries.compactMap(\.batchRow)
    if let first = summaries.compactMap(\.batches).first, !onBatches.isEmpty {
      lines.append("")
      lines.append(
        "batches of \(first.size)".padded(to: 22) + "their exact".padded(to: 14)
          + "bias of sampling".padded(to: 20) + "error of the critic")
      lines += onBatches
    }
    return lines.joined(separator: "\n")
  }

  /// The mean exact value of batches, what sampling adds to the whole's, and what the critic misses.
  private var batchRow: String? {
    batches.map { batches in
      method.padded(to: 22) + Self.number(batches.exact + batches.samplingBias).padded(to: 14)
        + Self.number(batches.samplingBias).padded(to: 20)
        + Self.number(batches.optimizationError)
    }
  }

  /// The summary as JSON.
  public var json: JSONValue { .object(values + checks + origin) }

  private typealias Members = [(key: String, value: JSONValue)]

  /// What the critic is worth.
  private var values: Members {
    var members: Members = [("method", .string(method)), ("exact", .optional(report.exact))]
    members.append(("estimate", .number(report.estimate)))
    members.append(("relativeError", .optional(report.relativeError)))
    members.append(("lipschitzBound", .number(report.lipschitzBound)))
    members.append(("lipschitzOnSupport", .number(report.lipschitzOnSupport)))
    members.append(("lipschitzByForm", isBounded.map { .bool($0) } ?? .null))
    members.append(("certifiedLowerBound", .number(report.certifiedLowerBound)))
    members.append(("cTransformLowerBound", .number(report.cTransformLowerBound)))
    members.append(("recoveredShare", .optional(report.recoveredShare)))
    return members
  }

  /// Where it fails.
  private var checks: Members {
    var members: Members = [("violations", report.slopes.json)]
    members.append(("slopeOnPlan", .optional(report.slopeOnPlan)))
    members.append(("slackArcs", report.slackness?.json ?? .null))
    members.append(("gradientCosine", .optional(report.gradientCosine)))
    return members
  }

  /// How it came about.
  private var origin: Members {
    var members: Members = [("steps", trained.map { .integer($0.steps) } ?? .null)]
    members.append(("seconds", .optional(seconds)))
    members.append(("seed", seed.map { .integer(Int(clamping: $0)) } ?? .null))
    members.append(("usedExact", trained.map { .bool($0.usedExact) } ?? .null))
    members.append(("divergedAt", trained?.divergedAt.map { .integer($0) } ?? .null))
    members.append(("batches", batches?.json ?? .null))
    members.append(("history", .array(trained?.history.map(\.json) ?? [])))
    return members
  }
}

extension JSONValue {
  /// A number, or null for none.
  fileprivate static func optional(_ value: Double?) -> JSONValue {
    value.map { .number($0) } ?? .null
  }
}

extension CriticReport.Atom {
  fileprivate var json: JSONValue {
    switch self {
    case .source(let index): .object([("side", .string("source")), ("index", .integer(index))])
    case .target(let index): .object([("side", .string("target")), ("index", .integer(index))])
    }
  }
}

extension SlopeCheck {
  fileprivate var json: JSONValue {
    .object([
      ("pairs", .integer(violations)), ("ofPairs", .integer(pairs)),
      ("worstSlope", .number(worst)),
      ("worstPair", pairs > 0 ? .array([worstPair.first.json, worstPair.second.json]) : .null),
    ])
  }
}

extension SlacknessCheck {
  fileprivate var json: JSONValue {
    .object([
      ("arcs", .integer(slackArcs)), ("ofArcs", .integer(arcs)), ("massShare", .number(slackMass)),
      ("worstSlope", .number(worstSlope)),
      (
        "worstArc",
        .object([
          ("source", .integer(worstArc.source)), ("target", .integer(worstArc.target)),
        ])
      ),
    ])
  }
}

extension BatchReport {
  fileprivate var json: JSONValue {
    .object([
      ("size", .integer(size)), ("count", .integer(batches.count)),
      ("samplingBias", .number(samplingBias)), ("samplingDeviation", .number(samplingDeviation)),
      ("optimizationError", .number(optimizationError)),
      (
        "entries",
        .array(
          batches.map {
            .object([("exact", .number($0.exact)), ("estimate", .number($0.estimate))])
          })
      ),
    ])
  }
}

extension TrainingProgress {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("step", .integer(step)), ("estimate", .number(estimate)),
      ("certifiedLowerBound", .optional(certifiedLowerBound)),
      ("cTransformLowerBound", .optional(cTransformLowerBound)),
    ]
    if !spectralRegularization.isEmpty {
      members.append(("spectralRegularization", .array(spectralRegularization.map { .number($0) })))
    }
    return .object(members)
  }
}
