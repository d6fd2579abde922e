public import Critics
import Transport

/// A critic held against the exact distance, as a row of a table and as JSON.
public struct CriticSummary: Sendable {
  private let method: String
  private let report: CriticReport
  private let trained: TrainedCritic
  private let seconds: Double
  private let seed: UInt64

  /// A summary of a training.
  ///
  /// - Parameters:
  ///   - method: The method's name.
  ///   - report: What the critic is worth.
  ///   - trained: The training.
  ///   - seconds: How long it took.
  ///   - seed: Its seed.
  public init(
    _ method: String, _ report: CriticReport, of trained: TrainedCritic, seconds: Double,
    seed: UInt64
  ) {
    self.method = method
    self.report = report
    self.trained = trained
    self.seconds = seconds
    self.seed = seed
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
    func number(_ value: Double) -> String { NumberText.formatted(value, digits: 6) }
    let error = report.relativeError.map {
      // Differences below a thousandth of a per cent are the end of a training, not of interest.
      NumberText.formatted((1e5 * $0).rounded() / 1e3, digits: 3) + " %"
    }
    return method.padded(to: 22) + number(report.estimate).padded(to: 14)
      + (error ?? "").padded(to: 12)
      + NumberText.formatted(report.lipschitzOnSupport, digits: 4).padded(to: 10)
      + number(report.certifiedLowerBound).padded(to: 14) + number(report.cTransformLowerBound)
      + (trained.divergedAt.map { "  diverged at step \($0)" } ?? "")
  }

  /// The summary as JSON.
  public var json: JSONValue {
    func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return .object([
      ("method", .string(method)), ("exact", optional(report.exact)),
      ("estimate", .number(report.estimate)), ("relativeError", optional(report.relativeError)),
      ("lipschitzOnSupport", .number(report.lipschitzOnSupport)),
      ("certifiedLowerBound", .number(report.certifiedLowerBound)),
      ("cTransformLowerBound", .number(report.cTransformLowerBound)),
      ("slopeOnPlan", optional(report.slopeOnPlan)),
      ("gradientCosine", optional(report.gradientCosine)), ("steps", .integer(trained.steps)),
      ("seconds", .number(seconds)), ("seed", .integer(Int(clamping: seed))),
      ("usedExact", .bool(false)), ("divergedAt", trained.divergedAt.map { .integer($0) } ?? .null),
    ])
  }
}
