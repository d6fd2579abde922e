import Autodiff
import Critics
import Measures
import Reports

/// K steps of look-ahead on the ring of eight modes, at equal steps and at about equal time, and two trainings
/// that do as well without what is particular to it.
///
/// Source: L. Metz and others 2017, section 3.1.
struct UnrolledRingExperiment {
  private let settings: ExperimentSettings

  init(_ settings: ExperimentSettings) { self.settings = settings }

  func run(_ watch: ExperimentWatch) async throws -> ExperimentResult {
    let trials = try trials()
    let runner = TrialRunner(
      evaluator: try SampleEvaluator(
        .law(ringOfEight), count: settings.value(2500, quick: 20)),
      samples: settings.value(2500, quick: 20), measurements: settings.value(8, quick: 2))
    let groups = try await runner.run(trials, watch).grouped
    return ExperimentResult(
      tables: [table(groups, floor: runner.evaluator.floor1)],
      figures: [
        ("unrolled-ring", curves(groups)),
        ("unrolled-ring-samples", samples(groups, runner.evaluator.heldOut)),
      ])
  }

  private func trials() throws -> [Trial] {
    let steps = settings.value(2000, quick: 4)
    func unrolled(_ lookAhead: Int, steps: Int) throws -> AdversarialTraining {
      var training = try AdversarialTraining.preset("unrolled-\(lookAhead)-small")
      training.steps = steps
      return training
    }
    var kinds = try [0, 1, 5, 10].map { ("K = \($0)", try unrolled($0, steps: steps)) }
    var lookingOn = try unrolled(5, steps: steps)
    lookingOn.unrolling.passesGradient = false
    var stronger = try unrolled(0, steps: steps)
    stronger.discriminatorSteps = .constant(5)
    kinds += [
      ("K = 5 without the second term", lookingOn),
      ("K = 0, five discriminator steps", stronger),
      // About the time of K = 5 at 2,000 steps, by the cost of a step of each.
      ("K = 0 for the time of K = 5", try unrolled(0, steps: 3 * steps)),
      ("K = 1 for the time of K = 5", try unrolled(1, steps: 2 * steps)),
      ("K = 10 for the time of K = 5", try unrolled(10, steps: steps * 11 / 20)),
    ]
    if settings.size == .quick {
      kinds = kinds.prefix(2).map { name, training in
        var training = training
        (training.batch, training.generator.hidden) = (8, [8, 8])
        training.discriminator.hidden = [8]
        return (name, training)
      }
    }
    let seeds = settings.seeds(10)
    return kinds.flatMap { name, training in
      [Trial].seeded(name, training, on: .law(ringOfEight), seeds)
    }
  }

  private func table(
    _ groups: [(name: String, outcomes: [TrialOutcome])], floor: Double
  ) -> ExperimentTable {
    ExperimentTable(
      "W₁ of samples from held-out data beside its floor "
        + "\(ExperimentTable.Cell.number(floor).text), modes with a hundredth of the samples.",
      columns: [
        "training", "steps", "seeds", "modes, each seed", "median of modes", "median W₁",
        "W₁, least to most", "within 3 deviations, %", "CPU ms a step", "CPU s",
      ],
      rows: groups.map { name, outcomes in
        let modes = outcomes.map { ExperimentTable.Cell.number($0.modes, digits: 3).text }
        return [
          .text(name), .count(outcomes.first?.steps ?? 0), .count(outcomes.count),
          .text(modes.joined(separator: " ")), .number(outcomes.median(\.modes)),
          .number(outcomes.median(\.wasserstein1)), .text(outcomes.range(\.wasserstein1)),
          .number(100 * outcomes.median(\.quality), digits: 2),
          .number(outcomes.median(\.millisecondsPerStep), digits: 2),
          .number(outcomes.median(\.seconds), digits: 2),
        ]
      })
  }

  private func curves(_ groups: [(name: String, outcomes: [TrialOutcome])]) -> Figure {
    let equalSteps = groups.prefix(6)
    func panel(
      _ title: String, _ label: String, _ value: (TrialMeasurement) -> Double
    ) -> Panel {
      Panel(
        title, x: Axis("step"), y: Axis(label, including: 0), width: 380, height: 240,
        series: equalSteps.enumerated().map { index, group in
          .line(
            group.outcomes.medians(value).map { FigurePoint(Double($0.step), $0.value) },
            named: group.name, ink: .category(index), isDashed: index > 3)
        })
    }
    return Figure(
      "Looking ahead on the ring of eight modes",
      description: """
        Medians over seeds: without looking ahead few modes are covered, with it all, and also with more \
        steps of the discriminator or with a look-ahead without the second term.
        """, columns: 2,
      panels: [
        panel("median W₁", "W₁") { $0.evaluation.wasserstein1 },
        panel("median of modes", "modes") {
          Double($0.evaluation.looseCoverage?.covered ?? 0)
        },
      ])
  }

  private func samples(
    _ groups: [(name: String, outcomes: [TrialOutcome])], _ data: PointCloud
  ) -> Figure {
    SampleFigure(
      groups.prefix(4).compactMap { name, outcomes in
        outcomes.first.map { outcome in
          SampleFigure.Row(
            name,
            frames: outcome.measurements.filter {
              $0.step.isMultiple(of: 500) || outcome.steps < 500
            }
            .map { SampleFigure.Frame("step \($0.step)", $0.samples) })
        }
      }, data: data
    ).figure
  }
}
