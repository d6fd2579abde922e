import Autodiff
import Transport

extension CriticTraining {
  /// Training of a network under the Wasserstein loss, all atoms in every step.
  func trainNetwork(
    on problem: CriticProblem, _ control: LipschitzControl,
    _ progress: ((TrainingProgress) -> Void)?
  ) -> TrainedCritic {
    var run = WassersteinRun(self, problem, control)
    var history = TrainingHistory(self, problem, progress)
    var (step, divergedAt) = (0, Int?.none)
    while step < steps, !Task.isCancelled {
      guard let estimate = run.step(number: step) else {
        divergedAt = step
        break
      }
      history.record(estimate, after: step)
      step += 1
    }
    return TrainedCritic(
      critic: Critic(body: .network(run.finished()), standardization: problem.standardization),
      history: history.entries, steps: step, divergedAt: divergedAt)
  }
}

/// The state of a training under the Wasserstein loss.
private struct WassersteinRun {
  private let training: CriticTraining
  private let problem: CriticProblem
  private let control: LipschitzControl
  private let sources: Tensor
  private let targets: Tensor
  private let sourceShares: Tensor
  private let targetShares: Tensor
  private var network: Network
  private var lastGood: Network
  private var transform: WeightTransform
  private var random: SplitMix64
  private var state = OptimizerState<Matrix>()
  private let optimizer: Adam
  private let sampler: PairSampler

  init(_ training: CriticTraining, _ problem: CriticProblem, _ control: LipschitzControl) {
    self.training = training
    self.problem = problem
    self.control = control
    sources = Tensor(problem.sources)
    targets = Tensor(problem.targets)
    sourceShares = Tensor(problem.sourceShares.column)
    targetShares = Tensor(problem.targetShares.column)
    random = SplitMix64(seed: training.seed)
    let atoms = Tensor.stackedRows([sources, targets]).value
    network = Network(
      hidden: training.hidden, activation: training.activation, through: atoms, using: &random)
    transform = WeightTransform(control, for: network, using: &random)
    network.moveKinks(through: atoms, under: &transform, using: &random)
    lastGood = network
    optimizer = Adam(rate: training.rate, meanDecay: 0.9, squareDecay: 0.99)
    sampler = PairSampler(problem)
  }

  /// One step; the estimate before it, or nil if something is no longer finite.
  mutating func step(number: Int) -> Double? {
    let variables = network.parameters.map { Tensor(variable: $0) }
    let parameters = transform.trained(variables)
    let estimate =
      (network.outputs(for: sources, parameters: parameters) * sourceShares).sum()
      - (network.outputs(for: targets, parameters: parameters) * targetShares).sum()
    let share = Double(number) / Double(training.steps)
    let loss = penalty(parameters, variables, share).map { $0 - estimate } ?? -estimate
    guard loss.scalar.isFinite else {
      network = lastGood
      return nil
    }
    lastGood = network
    let slopes = gradient(of: loss, withRespectTo: variables)
    if case .orthonormal = control { network.adoptWeights(parameters) }
    optimizer.update(&network.parameters, along: slopes, state: &state)
    if case .clipping(let bound) = control { network.clip(to: bound) }
    guard network.parameters.allSatisfy(\.isFinite) else {
      network = lastGood
      return nil
    }
    return estimate.scalar
  }

  /// The trained network with the weights that it is to be evaluated with.
  mutating func finished() -> Network {
    var result = network
    result.parameters = transform.finished(network.parameters)
    return result
  }

  private mutating func penalty(
    _ parameters: [Tensor], _ variables: [Tensor], _ share: Double
  ) -> Tensor? {
    let scale = problem.standardization.scale
    switch control {
    case .gradientPenalty(let weight):
      return (slopes(parameters) - 1).squared().mean() * weight.value(after: share, scale: scale)
    case .lipschitzPenalty(let weight):
      return (slopes(parameters) - 1).relu().squared().mean()
        * weight.value(after: share, scale: scale)
    case .orthonormalPenalty(let weight):
      return stride(from: 0, to: variables.count, by: 2).map { index in
        let gram = variables[index].transposed.matmul(variables[index])
        let identity = Matrix.identity(gram.shape.rows)
        return (gram - Tensor(identity)).squared().sum()
      }.reduce(Tensor(0), +) * weight
    case .clipping, .spectralNormalization, .orthonormal, .weightNormalization: return nil
    }
  }

  /// ‖∇f‖ at points between atoms of the one and of the other measure, drawn by their masses.
  private mutating func slopes(_ parameters: [Tensor]) -> Tensor {
    let points = Tensor(
      variable: sampler.points(
        training.penaltyPoints, problem.sources, problem.targets, using: &random))
    let outputs = network.outputs(for: points, parameters: parameters)
    return differentiableGradient(of: outputs.sum(), withRespectTo: [points])[0].rowNorms()
  }
}

/// Draws points on segments between atoms of both measures.
private struct PairSampler {
  private let sourceSums: [Double]
  private let targetSums: [Double]

  init(_ problem: CriticProblem) {
    sourceSums = Self.runningSums(problem.sourceShares)
    targetSums = Self.runningSums(problem.targetShares)
  }

  private static func runningSums(_ shares: [Double]) -> [Double] {
    var sum = 0.0
    return shares.map { share in
      sum += share
      return sum
    }
  }

  private static func draw(_ sums: [Double], _ random: inout SplitMix64) -> Int {
    let mark = Double.random(in: 0..<1, using: &random) * (sums.last ?? 1)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > mark { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func points(
    _ count: Int, _ sources: Matrix, _ targets: Matrix, using random: inout SplitMix64
  ) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(count * sources.columns)
    for _ in 0..<count {
      let i = Self.draw(sourceSums, &random)
      let j = Self.draw(targetSums, &random)
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

  /// Sets the hidden biases anew so that, with the weights in use, kinks pass through random atoms.
  mutating func moveKinks(
    through atoms: Matrix, under transform: inout WeightTransform,
    using random: inout SplitMix64
  ) {
    let used = transform.trained(parameters.map { Tensor($0) })
    var inputs = Tensor(atoms)
    for layer in 0..<layerCount - 1 {
      let sums = inputs.matmul(used[2 * layer]).value
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
