import Autodiff
import Critics
import Measures
import RealModule
import Reports
import Transport

/// Critics between data and the same data with noise, under clipping and under a penalty.
///
/// Source: I. Gulrajani and others 2017, figure 1: the generator is held at data + N(0, 1), the critics are
/// trained on it; critics of twelve layers show how gradients grow or vanish from layer to layer.
struct SurfacesExperiment {
  private let settings: ExperimentSettings

  init(_ settings: ExperimentSettings) { self.settings = settings }

  /// Data with standard normal noise along each axis: the generator that is held.
  private struct NoisyLaw: PointSampler {
    let law: PointLaw
    var dimension: Int { law.dimension }

    func points(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
      let noise = PointLaw.gaussian(dimension: dimension)
      return zip(
        law.points(count, using: &generator), noise.points(count, using: &generator)
      ).map { $0 + $1 }
    }
  }

  private struct Trained {
    let law: String
    let control: String
    let critic: Critic
    let report: CriticReport
    let problem: CriticProblem
    let clipping: Double?
  }

  /// Widths and scales of the authors' toy program.
  private var laws: [(String, PointLaw)] {
    let all: [(String, PointLaw)] = [
      (
        "8 Gaussians",
        .gaussianRing(modes: 8, radius: 2 / 2.0.squareRoot(), deviation: 0.02 / 2.0.squareRoot())
      ),
      (
        "25 Gaussians",
        .gaussianGrid(
          side: 5, spacing: 2 / 8.0.squareRoot(), deviation: 0.05 / 8.0.squareRoot())
      ),
      ("Swiss roll", .swissRoll(deviation: 0.25, scale: 7.5)),
    ]
    return settings.value(all, quick: [all[2]])
  }

  func run(_ watch: ExperimentWatch) async throws -> ExperimentResult {
    var critics: [Trained] = []
    for (name, law) in laws {
      for (control, label) in [
        (LipschitzControl.clipping(0.1), "clipping"),
        (.gradientPenalty(PenaltyWeight(10)), "penalty"),
      ] {
        critics.append(try train(law, name, control, label, layers: 3))
        try watch.report(Double(critics.count) / 12, "\(name), \(label)")
      }
    }
    var deep: [Trained] = []
    let roll = laws[laws.count - 1]
    for bound in settings.value([0.1, 0.01, 0.001], quick: [0.1]) {
      deep.append(
        try train(roll.1, roll.0, .clipping(bound), "clipping \(bound)", layers: 12))
      try watch.report(0.5 + Double(deep.count) / 8, "12 layers, clipping \(bound)")
    }
    deep.append(
      try train(
        roll.1, roll.0, .gradientPenalty(PenaltyWeight(10)), "penalty", layers: 12))
    return ExperimentResult(
      tables: [estimates(critics), weights(critics + deep), layers(deep)],
      figures: [
        ("surfaces", surfaces(critics)), ("surfaces-layers", layerFigure(critics, deep)),
      ])
  }

  private func train(
    _ law: PointLaw, _ name: String, _ control: LipschitzControl, _ label: String, layers: Int
  ) throws -> Trained {
    let training = try CriticTraining(
      .wasserstein(control), hidden: [Int](repeating: settings.value(64, quick: 8), count: layers),
      steps: settings.value(layers > 3 ? 500 : 1500, quick: 10),
      batch: .minibatch(settings.value(256, quick: 16)), seed: settings.seed)
    let critic = try training.train(from: law, to: NoisyLaw(law: law)).critic
    // Points that the training did not see.
    var random = SplitMix64(seed: ~settings.seed)
    let count = settings.value(500, quick: 20)
    let problem = try CriticProblem(
      from: PointCloud(coordinates: law.points(count, using: &random), dimension: 2),
      to: PointCloud(
        coordinates: NoisyLaw(law: law).points(count, using: &random), dimension: 2))
    let exact = try NetworkSimplex().solve(problem.transport)
    var bound: Double?
    if case .clipping(let c) = control { bound = c }
    return Trained(
      law: name, control: label, critic: critic,
      report: CriticReport(on: critic, of: problem, exact: exact), problem: problem,
      clipping: bound)
  }

  private func estimates(_ critics: [Trained]) -> ExperimentTable {
    ExperimentTable(
      "Critics of three layers against the exact W₁ of 500 points that they did not see.",
      columns: [
        "data", "control", "exact W₁", "estimate", "largest slope", "certified bound",
        "c-transform",
        "cosine with the plan",
      ],
      rows: critics.map { trained in
        let report = trained.report
        return [
          .text(trained.law), .text(trained.control), .optional(report.exact),
          .number(report.estimate), .number(report.lipschitzOnSupport),
          .number(report.certifiedLowerBound), .number(report.cTransformLowerBound),
          .optional(report.gradientCosine, digits: 2),
        ]
      })
  }

  /// All weights of the matrices, biases left out.
  private func weights(of trained: Trained) -> [Double] {
    let parameters = trained.critic.network?.parameters ?? []
    return stride(from: 0, to: parameters.count, by: 2).flatMap { parameters[$0].elements }
  }

  private func shareAtBound(_ trained: Trained) -> Double? {
    trained.clipping.map { bound in
      let weights = weights(of: trained)
      return Double(weights.count { abs($0) >= 0.99 * bound }) / Double(weights.count)
    }
  }

