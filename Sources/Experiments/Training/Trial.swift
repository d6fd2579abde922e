import Autodiff
import Critics
import Measures
import Transport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A training of a table: its row's name, its settings and data.
struct Trial: Sendable {
  var name: String
  var settings: AdversarialTraining
  var data: AdversarialData
}

/// What is measured of a training at a step.
struct TrialMeasurement: Sendable {
  let step: Int
  let evaluation: SampleEvaluation
  let samples: PointCloud
  let spectra: [LayerSpectrum]
}

/// What came of a training.
struct TrialOutcome: Sendable {
  let name: String
  let seed: UInt64
  let measurements: [TrialMeasurement]
  let divergedAt: Int?
  /// Processor seconds of the steps alone.
  let seconds: Double
  let steps: Int

  var last: TrialMeasurement? { measurements.last }
  var wasserstein1: Double { last?.evaluation.wasserstein1 ?? .nan }
  var modes: Double { last?.evaluation.looseCoverage.map { Double($0.covered) } ?? .nan }
  var quality: Double { last?.evaluation.coverage?.highQualityShare ?? .nan }
  var millisecondsPerStep: Double { 1e3 * seconds / Double(max(1, steps)) }
}

/// Trains and measures, two at a time.
struct TrialRunner: Sendable {
  let evaluator: SampleEvaluator
  let samples: Int
  /// At how many steps, evenly spread, a training is measured besides its start.
  let measurements: Int

  /// Trains all, each by itself; the outcomes are in the order of the trials.
  func run(_ trials: [Trial], _ watch: ExperimentWatch) async throws -> [TrialOutcome] {
    try await withThrowingTaskGroup(of: (Int, TrialOutcome).self) { group in
      var outcomes = [TrialOutcome?](repeating: nil, count: trials.count)
      var next = 0
      func add() {
        guard next < trials.count else { return }
        let (index, trial) = (next, trials[next])
        next += 1
        group.addTask { (index, try run(trial)) }
      }
      for _ in 0..<2 { add() }
      while let (index, outcome) = try await group.next() {
        outcomes[index] = outcome
        let done = outcomes.count { $0 != nil }
        try watch.report(
          Double(done) / Double(trials.count), "\(outcome.name), seed \(outcome.seed)")
        add()
      }
      return outcomes.compactMap { $0 }
    }
  }

  private func run(_ trial: Trial) throws -> TrialOutcome {
    var run = try trial.settings.start(on: trial.data)
    let interval = max(1, trial.settings.steps / measurements)
    var found = [try measure(run)]
    var seconds = 0.0
    while !run.isFinished {
      let begin = processorSeconds()
      repeat {
        try Task.checkCancellation()
        run.advance()
      } while !run.isFinished && !run.step.isMultiple(of: interval)
      seconds += processorSeconds() - begin
      found.append(try measure(run))
    }
    return TrialOutcome(
      name: trial.name, seed: trial.settings.seed, measurements: found,
      divergedAt: run.divergedAt, seconds: seconds, steps: run.step)
  }

  private func measure(_ run: AdversarialRun) throws -> TrialMeasurement {
    let cloud = try run.generator.samples(samples, seed: 0)
    return TrialMeasurement(
      step: run.step, evaluation: try evaluator.evaluate(cloud), samples: cloud,
      spectra: run.discriminatorSpectra())
  }
}

extension [Trial] {
  /// A trial for each seed.
  static func seeded(
    _ name: String, _ settings: AdversarialTraining, on data: AdversarialData, _ seeds: [UInt64]
  ) -> [Trial] {
    seeds.map { seed in
      var settings = settings
      settings.seed = seed
      return Trial(name: name, settings: settings, data: data)
    }
  }
}

extension [TrialOutcome] {
  /// Outcomes of one name together, in the order in which names first occur.
  var grouped: [(name: String, outcomes: [TrialOutcome])] {
    var names: [String] = []
    for outcome in self where !names.contains(outcome.name) { names.append(outcome.name) }
    return names.map { name in (name, filter { $0.name == name }) }
  }

  /// The median over seeds of something measured.
  func median(_ value: (TrialOutcome) -> Double) -> Double {
    Experiments.median(map(value))
  }

  /// The least and the largest value over seeds, as a text.
  func range(_ value: (TrialOutcome) -> Double, digits: Int = 3) -> String {
    let values = map(value)
    return [values.min(), values.max()].compactMap { $0 }
      .map { ExperimentTable.Cell.number($0, digits: digits).text }.joined(separator: " to ")
  }

  /// Medians over seeds of a curve over steps.
  func medians(_ value: (TrialMeasurement) -> Double) -> [(step: Int, value: Double)] {
    guard let shortest = map(\.measurements).min(by: { $0.count < $1.count }) else { return [] }
    return shortest.indices.map { index in
      (
        shortest[index].step,
        Experiments.median(map { value($0.measurements[index]) })
      )
    }
  }
}

/// The eight Gaussians of Metz and others 2017.
let ringOfEight = PointLaw.gaussianRing(modes: 8, radius: 2, deviation: 0.02)

/// The processor's time of this thread.
func processorSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
