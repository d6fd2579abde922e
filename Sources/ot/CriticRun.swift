import Critics
import OptimalTransport
import Reports
import Transport

/// Trains critics in tasks that Ctrl-C cancels, with progress where a person is watching.
struct CriticRun {
  let options: CriticOptions
  let interruption: Interruption

  /// What came out, and whether Ctrl-C ended it.
  struct Ending {
    var summaries: [CriticSummary] = []
    var trained: [TrainedCritic] = []
    var curves: [CriticFigure.Curve] = []
    var wasInterrupted = false
  }

  /// Trains every method that was asked for.
  func train(on problem: CriticProblem, _ exact: TransportSolution?) async throws -> Ending {
    var ending = Ending()
    for method in try options.methods() where !ending.wasInterrupted {
      try await train(method, problem, exact, &ending)
    }
    return ending
  }

  private func train(
    _ method: CriticMethod, _ problem: CriticProblem, _ exact: TransportSolution?,
    _ ending: inout Ending
  ) async throws {
    let training = try options.training(method)
    let start = ContinuousClock.now
    let line = ProgressLine()
    let task = Task { () throws -> TrainedCritic in
      try training.train(on: problem, seeing: exact) { progress in
        line.show(
          share: Double(progress.step) / Double(training.steps),
          """
          \(method.rawValue), step \(progress.step), \
          estimate \(NumberText.formatted(progress.estimate, digits: 5))
          """)
      }
    }
    let trained = try await interruption.cancelling(task)
    line.clear()
    let seconds = Self.seconds(since: start)
    ending.wasInterrupted = task.isCancelled
    let report = CriticReport(on: trained.critic, of: problem, exact: exact)
    ending.trained.append(trained)
    ending.curves.append(CriticFigure.Curve(method.rawValue, of: trained, report))
    ending.summaries.append(
      CriticSummary(
        method.rawValue, report, of: trained,
        isBounded: training.method.boundsTheLipschitzConstant, seconds: seconds,
        seed: training.seed, batches: try batches(trained.critic, problem, exact, ending)))
  }

  /// The critic on batches, where it was trained on them and an exact value is there to compare with.
  private func batches(
    _ critic: Critic, _ problem: CriticProblem, _ exact: TransportSolution?, _ ending: Ending
  ) throws -> BatchReport? {
    guard let size = options.batch, let exact, !ending.wasInterrupted else { return nil }
    return try BatchReport(
      on: critic, of: problem, size: size, seed: options.seed ?? 0, exact: exact.cost,
      solver: AutomaticSolver())
  }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    let elapsed = (ContinuousClock.now - start).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }
}
