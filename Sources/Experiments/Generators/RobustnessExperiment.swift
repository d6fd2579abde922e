import Critics
import Measures
import Reports

/// The settings A to F of rates, decays and steps under every control: medians of the exact W₁ over seeds.
///
/// Source: T. Miyato and others 2018, table 1 and figure 1.
struct RobustnessExperiment {
  private let settings: ExperimentSettings

  init(_ settings: ExperimentSettings) { self.settings = settings }

  func run(_ watch: ExperimentWatch) async throws -> ExperimentResult {
    let letters = settings.value(["A", "B", "C", "D", "E", "F"], quick: ["A", "F"])
    let controls = settings.value(
      comparedControls, quick: comparedControls.filter { ["none", "spectral"].contains($0.name) })
    let count = settings.value(1000, quick: 20)
    let runner = TrialRunner(
      evaluator: try SampleEvaluator(.law(ringOfEight), count: count), samples: count,
      measurements: 1)
    let trials = try controls.flatMap { name, control in
      try letters.flatMap { letter in
        var training = try AdversarialTraining.compared(
          letter, control, width: settings.value(64, quick: 8),
          steps: settings.value(600, quick: 3))
        if settings.size == .quick { training.batch = 8 }
        return [Trial].seeded(
          "\(name)/\(letter)", training, on: .law(ringOfEight), settings.seeds(3))
      }
    }
    let groups = try await runner.run(trials, watch).grouped
    func outcomes(_ name: String, _ letter: String) -> [TrialOutcome] {
      groups.first { $0.name == "\(name)/\(letter)" }?.outcomes ?? []
    }
    func table(
      _ title: String, _ value: (TrialOutcome) -> Double
    ) -> ExperimentTable {
      ExperimentTable(
        title, columns: ["control"] + letters,
        rows: controls.map { name, _ in
          [.text(name)] + letters.map { .number(outcomes(name, $0).median(value)) }
        })
    }
    let distances = table(
      "Median of the exact W₁ over seeds, beside its floor "
        + "\(ExperimentTable.Cell.number(runner.evaluator.floor1).text).", \.wasserstein1)
    return ExperimentResult(
      tables: [distances, table("Median of the modes covered, of eight.", \.modes)],
      figures: [("robustness", figure(distances, letters))])
  }

  private func figure(_ table: ExperimentTable, _ letters: [String]) -> Figure {
    let curves = table.rows.enumerated().map { index, row in
      Series.line(
        row.dropFirst().enumerated().map { FigurePoint(Double($0), $1.value ?? .nan) },
        named: row[0].text, ink: .category(index))
    }
    return Figure(
      "Every control under six settings of the optimiser",
      description: "The median of the exact distance for each control and setting.",
      panels: [
        Panel(
          x: Axis(
            "setting",
            ticks: .named(letters.enumerated().map { Axis.Name($1, at: Double($0)) })),
          y: Axis("W₁", layout: .logarithmic), width: 480, height: 260, series: curves)
      ])
  }
}
