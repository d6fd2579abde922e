public import Measures

/// A training as it is after some step.
public struct AdversarialSnapshot: Sendable {
  /// The training itself, which can go on from here.
  public let run: AdversarialRun

  /// The generator's steps done.
  public var step: Int { run.step }

  /// What the last step of each player saw.
  public var losses: AdversarialLosses { run.losses }

  /// The generator.
  public var generator: Generator { run.generator }

  /// The step at which a number was no longer finite, or nil.
  public var divergedAt: Int? { run.divergedAt }

  /// Samples of the generator as a measure; drawing them changes nothing in the training.
  ///
  /// - Parameters:
  ///   - count: The number of points.
  ///   - seed: The seed of the noise.
  /// - Returns: Points of equal mass.
  /// - Throws: `MeasureError` if a coordinate is not finite.
  public func samples(_ count: Int, seed: UInt64 = 0) throws(MeasureError) -> PointCloud {
    try generator.samples(count, seed: seed)
  }
}

/// The snapshots of a training, one every so many steps and one at the end; steps are made when a snapshot
/// is asked for.
///
/// If the task is cancelled, the snapshot of the step that was reached is the last one.
public struct AdversarialSnapshots: AsyncSequence, Sendable {
  /// A training as it is after some step.
  public typealias Element = AdversarialSnapshot

  private let start: AdversarialRun
  private let interval: Int
  private let afterEachStep: (@Sendable (Int) -> Void)?

  init(
    _ start: AdversarialRun, every interval: Int,
    afterEachStep: (@Sendable (Int) -> Void)? = nil
  ) {
    precondition(interval >= 1, "snapshots are at least one step apart, not \(interval)")
    self.start = start
    self.interval = interval
    self.afterEachStep = afterEachStep
  }

  /// What makes the steps.
  public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
    fileprivate var run: AdversarialRun
    fileprivate let interval: Int
    fileprivate let afterEachStep: (@Sendable (Int) -> Void)?
    fileprivate var isDone = false

    /// The next snapshot, the first of them before any step; nil after the last.
    public mutating func next() async -> AdversarialSnapshot? {
      guard !isDone else { return nil }
      if isFirst {
        isFirst = false
      } else {
        repeat {
          run.advance()
          afterEachStep?(run.step)
          // Lets a cancellation through, and other tasks.
          await Task.yield()
        } while !run.isFinished && !run.step.isMultiple(of: interval) && !Task.isCancelled
      }
      isDone = run.isFinished || Task.isCancelled
      return AdversarialSnapshot(run: run)
    }

    private var isFirst = true

    fileprivate init(
      run: AdversarialRun, interval: Int, afterEachStep: (@Sendable (Int) -> Void)?
    ) {
      self.run = run
      self.interval = interval
      self.afterEachStep = afterEachStep
    }
  }

  /// Starts from the first snapshot.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(run: start, interval: interval, afterEachStep: afterEachStep)
  }
}

extension AdversarialTraining {
  /// Trains, and shows the training every so many steps.
  ///
  /// - Parameters:
  ///   - data: What the samples are to resemble.
  ///   - interval: The generator's steps from one snapshot to the next, at least 1.
  /// - Returns: The snapshots, the first before any step.
  /// - Throws: `AdversarialTrainingError` if a setting is out of its range or does not suit the data.
  public func snapshots(
    on data: AdversarialData, every interval: Int
  ) throws(AdversarialTrainingError) -> AdversarialSnapshots {
    AdversarialSnapshots(try start(on: data), every: interval)
  }
}

extension AdversarialRun {
  /// Goes on, and shows the training every so many steps; the first snapshot is of the run as it is.
  ///
  /// - Parameters:
  ///   - interval: The generator's steps from one snapshot to the next, at least 1.
  ///   - afterEachStep: Called with the number of the steps done, for progress; nil for never.
  /// - Returns: The snapshots.
  public func snapshots(
    every interval: Int, afterEachStep: (@Sendable (Int) -> Void)? = nil
  ) -> AdversarialSnapshots {
    AdversarialSnapshots(self, every: interval, afterEachStep: afterEachStep)
  }
}
