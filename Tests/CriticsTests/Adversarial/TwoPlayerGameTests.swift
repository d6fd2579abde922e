import Autodiff
import Critics
import Testing
import Transport

/// Games whose motion has a closed form.
@Suite struct TwoPlayerGameTests {
  private func scalarState(_ x: Double, _ y: Double) -> GameState {
    GameState(first: [Matrix([[x]])], second: [Matrix([[y]])])
  }

  private func pair(_ state: GameState) -> (Double, Double) {
    (state.first[0].scalar, state.second[0].scalar)
  }

  /// The motion is linear: the determinant of two successive states over that of the ones before is the
  /// determinant of the step, the square of its spectral radius, 1 + η² − 2Kη².
  @Test(arguments: [(0, 1.0049875621120890), (1, 0.99498743710662), (3, 0.9746794344808964)])
  func bilinearGameHasTheSpectralRadius(steps: Int, radius: Double) {
    let rate = 0.1
    let first = scalarState(0.7, -0.4)
    let second = TwoPlayerGame.bilinear.step(from: first, rate: rate, lookAhead: steps)
    let third = TwoPlayerGame.bilinear.step(from: second, rate: rate, lookAhead: steps)
    let (a, b, c) = (pair(first), pair(second), pair(third))
    let determinant = (c.0 * b.1 - c.1 * b.0) / (b.0 * a.1 - b.1 * a.0)
    #expect(abs(determinant.squareRoot() - radius) < 1e-12)
    let closedForm = 1 + rate * rate - 2 * Double(steps) * rate * rate
    #expect(abs(determinant - closedForm) < 1e-12)
  }

  /// Without look-ahead the distance from the solution grows, with one step it falls.
  @Test func lookingAheadTurnsDivergenceIntoConvergence() {
    for (steps, grows) in [(0, true), (1, false), (3, false)] {
      var state = scalarState(0.7, -0.4)
      for _ in 0..<400 {
        state = TwoPlayerGame.bilinear.step(from: state, rate: 0.1, lookAhead: steps)
      }
      let (x, y) = pair(state)
      let distance = (x * x + y * y).squareRoot()
      #expect(grows ? distance > 5 : distance < 0.15)
    }
  }

  /// df_K/dx = y_K + (x − c y_K)(1 − aᴷ)/c with a = 1 − ηc and y_K = aᴷ y + (1 − aᴷ) x/c.
  @Test(arguments: [(1, 0.1806), (5, 0.1620), (50, 2.7e-7)])
  func quadraticGameHasItsClosedForm(steps: Int, printed: Double) {
    let (c, rate, x, y) = (1.3, 0.2, 0.7, -0.4)
    let gradient = TwoPlayerGame.quadratic(curvature: c)
      .firstPlayersGradient(at: scalarState(x, y), rate: rate, lookAhead: steps)
    let power = (0..<steps).reduce(1) { value, _ in value * (1 - rate * c) }
    let answer = power * y + (1 - power) * x / c
    let second = (x - c * answer) * (1 - power) / c
    #expect(abs(gradient.direct[0].scalar - answer) < 1e-12)
    #expect(abs(gradient.throughOpponent[0].scalar - second) < 1e-12)
    #expect(abs(second - printed) < 1e-3 * abs(printed) + 5e-5)
  }

  /// Steps of rate 0 see nothing: the gradient is the standard one for every K.
  @Test func withoutARateNothingIsSeen() {
    let game = TwoPlayerGame.quadratic(curvature: 1.3)
    let state = scalarState(0.7, -0.4)
    let standard = game.firstPlayersGradient(at: state, rate: 0, lookAhead: 0)
    for steps in [1, 4] {
      let gradient = game.firstPlayersGradient(at: state, rate: 0, lookAhead: steps)
      #expect(gradient.total == standard.total)
    }
  }

  /// Two coordinates of each player in the plane of shares, where the payoff's singular values are √3/9.
  private func planeStep(_ point: [Double], rate: Double, steps: Int) -> [Double] {
    let basis = [
      [1 / 2.0.squareRoot(), -1 / 2.0.squareRoot(), 0],
      [1 / 6.0.squareRoot(), 1 / 6.0.squareRoot(), -2 / 6.0.squareRoot()],
    ]
    func row(_ a: Double, _ b: Double) -> Matrix {
      Matrix([(0..<3).map { a * basis[0][$0] + b * basis[1][$0] }])
    }
    let state = TwoPlayerGame.rockPaperScissors.step(
      from: GameState(first: [row(point[0], point[1])], second: [row(point[2], point[3])]),
      rate: rate, lookAhead: steps)
    return [state.first[0], state.second[0]].flatMap { moved in
      basis.map { axis in zip(moved.elements, axis).reduce(0) { $0 + $1.0 * $1.1 } }
    }
  }

  /// At a third for each both pairs of eigenvalues of a step have the square modulus 1 + (1 − 2K) η² s² with
  /// s = √3/9, so that the determinant of the step is its square.
  @Test(arguments: [0, 1, 3])
  func rockPaperScissorsHasTheSpectralRadius(steps: Int) {
    let (rate, change) = (1.0, 1e-4)
    let columns = (0..<4).map { axis in
      let forward = planeStep(
        (0..<4).map { $0 == axis ? change : 0 }, rate: rate, steps: steps)
      let backward = planeStep(
        (0..<4).map { $0 == axis ? -change : 0 }, rate: rate, steps: steps)
      let twice = planeStep(
        (0..<4).map { $0 == axis ? 2 * change : 0 }, rate: rate, steps: steps)
      let twiceBack = planeStep(
        (0..<4).map { $0 == axis ? -2 * change : 0 }, rate: rate, steps: steps)
      // Fourth order: the error is change⁴ times the fifth derivative.
      return (0..<4).map { row in
        (8 * (forward[row] - backward[row]) - (twice[row] - twiceBack[row])) / (12 * change)
      }
    }
    let square = rate * rate * 3 / 81
    let modulus = 1 + (1 - 2 * Double(steps)) * square
    let determinant = Self.determinant(columns)
    #expect(abs(determinant - modulus * modulus) < 1e-9)
    #expect(steps == 0 ? modulus > 1 : modulus < 1)
  }

  /// With look-ahead both players come to a third of each, without they leave it.
  @Test func rockPaperScissorsComesToAThirdOfEach() {
    func shares(lookAhead steps: Int) -> [Double] {
      var state = GameState(
        first: [Matrix([[0.3, -0.2, 0]])], second: [Matrix([[0, 0.25, -0.1]])])
      for _ in 0..<500 {
        state = TwoPlayerGame.rockPaperScissors.step(from: state, rate: 1, lookAhead: steps)
      }
      return [state.first[0], state.second[0]].flatMap { row in
        let exponentials = Tensor(row).exp().value.elements
        return exponentials.map { $0 / exponentials.reduce(0, +) }
      }
    }
    #expect(shares(lookAhead: 3).allSatisfy { abs($0 - 1.0 / 3) < 1e-4 })
    #expect(shares(lookAhead: 0).contains { abs($0 - 1.0 / 3) > 0.2 })
  }

  private static func determinant(_ columns: [[Double]]) -> Double {
    guard let first = columns.first else { return 1 }
    return first.indices.reduce(0) { sum, row in
      let minor = columns.dropFirst().map { column in
        column.indices.filter { $0 != row }.map { column[$0] }
      }
      return sum + (row.isMultiple(of: 2) ? 1 : -1) * first[row] * determinant(minor)
    }
  }
}
