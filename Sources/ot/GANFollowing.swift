import Critics
import MeasureFiles
import Measures
import Transport

/// Trains seeds side by side, and measures each as it goes.
struct GANFollowing: Sendable {
  let evaluator: SampleEvaluator
  let samples: Int
  let interval: Int
  let checkpoint: String?
  /// Where to stop though the training is not done.
  let lastStep: Int

  /// Trains all, two at a time; the records are in the order of the starts.
  func trainAll(_ starts: [AdversarialRun]) async throws -> [GANRecord] {
    try await withThrowingTaskGroup(of: (Int, GANRecord).self) { group in
      var records = [GANRecord?](repeating: nil, count: starts.count)
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

  private func train(_ start: AdversarialRun) async throws -> GANRecord {
    var record = GANRecord(seed: start.settings.seed)
    let line = ProgressLine()
    defer { line.clear() }
    let clock = ContinuousClock()
    let begin = clock.now
    let firstStep = start.step
    var measuring = Duration.zero
    let words = ProgressWords("seed \(record.seed)")
    let steps = start.settings.steps
    let snapshots = start.snapshots(every: interval) { step in
      line.show(
        share: Double(step) / Double(max(steps, 1)), "\(words.text), step \(step)")
    }
    for await snapshot in snapshots {
      let isFirst = snapshot.step == firstStep && !snapshot.run.isFinished
      if let checkpoint {
        try PlainFile.write(snapshot.run.checkpoint.bytes, to: checkpoint)
      }
      // The state before the first step is only shown when a trajectory was asked for by its interval.
      if isFirst, interval >= start.settings.steps { continue }
      let beforeMeasuring = clock.now
      let cloud = try snapshot.samples(samples)
      // A task of its own: Ctrl-C ends the training, and what it came to is measured all the same.
      let evaluation = try await Task.detached { [evaluator] in
        try evaluator.evaluate(cloud)
      }.value
      measuring += clock.now - beforeMeasuring
      let elapsed = (clock.now - begin - measuring).components
      record.measurements.append(
        GANMeasurement(
          seed: record.seed, step: snapshot.step, samples: cloud, evaluation: evaluation,
          losses: snapshot.losses, divergedAt: snapshot.divergedAt,
          seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18))
      if let found = Self.words(on: record) { words.text = found }
      if snapshot.step >= lastStep { break }
    }
    return record
  }

  /// What there is to say while a training goes on: the seed and the last distance that was measured.
  private static func words(on record: GANRecord) -> String? {
    guard let last = record.last else { return nil }
    let modes = last.evaluation.looseCoverage.map { ", \($0.covered) modes" } ?? ""
    return "seed \(record.seed), W1 " + GANMeasurement.short(last.evaluation.wasserstein1) + modes
  }
}
