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
    let following = GANFollowing(
      interval: every ?? max(chosen.steps, 1), checkpoint: checkpoint, lastStep: stopAt ?? .max
    ) { snapshot in
      // Samples without their labels.
      var random = SplitMix64(seed: 0)
      let rows = snapshot.generator.sample(count, using: &random)
      return Tensor(rows).columns(0..<evaluator.heldOut.shape.count).value
    } evaluate: {
      try evaluator.evaluate($0)
    } words: {
      "W1 " + GANMeasurement.short($0.wasserstein1)
    }
    let task = Task { try await following.trainAll(starts) }
    let trained = try await interruption.cancelling(task)
    let summary = GANImageSummary(
      preset: settings.imagePreset, dataset: dataset, records: trained, evaluator: evaluator)
    try output.print(text: summary.text, quietText: summary.quietText, json: summary.json)
    // Files come after the result, so that a path that cannot be written loses nothing.
    try write(trained, evaluator)
    if task.isCancelled { throw ExitCode.interrupted }
  }

  private func write(_ trained: [GANImageRecord], _ evaluator: ImageEvaluator) throws {
    var files = PendingFiles()
    if let trajectory {
      let rows = trained.flatMap { $0.measurements.map { $0.csvRow(floor: evaluator.floor) } }
      files.write {
        try PlainFile.write(
          text: ([GANImageMeasurement.csvHeading] + rows).joined(separator: "\n") + "\n",
          to: trajectory)
      }
    }
    if let first = trained.first, let last = first.last {
      if let writeSamples {
        files.write {
          let points = try PointCloud(
            coordinates: last.samples.elements, dimension: last.samples.columns)
          try Measure.points(points).write(to: writeSamples)
        }
      }
      if let sheet {
        files.write {
          try PlainFile.write(
            text: GANImageSheet(first, evaluator, of: settings.imagePreset).figure.svg, to: sheet)
        }
      }
    }
    try files.finish()
  }
}
