public import Autodiff

/// A game of two players on one value, which the first lowers and the second raises.
///
/// Small games whose motion has a closed form show what looking ahead does: two players who follow their own
/// slopes circle around the solution and away from it, and come to it if the first reckons with the
/// second's next K steps.
///
/// ```swift
/// var state = GameState(first: [Matrix([[0.5]])], second: [Matrix([[0.1]])])
/// state = TwoPlayerGame.bilinear.step(from: state, rate: 0.1, lookAhead: 1)
/// ```
public struct TwoPlayerGame: Sendable {
  private let value: @Sendable (_ first: [Tensor], _ second: [Tensor]) -> Tensor

  /// A game.
  ///
  /// - Parameter value: What the first player lowers and the second raises, 1 × 1.
  public init(value: @escaping @Sendable (_ first: [Tensor], _ second: [Tensor]) -> Tensor) {
    self.value = value
  }

  /// xᵀy: the solution is 0.
  ///
  /// Of a simultaneous step with K steps of look-ahead, all at the rate η, both eigenvalues have the modulus
  /// √(1 + η² − 2Kη²): above 1 for K = 0 and below for K ≥ 1 and small η.
  public static let bilinear = TwoPlayerGame { first, second in (first[0] * second[0]).sum() }

  /// xy − (c/2) y²: the second player's best answer is x/c.
  ///
  /// After K steps at the rate η the answer is aᴷ y + (1 − aᴷ) x/c with a = 1 − ηc.
  public static func quadratic(curvature c: Double) -> TwoPlayerGame {
    TwoPlayerGame { first, second in
      (first[0] * second[0] - (c / 2) * second[0].squared()).sum()
    }
  }

  /// What the first player loses at rock, paper, scissors if both play the shares softmax(x) and softmax(y).
  ///
  /// The parameters are rows of three; the solution is a third for each. There the payoff's singular values
  /// with respect to the parameters are √3/9, twice, and 0.
  public static let rockPaperScissors = TwoPlayerGame { first, second in
    let payoff = Tensor(Matrix([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]))
    return softmax(first[0]).matmul(payoff).matmul(softmax(second[0]).transposed)
  }

  /// The value at a state.
  public func value(at state: GameState) -> Double {
    value(state.first.map { Tensor($0) }, state.second.map { Tensor($0) }).scalar
  }

  /// The first player's gradient through K steps of the second by gradient ascent.
  public func firstPlayersGradient(
    at state: GameState, rate: Double, lookAhead steps: Int
  ) -> SurrogateGradient {
    let variables = state.first.map { Tensor(variable: $0) }
    let answer = unrolled(
      state.second, steps: steps, by: GradientDescent(rate: .constant(rate))
    ) { -value(variables, $0) }
    return SurrogateGradient(
      of: { value(variables, $0) }, through: answer, withRespectTo: variables)
  }

  /// One simultaneous step of both players by gradient descent and ascent.
  ///
  /// - Parameters:
  ///   - state: Where both are.
  ///   - rate: The rate of both, and of the steps looked ahead.
  ///   - steps: How many of the second player's steps the first reckons with, K ≥ 0.
  /// - Returns: Where both are afterwards.
  public func step(from state: GameState, rate: Double, lookAhead steps: Int) -> GameState {
    let descent = firstPlayersGradient(at: state, rate: rate, lookAhead: steps).total
    let variables = state.second.map { Tensor(variable: $0) }
    let ascent = gradient(
      of: value(state.first.map { Tensor($0) }, variables), withRespectTo: variables)
    return GameState(
      first: zip(state.first, descent).map { $0 - rate * $1 },
      second: zip(state.second, ascent).map { $0 + rate * $1 })
  }
}

/// The parameters of both players.
public struct GameState: Hashable, Sendable {
  /// Those of the player who lowers the value.
  public let first: [Matrix]
  /// Those of the player who raises it.
  public let second: [Matrix]

  /// The parameters of both players.
  public init(first: [Matrix], second: [Matrix]) {
    self.first = first
    self.second = second
  }
}

/// The shares eˣ ÷ Σ eˣ of each row; of small numbers, so no maximum is taken out.
private func softmax(_ x: Tensor) -> Tensor {
  let exponentials = x.exp()
  return exponentials / exponentials.rowSums()
}
