import Autodiff
import Critics
import RealModule
import Reports

/// Games of two players with K steps of look-ahead, against their closed forms.
struct GamesExperiment {
  private let settings: ExperimentSettings
  private let rate = 0.1

  init(_ settings: ExperimentSettings) { self.settings = settings }

  private var lookAheads: [Int] { settings.value([0, 1, 3, 5], quick: [0, 1]) }
  private var steps: Int { settings.value(400, quick: 30) }

  /// States of a game from the start on.
  private struct Path {
    let lookAhead: Int
    let states: [GameState]
  }

  func run(_ watch: ExperimentWatch) throws -> ExperimentResult {
    let bilinear = lookAheads.map { lookAhead in
      path(
        .bilinear, GameState(first: [Matrix([[0.5]])], second: [Matrix([[0.5]])]), rate, steps,
        lookAhead)
    }
    try watch.report(0.3, "bilinear")
    // Shares of softmax move slowly: √3/9 of the rate.
    let throwing = lookAheads.map { lookAhead in
      path(
        .rockPaperScissors,
        GameState(first: [Matrix([[0.4, 0, -0.2]])], second: [Matrix([[-0.1, 0.3, 0]])]), 1,
        2 * steps, lookAhead)
    }
    try watch.report(0.8, "rock, paper, scissors")
    return ExperimentResult(
      tables: [factors(bilinear), shares(throwing), quadratic()],
      figures: [("games", figure(bilinear, throwing))])
  }

  private func path(
    _ game: TwoPlayerGame, _ start: GameState, _ rate: Double, _ steps: Int, _ lookAhead: Int
  ) -> Path {
    var states = [start]
    for _ in 0..<steps {
      states.append(game.step(from: states[states.count - 1], rate: rate, lookAhead: lookAhead))
    }
    return Path(lookAhead: lookAhead, states: states)
  }

  private func coordinates(_ state: GameState) -> [Double] {
    state.first[0].elements + state.second[0].elements
  }

  private func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func factors(_ paths: [Path]) -> ExperimentTable {
    ExperimentTable(
      "xy at the rate η = 0.1: the factor of a step by which the distance from the solution grows.",
      columns: ["K", "closed form √(1 + η² − 2Kη²)", "measured", "distance at the end"],
      rows: paths.map { path in
        let distances = path.states.map { norm(coordinates($0)) }
        // Eigenvalues are complex: the mean over the run is the modulus but for a bounded factor.
        let closed = (1 + rate * rate * (1 - 2 * Double(path.lookAhead))).squareRoot()
        let last = distances[distances.count - 1]
        return [
          .count(path.lookAhead), .number(closed, digits: 6),
          .number(modulus(path), digits: 6), .number(last),
        ]
      })
  }

  /// The modulus of the eigenvalues of a linear step in two dimensions: the root of its determinant.
  ///
  /// The determinant is measured on three states: with sᵢ₊₁ = A sᵢ it is det(s₁ s₂) ÷ det(s₀ s₁).
  private func modulus(_ path: Path) -> Double {
    let s = path.states.prefix(3).map(coordinates)
    func area(_ a: [Double], _ b: [Double]) -> Double { a[0] * b[1] - a[1] * b[0] }
    return (area(s[1], s[2]) / area(s[0], s[1])).squareRoot()
  }

  private func shares(_ state: GameState) -> [[Double]] {
    [state.first[0], state.second[0]].map { logits in
      let weights = logits.elements.map { Double.exp($0) }
      return weights.map { $0 / weights.reduce(0, +) }
    }
  }

  /// The largest distance of a share from a third.
  private func error(_ state: GameState) -> Double {
    shares(state).joined().map { abs($0 - 1 / 3.0) }.max() ?? 0
  }

