import Critics
import MeasureFiles

/// Trains seeds side by side, and measures samples of each as it goes.
struct GANFollowing<Samples: Sendable, Evaluation: Sendable>: Sendable {
  typealias Record = MeasuredTraining<Samples, Evaluation>

  let interval: Int
  let checkpoint: String?
  /// Where to stop though the training is not done.
  let lastStep: Int
  /// Samples of the generator as it is.
  let draw: @Sendable (AdversarialSnapshot) throws -> Samples
  let evaluate: @Sendable (Samples) throws -> Evaluation
  /// What there is to say of the last evaluation while a training goes on.
  let words: @Sendable (Evaluation) -> String

  /// Trains all, two at a time; the records are in the order of the starts.
  func trainAll(_ starts: [AdversarialRun]) async throws -> [Record] {
    try await withThrowingTaskGroup(of: (Int, Record).self) { group in
      var records = [Record?](repeating: nil, count: starts.count)
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

  private func train(_ start: AdversarialRun) async throws -> Record {
    var record = Record(seed: start.settings.seed)
    let line = ProgressLine()
    defer { line.clear() }
    let clock = ContinuousClock()
    let begin = clock.now
    let firstStep = start.step
    var measuring = Duration.zero
    let progress = ProgressWords("seed \(record.seed)")
    let steps = start.settings.steps
    let snapshots = start.snapshots(every: interval) { step in
      line.show(
        share: Double(step) / Double(max(steps, 1)), "\(progress.text), step \(step)")
    }
    for await snapshot in snapshots {
      let isFirst = snapshot.step == firstStep && !snapshot.run.isFinished
      if let checkpoint {
        try PlainFile.write(snapshot.run.checkpoint.bytes, to: checkpoint)
      }
      // The state before the first step is only shown when a trajectory was asked for by its interval.
      if isFirst, interval >= start.settings.steps { continue }
      let beforeMeasuring = clock.now
      let samples = try draw(snapshot)
      // A task of its own: Ctrl-C ends the training, and what it came to is measured all the same.
      let evaluation = try await Task.detached { [evaluate] in try evaluate(samples) }.value
      measuring += clock.now - beforeMeasuring
      let elapsed = (clock.now - begin - measuring).components
      record.measurements.append(
        Record.Measurement(
          seed: record.seed, step: snapshot.step, samples: samples, evaluation: evaluation,
          losses: snapshot.losses, divergedAt: snapshot.divergedAt,
          seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18))
      progress.text = "seed \(record.seed), " + words(evaluation)
      if snapshot.step >= lastStep { break }
    }
    return record
  }
}

/// A training as it was measured at a step.
struct TrainingMeasurement<Samples: Sendable, Evaluation: Sendable>: Sendable {
  let seed: UInt64
  let step: Int
  let samples: Samples
  let evaluation: Evaluation
  let losses: AdversarialLosses
  let divergedAt: Int?
  let seconds: Double
}

/// The measurements of one seed.
struct MeasuredTraining<Samples: Sendable, Evaluation: Sendable>: Sendable {
  typealias Measurement = TrainingMeasurement<Samples, Evaluation>

  let seed: UInt64
  var measurements: [Measurement] = []

  var last: Measurement? { measurements.last }
}
