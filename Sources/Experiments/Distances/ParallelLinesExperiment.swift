import Autodiff
import Critics
import Divergences
import Measures
import Reports
import Transport

/// Two parallel lines at the distance θ: exact distances and divergences, and what is learned of them.
///
/// Source: M. Arjovsky, S. Chintala, L. Bottou 2017, example 1 and figure 1; bounds after S. Nowozin and
/// others 2016. The estimate of a penalised critic is |θ| + θ²/(2λ), not |θ|: of the slope 1 + s, which gains
/// |θ| (1 + s) − λ s², the best s is |θ|/(2λ).
struct ParallelLinesExperiment {
  private let settings: ExperimentSettings
  private let penalty = 10.0

  init(_ settings: ExperimentSettings) { self.settings = settings }

  /// What is known and learned at one distance.
  private struct Row {
    let theta: Double
    let exact: Double
    let divergences: [(member: VariationalDivergence, exact: Double, bound: Double)]
    let discriminator: PointwiseDiscriminator
    let nonSaturating: PointwiseDiscriminator
    let orthonormal: CriticReport
    let penalized: CriticReport

    /// The slope of a loss in θ; at θ = 0 the discriminators never saw a point off the line.
    func slope(_ discriminator: KeyPath<Row, PointwiseDiscriminator>) -> Double {
      theta == 0 ? .nan : self[keyPath: discriminator].meanSlope
    }

    func divergence(_ member: VariationalDivergence) -> Double {
      divergences.first { $0.member == member }?.exact ?? .nan
    }
  }

  func run(_ watch: ExperimentWatch) async throws -> ExperimentResult {
    let thetas = settings.value(
      [-1, -0.75, -0.5, -0.25, -0.1, 0, 0.1, 0.25, 0.5, 0.75, 1], quick: [0, 0.5])
    var rows: [Row] = []
    for theta in thetas {
      rows.append(try row(theta))
      try watch.report(Double(rows.count) / Double(thetas.count), "θ = \(theta)")
    }
    return ExperimentResult(
      tables: [distances(rows), bounds(rows)],
      figures: [
        ("parallel-lines", figure(rows)), ("parallel-lines-bounds", boundsFigure(rows)),
      ])
  }

  private func line(at x: Double) -> [[Double]] { (0..<10).map { [x, Double($0) / 9] } }

  private func row(_ theta: Double) throws -> Row {
    let (still, moved) = (line(at: 0), line(at: theta))
    let (source, target) = (try PointCloud(still), try PointCloud(moved))
    let pair = try DistributionPair(source, target)
    let problem = try CriticProblem(from: source, to: target)
    let exact = try NetworkSimplex().solve(problem.transport)
    let steps = settings.value(400, quick: 20)
    func train(_ objective: AdversarialObjective) -> PointwiseDiscriminator {
      PointwiseDiscriminator(
        objective, data: Matrix(still), samples: Matrix(moved), steps: steps, seed: settings.seed)
    }
    func critic(_ control: LipschitzControl) throws -> CriticReport {
      let training = try CriticTraining(
        .wasserstein(control), hidden: [32, 32], steps: steps, seed: settings.seed)
      return CriticReport(on: try training.train(on: problem).critic, of: problem, exact: exact)
    }
    return Row(
      theta: theta, exact: exact.cost,
      divergences: VariationalDivergence.allCases.map { member in
        (member, pair.divergence(member.divergence), train(.variational(member)).bestValue)
      },
      discriminator: train(.minimax), nonSaturating: train(.nonSaturating),
      orthonormal: try critic(.orthonormal(iterations: 8)),
      penalized: try critic(.gradientPenalty(PenaltyWeight(penalty))))
  }

  private func distances(_ rows: [Row]) -> ExperimentTable {
    ExperimentTable(
      "Exact values, and the estimates of trained critics and of a trained discriminator.",
      columns: [
        "θ", "W₁", "critic, orthonormal", "critic, penalty", "\\|θ\\| + θ²/(2λ)", "JS",
        "discriminator, V/2 + log 2", "KL", "slope of the minimax loss in θ",
        "slope of the non-saturating loss", "slope of W₁",
      ],
      rows: rows.map { row in
        let closed = abs(row.theta) + row.theta * row.theta / (2 * penalty)
        return [
          .number(row.theta), .number(row.exact), .number(row.orthonormal.estimate, digits: 4),
          .number(row.penalized.estimate, digits: 4), .number(closed, digits: 4),
          .number(row.divergence(.jensenShannon), digits: 4),
          .number(row.discriminator.value / 2 + Self.logarithmOfTwo, digits: 4),
          .number(row.divergence(.kullbackLeibler)),
          .number(row.slope(\.discriminator), digits: 2),
          .number(row.slope(\.nonSaturating), digits: 2),
          .number(row.theta > 0 ? 1 : row.theta < 0 ? -1 : .nan),
        ]
      })
  }

