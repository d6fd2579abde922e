import Critics
import Experiments
import Measures
import Reports

/// A training on points as it was measured at a step.
typealias GANMeasurement = TrainingMeasurement<PointCloud, SampleEvaluation>

/// The measurements of one seed on points.
typealias GANRecord = MeasuredTraining<PointCloud, SampleEvaluation>

extension GANMeasurement {
  static var csvHeading: String {
    "seed,step,w1,w2,modes,modes_within_3_deviations,high_quality,discriminator_value,generator_loss,"
      + "seconds"
  }

  /// A row of the trajectory.
  var csvRow: String {
    let cells: [String] = [
      "\(seed)", "\(step)", NumberText.shortest(evaluation.wasserstein1),
      evaluation.wasserstein2.map(NumberText.shortest) ?? "",
      evaluation.looseCoverage.map { "\($0.covered)" } ?? "",
      evaluation.coverage.map { "\($0.covered)" } ?? "",
      evaluation.coverage.map { NumberText.shortest($0.highQualityShare) } ?? "",
      NumberText.shortest(losses.discriminatorValue), NumberText.shortest(losses.generatorLoss),
      Self.short(seconds),
    ]
    return cells.joined(separator: ",")
  }

  static func short(_ value: Double) -> String { NumberText.formatted(value, digits: 4) }

  var json: JSONValue {
    func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    func optional(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
    return .object([
      ("step", .integer(step)), ("wasserstein1", .number(evaluation.wasserstein1)),
      ("wasserstein2", optional(evaluation.wasserstein2)),
      ("modes", optional(evaluation.looseCoverage?.covered)),
      ("modesWithinThreeDeviations", optional(evaluation.coverage?.covered)),
      ("highQualityShare", optional(evaluation.coverage?.highQualityShare)),
      ("discriminatorValue", .number(losses.discriminatorValue)),
      ("generatorLoss", .number(losses.generatorLoss)), ("divergedAt", optional(divergedAt)),
      ("seconds", .number(seconds)),
    ])
  }
}

/// All seeds of a command as a table and as JSON.
struct GANSummary {
  let preset: String
  let dataset: String
  let records: [GANRecord]
  let evaluator: SampleEvaluator

  private var finals: [GANMeasurement] { records.compactMap(\.last) }

  /// W₁ of the last measurement, or the median over seeds.
  var quietText: String {
    NumberText.readable(median(finals.map(\.evaluation.wasserstein1)))
  }

  /// A row for each seed, and their medians.
  var text: String {
    var lines = [
      "preset".padded(to: 10) + preset, "data".padded(to: 10) + dataset,
      "floor".padded(to: 10) + "W1 \(GANMeasurement.short(evaluator.floor1)), W2 "
        + (evaluator.floor2.map(GANMeasurement.short) ?? "not measured"),
      "seed".padded(to: 10) + "steps".padded(to: 10) + "W1".padded(to: 12) + "ratio".padded(to: 10)
        + "W2".padded(to: 12) + "modes".padded(to: 8) + "quality",
    ]
    lines += finals.map { row("\($0.seed)", "\($0.step)", [$0], $0.divergedAt) }
    if finals.count > 1 { lines.append(row("median", "", finals, nil)) }
    return lines.joined(separator: "\n")
  }

  private func row(
    _ name: String, _ steps: String, _ measurements: [GANMeasurement], _ divergedAt: Int?
  ) -> String {
    let evaluations = measurements.map(\.evaluation)
    let distance = median(evaluations.map(\.wasserstein1))
    let second = median(evaluations.compactMap(\.wasserstein2))
    let modes = evaluations.compactMap { $0.looseCoverage.map { Double($0.covered) } }
    let quality = evaluations.compactMap { $0.coverage?.highQualityShare }
    return name.padded(to: 10) + steps.padded(to: 10)
      + GANMeasurement.short(distance).padded(to: 12)
      + NumberText.formatted(distance / evaluator.floor1, digits: 3).padded(to: 10)
      + GANMeasurement.short(second).padded(to: 12)
      + (modes.isEmpty ? "-" : NumberText.formatted(median(modes), digits: 3)).padded(to: 8)
      + (quality.isEmpty
        ? "-" : NumberText.formatted(100 * median(quality), digits: 3) + " %")
      + (divergedAt.map { "  diverged at step \($0)" } ?? "")
  }

  var json: JSONValue {
    .object([
      ("preset", .string(preset)), ("dataset", .string(dataset)),
      (
        "floor",
        .object([
          ("wasserstein1", .number(evaluator.floor1)),
          ("wasserstein2", evaluator.floor2.map { .number($0) } ?? .null),
        ])
      ),
      (
        "seeds",
        .array(
          records.map { record in
            .object([
              ("seed", .integer(Int(clamping: record.seed))),
              ("measurements", .array(record.measurements.map(\.json))),
            ])
          })
      ),
    ])
  }
}
