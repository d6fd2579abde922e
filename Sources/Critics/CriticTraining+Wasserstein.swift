import Autodiff
import Transport

extension CriticTraining {
  /// Training of a network under the Wasserstein loss.
  func trainNetwork(
    on data: TrainingData, _ control: LipschitzControl, _ watch: TrainingWatch
  ) throws(CriticTrainingError) -> TrainedCritic {
    var run = WassersteinRun(self, data, control)
    var history = TrainingHistory(self, data.problem, watch)
    var (step, divergedAt) = (0, Int?.none)
    while step < steps, !Task.isCancelled, !history.hasReachedGoal {
      let isRecorded = history.isDue(after: step)
      guard let outcome = try run.step(number: step, isRecorded: isRecorded) else {
        divergedAt = step
        break
      }
      if isRecorded {
        history.record(
          values: outcome.values, after: step, regularization: outcome.regularization)
      }
      step += 1
    }
    // The last step's network has not been evaluated yet.
    if divergedAt == nil, !run.isGood() { divergedAt = step }
    let critic = Critic(
      body: .network(run.finished()), standardization: data.problem.standardization)
    history.record(
      values: critic.valuesInTraining(at: data.everything.atoms.points.value), after: step,
      isLast: true)
    return TrainedCritic(
      critic: critic, history: history.entries, steps: step, divergedAt: divergedAt)
  }
}

extension CriticTraining {
  /// A training's steps alone, without records, checks at the end or a critic: what a benchmark times.
  ///
  /// - Parameters:
  ///   - problem: The two measures.
  ///   - control: How the slope is held.
  /// - Returns: A closure that makes one more step each time it is called.
  package func steps(
    on problem: CriticProblem, _ control: LipschitzControl
  ) -> () throws(CriticTrainingError) -> Void {
    var run = WassersteinRun(self, TrainingData(problem, batch), control)
    var number = 0
    return { () throws(CriticTrainingError) in
      _ = try run.step(number: number, isRecorded: false)
      number += 1
    }
  }
}

/// The state of a training under the Wasserstein loss.
private struct WassersteinRun {
  /// What a step saw before it changed the network.
  struct Outcome {
    /// The values on all atoms, where they are recorded.
    var values: [Double] = []
    /// λ of each layer under spectral normalisation, where it is recorded.
    var regularization: [Double] = []
  }

  private let training: CriticTraining
  private let data: TrainingData
  private let control: LipschitzControl
  private let everything: Minibatch
  private let allAtoms: (points: Tensor, signedShares: Tensor, shares: [Double])
  private var network: Network
  private var lastGood: Network
  private var transform: WeightTransform
  private var random: SplitMix64
  private var state = OptimizerState<Matrix>()
  private let optimizer: Adam
  private let sampler: PairSampler

  init(_ training: CriticTraining, _ data: TrainingData, _ control: LipschitzControl) {
    self.training = training
    self.data = data
    self.control = control
    everything = data.everything
    allAtoms = everything.atoms
    random = SplitMix64(seed: training.seed)
    let atoms = allAtoms.points.value
    network = Network(
      hidden: training.hidden, activation: training.activation, through: atoms,
      normalization: control.normalization, using: &random)
    transform = WeightTransform(control, for: network, using: &random)
    network.moveKinks(through: atoms, under: &transform, using: &random)
    lastGood = network
    optimizer = Adam(rate: training.rate, meanDecay: 0.9, squareDecay: 0.99)
    sampler = PairSampler(everything)
  }

  /// One step; nil if something is no longer finite.
  mutating func step(
    number: Int, isRecorded: Bool
  ) throws(CriticTrainingError) -> Outcome? {
    let variables = network.parameters.map { Tensor(variable: $0) }
    let parameters = transform.trained(variables)
    let batch = data.isFullSupport ? everything : try data.batch(using: &random)
    let atoms = data.isFullSupport ? allAtoms : batch.atoms
    let outputs = values(of: atoms, parameters)
    let estimate = (outputs * atoms.signedShares).sum()
    let share = Double(number) / Double(training.steps)
    let loss =
      penalty(parameters, variables, batch, share).map { $0 - estimate } ?? -estimate
    guard loss.scalar.isFinite else {
      network = lastGood
      return nil
    }
    lastGood = network
    var outcome = Outcome()
    if isRecorded {
      let shown = data.isFullSupport ? outputs : values(of: allAtoms, parameters.map(\.detached))
      outcome.values = shown.value.elements
      outcome.regularization = regularization(of: estimate, parameters)
    }
    let slopes = gradient(of: loss, withRespectTo: variables)
    if case .orthonormal = control { network.adoptWeights(parameters) }
    optimizer.update(&network.parameters, along: slopes, state: &state)
    if case .clipping(let bound) = control { network.clip(to: bound) }
    guard network.parameters.allSatisfy(\.isFinite) else {
      network = lastGood
      return nil
    }
    return outcome
  }

  private func values(
    of atoms: (points: Tensor, signedShares: Tensor, shares: [Double]), _ parameters: [Tensor]
  ) -> Tensor {
    let shares = network.normalization == .batch ? Tensor(atoms.shares.column) : nil
    return network.outputs(for: atoms.points, parameters: parameters, shares: shares)
  }

