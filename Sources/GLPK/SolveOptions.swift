/// How a linear program is solved; the defaults are GLPK's, but for the method.
public struct SolveOptions: Sendable {
  /// The algorithm.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// The primal simplex method: walks over feasible points.
    case primalSimplex
    /// The dual simplex method; the primal one tells infeasible from unbounded where it cannot.
    case dualSimplex
    /// The dual simplex method, and the primal one wherever it fails; the default.
    case dualThenPrimalSimplex
    /// The primal-dual interior-point method: no basis, moderate accuracy; the dual simplex method
    /// finishes where it does not converge.
    case interiorPoint
    /// The simplex method in rational arithmetic, started from the basis of the dual simplex
    /// method; the data are taken as the exact values of their doubles.
    case exactSimplex
  }

  /// How the column that enters the basis is chosen.
  public enum Pricing: Sendable, Hashable {
    /// Projected steepest edge: fewer iterations.
    case steepest
    /// The largest reduced cost: cheaper iterations.
    case textbook
  }

  /// How the row that leaves the basis is chosen.
  public enum RatioTest: Sendable, Hashable {
    /// The first bound reached.
    case standard
    /// Harris's two passes: larger pivots within the tolerance.
    case harris
  }

  /// Where a simplex method starts.
  public enum StartingBasis: Sendable, Hashable {
    /// Where the session stands, or all slack in a new problem.
    case current
    /// Every row basic.
    case allSlack
    /// GLPK's triangular basis.
    case advanced
    /// A basis of an earlier solution.
    case given(Basis)
  }

  /// A report from a run between two stretches of work.
  public struct Progress: Sendable, Hashable {
    /// Simplex iterations so far.
    public let iterations: Int
    /// The objective at the present basis.
    public let objective: Double
    /// Whether the present point is feasible.
    public let isFeasible: Bool
    /// The time since the start.
    public let elapsed: Duration
  }

  /// The algorithm.
  public var method: Method
  /// Whether GLPK first simplifies the program (simplex methods only, and nothing is kept of a
  /// run that is stopped).
  public var presolve: Bool
  /// How far a bound may be violated, absolutely, after GLPK's own scaling; between 0 and 1.
  public var primalTolerance: Double
  /// How far a reduced cost may have the wrong sign, absolutely; between 0 and 1.
  public var dualTolerance: Double
  /// How small a pivot may be against the largest of its column; between 0 and 1.
  public var pivotTolerance: Double
  /// The greatest number of simplex iterations, nil for no limit.
  public var iterationLimit: Int?
  /// The longest time, nil for no limit.
  public var timeLimit: Duration?
  /// How the entering column is chosen.
  public var pricing: Pricing
  /// How the leaving row is chosen.
  public var ratioTest: RatioTest
  /// Whether GLPK scales rows and columns before it solves; not for the exact simplex.
  public var scaling: Bool
  /// Where a simplex method starts.
  public var startingBasis: StartingBasis
  /// Whether the solution carries the ranging of its costs and bounds.
  public var ranging: Bool
  /// Called between stretches of a simplex run, which grow with the length of the run.
  public var progress: (@Sendable (Progress) -> Void)?

  /// Makes settings; what is not named has GLPK's default.
  public init(
    method: Method = .dualThenPrimalSimplex, presolve: Bool = false,
    primalTolerance: Double = 1e-7, dualTolerance: Double = 1e-7, pivotTolerance: Double = 1e-9,
    iterationLimit: Int? = nil, timeLimit: Duration? = nil, pricing: Pricing = .steepest,
    ratioTest: RatioTest = .harris, scaling: Bool = false, startingBasis: StartingBasis = .current,
    ranging: Bool = false, progress: (@Sendable (Progress) -> Void)? = nil
  ) {
    self.method = method
    self.presolve = presolve
    self.primalTolerance = primalTolerance
    self.dualTolerance = dualTolerance
    self.pivotTolerance = pivotTolerance
    self.iterationLimit = iterationLimit
    self.timeLimit = timeLimit
    self.pricing = pricing
    self.ratioTest = ratioTest
    self.scaling = scaling
    self.startingBasis = startingBasis
    self.ranging = ranging
    self.progress = progress
  }

  func check() throws(LinearProgramError) {
    let tolerances = [
      ("primalTolerance", primalTolerance), ("dualTolerance", dualTolerance),
      ("pivotTolerance", pivotTolerance),
    ]
    for (name, value) in tolerances where !(value > 0 && value < 1) {
      throw .invalidOption("\(name) is \(value) but must be between 0 and 1")
    }
    if let iterationLimit, iterationLimit < 0 {
      throw .invalidOption("iterationLimit is \(iterationLimit) but must not be negative")
    }
    if let timeLimit, timeLimit < .zero {
      throw .invalidOption("timeLimit is \(timeLimit) but must not be negative")
    }
  }
}
