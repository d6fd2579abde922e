import ArgumentParser
import Autodiff
import Critics
import MeasureFiles
import Measures
import Reports
import Transport

extension GANCommand {
  /// Trains on images, and measures samples against those held out.
  func run(on images: LabelledImages, _ interruption: Interruption) async throws {
    guard figure == nil else {
      throw ValidationError("--figure draws points; --sheet draws samples of images")
    }
    guard settings.hidden == nil else {
      throw ValidationError("--hidden is for points; networks on images have --channels")
    }
    let preset = try ImagePreset(settings.imagePreset)
    let chosen = try settings.adjusted(
      preset.settings(
        for: images.shape, classes: images.classes, channels: settings.channels ?? 32,
        noise: settings.noise ?? 32))
    let (training, _) = images.split()
    let cloud = try training.cloud(withLabels: preset.usesLabels)
    let data: AdversarialData =
      withoutReplacement ? .measureWithoutReplacement(cloud) : .measure(cloud)
    let starts = try start(chosen, on: data)
    let count = samples ?? 1000
    let evaluator = try ImageEvaluator(
      images, count: count, classifierSteps: classifierSteps)
    let following = GANImageFollowing(
      evaluator: evaluator, samples: count, interval: every ?? max(chosen.steps, 1),
      checkpoint: checkpoint, lastStep: stopAt ?? .max)
    let task = Task { try await following.trainAll(starts) }
    let trained = try await interruption.cancelling(task)
    try write(trained, evaluator)
    let summary = GANImageSummary(
      preset: settings.imagePreset, dataset: dataset, records: trained, evaluator: evaluator)
    try output.print(text: summary.text, quietText: summary.quietText, json: summary.json)
    if task.isCancelled { throw ExitCode.interrupted }
  }

  private func write(_ trained: [GANImageRecord], _ evaluator: ImageEvaluator) throws {
    if let trajectory {
      let rows = trained.flatMap { $0.measurements.map(\.csvRow) }
      try PlainFile.write(
        text: ([GANImageMeasurement.csvHeading] + rows).joined(separator: "\n") + "\n",
        to: trajectory)
    }
    guard let first = trained.first, let last = first.last else { return }
    if let writeSamples {
      let points = try PointCloud(
        coordinates: last.samples.elements, dimension: last.samples.columns)
      try Measure.points(points).write(to: writeSamples)
    }
    if let sheet {
      try PlainFile.write(
        text: GANImageSheet(first, evaluator, of: settings.imagePreset).figure.svg, to: sheet)
    }
  }
}

/// Trains seeds side by side on images, and measures each as it goes.
struct GANImageFollowing: Sendable {
  let evaluator: ImageEvaluator
  let samples: Int
  let interval: Int
  let checkpoint: String?
  /// Where to stop though the training is not done.
  let lastStep: Int

  /// Trains all, two at a time; the records are in the order of the starts.
  func trainAll(_ starts: [AdversarialRun]) async throws -> [GANImageRecord] {
    try await withThrowingTaskGroup(of: (Int, GANImageRecord).self) { group in
      var records = [GANImageRecord?](repeating: nil, count: starts.count)
      var next = 0
      func add() {
        guard next < starts.count else { return }
        let index = next
        next += 1
        group.addTask { (index, try await train(starts[index])) }
      }
      for _ in 0..<2 { add() }
      while let (index, record) = try await group.next() {
        records[index] = record
        if !Task.isCancelled { add() }
      }
      return records.compactMap { $0 }
    }
  }

  private func train(_ start: AdversarialRun) async throws -> GANImageRecord {
    var record = GANImageRecord(seed: start.settings.seed)
    let line = ProgressLine()
    defer { line.clear() }
    let clock = ContinuousClock()
    let begin = clock.now
    let firstStep = start.step
    var measuring = Duration.zero
    for await snapshot in start.snapshots(every: interval) {
      let isFirst = snapshot.step == firstStep && !snapshot.run.isFinished
      if let checkpoint {
        try PlainFile.write(snapshot.run.checkpoint.bytes, to: checkpoint)
      }
      if isFirst, interval >= start.settings.steps { continue }
      let beforeMeasuring = clock.now
      let drawn = draw(snapshot)
      // A task of its own: Ctrl-C ends the training, and what it came to is measured all the same.
      let evaluation = try await Task.detached { [evaluator] in
        try evaluator.evaluate(drawn)
      }.value
      measuring += clock.now - beforeMeasuring
      let elapsed = (clock.now - begin - measuring).components
      record.measurements.append(
        GANImageMeasurement(
          seed: record.seed, step: snapshot.step, samples: drawn, evaluation: evaluation,
          losses: snapshot.losses, divergedAt: snapshot.divergedAt, floor: evaluator.floor,
          seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18))
      line.show(
        share: Double(snapshot.step) / Double(max(start.settings.steps, 1)),
        "seed \(record.seed), step \(snapshot.step), W1 "
          + GANMeasurement.short(evaluation.wasserstein1))
      if snapshot.step >= lastStep { break }
    }
    return record
  }

  /// Samples without their labels.
  private func draw(_ snapshot: AdversarialSnapshot) -> Matrix {
    var random = SplitMix64(seed: 0)
    let rows = snapshot.generator.sample(samples, using: &random)
    return Tensor(rows).columns(0..<evaluator.heldOut.shape.count).value
  }
}