  private func shares(_ paths: [Path]) -> ExperimentTable {
    ExperimentTable(
      "Rock, paper, scissors at the rate 1: shares of the first player, and how far any is from a third.",
      columns: [
        "K", "closed form √(1 + ε² − 2Kε²), ε = √3/9", "rock", "paper", "scissors",
        "largest error", "at the start",
      ],
      rows: paths.map { path in
        let epsilon = 3.0.squareRoot() / 9
        let closed = (1 + epsilon * epsilon * (1 - 2 * Double(path.lookAhead))).squareRoot()
        let (start, end) = (path.states[0], path.states[path.states.count - 1])
        return [.count(path.lookAhead), .number(closed, digits: 6)]
          + shares(end)[0].map { .number($0, digits: 4) }
          + [.number(error(end), digits: 2), .number(error(start), digits: 2)]
      })
  }

  /// xy − (c/2)y² with the constants of a published example: answer and second term against closed forms.
  private func quadratic() -> ExperimentTable {
    let (c, rate, x, y) = (1.3, 0.2, 0.7, -0.4)
    let start = GameState(first: [Matrix([[x]])], second: [Matrix([[y]])])
    return ExperimentTable(
      "xy − (c/2)y² with c = 1.3, η = 0.2 at x = 0.7, y = −0.4: both terms of the gradient.",
      columns: ["K", "first term", "closed form", "second term", "closed form of it"],
      rows: settings.value([0, 1, 2, 5, 10, 50], quick: [0, 1, 5]).map { lookAhead in
        let gradient = TwoPlayerGame.quadratic(curvature: c)
          .firstPlayersGradient(at: start, rate: rate, lookAhead: lookAhead)
        let power = Double.pow(1 - rate * c, lookAhead)
        let answer = power * y + (1 - power) * x / c
        return [
          .count(lookAhead), .number(gradient.direct[0].scalar, digits: 9),
          .number(answer, digits: 9), .number(gradient.throughOpponent[0].scalar, digits: 9),
          .number((x - c * answer) * (1 - power) / c, digits: 9),
        ]
      })
  }

  private func figure(_ bilinear: [Path], _ throwing: [Path]) -> Figure {
    func distances(_ paths: [Path], _ distance: (GameState) -> Double) -> [Series] {
      paths.enumerated().map { index, path in
        .line(
          path.states.enumerated().filter { $0.offset.isMultiple(of: 4) }
            .map { FigurePoint(Double($0.offset), max(distance($0.element), 1e-12)) },
          named: "K = \(path.lookAhead)", ink: .category(index))
      }
    }
    let orbits = bilinear.enumerated().map { index, path in
      Series.line(
        path.states.prefix(150).map { FigurePoint(coordinates($0)[0], coordinates($0)[1]) },
        named: "K = \(path.lookAhead)", ink: .category(index), width: 1.2)
    }
    let triangle = throwing.prefix(2).enumerated().map { index, path in
      Series.line(
        path.states.enumerated().filter { $0.offset.isMultiple(of: 3) }.map { entry in
          let share = shares(entry.element)[0]
          return FigurePoint(share[1] + share[2] / 2, share[2] * 3.0.squareRoot() / 2)
        }, named: "K = \(path.lookAhead)", ink: .category(index), width: 1.2)
    }
    let corners = Series.line(
      [(0, 0), (1, 0), (0.5, 3.0.squareRoot() / 2), (0, 0)].map { FigurePoint($0.0, $0.1) },
      ink: .muted, width: 1)
    return Figure(
      "Games with and without looking ahead",
      description: """
        Without looking ahead both games leave their solution; with it they come to it, the faster the \
        further the look-ahead.
        """, columns: 2,
      panels: [
        Panel(
          "xy", x: Axis("x"), y: Axis("y"), width: 260, height: 260, hasEqualUnits: true,
          series: orbits),
        Panel(
          "xy", x: Axis("step"), y: Axis("distance from 0", layout: .logarithmic), width: 330,
          height: 220, series: distances(bilinear) { norm(coordinates($0)) }),
        Panel(
          "Rock, paper, scissors: the first player's shares", x: Axis(ticks: .none),
          y: Axis(ticks: .none), width: 260, height: 230, hasEqualUnits: true,
          series: [corners] + triangle),
        Panel(
          "Rock, paper, scissors", x: Axis("step"),
          y: Axis("largest distance from 1/3", layout: .logarithmic), width: 330, height: 220,
          series: distances(throwing, error)),
      ])
  }
}
