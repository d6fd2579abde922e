import Autodiff
import Critics
import Measures
import Reports

/// Every control under the same loss, networks and seeds: exact W₁, singular values, cost of a step; and
/// orthonormal against spectral as the last hidden layer becomes wider.
///
/// Source: T. Miyato and others 2018, figures 3, 4 and 10.
struct RegularizersExperiment {
  private let settings: ExperimentSettings

  init(_ settings: ExperimentSettings) { self.settings = settings }

  private typealias Groups = [(name: String, outcomes: [TrialOutcome])]

  func run(_ watch: ExperimentWatch) async throws -> ExperimentResult {
    let count = settings.value(1000, quick: 20)
    let runner = TrialRunner(
      evaluator: try SampleEvaluator(.law(ringOfEight), count: count), samples: count,
      measurements: settings.value(8, quick: 2))
    let seeds = settings.seeds(3)
    let steps = settings.value(1000, quick: 3)
    let width = settings.value(64, quick: 8)
    let controls = settings.value(
      comparedControls, quick: comparedControls.filter { ["none", "spectral"].contains($0.name) })
    let trials = try controls.flatMap { name, control in
      var training = try AdversarialTraining.compared("D", control, width: width, steps: steps)
      if settings.size == .quick { training.batch = 8 }
      return [Trial].seeded(name, training, on: .law(ringOfEight), seeds)
    }
    let widths = settings.value([16, 64, 256], quick: [8])
    let wide = try widths.flatMap { last in
      try controls.filter { ["spectral", "orthonormal penalty 0.1"].contains($0.name) }.flatMap {
        name, control in
        var training = try AdversarialTraining.compared("D", control, width: width, steps: steps)
        training.discriminator.hidden[2] = last
        if settings.size == .quick { training.batch = 8 }
        return [Trial].seeded(
          "\(name), last layer \(last)", training, on: .law(ringOfEight), seeds)
      }
    }
    let outcomes = try await runner.run(trials + wide, watch)
    let groups = [TrialOutcome](outcomes.prefix(trials.count)).grouped
    return ExperimentResult(
      tables: [
        table(groups, runner.evaluator.floor1),
        widthTable([TrialOutcome](outcomes.dropFirst(trials.count)).grouped),
      ],
      figures: [("regularizers", figure(groups))])
  }

  /// The stable rank of a layer at the end.
  private func stableRank(_ outcome: TrialOutcome, _ layer: Int) -> Double {
    outcome.last?.spectra[layer].stableRank ?? .nan
  }

  private func table(_ groups: Groups, _ floor: Double) -> ExperimentTable {
    let plain = groups.first { $0.name == "weight normalisation" } ?? groups[0]
    let unit = plain.outcomes.median(\.millisecondsPerStep)
    return ExperimentTable(
      "Medians over seeds at the end; W₁ beside its floor "
        + "\(ExperimentTable.Cell.number(floor).text); layers 2 and 3 are square.",
      columns: [
        "control", "seeds", "W₁", "W₁, least to most", "modes", "σ₁ of layer 2",
        "stable rank, layer 2", "stable rank, layer 3", "CPU ms a step", "times \(plain.name)",
      ],
      rows: groups.map { name, outcomes in
        [
          .text(name), .count(outcomes.count), .number(outcomes.median(\.wasserstein1)),
          .text(outcomes.range(\.wasserstein1)), .number(outcomes.median(\.modes)),
          .number(outcomes.median { $0.last?.spectra[1].spectralNorm ?? .nan }),
          .number(outcomes.median { stableRank($0, 1) }),
          .number(outcomes.median { stableRank($0, 2) }),
          .number(outcomes.median(\.millisecondsPerStep), digits: 2),
          .number(outcomes.median(\.millisecondsPerStep) / unit, digits: 2),
        ]
      })
  }

  private func widthTable(_ groups: Groups) -> ExperimentTable {
    ExperimentTable(
      "The last hidden layer of the discriminator made narrow and wide.",
      columns: ["control and width", "W₁", "modes", "stable rank, layer 3", "CPU ms a step"],
      rows: groups.map { name, outcomes in
        [
          .text(name), .number(outcomes.median(\.wasserstein1)), .number(outcomes.median(\.modes)),
          .number(outcomes.median { stableRank($0, 2) }),
          .number(outcomes.median(\.millisecondsPerStep), digits: 2),
        ]
      })
  }

  private func figure(_ groups: Groups) -> Figure {
    func panel(
      _ title: String, _ label: String, _ layout: Axis.Layout,
      _ value: @escaping (TrialMeasurement) -> Double
    ) -> Panel {
      Panel(
        title, x: Axis("step"), y: Axis(label, layout: layout), width: 330, height: 220,
        series: groups.enumerated().map { index, group in
          .line(
            group.outcomes.medians(value).map { FigurePoint(Double($0.step), $0.value) },
            named: group.name, ink: .category(index))
        })
    }
    let spectra = Panel(
      "Singular values of layer 2 at the end, ÷ σ₁", x: Axis("number", ticks: .whole),
      y: Axis("σ ÷ σ₁", including: 0), width: 330, height: 220,
      series: groups.enumerated().compactMap { index, group in
        group.outcomes.first?.last.map { measurement in
          let values = measurement.spectra[1].singularValues
          return .line(
            values.enumerated().map { FigurePoint(Double($0 + 1), $1 / max(values[0], 1e-300)) },
            named: group.name, ink: .category(index))
        }
      })
    return Figure(
      "Every control under one loss",
      description: """
        Medians over seeds of the exact distance and of the stable rank over the steps, and the singular \
        values of a layer at the end.
        """, columns: 2,
      panels: [
        panel("W₁ from held-out data", "W₁", .logarithmic) { $0.evaluation.wasserstein1 },
        panel("Stable rank of layer 2", "stable rank", .linear) { $0.spectra[1].stableRank },
        spectra,
      ])
  }
}
