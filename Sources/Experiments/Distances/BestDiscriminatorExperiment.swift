import Autodiff
import Critics
import Divergences
import Measures
import Reports
import Transport

/// A discriminator with a logit for each bin, trained on two histograms, against p/(p + q) and 2 JS − 2 log 2.
///
/// Source: I. Goodfellow and others 2014, proposition 1 and theorem 1.
struct BestDiscriminatorExperiment {
  private let settings: ExperimentSettings

  init(_ settings: ExperimentSettings) { self.settings = settings }

  private struct Pair {
    let name: String
    let p: [Double]
    let q: [Double]
  }

  /// The state of a discriminator after some steps.
  private struct Entry {
    let step: Int
    let value: Double
    let probabilities: [Double]
  }

  func run(_ watch: ExperimentWatch) throws -> ExperimentResult {
    let pairs = pairs
    var rows: [[ExperimentTable.Cell]] = []
    var panels: [Panel] = []
    for (index, pair) in pairs.enumerated() {
      let best = try DistributionPair(Histogram(pair.p), Histogram(pair.q))
        .jensenShannonDivergence
      let limit = 2 * best - 2 * Tensor(2).log().scalar
      let entries = train(pair)
      rows += entries.map { row(pair, $0, limit) }
      panels += [probabilities(pair, entries), values(pair, entries, limit)]
      try watch.report(Double(index + 1) / Double(pairs.count), pair.name)
    }
    return ExperimentResult(
      tables: [
        ExperimentTable(
          "The discriminator's value against 2 JS − 2 log 2, and its outputs against p/(p + q).",
          columns: [
            "histograms", "steps", "value V", "2 JS − 2 log 2", "missing", "largest error of D",
          ], rows: rows)
      ],
      figures: [
        (
          "best-discriminator",
          Figure(
            "A trained discriminator comes to p/(p + q)",
            description: """
              For each pair of histograms the discriminator's output at each bin after some steps with the \
              best one, and the value over the steps with its limit.
              """, columns: 2, panels: panels)
        )
      ])
  }

  private var pairs: [Pair] {
    var random = SplitMix64(seed: settings.seed)
    func drawn() -> [Double] {
      let masses = (0..<32).map { _ in Double.random(in: 0.05..<1, using: &random) }
      let total = masses.reduce(0, +)
      return masses.map { $0 / total }
    }
    return [
      Pair(
        name: "seven bins", p: [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1],
        q: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4]),
      Pair(name: "32 random bins", p: drawn(), q: drawn()),
    ]
  }

  /// Descent of the negative value from D = ½ everywhere, each logit's slope divided by p + q.
  ///
  /// The division makes all bins learn equally fast, whatever their masses.
  private func train(_ pair: Pair) -> [Entry] {
    let (p, q) = (Self.column(pair.p), Self.column(pair.q))
    let recorded = settings.value([0, 1, 3, 10, 30, 100, 300], quick: [0, 10, 200])
    var logits = Self.column(pair.p.map { _ in 0 })
    var entries: [Entry] = []
    for step in 0...(recorded.last ?? 0) {
      let variable = Tensor(variable: logits)
      let objective = AdversarialObjective.minimax
      let value =
        (Tensor(p) * objective.dataTerm(variable)).sum()
        + (Tensor(q) * objective.sampleTerm(variable)).sum()
      if recorded.contains(step) {
        entries.append(
          Entry(
            step: step, value: value.scalar, probabilities: variable.sigmoid().value.elements))
      }
      let slopes = gradient(of: value, withRespectTo: [variable])[0]
      logits = Matrix(
        rows: logits.rows, columns: 1,
        elements: logits.elements.indices.map {
          logits.elements[$0] + 2 * slopes.elements[$0] / (pair.p[$0] + pair.q[$0])
        })
    }
    return entries
  }

  private static func column(_ values: [Double]) -> Matrix {
    Matrix(rows: values.count, columns: 1, elements: values)
  }

  private static func best(_ pair: Pair) -> [Double] { zip(pair.p, pair.q).map { $0 / ($0 + $1) } }

  private func row(_ pair: Pair, _ entry: Entry, _ limit: Double) -> [ExperimentTable.Cell] {
    let error = zip(entry.probabilities, Self.best(pair)).map { abs($0 - $1) }.max() ?? 0
    return [
      .text(pair.name), .count(entry.step), .number(entry.value, digits: 9),
      .number(limit, digits: 9), .number(limit - entry.value, digits: 2),
      .number(error, digits: 2),
    ]
  }

  private func probabilities(_ pair: Pair, _ entries: [Entry]) -> Panel {
    func line(_ values: [Double], _ name: String, _ ink: Int, isDashed: Bool = false) -> Series {
      .line(
        values.enumerated().map { FigurePoint(Double($0), $1) }, named: name, ink: .category(ink),
        isDashed: isDashed)
    }
    let shown = entries.filter { [1, 3, 10].contains($0.step) }
    return Panel(
      pair.name, x: Axis("bin", ticks: .whole), y: Axis("D", range: 0...1), width: 330,
      height: 200,
      series: [line(Self.best(pair), "p/(p + q)", 0, isDashed: true)]
        + shown.enumerated().map { line($1.probabilities, "\($1.step) steps", $0 + 1) })
  }

  private func values(_ pair: Pair, _ entries: [Entry], _ limit: Double) -> Panel {
    Panel(
      x: Axis("step + 1", layout: .logarithmic), y: Axis("missing value", layout: .logarithmic),
      width: 330, height: 200,
      series: [
        .line(
          entries.map { FigurePoint(Double($0.step + 1), max(limit - $0.value, 1e-16)) },
          named: "2 JS − 2 log 2 − V", ink: .category(1))
      ])
  }
}
