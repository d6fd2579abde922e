public import Autodiff

/// The gradient of a player's goal through the opponent's answer, in its two terms.
///
/// With y(x) the opponent's parameters after K recorded steps that depend on the player's own parameters x,
/// d/dx φ(x, y(x)) = ∂φ/∂x + (dy/dx)ᵀ ∂φ/∂y. For K = 0 the second term is zero; without it what is left is
/// a mere look-ahead.
///
/// - Source: L. Metz, B. Poole, D. Pfau, J. Sohl-Dickstein, "Unrolled generative adversarial networks",
///   2017, eq. 12.
public struct SurrogateGradient: Sendable {
  /// The goal's value after the opponent's steps.
  public let value: Double
  /// ∂φ/∂x with the opponent's answer held, one matrix for each parameter.
  public let direct: [Matrix]
  /// (dy/dx)ᵀ ∂φ/∂y: what a change of x changes by way of the answer.
  public let throughOpponent: [Matrix]

  /// Both terms added.
  public var total: [Matrix] { zip(direct, throughOpponent).map { $0 + $1 } }

  /// The gradient of a goal through an answer.
  ///
  /// - Parameters:
  ///   - goal: φ as a function of the opponent's parameters; it uses the player's variables too.
  ///   - answer: The opponent's parameters as functions of the variables, or constants.
  ///   - variables: The player's own parameters.
  ///   - includesSecondTerm: False leaves the second term zero, and saves its cost.
  public init(
    of goal: ([Tensor]) -> Tensor, through answer: [Tensor], withRespectTo variables: [Tensor],
    includesSecondTerm: Bool = true
  ) {
    let depends = includesSecondTerm && answer.contains(where: \.isDifferentiable)
    let held = answer.map { depends ? Tensor(variable: $0.value) : $0.detached }
    let value = goal(held)
    self.value = value.scalar
    let slopes = gradient(of: value, withRespectTo: variables + (depends ? held : []))
    direct = Array(slopes.prefix(variables.count))
    guard depends else {
      throughOpponent = variables.map {
        Matrix(rows: $0.shape.rows, columns: $0.shape.columns)
      }
      return
    }
    let pulls = zip(answer, slopes.dropFirst(variables.count)).map { parameter, slope in
      (parameter * Tensor(slope)).sum()
    }
    throughOpponent = gradient(of: pulls.sum(), withRespectTo: variables)
  }
}

extension [Tensor] {
  /// The sum of tensors of one shape; 0 for none.
  func sum() -> Tensor { first.map { dropFirst().reduce($0, +) } ?? Tensor(0) }
}

/// Parameters after recorded steps down a loss.
///
/// - Parameters:
///   - start: The parameters before the first step.
///   - steps: How many steps, K ≥ 0; 0 returns the start.
///   - rule: What makes the steps.
///   - state: The rule's state before the first step.
///   - isRecorded: False makes the same steps as constants, through which no gradient goes.
///   - loss: What the steps descend; the same function at every step.
/// - Returns: A tensor for each parameter, in the same order.
public func unrolled(
  _ start: [Matrix], steps: Int, by rule: any Optimizer,
  state: OptimizerState<Tensor> = OptimizerState(), isRecorded: Bool = true,
  down loss: ([Tensor]) -> Tensor
) -> [Tensor] {
  precondition(steps >= 0, "Steps are counted from 0, not \(steps)")
  guard steps > 0 else { return start.map { Tensor($0) } }
  var state = state
  // Variables, because a gradient is taken with respect to the start too.
  var parameters = start.map { Tensor(variable: $0) }
  for _ in 0..<steps {
    let value = loss(parameters)
    let slopes =
      isRecorded
      ? differentiableGradient(of: value, withRespectTo: parameters)
      : gradient(of: value, withRespectTo: parameters).map { Tensor($0) }
    parameters = rule.step(parameters, along: slopes, state: &state)
    if !isRecorded { parameters = parameters.map { Tensor(variable: $0.value) } }
  }
  return isRecorded ? parameters : parameters.map(\.detached)
}