  private static let logarithmOfTwo = Tensor(2).log().scalar

  private func bounds(_ rows: [Row]) -> ExperimentTable {
    let shown = rows.filter { [0, 0.1, 0.5, 1].contains($0.theta) }
    return ExperimentTable(
      "The divergence, and the best bound that a discriminator trained for the member came to.",
      columns: ["member", "θ", "divergence", "bound", "divergence − bound"],
      rows: VariationalDivergence.allCases.flatMap { member in
        shown.flatMap { row in
          row.divergences.filter { $0.member == member }.map { entry in
            [
              .text("`\(member.rawValue)`"), .number(row.theta), .number(entry.exact, digits: 4),
              .number(entry.bound, digits: 4), .number(entry.exact - entry.bound, digits: 2),
            ]
          }
        }
      })
  }

  private func figure(_ rows: [Row]) -> Figure {
    func line(
      _ name: String, _ ink: Int, isDashed: Bool = false, _ value: (Row) -> Double
    ) -> Series {
      .line(
        rows.map { FigurePoint($0.theta, value($0)) }, named: name, ink: .category(ink),
        isDashed: isDashed)
    }
    let critics = Panel(
      "A distance that grows with θ", x: Axis("θ"), y: Axis("", including: 0), width: 330,
      height: 220,
      series: [
        line("exact W₁", 0, isDashed: true) { $0.exact },
        line("critic, orthonormal layers", 1) { $0.orthonormal.estimate },
        line("critic, penalty λ = 10", 2) { $0.penalized.estimate },
      ])
    let discriminators = Panel(
      "Divergences that do not", x: Axis("θ"), y: Axis("", including: 0), width: 330, height: 220,
      series: [
        line("exact JS", 0, isDashed: true) { $0.divergence(.jensenShannon) },
        line("discriminator, V/2 + log 2", 1) { $0.discriminator.value / 2 + Self.logarithmOfTwo },
        line("total variation", 3, isDashed: true) { $0.divergence(.totalVariation) },
      ])
    let slopes = Panel(
      "What the generator feels", x: Axis("θ"),
      y: Axis("size of the slope in θ", layout: .logarithmic), width: 330, height: 220,
      series: [
        line("W₁", 0, isDashed: true) { $0.theta == 0 ? .nan : 1 },
        line("minimax loss", 1) { abs($0.slope(\.discriminator)) },
        line("non-saturating loss", 2) { abs($0.slope(\.nonSaturating)) },
      ])
    return Figure(
      "Two parallel lines at the distance θ",
      description: """
        W₁ and the trained critics grow with θ, JS and total variation jump to a constant, and the slope of \
        the minimax loss vanishes.
        """, columns: 3,
      notes: ["KL is infinite for every θ but 0."], panels: [critics, discriminators, slopes])
  }

  private func boundsFigure(_ rows: [Row]) -> Figure {
    Figure(
      "Bounds of the f-GAN family on two parallel lines",
      description: "Bounds by trained discriminators under each divergence, over θ.", columns: 3,
      notes: [
        "Without a dashed line the divergence is infinite for θ ≠ 0: the bound ends where the training does."
      ],
      panels: VariationalDivergence.allCases.map { member in
        let points = rows.compactMap { row in
          row.divergences.first { $0.member == member }.map { (row.theta, $0) }
        }
        return Panel(
          member.rawValue, x: Axis("θ"), width: 200, height: 120,
          series: [
            .line(
              points.map { FigurePoint($0.0, $0.1.bound) }, named: "bound", ink: .category(1)),
            .line(
              points.map { FigurePoint($0.0, $0.1.exact) }, named: "exact", ink: .category(0),
              isDashed: true),
          ])
      })
  }
}
