import Autodiff
import Transport

extension CriticTraining {
  /// What a step of a training sees.
  public enum Batch: Hashable, Sendable {
    /// Every atom with its mass, in every step.
    case fullSupport
    /// So many points of either measure, drawn anew in every step: an atom as often as its mass says, with
    /// repetition, or new points of a sampler.
    ///
    /// A batch is nearer to itself than measures are to each other: its own W₁ is larger in the mean than
    /// that of what it is drawn from, by the bias of sampling, which `BatchReport` shows.
    case minibatch(Int)
  }
}

/// Points of both measures for one step, in training coordinates.
struct Minibatch {
  let sources: Matrix
  let targets: Matrix
  /// The share of each source.
  let sourceShares: [Double]
  /// The share of each target.
  let targetShares: [Double]

  /// Sources above targets, and the weights of E_p − E_q below each other.
  var atoms: (points: Tensor, signedShares: Tensor, shares: [Double]) {
    (
      Tensor.stackedRows([Tensor(sources), Tensor(targets)]),
      Tensor((sourceShares + targetShares.map { -$0 }).column),
      (sourceShares + targetShares).map { $0 / 2 }
    )
  }

  /// Distances in training coordinates, target by target (n × m).
  func distancesByTarget() -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(targets.rows * sources.rows)
    let (x, y, dimension) = (sources.elements, targets.elements, sources.columns)
    for j in 0..<targets.rows {
      for i in 0..<sources.rows {
        var square = 0.0
        for axis in 0..<dimension {
          let step = x[i * dimension + axis] - y[j * dimension + axis]
          square += step * step
        }
        result.append(square.squareRoot())
      }
    }
    return result
  }
}

/// What a training takes its batches from.
struct TrainingData {
  /// The measures themselves, or a first sample of both, on which estimates are recorded.
  let problem: CriticProblem
  private let origin: Origin

  private enum Origin {
    case fullSupport
    case atoms(source: MassSampler, target: MassSampler, size: Int)
    case laws(source: any PointSampler, target: any PointSampler, size: Int)
  }

  /// Data that are the atoms of a problem.
  init(_ problem: CriticProblem, _ batch: CriticTraining.Batch) {
    self.problem = problem
    switch batch {
    case .fullSupport: origin = .fullSupport
    case .minibatch(let size):
      origin = .atoms(
        source: MassSampler(problem.sourceShares), target: MassSampler(problem.targetShares),
        size: size)
    }
  }

  /// Data that are drawn from two laws, with a first sample of both.
  init(
    _ problem: CriticProblem, from source: any PointSampler, to target: any PointSampler,
    size: Int
  ) {
    self.problem = problem
    origin = .laws(source: source, target: target, size: size)
  }

  /// Whether every step sees all atoms.
  var isFullSupport: Bool {
    if case .fullSupport = origin { true } else { false }
  }

  /// All atoms.
  var everything: Minibatch {
    Minibatch(
      sources: problem.sources, targets: problem.targets, sourceShares: problem.sourceShares,
      targetShares: problem.targetShares)
  }

  /// The points of the next step.
  func batch(using random: inout SplitMix64) throws(CriticTrainingError) -> Minibatch {
    switch origin {
    case .fullSupport: return everything
    case .atoms(let source, let target, let size):
      let rows = source.draw(size, using: &random)
      let columns = target.draw(size, using: &random)
      return Self.equal(problem.sources.rows(at: rows), problem.targets.rows(at: columns))
    case .laws(let source, let target, let size):
      let sources = try source.checkedPoints(size, using: &random)
      let targets = try target.checkedPoints(size, using: &random)
      return Self.equal(
        problem.standardization.matrix(flat: sources),
        problem.standardization.matrix(flat: targets))
    }
  }

  private static func equal(_ sources: Matrix, _ targets: Matrix) -> Minibatch {
    Minibatch(
      sources: sources, targets: targets,
      sourceShares: [Double](repeating: 1 / Double(sources.rows), count: sources.rows),
      targetShares: [Double](repeating: 1 / Double(targets.rows), count: targets.rows))
  }
}

extension PointSampler {
  /// Points whose number and finiteness were looked at.
  func checkedPoints(
    _ count: Int, using random: inout some RandomNumberGenerator
  ) throws(CriticTrainingError) -> [Double] {
    let drawn = points(count, using: &random)
    guard drawn.count == count * dimension else {
      throw .sampleShape(expected: count * dimension, found: drawn.count)
    }
    if let index = drawn.firstIndex(where: { !$0.isFinite }) {
      throw .sampleNotFinite(point: index / dimension, value: drawn[index])
    }
    return drawn
  }
}

/// Draws indices as often as their masses say.
struct MassSampler: Sendable {
  private let sums: [Double]

  init(_ shares: [Double]) {
    var sum = 0.0
    sums = shares.map { share in
      sum += share
      return sum
    }
  }

  /// An index, by bisection.
  func draw(using random: inout some RandomNumberGenerator) -> Int {
    let mark = Double.random(in: 0..<1, using: &random) * (sums.last ?? 1)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > mark { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// So many indices, with repetition.
  func draw(_ count: Int, using random: inout some RandomNumberGenerator) -> [Int] {
    (0..<count).map { _ in draw(using: &random) }
  }
}
