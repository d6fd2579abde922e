/// How far a training is.
public struct TrainingProgress: Hashable, Sendable {
  /// The steps done.
  public let step: Int
  /// The estimate of K · W₁ at that step, with the masses of the problem; K is 1 unless the training was
  /// told otherwise.
  public let estimate: Double
  /// The estimate divided by the largest slope between two atoms, at most W₁; nil where it was left out.
  public let certifiedLowerBound: Double?
  /// The better of two c-transforms, at most W₁; nil where it was left out.
  public let cTransformLowerBound: Double?
  /// λ = E[δᵀ W̄ h] of each layer under spectral normalisation, in the unit of the estimate; empty under
  /// other controls.
  ///
  /// What the gradient of the estimate takes from the direction in which a layer is longest: the
  /// regularisation that adapts itself to how far the layer's outputs and their gradients point the same
  /// way. Source: T. Miyato et al. 2018, eq. 12.
  public let spectralRegularization: [Double]
}

/// Who looks on while a training goes.
struct TrainingWatch {
  /// The certified bound at which to stop, with the masses of the problem; nil to go on.
  let goal: Double?
  let progress: ((TrainingProgress) -> Void)?
}

/// The estimate and its bounds now and then, about a hundred times in a training.
struct TrainingHistory {
  private(set) var entries: [TrainingProgress] = []
  /// Whether a certified bound has come to where the training is to stop.
  private(set) var hasReachedGoal = false

  private let interval: Int
  private let unit: Double
  private let bound: Double
  private let watch: TrainingWatch
  private let problem: CriticProblem

  /// Looking at all pairs of up to so many atoms costs less than a step or two of a network.
  private static let fewAtoms = 512

  init(_ training: CriticTraining, _ problem: CriticProblem, _ watch: TrainingWatch) {
    interval = max(1, training.steps / 100)
    unit = problem.standardization.scale * problem.totalMass
    bound = training.lipschitzBound
    self.watch = watch
    self.problem = problem
  }

  /// Whether the estimate after a step is to be recorded.
  func isDue(after step: Int) -> Bool { step.isMultiple(of: interval) }

  /// Records a value of the dual, which is a certified bound itself, if its time has come.
  mutating func record(_ value: Double, after step: Int, isLast: Bool = false) {
    guard isDue(after: step) || isLast, value.isFinite, entries.last?.step != step else { return }
    append(
      TrainingProgress(
        step: step, estimate: value * unit * bound, certifiedLowerBound: value * unit,
        cTransformLowerBound: value * unit, spectralRegularization: []))
  }

  /// Records what values on all atoms are worth.
  ///
  /// - Parameters:
  ///   - values: f in training units, sources before targets.
  ///   - step: The steps done.
  ///   - regularization: λ of each layer, in training units.
  ///   - isLast: Whether these are the finished critic's.
  mutating func record(
    values: [Double], after step: Int, regularization: [Double] = [], isLast: Bool = false
  ) {
    let scale = problem.standardization.scale
    let inUnits = values.map { $0 * scale }
    // Of many atoms all pairs are looked at in every fifth entry, and where a goal asks for it.
    let isThorough =
      values.count <= Self.fewAtoms || entries.count.isMultiple(of: 5) || watch.goal != nil
      || isLast
    let bounds = isThorough ? SupportBounds(inUnits, on: problem) : nil
    append(
      TrainingProgress(
        step: step, estimate: (bounds?.estimate ?? problem.difference(of: inUnits)) * bound,
        certifiedLowerBound: bounds?.certifiedLowerBound,
        cTransformLowerBound: bounds?.cTransformLowerBound(),
        spectralRegularization: regularization.map { $0 * unit * bound }))
  }

  private mutating func append(_ entry: TrainingProgress) {
    entries.append(entry)
    watch.progress?(entry)
    guard let goal = watch.goal else { return }
    let best = max(entry.certifiedLowerBound ?? 0, entry.cTransformLowerBound ?? 0)
    if best >= goal { hasReachedGoal = true }
  }
}
