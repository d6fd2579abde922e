import Autodiff
import Critics
import Measures
import Testing
import Transport

/// What holds of every training, whatever it trains.
@Suite struct AdversarialTrainingTests {
  private let ring = PointLaw.gaussianRing(modes: 8, radius: 2, deviation: 0.02)

  /// A small training; every control and objective below goes through it.
  private func small(
    _ objective: AdversarialObjective, _ control: LipschitzControl? = nil, seed: UInt64 = 3
  ) -> AdversarialTraining {
    let player = AdversarialTraining.Player(
      hidden: [6, 6], initialization: .orthogonal(gain: 1),
      optimizer: .adam(rate: 1e-3, meanDecay: 0.5, squareDecay: 0.9))
    return AdversarialTraining(
      objective: objective, control: control, discriminator: player, generator: player,
      noise: LatentNoise(.uniform, dimension: 3), discriminatorSteps: .constant(2), batch: 8,
      steps: 6, seed: seed)
  }

  static let controls: [LipschitzControl?] = [
    nil, .clipping(0.1), .gradientPenalty(PenaltyWeight(10)),
    .lipschitzPenalty(PenaltyWeight(from: 1, to: 10, in: .spreads)), .spectralNormalization,
    .orthonormal(iterations: 3), .weightNormalization, .orthonormalPenalty(0.1),
  ]

  private func finished(_ run: AdversarialRun) -> AdversarialRun {
    var run = run
    while !run.isFinished { run.advance() }
    return run
  }

  /// The same seed gives the same bits, another seed others.
  @Test(arguments: controls)
  func theSeedDeterminesTheBits(control: LipschitzControl?) throws {
    let runs = try [3, 3, 4].map { seed in
      finished(try small(.wasserstein, control, seed: seed).start(on: .law(ring)))
    }
    #expect(runs[0].checkpoint == runs[1].checkpoint)
    #expect(runs[0].checkpoint.bytes != runs[2].checkpoint.bytes)
    #expect(runs[0].step == 6 && runs[0].divergedAt == nil)
  }

  /// A run that was stopped, written, read and resumed ends in the bits of an unbroken one.
  @Test(arguments: controls)
  func aResumedRunEndsInTheSameBits(control: LipschitzControl?) throws {
    let settings = small(.nonSaturating, control)
    let whole = finished(try settings.start(on: .law(ring)))
    var first = try settings.start(on: .law(ring))
    for _ in 0..<3 { first.advance() }
    let bytes = first.checkpoint.bytes
    let checkpoint = try AdversarialCheckpoint(bytes: bytes)
    #expect(checkpoint == first.checkpoint && checkpoint.bytes == bytes)
    let second = finished(try settings.resume(on: .law(ring), from: checkpoint))
    #expect(second.checkpoint.bytes == whole.checkpoint.bytes)
  }

