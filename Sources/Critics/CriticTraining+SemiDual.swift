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
  ///
  /// The last quarter of the steps moves the best potential of the network atom by atom: what is finer
  /// than the network's units can tell apart, as clusters far from each other are, is found there.
  func trainPotential(
    on problem: CriticProblem, _ watch: TrainingWatch
  ) -> TrainedCritic {
    let semiDual = SemiDual(problem)
    var random = SplitMix64(seed: seed)
    var network = PotentialNetwork(self, problem, unit: semiDual.medianDistance, &random)
    var finish: PotentialFinish?
    return ascend(semiDual, problem, watch) { step, best in
      guard step >= network.steps else { return network.advance(on: semiDual) }
      var current = finish ?? PotentialFinish(from: best, steps: steps - network.steps)
      defer { finish = current }
      return current.advance(on: semiDual)
    }
  }

  /// Training of heights at the sources under the semi-dual: no network at all.
  func trainFunnels(
    on problem: CriticProblem, _ watch: TrainingWatch
  ) -> TrainedCritic {
    let semiDual = SemiDual(problem)
    let unit = semiDual.medianDistance
    var heights = [Matrix(rows: problem.sources.rows, columns: 1)]
    var state = OptimizerState<Matrix>()
    return ascend(semiDual, problem, watch) { _, _ in
      let potential = heights[0].elements.map { $0 * unit }
      let (value, slope) = semiDual.value(of: potential)
      Adam(rate: rate, meanDecay: 0.9, squareDecay: 0.99)
        .update(&heights, along: [slope.map { -$0 }.column], state: &state)
      return (potential, value)
    }
  }

  /// Steps until the number is reached, the task is cancelled or a value is no longer finite; the best
  /// potential's 1-Lipschitz extension is the critic.
  private func ascend(
    _ semiDual: SemiDual, _ problem: CriticProblem,
    _ watch: TrainingWatch,
    _ advance: (_ step: Int, _ best: Potential) -> Potential
  ) -> TrainedCritic {
    var history = TrainingHistory(self, problem, watch)
    var best: Potential = (
      [Double](repeating: 0, count: problem.sources.rows), -Double.infinity
    )
    var (step, divergedAt) = (0, Int?.none)
    while step < steps, !Task.isCancelled, !history.hasReachedGoal {
      let (potential, value) = advance(step, best)
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

/// A potential on the sources, in training units, and its value under the semi-dual.
private typealias Potential = (potential: [Double], value: Double)

/// A potential that a network computes.
private struct PotentialNetwork {
  /// The number of steps that the network is trained for.
  let steps: Int
  private var network: Network
  private var state = OptimizerState<Matrix>()
  private let optimizer: Adam
  private let sources: Tensor
  private let unit: Double

  init(
    _ training: CriticTraining, _ problem: CriticProblem, unit: Double,
    _ random: inout SplitMix64
  ) {
    steps = training.steps - training.steps / 4
    network = Network(
      hidden: training.hidden, activation: training.activation, through: problem.sources,
      lastScale: 0.3, using: &random)
    let first = training.rate.value(at: 0)
    optimizer = Adam(
      rate: .cosine(from: first, to: first * 1e-3, steps: steps), meanDecay: 0.9,
      squareDecay: 0.99)
    sources = Tensor(problem.sources)
    self.unit = unit
  }

  mutating func advance(on semiDual: SemiDual) -> Potential {
    let variables = network.parameters.map { Tensor(variable: $0) }
    let outputs = network.outputs(for: sources, parameters: variables)
    let potential = outputs.value.elements.map { $0 * unit }
    let (value, slope) = semiDual.value(of: potential)
    let loss = -(outputs * Tensor(slope.column)).sum()
    optimizer.update(
      &network.parameters, along: gradient(of: loss, withRespectTo: variables), state: &state)
    return (potential, value)
  }
}

/// A potential that is moved atom by atom, in steps that begin at a fiftieth of its value.
private struct PotentialFinish {
  private var heights: [Matrix]
  private var state = OptimizerState<Matrix>()
  private let optimizer: Adam

  init(from best: Potential, steps: Int) {
    heights = [best.potential.column]
    let first = 0.02 * max(best.value, 0)
    optimizer = Adam(
      rate: .cosine(from: first, to: first * 1e-3, steps: steps), meanDecay: 0.9,
      squareDecay: 0.99)
  }

  mutating func advance(on semiDual: SemiDual) -> Potential {
    let potential = heights[0].elements
    let (value, slope) = semiDual.value(of: potential)
    optimizer.update(&heights, along: [slope.map { -$0 }.column], state: &state)
    return (potential, value)
  }
}
