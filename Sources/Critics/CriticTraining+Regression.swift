import Autodiff
import Transport

extension CriticTraining {
  /// Training of a network towards the potentials of an exact solution, by least squares.
  ///
  /// φ = g^c on the sources and −g on the targets, where g = f^c; for a metric it is 1-Lipschitz on all
  /// atoms, and E_p φ − E_q φ = W₁. The network is free: its slope between atoms is not held.
  ///
  /// - Source: H. Liu, X. Gu, D. Samaras, "A two-step computation of the exact GAN Wasserstein distance", 2018.
  func regress(
    onto potentials: KantorovichPotentials, _ data: TrainingData, _ watch: TrainingWatch
  ) throws(CriticTrainingError) -> TrainedCritic {
    let problem = data.problem
    let atoms = data.everything.atoms
    let goals = Self.criticValues(of: potentials, on: problem)
    var random = SplitMix64(seed: seed)
    var network = Network(
      hidden: hidden, activation: activation, through: atoms.points.value, lastScale: 0.3,
      using: &random)
    var lastGood = network
    let optimizer = Adam(rate: rate, meanDecay: 0.9, squareDecay: 0.99)
    let sampler = MassSampler(atoms.shares)
    var state = OptimizerState<Matrix>()
    var history = TrainingHistory(self, problem, watch)
    var (step, divergedAt) = (0, Int?.none)
    func values(_ network: Network) -> [Double] {
      network.outputs(for: atoms.points, parameters: network.parameters.map { Tensor($0) })
        .value.elements
    }
    while step < steps, !Task.isCancelled, !history.hasReachedGoal {
      let variables = network.parameters.map { Tensor(variable: $0) }
      let loss: Tensor
      if case .minibatch(let size) = batch {
        let rows = sampler.draw(2 * size, using: &random)
        let outputs = network.outputs(
          for: Tensor(atoms.points.value.rows(at: rows)), parameters: variables)
        loss = (outputs - Tensor(rows.map { goals[$0] }.column)).squared().mean()
      } else {
        let outputs = network.outputs(for: atoms.points, parameters: variables)
        loss = ((outputs - Tensor(goals.column)).squared() * Tensor(atoms.shares.column)).sum()
      }
      guard loss.scalar.isFinite else {
        divergedAt = step
        network = lastGood
        break
      }
      if history.isDue(after: step) {
        let now = values(network)
        guard now.allSatisfy(\.isFinite) else {
          divergedAt = step
          network = lastGood
          break
        }
        history.record(values: now, after: step)
      }
      lastGood = network
      optimizer.update(
        &network.parameters, along: gradient(of: loss, withRespectTo: variables), state: &state)
      step += 1
    }
    if divergedAt == nil, !values(network).allSatisfy(\.isFinite) {
      divergedAt = step
      network = lastGood
    }
    history.record(values: values(network), after: step, isLast: true)
    return TrainedCritic(
      critic: Critic(body: .network(network), standardization: problem.standardization),
      history: history.entries, steps: step, divergedAt: divergedAt)
  }

  /// φ on all atoms that have mass, in training units, with mean 0.
  private static func criticValues(
    of potentials: KantorovichPotentials, on problem: CriticProblem
  ) -> [Double] {
    let transport = problem.transport
    let target = transport.targetTransform(of: potentials.source)
    let source = transport.sourceTransform(of: target)
    let scale = problem.standardization.scale
    let values =
      problem.sourceIndices.map { source[$0] / scale }
      + problem.targetIndices.map { -target[$0] / scale }
    let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
    return values.map { $0 - mean }
  }
}