  /// λ = E[δᵀ W̄ h] = ⟨∂V/∂W̄, W̄⟩ of each layer, V being the estimate.
  ///
  /// - Source: T. Miyato et al. 2018, eq. 12.
  private func regularization(of estimate: Tensor, _ parameters: [Tensor]) -> [Double] {
    guard control == .spectralNormalization else { return [] }
    let weights = stride(from: 0, to: parameters.count, by: 2).map { parameters[$0] }
    return zip(gradient(of: estimate, withRespectTo: weights), weights).map { slope, weight in
      zip(slope.elements, weight.value.elements).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// Whether the network's values are finite; if not, it goes back to the last good one.
  mutating func isGood() -> Bool {
    let critic = Critic(
      body: .network(finished()), standardization: data.problem.standardization)
    if critic.valuesInTraining(at: allAtoms.points.value).allSatisfy(\.isFinite) { return true }
    network = lastGood
    return false
  }

  /// The trained network with the weights that it is to be evaluated with.
  mutating func finished() -> Network {
    var result = network
    result.parameters = transform.finished(network.parameters)
    return result.freezingStatistics(of: allAtoms.points.value, shares: allAtoms.shares)
  }

  private mutating func penalty(
    _ parameters: [Tensor], _ variables: [Tensor], _ batch: Minibatch, _ share: Double
  ) -> Tensor? {
    let scale = data.problem.standardization.scale
    // (‖∇f‖ − K)² with f = K f₁ is K² (‖∇f₁‖ − 1)², beside an estimate that is K times that of f₁.
    let bound = training.lipschitzBound
    switch control {
    case .gradientPenalty(let weight), .lipschitzPenalty(let weight):
      return control.penalty(ofSlopes: slopes(parameters, batch)).map {
        $0.mean() * (bound * weight.value(after: share, scale: scale))
      }
    case .orthonormalPenalty(let weight):
      return stride(from: 0, to: variables.count, by: 2).map { index in
        orthonormalityPenalty(variables[index])
      }.reduce(Tensor(0), +) * weight
    case .clipping, .spectralNormalization, .orthonormal, .weightNormalization,
      .layerNormalization, .batchNormalization:
      return nil
    }
  }

  /// ‖∇f‖ at points between atoms of the one and of the other measure, drawn by their masses.
  private mutating func slopes(_ parameters: [Tensor], _ batch: Minibatch) -> Tensor {
    let sampler = data.isFullSupport ? sampler : PairSampler(batch)
    let points = Tensor(
      variable: sampler.points(
        training.penaltyPoints, batch.sources, batch.targets, using: &random))
    let outputs = network.outputs(for: points, parameters: parameters)
    return differentiableGradient(of: outputs.sum(), withRespectTo: [points])[0].rowNorms()
  }
}

/// Draws points on segments between atoms of both measures.
private struct PairSampler {
  private let source: MassSampler
  private let target: MassSampler

  init(_ batch: Minibatch) {
    source = MassSampler(batch.sourceShares)
    target = MassSampler(batch.targetShares)
  }

  func points(
    _ count: Int, _ sources: Matrix, _ targets: Matrix, using random: inout SplitMix64
  ) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(count * sources.columns)
    for _ in 0..<count {
      let i = source.draw(using: &random)
      let j = target.draw(using: &random)
      let share = Double.random(in: 0..<1, using: &random)
      for axis in 0..<sources.columns {
        elements.append(share * sources[i, axis] + (1 - share) * targets[j, axis])
      }
    }
    return Matrix(rows: count, columns: sources.columns, elements: elements)
  }
}

extension Network {
  /// Cuts every parameter to [−bound, bound].
  mutating func clip(to bound: Double) {
    parameters = parameters.map { parameter in
      Matrix(
        rows: parameter.rows, columns: parameter.columns,
        elements: parameter.elements.map { min(bound, max(-bound, $0)) })
    }
  }

  /// Takes the weights in use for those that are trained.
  ///
  /// Orthonormal layers then start each iteration nearly orthonormal, so that a few bring them to it.
  mutating func adoptWeights(_ used: [Tensor]) {
    for layer in 0..<layerCount { parameters[2 * layer] = used[2 * layer].value }
  }

  /// Sets the hidden biases anew so that, with the weights in use, kinks pass through random atoms; of a
  /// network on images they stay.
  mutating func moveKinks(
    through atoms: Matrix, under transform: inout WeightTransform,
    using random: inout SplitMix64
  ) {
    guard stack == nil else { return }
    let used = transform.trained(parameters.map { Tensor($0) })
    var inputs = Tensor(atoms)
    for layer in 0..<layerCount - 1 {
      let sums = normalization.apply(to: inputs.matmul(used[2 * layer])).value
      var bias = Matrix(rows: 1, columns: sums.columns)
      for unit in 0..<sums.columns {
        bias[0, unit] = -sums[Int.random(in: 0..<sums.rows, using: &random), unit]
      }
      parameters[2 * layer + 1] = bias
      inputs = activation.apply(to: Tensor(sums) + Tensor(bias))
    }
  }
}

extension [Double] {
  /// The numbers as a column.
  var column: Matrix { Matrix(rows: count, columns: 1, elements: self) }
}

extension Matrix {
  /// Ones on the diagonal, zero elsewhere.
  static func identity(_ size: Int) -> Matrix {
    var matrix = Matrix(rows: size, columns: size)
    for index in 0..<size { matrix[index, index] = 1 }
    return matrix
  }
}
