import Autodiff
public import Transport

/// A trained critic held against the exact distance of the same atoms.
///
/// Whatever a critic is, its largest slope between any two atoms makes a certified lower bound of its
/// estimate: divided by it the critic is 1-Lipschitz on the atoms, and has a 1-Lipschitz extension to all
/// of space (E. McShane 1934), so that Kantorovich–Rubinstein duality applies.
public struct CriticReport: Sendable {
  /// The exact W₁ of the atoms; nil if it was not asked for.
  public let exact: Double?
  /// E_p f − E_q f, with the masses of the problem.
  public let estimate: Double
  /// The largest |f(s) − f(t)| ÷ ‖s − t‖ over all pairs of different atoms; 0 if there are none.
  public let lipschitzOnSupport: Double
  /// Two atoms between which it is attained, sources before targets.
  public let steepestPair: (Int, Int)
  /// The estimate divided by `lipschitzOnSupport`: at most the exact W₁.
  public let certifiedLowerBound: Double
  /// The value of the better of two c-transforms: at most the exact W₁, whatever the critic.
  public let cTransformLowerBound: Double
  /// The mean of (f(x) − f(y)) ÷ ‖x − y‖ over the optimal plan: 1 for an optimal critic; nil without
  /// the exact plan or where no mass moves.
  public let slopeOnPlan: Double?
  /// The mean cosine of the critic's gradient at x with the way from y to x over the optimal plan.
  public let gradientCosine: Double?

  /// (estimate − exact) ÷ exact; nil without the exact value or where that is 0.
  public var relativeError: Double? {
    guard let exact, exact > 0 else { return nil }
    return (estimate - exact) / exact
  }

  /// Measures a critic on all atoms.
  ///
  /// - Parameters:
  ///   - critic: The critic.
  ///   - problem: The two measures that it was trained on.
  ///   - solution: An exact solution of `problem.transport`, or nil to do without.
  /// - Complexity: O((m + n)² d).
  public init(
    on critic: Critic, of problem: CriticProblem, exact solution: TransportSolution? = nil
  ) {
    let unit = problem.standardization.scale
    let f = critic.valuesInTraining(at: problem.sources).map { $0 * unit }
    let g = critic.valuesInTraining(at: problem.targets).map { $0 * unit }
    exact = solution?.cost
    let mean = { (values: [Double], shares: [Double]) in
      zip(values, shares).reduce(0) { $0 + $1.0 * $1.1 }
    }
    estimate =
      problem.totalMass * (mean(f, problem.sourceShares) - mean(g, problem.targetShares))
    let steepest = SteepestPair(problem, f + g)
    lipschitzOnSupport = steepest.slope
    steepestPair = steepest.atoms
    certifiedLowerBound = steepest.slope > 0 ? estimate / steepest.slope : 0
    cTransformLowerBound = Self.cTransformBound(problem, f, g)
    let rays = solution.map { TransportRays($0.plan, problem, critic, f, g) }
    slopeOnPlan = rays?.slope
    gradientCosine = rays?.cosine
  }

  /// The better value of f on the sources and of −f on the targets, each completed by c-transforms.
  private static func cTransformBound(
    _ problem: CriticProblem, _ f: [Double], _ g: [Double]
  ) -> Double {
    let transport = problem.transport
    var source = [Double](repeating: 0, count: transport.sourceCount)
    var target = [Double](repeating: 0, count: transport.targetCount)
    for (value, i) in zip(f, problem.sourceIndices) { source[i] = value }
    for (value, j) in zip(g, problem.targetIndices) { target[j] = -value }
    // Atoms without mass must not lower the minimum: they get the least value of all.
    let floor = (f + g.map { -$0 }).min() ?? 0
    for i in source.indices where transport.sourceMasses[i] == 0 { source[i] = floor }
    for j in target.indices where transport.targetMasses[j] == 0 { target[j] = floor }
    let fromSources = transport.targetTransform(of: source)
    let forward = KantorovichPotentials(
      source: transport.sourceTransform(of: fromSources), target: fromSources)
    let fromTargets = transport.sourceTransform(of: target)
    let backward = KantorovichPotentials(
      source: fromTargets, target: transport.targetTransform(of: fromTargets))
    return max(transport.dualValue(of: forward), transport.dualValue(of: backward))
  }
}

/// The pair of atoms with the largest slope between them.
private struct SteepestPair {
  var slope = 0.0
  var atoms = (0, 0)

  init(_ problem: CriticProblem, _ values: [Double]) {
    let points = [problem.sources, problem.targets]
    let dimension = problem.dimension
    let coordinates = points.flatMap { $0.elements }
    let unit = problem.standardization.scale
    for first in values.indices {
      for second in 0..<first {
        var square = 0.0
        for axis in 0..<dimension {
          let step =
            coordinates[first * dimension + axis] - coordinates[second * dimension + axis]
          square += step * step
        }
        guard square > 0 else { continue }
        let steepness = abs(values[first] - values[second]) / (unit * square.squareRoot())
        if steepness > slope {
          slope = steepness
          atoms = (first, second)
        }
      }
    }
  }
}

/// What a critic does along the ways of the optimal plan.
private struct TransportRays {
  let slope: Double?
  let cosine: Double?

  init(
    _ plan: TransportPlan, _ problem: CriticProblem, _ critic: Critic, _ f: [Double],
    _ g: [Double]
  ) {
    let places = Dictionary(uniqueKeysWithValues: zip(problem.sourceIndices, 0...))
    let targetPlaces = Dictionary(uniqueKeysWithValues: zip(problem.targetIndices, 0...))
    let gradients = critic.gradientsInTraining(at: problem.sources)
    var (mass, slopes, cosines) = (0.0, 0.0, 0.0)
    for arc in plan.arcs {
      guard let i = places[arc.source], let j = targetPlaces[arc.target] else { continue }
      let way = (0..<problem.dimension).map { problem.sources[i, $0] - problem.targets[j, $0] }
      let length = way.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0, arc.mass > 0 else { continue }
      let steepness = (0..<problem.dimension).map { gradients[i, $0] }
      let norm = steepness.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let along = zip(way, steepness).reduce(0) { $0 + $1.0 * $1.1 }
      mass += arc.mass
      slopes += arc.mass * (f[i] - g[j]) / (length * problem.standardization.scale)
      cosines += norm > 0 ? arc.mass * along / (length * norm) : 0
    }
    slope = mass > 0 ? slopes / mass : nil
    cosine = mass > 0 ? cosines / mass : nil
  }
}
