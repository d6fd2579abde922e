public import Measures
public import Transport

/// What a line of `ot batch` may say besides its two measures, with the values of a line that says nothing.
public struct ProblemSettings: Hashable, Sendable {
  /// The distance of two points, without the threshold.
  public var groundCost: GroundCost
  /// The power of the distance.
  public var order: Double
  /// The costs themselves, in place of a distance; nil where there is one.
  public var matrix: CostMatrix?
  /// The most that a distance or an entry of the matrix counts as; nil for no such bound.
  public var threshold: Double?
  /// The most that each arc may carry; nil where no arc is limited.
  public var capacities: CostMatrix?
  /// What to do about unequal totals.
  public var mass: MassPolicy
  /// The solver's name; nil for the one that suits.
  public var solver: String?
  /// Whether decimals are kept and the cost is computed in integers.
  public var isExact: Bool
  /// Whether the answer shall have the plan.
  public var wantsPlan: Bool
  /// Whether the answer shall have the potentials.
  public var wantsPotentials: Bool
  /// The seconds after which a problem is answered with what is known by then; nil for no limit.
  public var timeLimit: Double?

  /// Settings: the Euclidean distance of order 1, and what else is named.
  public init(
    groundCost: GroundCost = .euclidean, order: Double = 1, matrix: CostMatrix? = nil,
    threshold: Double? = nil, capacities: CostMatrix? = nil, mass: MassPolicy = .requireEqual(),
    solver: String? = nil,
    isExact: Bool = false, wantsPlan: Bool = false, wantsPotentials: Bool = false,
    timeLimit: Double? = nil
  ) {
    self.groundCost = groundCost
    self.order = order
    self.matrix = matrix
    self.threshold = threshold
    self.capacities = capacities
    self.mass = mass
    self.solver = solver
    self.isExact = isExact
    self.wantsPlan = wantsPlan
    self.wantsPotentials = wantsPotentials
    self.timeLimit = timeLimit
  }

  /// The ground cost with the threshold.
  public var distance: GroundCost {
    threshold.map { .thresholded(groundCost, at: $0) } ?? groundCost
  }
}

/// A problem as a line of JSON gives it.
public struct ProblemLine: Sendable {
  /// The value of `id` as it was written, or nil where there is none.
  public let id: String?
  /// The measure that mass leaves.
  public let source: Measure
  /// The measure that mass reaches.
  public let target: Measure
  /// How the problem is to be solved.
  public let settings: ProblemSettings

  /// The problem to solve.
  ///
  /// - Throws: `TransportProblemError` where measures, costs and totals do not fit.
  public func problem() throws(TransportProblemError) -> TransportProblem {
    guard let matrix = settings.matrix else {
      return try TransportProblem(
        from: source, to: target, cost: settings.distance, order: settings.order,
        mass: settings.mass, capacities: settings.capacities)
    }
    return try TransportProblem(
      from: source.pointCloud, to: target.pointCloud, cost: matrix, mass: settings.mass,
      capacities: settings.capacities)
  }
}