  /// Every cut of a checkpoint, other settings and other data are refused with words.
  @Test func aWrongCheckpointIsRefused() throws {
    let settings = small(.hinge)
    let checkpoint = try settings.start(on: .law(ring)).checkpoint
    for count in [0, 7, 8, 40, checkpoint.bytes.count - 8, checkpoint.bytes.count - 1] {
      #expect(throws: AdversarialTrainingError.self) {
        try AdversarialCheckpoint(bytes: Array(checkpoint.bytes.prefix(count)))
      }
    }
    #expect(throws: AdversarialTrainingError.self) {
      try AdversarialCheckpoint(bytes: checkpoint.bytes + [0])
    }
    #expect(throws: AdversarialTrainingError.self) {
      try small(.hinge, seed: 4).resume(on: .law(ring), from: checkpoint)
    }
    #expect(throws: AdversarialTrainingError.self) {
      try settings.resume(
        on: .law(.gaussianRing(modes: 7, radius: 2, deviation: 0.02)), from: checkpoint)
    }
  }

  /// Snapshots come before the first step, every so many steps and after the last, and looking at them
  /// changes nothing.
  @Test func snapshotsShowTheTraining() async throws {
    let settings = small(.nonSaturating)
    var steps: [Int] = []
    var last: AdversarialSnapshot?
    for await snapshot in try settings.snapshots(on: .law(ring), every: 4) {
      steps.append(snapshot.step)
      let (first, second) = (try snapshot.samples(5, seed: 9), try snapshot.samples(5, seed: 9))
      #expect(first == second)
      last = snapshot
    }
    #expect(steps == [0, 4, 6])
    let whole = finished(try settings.start(on: .law(ring)))
    #expect(last?.run.checkpoint == whole.checkpoint)
    var resumed: [Int] = []
    for await snapshot in whole.snapshots(every: 4) { resumed.append(snapshot.step) }
    #expect(resumed == [6], "a finished run is shown once")
  }

  /// A cancelled task gets one snapshot of where the training is, and no more steps.
  @Test func cancellationEndsTheSequence() async throws {
    var settings = small(.nonSaturating)
    settings.steps = 1_000_000
    let snapshots = try settings.snapshots(on: .law(ring), every: 1_000_000)
    let task = Task {
      var steps: [Int] = []
      for await snapshot in snapshots { steps.append(snapshot.step) }
      return steps
    }
    task.cancel()
    let steps = await task.value
    #expect(steps.last.map { $0 < 1_000_000 } ?? true)
    #expect(steps.count <= 2)
  }

  /// A training that comes to infinity says at which step, and keeps the last finite parameters.
  @Test func divergenceIsSaid() throws {
    var settings = small(.wasserstein)
    settings.discriminator.optimizer = .gradientDescent(rate: 1e200)
    let run = finished(try settings.start(on: .law(ring)))
    #expect(run.divergedAt != nil)
    #expect(run.generator.network.parameters.allSatisfy { $0.isFinite })
    #expect(run.discriminatorNetwork.parameters.allSatisfy { $0.isFinite })
  }

  /// Clipping keeps every parameter of the discriminator within its bound.
  @Test func clippingClips() throws {
    let run = finished(try small(.wasserstein, .clipping(0.05)).start(on: .law(ring)))
    #expect(
      run.discriminatorNetwork.parameters.allSatisfy { $0.elements.allSatisfy { abs($0) <= 0.05 } })
  }

  /// Bad settings and data are refused before the first step.
  @Test func badSettingsAreRefused() throws {
    func refused(_ change: (inout AdversarialTraining) -> Void, _ word: String) {
      var settings = small(.hinge)
      change(&settings)
      do throws(AdversarialTrainingError) {
        _ = try settings.start(on: .law(ring))
        Issue.record("\(word) was not refused")
      } catch {
        #expect("\(error)".contains(word), "\(error)")
      }
    }
    refused({ $0.unrolling.steps = -1 }, "K, the number of unrolled steps, is -1")
    refused({ $0.batch = 0 }, "batch is 0")
    refused({ $0.noise.dimension = 0 }, "noise is 0")
    refused({ $0.generator.hidden = [4, 0] }, "hidden width of the generator")
    refused(
      {
        $0.discriminator.activation = .maxMin
        $0.discriminator.hidden = [3]
      }, "even for max-min")
    refused(
      { $0.generator.optimizer = .adam(rate: 1e-3, meanDecay: 1, squareDecay: 0.9) }, "decay")
    refused({ $0.discriminator.optimizer = .gradientDescent(rate: 0.0) }, "learning rate is 0")
    refused(
      {
        $0.control = .clipping(0.1)
        $0.unrolling.steps = 1
      }, "clipping, which has no derivative")
    let cloud = try PointCloud([[0, 0], [1, 0], [0, 1]])
    #expect(throws: AdversarialTrainingError.batchTooLarge(batch: 8, points: 3)) {
      try small(.hinge).start(on: .measureWithoutReplacement(cloud))
    }
    var tiny = small(.hinge)
    tiny.batch = 2
    #expect(throws: AdversarialTrainingError.unequalMasses) {
      try tiny.start(
        on: .measureWithoutReplacement(PointCloud([[0, 0], [1, 0]], masses: [1, 2])))
    }
  }

  /// Batches of a measure: by mass with replacement, each point at most once without.
  @Test func batchesOfAMeasure() throws {
    var random = SplitMix64(seed: 8)
    let cloud = try PointCloud([[0], [1], [2], [3]], masses: [1, 0, 3, 0])
    let draws = AdversarialData.measure(cloud).batch(4000, using: &random).elements
    #expect(Set(draws) == [0, 2])
    // Four deviations of a share of 3/4 in 4,000 draws.
    #expect(abs(Double(draws.count { $0 == 2 }) / 4000 - 0.75) < 0.028)
    let equal = try PointCloud([[0], [1], [2], [3]])
    for _ in 0..<20 {
      let batch = AdversarialData.measureWithoutReplacement(equal).batch(3, using: &random)
      #expect(Set(batch.elements).count == 3)
    }
    let all = AdversarialData.measureWithoutReplacement(equal).batch(4, using: &random)
    #expect(all.elements.sorted() == [0, 1, 2, 3])
  }
}
