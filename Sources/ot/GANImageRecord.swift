import Autodiff
import Critics
import Experiments
import Reports

/// A training on images as it was measured at a step.
typealias GANImageMeasurement = TrainingMeasurement<Matrix, ImageEvaluation>

/// The measurements of one seed on images.
typealias GANImageRecord = MeasuredTraining<Matrix, ImageEvaluation>

extension GANImageMeasurement {
  static var csvHeading: String {
    "seed,step,w1,ratio,classifier_score,confident,least_class,greatest_class,class_kl,class_js,"
      + "class_emd,frechet,near_training,discriminator_value,generator_loss,seconds"
  }

  /// The share of samples told with a confidence of 0.9 or more.
  var confident: Double { evaluation.classes.share(withConfidence: 0.9) }

  /// The share of the rarest and of the most frequent class.
  var leastShare: Double { evaluation.classes.shares.min() ?? 0 }
  var greatestShare: Double { evaluation.classes.shares.max() ?? 0 }

  /// All numbers in the order of the heading, from `w1` to `seconds`.
  private func numbers(_ floor: Double) -> [Double] {
    let divergence = evaluation.classDivergence
    return [
      evaluation.wasserstein1, evaluation.wasserstein1 / floor, evaluation.classes.classifierScore,
      confident, leastShare, greatestShare, divergence.kullbackLeibler, divergence.jensenShannon,
      divergence.earthMovers, evaluation.frechet, evaluation.memorization.sampleShare,
      losses.discriminatorValue, losses.generatorLoss,
    ]
  }

  /// A row of the trajectory; the floor is what W₁ is held against.
  func csvRow(floor: Double) -> String {
    (["\(seed)", "\(step)"] + numbers(floor).map(NumberText.shortest) + [
      GANMeasurement.short(seconds)
    ])
    .joined(separator: ",")
  }

  func json(floor: Double) -> JSONValue {
    let names = [
      "wasserstein1", "ratio", "classifierScore", "confidentShare", "leastClassShare",
      "greatestClassShare", "classKullbackLeibler", "classJensenShannon", "classEarthMovers",
      "frechet", "nearTrainingShare", "discriminatorValue", "generatorLoss",
    ]
    return .object(
      [("step", .integer(step))] + zip(names, numbers(floor)).map { ($0, .number($1)) } + [
        ("classCounts", .array(evaluation.classes.counts.map { .integer($0) })),
        ("divergedAt", divergedAt.map { .integer($0) } ?? .null), ("seconds", .number(seconds)),
      ])
  }
}

/// All seeds of a command on images as a table and as JSON.
struct GANImageSummary {
  let preset: String
  let dataset: String
  let records: [GANImageRecord]
  let evaluator: ImageEvaluator

  private var finals: [GANImageMeasurement] { records.compactMap(\.last) }

  /// W₁ of the last measurement, or the median over seeds.
  var quietText: String { NumberText.readable(median(finals.map(\.evaluation.wasserstein1))) }

  /// What held-out images are worth, and a row for each seed.
  var text: String {
    let heldOut = evaluator.heldOutClasses
    let name = 12
    var lines = [
      "preset".padded(to: name) + preset,
      "data".padded(to: name)
        + "\(dataset), \(evaluator.training.count) images, \(evaluator.heldOut.count) held out",
      "classifier".padded(to: name) + percent(evaluator.accuracy) + " right on held-out images, "
        + percent(heldOut.share(withConfidence: 0.9)) + " told with confidence, score "
        + NumberText.formatted(heldOut.classifierScore, digits: 3),
      "floor".padded(to: name) + "W1 \(GANMeasurement.short(evaluator.floor))",
    ]
    let columns = [
      "seed", "steps", "W1", "ratio", "score", "sure", "classes", "KL", "JS", "EMD", "Frechet",
      "near",
    ]
    lines.append(row(columns))
    lines += finals.map { measurement in
      row(cells(measurement))
        + (measurement.divergedAt.map { " diverged at step \($0)" } ?? "")
    }
    if let check = finals.first?.evaluation.memorization {
      lines.append(
        "near: samples within \(NumberText.formatted(check.radius, digits: 3)) of a training image; "
          + "of held-out images \(percent(check.heldOutShare))")
    }
    return lines.joined(separator: "\n")
  }

  private func cells(_ measurement: GANImageMeasurement) -> [String] {
    let evaluation = measurement.evaluation
    let divergence = evaluation.classDivergence
    return [
      "\(measurement.seed)", "\(measurement.step)",
      NumberText.formatted(evaluation.wasserstein1, digits: 3),
      NumberText.formatted(evaluation.wasserstein1 / evaluator.floor, digits: 3),
      NumberText.formatted(evaluation.classes.classifierScore, digits: 3),
      percent(measurement.confident),
      "\(percent(measurement.leastShare))-\(percent(measurement.greatestShare))",
      NumberText.formatted(divergence.kullbackLeibler, digits: 2),
      NumberText.formatted(divergence.jensenShannon, digits: 2),
      NumberText.formatted(divergence.earthMovers, digits: 2),
      NumberText.formatted(evaluation.frechet, digits: 3),
      percent(evaluation.memorization.sampleShare),
    ]
  }

  private func row(_ cells: [String]) -> String {
    let widths = [6, 7, 7, 7, 7, 8, 14, 9, 9, 8, 9, 0]
    return zip(cells, widths).map { $0.padded(to: $1) }.joined()
  }

  private func percent(_ share: Double) -> String {
    NumberText.formatted(100 * share, digits: 3) + "%"
  }

  var json: JSONValue {
    .object([
      ("preset", .string(preset)), ("dataset", .string(dataset)),
      ("images", .integer(evaluator.training.count)),
      ("heldOut", .integer(evaluator.heldOut.count)),
      ("classifierAccuracy", .number(evaluator.accuracy)),
      ("heldOutConfidentShare", .number(evaluator.heldOutClasses.share(withConfidence: 0.9))),
      ("floor", .object([("wasserstein1", .number(evaluator.floor))])),
      (
        "seeds",
        .array(
          records.map { record in
            .object([
              ("seed", .integer(Int(clamping: record.seed))),
              ("measurements", .array(record.measurements.map { $0.json(floor: evaluator.floor) })),
              (
                "heldOutNearTrainingShare",
                record.last.map { .number($0.evaluation.memorization.heldOutShare) } ?? .null
              ),
            ])
          })
      ),
    ])
  }
}
