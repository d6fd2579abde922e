import Autodiff
import Critics
import Measures
import Reports
import Transport

/// What the critic of a training says, what of that is proved, and the exact W₁, step by step.
struct EvidenceExperiment {
  private let settings: ExperimentSettings

  init(_ settings: ExperimentSettings) { self.settings = settings }

  private struct Curve: Sendable {
    let name: String
    var entries: [(step: Int, report: DiscriminatorReport)] = []
  }

  func run(_ watch: ExperimentWatch) async throws -> ExperimentResult {
    var curves: [Curve] = []
    let trainings = try trainings()
    for (name, training) in trainings {
      curves.append(try follow(name, training))
      try watch.report(Double(curves.count) / Double(trainings.count), name)
    }
    return ExperimentResult(
      tables: [table(curves)],
      figures: [("evidence", figure(curves))])
  }

  /// One network and rate for all, so that the control alone differs.
  private func trainings() throws -> [(String, AdversarialTraining)] {
    let controls: [(String, LipschitzControl)] = [
      ("clipping, c = 0.1", .clipping(0.1)),
      ("gradient penalty, λ = 10", .gradientPenalty(PenaltyWeight(10))),
      ("Lipschitz penalty, λ = 10", .lipschitzPenalty(PenaltyWeight(10))),
      ("spectral normalisation", .spectralNormalization),
      ("orthonormal layers", .orthonormal(iterations: 5)),
    ]
    return settings.value(controls, quick: [controls[0], controls[4]]).map { name, control in
      let optimizer = OptimizerSetting.adam(rate: 1e-3, meanDecay: 0, squareDecay: 0.9)
      let width = settings.value(64, quick: 8)
      let generator = AdversarialTraining.Player(
        hidden: [width, width, width], optimizer: optimizer)
      var critic = generator
      if control.boundsTheLipschitzConstant { critic.activation = .maxMin }
      return (
        name,
        AdversarialTraining(
          objective: .wasserstein, control: control, discriminator: critic, generator: generator,
          noise: LatentNoise(dimension: 2), discriminatorSteps: .constant(5),
          batch: settings.value(128, quick: 8), steps: settings.value(1500, quick: 6),
          seed: settings.seed)
      )
    }
  }

  private func follow(_ name: String, _ training: AdversarialTraining) throws -> Curve {
    let count = settings.value(500, quick: 20)
    let data = try ringOfEight.cloud(count, seed: ~settings.seed)
    var run = try training.start(on: .law(ringOfEight))
    var curve = Curve(name: name)
    let interval = max(1, training.steps / settings.value(30, quick: 3))
    while true {
      if run.step.isMultiple(of: interval) || run.isFinished {
        let samples = try run.generator.samples(count, seed: UInt64(run.step))
        curve.entries.append(
          (run.step, try DiscriminatorReport(on: run, samples: samples, data: data)))
      }
      if run.isFinished { return curve }
      try Task.checkCancellation()
      run.advance()
    }
  }

  private func table(_ curves: [Curve]) -> ExperimentTable {
    ExperimentTable(
      "Along each training: medians over the steps measured, of values divided by the exact W₁ of that step.",
      columns: [
        "control", "measured", "estimate ÷ W₁", "certified bound ÷ W₁", "largest of it",
        "c-transform ÷ W₁", "largest of it ", "largest slope", "W₁ at the end",
      ],
      rows: curves.map { curve in
        func shares(_ value: (DiscriminatorReport) -> Double) -> [Double] {
          curve.entries.dropFirst().map { value($0.report) / $0.report.exact }
        }
        let certified = shares(\.certifiedLowerBound)
        let transform = shares(\.cTransformLowerBound)
        return [
          .text(curve.name), .count(curve.entries.count - 1),
          .number(median(shares(\.estimate))), .number(median(certified)),
          .number(certified.max() ?? .nan, digits: 4), .number(median(transform)),
          .number(transform.max() ?? .nan, digits: 4),
          .number(median(curve.entries.dropFirst().map(\.report.lipschitzOnSupport))),
          .number(curve.entries.last?.report.exact ?? .nan),
        ]
      })
  }

  private func figure(_ curves: [Curve]) -> Figure {
    Figure(
      "Estimate, certified bound and exact W₁ along trainings",
      description: """
        For each control the critic's estimate over the generator's steps, two bounds that are never above \
        the exact distance, and that distance as a dashed line.
        """, columns: 2,
      panels: curves.map { curve in
        func line(
          _ name: String, _ ink: Int, isDashed: Bool = false,
          _ value: (DiscriminatorReport) -> Double
        ) -> Series {
          .line(
            curve.entries.dropFirst().map { FigurePoint(Double($0.step), value($0.report)) },
            named: name, ink: .category(ink), isDashed: isDashed)
        }
        // An estimate far above the distance would leave no room for the rest.
        let most = 2 * (curve.entries.map(\.report.exact).max() ?? 1)
        return Panel(
          curve.name, x: Axis("step"), y: Axis("distance", including: 0), width: 330, height: 200,
          series: [
            line("estimate", 1) { $0.estimate <= most ? $0.estimate : .nan },
            line("certified", 2, \.certifiedLowerBound),
            line("c-transform", 3, \.cTransformLowerBound),
            line("exact W₁", 0, isDashed: true, \.exact),
          ])
      })
  }
}
