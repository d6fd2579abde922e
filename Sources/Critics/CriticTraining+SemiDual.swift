import Autodiff
import Transport

/// The semi-dual of W₁ in training units: p·f + q·f^c, with the sources' potential f alone.
struct SemiDual {
  /// Distances, target by target (n × m).
  private let distances: [Double]
  private let sourceShares: [Double]
  private let targetShares: [Double]

  init(_ problem: CriticProblem) {
    distances = problem.distancesByTarget()
    sourceShares = problem.sourceShares
    targetShares = problem.targetShares
  }

  /// The median distance, what potentials are measured in.
  var medianDistance: Double {
    let median = distances.sorted()[distances.count / 2]
    return median > 0 ? median : 1
  }

  /// The value of a potential on the sources, and its gradient with the nearest sources held.
  ///
  /// Every value is a lower bound of W₁ (weak duality). By the envelope theorem the gradient with respect
  /// to fᵢ is pᵢ less the shares of the targets whose c-transform is attained at i.
  ///
  /// - Complexity: O(m n).
  func value(of potential: [Double]) -> (value: Double, gradient: [Double]) {
    let negated = potential.map { -$0 }
    var gradient = sourceShares
    var value = zip(sourceShares, potential).reduce(0) { $0 + $1.0 * $1.1 }
    for (j, share) in targetShares.enumerated() {
      let least = RowScan.leastSum(
        distances, from: j * negated.count, negated, from: 0, count: negated.count)
      value += share * least.value
      gradient[least.index] -= share
    }
    return (value, gradient)
  }

  /// f^c on the targets: minᵢ (cᵢⱼ − fᵢ).
  func targetTransform(of potential: [Double]) -> [Double] {
    let negated = potential.map { -$0 }
    return targetShares.indices.map { j in
      RowScan.leastSum(
        distances, from: j * negated.count, negated, from: 0, count: negated.count
      ).value
    }
  }
}

extension CriticTraining {
  /// Training of an unbounded network under the semi-dual; the best potential is kept.
  func trainPotential(
    on problem: CriticProblem, _ watch: TrainingWatch
  ) -> TrainedCritic {
    let semiDual = SemiDual(problem)
    let unit = semiDual.medianDistance
    var random = SplitMix64(seed: seed)
    var network = Network(
      hidden: hidden, activation: activation, through: problem.sources, lastScale: 0.3,
      using: &random)
    return ascend(semiDual, problem, watch) { step in
      let variables = network.parameters.map { Tensor(variable: $0) }
      let outputs = network.outputs(for: Tensor(problem.sources), parameters: variables)
      let potential = outputs.value.elements.map { $0 * unit }
      let (value, slope) = semiDual.value(of: potential)
      let loss = -(outputs * Tensor(slope.column)).sum()
      let slopes = gradient(of: loss, withRespectTo: variables)
      Adam(rate: rate, meanDecay: 0.9, squareDecay: 0.99)
        .update(&network.parameters, along: slopes, state: &step)
      return (potential, value)
    }
  }

  /// Training of heights at the sources under the semi-dual: no network at all.
  func trainFunnels(
    on problem: CriticProblem, _ watch: TrainingWatch
  ) -> TrainedCritic {
    let semiDual = SemiDual(problem)
    let unit = semiDual.medianDistance
    var heights = [Matrix(rows: problem.sources.rows, columns: 1)]
    return ascend(semiDual, problem, watch) { step in
      let potential = heights[0].elements.map { $0 * unit }
      let (value, slope) = semiDual.value(of: potential)
      Adam(rate: rate, meanDecay: 0.9, squareDecay: 0.99)
        .update(&heights, along: [slope.map { -$0 }.column], state: &step)
      return (potential, value)
    }
  }

  /// Steps until the number is reached, the task is cancelled or a value is no longer finite; the best
  /// potential's 1-Lipschitz extension is the critic.
  private func ascend(
    _ semiDual: SemiDual, _ problem: CriticProblem,
    _ watch: TrainingWatch,
    _ advance: (inout OptimizerState<Matrix>) -> (potential: [Double], value: Double)
  ) -> TrainedCritic {
    var history = TrainingHistory(self, problem, watch)
    var state = OptimizerState<Matrix>()
    var best = (
      potential: [Double](repeating: 0, count: problem.sources.rows), value: -Double.infinity
    )
    var (step, divergedAt) = (0, Int?.none)
    while step < steps, !Task.isCancelled, !history.hasReachedGoal {
      let (potential, value) = advance(&state)
      guard value.isFinite else {
        divergedAt = step
        break
      }
      if value > best.value { best = (potential, value) }
      history.record(best.value, after: step)
      step += 1
    }
    history.record(best.value, after: step, isLast: true)
    let heights = semiDual.targetTransform(of: best.potential).map { -$0 }
    return TrainedCritic(
      critic: Critic(
        body: .funnels(centers: problem.targets, heights: heights),
        standardization: problem.standardization),
      history: history.entries, steps: step, divergedAt: divergedAt)
  }
}
