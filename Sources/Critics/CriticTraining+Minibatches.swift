import Autodiff
import Transport

extension CriticTraining {
  /// Training of an unbounded network under the semi-dual of one batch after the other.
  ///
  /// A batch's semi-dual is a lower bound of the batch's own W₁, not of the whole's, and its best potential is
  /// another one; the potential that is best on the whole, looked at now and then, is kept.
  func trainPotential(
    onBatchesOf data: TrainingData, _ watch: TrainingWatch
  ) throws(CriticTrainingError) -> TrainedCritic {
    let problem = data.problem
    let unit = SemiDual(problem).medianDistance
    var random = SplitMix64(seed: seed)
    var network = Network(
      hidden: hidden, activation: activation, through: problem.sources, lastScale: 0.3,
      using: &random)
    let optimizer = Adam(rate: rate, meanDecay: 0.9, squareDecay: 0.99)
    return try ascend(data, watch) { (state) throws(CriticTrainingError) in
      let batch = try data.batch(using: &random)
      let variables = network.parameters.map { Tensor(variable: $0) }
      let outputs = network.outputs(for: Tensor(batch.sources), parameters: variables)
      let slope = batch.semiDualSlope(
        of: outputs.value.elements.map { $0 * unit }, at: batch.distancesByTarget())
      let slopes = gradient(
        of: -(outputs * Tensor(slope.column)).sum(), withRespectTo: variables)
      optimizer.update(&network.parameters, along: slopes, state: &state)
    } potential: {
      network.outputs(
        for: Tensor(problem.sources), parameters: network.parameters.map { Tensor($0) }
      ).value.elements.map { $0 * unit }
    }
  }

  /// Training of heights at the sources, with targets drawn anew in every step.
  ///
  /// The gradient of a batch is right in the mean, because every source keeps its height and its mass.
  /// Source: A. Genevay, M. Cuturi, G. Peyré, F. Bach, "Stochastic optimization for large-scale optimal
  /// transport", 2016, section 4.
  func trainFunnels(
    onBatchesOf data: TrainingData, _ watch: TrainingWatch
  ) throws(CriticTrainingError) -> TrainedCritic {
    let problem = data.problem
    let unit = SemiDual(problem).medianDistance
    var random = SplitMix64(seed: seed)
    var heights = [Matrix(rows: problem.sources.rows, columns: 1)]
    let optimizer = Adam(rate: rate, meanDecay: 0.9, squareDecay: 0.99)
    return try ascend(data, watch) { (state) throws(CriticTrainingError) in
      let drawn = try data.batch(using: &random)
      let batch = Minibatch(
        sources: problem.sources, targets: drawn.targets, sourceShares: problem.sourceShares,
        targetShares: drawn.targetShares)
      let slope = batch.semiDualSlope(
        of: heights[0].elements.map { $0 * unit }, at: batch.distancesByTarget())
      optimizer.update(&heights, along: [slope.map { -$0 }.column], state: &state)
    } potential: {
      heights[0].elements.map { $0 * unit }
    }
  }

  /// Steps on batches; the potential of the best value on the whole, recorded now and then, makes the critic.
  private func ascend(
    _ data: TrainingData, _ watch: TrainingWatch,
    advance: (inout OptimizerState<Matrix>) throws(CriticTrainingError) -> Void,
    potential: () -> [Double]
  ) throws(CriticTrainingError) -> TrainedCritic {
    let problem = data.problem
    let semiDual = SemiDual(problem)
    var history = TrainingHistory(self, problem, watch)
    var state = OptimizerState<Matrix>()
    var best = (
      potential: [Double](repeating: 0, count: problem.sources.rows), value: -Double.infinity
    )
    var (step, divergedAt) = (0, Int?.none)
    while !Task.isCancelled, !history.hasReachedGoal {
      if history.isDue(after: step) || step == steps {
        let current = potential()
        let value = semiDual.value(of: current).value
        guard value.isFinite else {
          divergedAt = step
          break
        }
        if value > best.value { best = (current, value) }
        history.record(best.value, after: step, isLast: step == steps)
      }
      if step == steps { break }
      try advance(&state)
      step += 1
    }
    let heights = semiDual.targetTransform(of: best.potential).map { -$0 }
    return TrainedCritic(
      critic: Critic(
        body: .funnels(centers: problem.targets, heights: heights),
        standardization: problem.standardization),
      history: history.entries, steps: step, divergedAt: divergedAt)
  }
}

extension Minibatch {
  /// The slope of the batch's semi-dual at a potential: the share of each source less those of the targets
  /// that are nearest to it, distance less potential.
  ///
  /// - Complexity: O(m n).
  fileprivate func semiDualSlope(of potential: [Double], at distances: [Double]) -> [Double] {
    let negated = potential.map { -$0 }
    var slope = sourceShares
    for (j, share) in targetShares.enumerated() {
      let least = RowScan.leastSum(
        distances, from: j * negated.count, negated, from: 0, count: negated.count)
      slope[least.index] -= share
    }
    return slope
  }
}