  private func weights(_ critics: [Trained]) -> ExperimentTable {
    ExperimentTable(
      "Weights: the part of them at ±c, within a hundredth, and their largest size.",
      columns: ["data", "layers", "control", "at ±c, %", "largest weight"],
      rows: critics.map { trained in
        [
          .text(trained.law), .count((trained.critic.network?.layerCount ?? 1) - 1),
          .text(trained.control), .optional(shareAtBound(trained).map { 100 * $0 }),
          .number(weights(of: trained).map(abs).max() ?? .nan),
        ]
      })
  }

  /// The norm of the estimate's gradient with respect to the sums of each hidden layer, over all points.
  private func gradientNorms(_ trained: Trained) -> [Double] {
    guard let network = trained.critic.network else { return [] }
    let points = trained.problem.source.coordinates + trained.problem.target.coordinates
    let mean = [0, 1].map { axis in
      stride(from: axis, to: points.count, by: 2).reduce(0) { $0 + points[$1] }
        / Double(points.count / 2)
    }
    // The network takes coordinates moved to their mean; its scale of them is near 1 here.
    var values = Tensor(
      variable: Matrix(
        rows: points.count / 2, columns: 2,
        elements: points.indices.map { points[$0] - mean[$0 % 2] }))
    var sums: [Tensor] = []
    for layer in 0..<network.layerCount {
      let (weights, bias) = (network.parameters[2 * layer], network.parameters[2 * layer + 1])
      let sum = values.affine(Tensor(weights), bias: Tensor(bias))
      sums.append(sum)
      values = sum.relu()
    }
    let output = sums[sums.count - 1].sum()
    return gradient(of: output, withRespectTo: Array(sums.dropLast())).map { slopes in
      (slopes.elements.reduce(0) { $0 + $1 * $1 } / Double(slopes.rows)).squareRoot()
    }
  }

  private func layers(_ deep: [Trained]) -> ExperimentTable {
    let norms = deep.map(gradientNorms)
    return ExperimentTable(
      "Twelve layers: the norm of the critic's gradient with respect to the sums of each hidden layer.",
      columns: ["control", "first", "fourth", "eighth", "twelfth", "factor of a layer"],
      rows: zip(deep, norms).map { trained, norms in
        let factor = Double.pow(norms[0] / norms[11], 1 / 11.0)
        return [.text(trained.control)] + [0, 3, 7, 11].map { .number(norms[$0]) } + [
          .number(factor)
        ]
      })
  }

  private func surfaces(_ critics: [Trained]) -> Figure {
    let side = settings.value(40, quick: 8)
    let panels = critics.map { trained in
      let reach = 2.0
      let places = (0..<side).map { reach * (2 * (Double($0) + 0.5) / Double(side) - 1) }
      let values = trained.critic.values(at: places.flatMap { y in places.flatMap { [$0, y] } })
      let shown = (0..<min(120, trained.problem.source.count)).map {
        let point = Array(trained.problem.source.point($0))
        return Series.Dot(x: point[0], y: point[1], radius: 1)
      }
      return Panel(
        "\(trained.law), \(trained.control)", x: Axis(ticks: .none), y: Axis(ticks: .none),
        width: 190, height: 190, hasEqualUnits: true,
        series: [
          .heatMap(
            HeatMap(
              values, rows: side, columns: side, x: -reach...reach, y: -reach...reach)),
          .dots(shown, ink: .category(1)),
        ])
    }
    return Figure(
      "Value surfaces of critics between data and noisy data",
      description: """
        Under clipping the surface is made of a few planes and too steep or too flat; under a penalty it \
        follows the data, which are drawn as dots.
        """, columns: 2, panels: panels)
  }

  private func layerFigure(_ critics: [Trained], _ deep: [Trained]) -> Figure {
    let curves = deep.enumerated().map { index, trained in
      Series.line(
        gradientNorms(trained).enumerated().map { FigurePoint(Double($0 + 1), $1) },
        named: trained.control, ink: .category(index))
    }
    let histograms = critics.suffix(2).map { trained in
      let weights = weights(of: trained)
      let reach = weights.map(abs).max() ?? 1
      let count = 25
      var bars = [Int](repeating: 0, count: count)
      for weight in weights {
        bars[min(count - 1, Int((weight / reach + 1) / 2 * Double(count)))] += 1
      }
      return Panel(
        "Weights under \(trained.control)", x: Axis("weight"), y: Axis("share of weights"),
        width: 260, height: 180,
        series: [
          .bars(
            bars.enumerated().map { index, number in
              let start = reach * (2 * Double(index) / Double(count) - 1)
              return Series.Bar(
                x: start...start + 2 * reach / Double(count),
                y: Double(number) / Double(weights.count))
            })
        ])
    }
    return Figure(
      "Gradients by layer, and weights",
      description: """
        The gradient's norm by layer of critics of twelve layers, and histograms of the weights of critics \
        of three.
        """, columns: 3,
      panels: [
        Panel(
          "Twelve layers", x: Axis("layer", ticks: .whole),
          y: Axis("norm of the gradient", layout: .logarithmic), width: 300, height: 180,
          series: curves)
      ] + histograms)
  }
}
