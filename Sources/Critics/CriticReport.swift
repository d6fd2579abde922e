import Autodiff
public import Transport

/// A trained critic held against the exact distance of the same atoms.
///
/// Whatever a critic is, its largest slope between any two atoms makes a certified lower bound of its
/// estimate: divided by it the critic is 1-Lipschitz on the atoms, and has a 1-Lipschitz extension to all
/// of space (E. McShane 1934), so that Kantorovich–Rubinstein duality applies.
public struct CriticReport: Sendable {
  /// An atom of one of the two measures, by its index there.
  public enum Atom: Hashable, Sendable {
    /// An atom of the source.
    case source(Int)
    /// An atom of the target.
    case target(Int)
  }

  /// The exact W₁ of the atoms; nil if it was not asked for.
  public let exact: Double?
  /// E_p f − E_q f, with the masses of the problem; of a K-Lipschitz critic an estimate of K · W₁.
  public let estimate: Double
  /// K: 1 unless the training was told otherwise.
  public let lipschitzBound: Double
  /// Pairs of atoms, and those that are steeper than K.
  public let slopes: SlopeCheck
  /// The estimate divided by the largest slope: at most the exact W₁.
  public let certifiedLowerBound: Double
  /// The value of the better of two c-transforms: at most the exact W₁, whatever the critic.
  public let cTransformLowerBound: Double
  /// The arcs of the optimal plan; nil without a plan or where no mass moves.
  public let slackness: SlacknessCheck?
  /// The mean cosine of the critic's gradient at x with the way from y to x over the optimal plan.
  public let gradientCosine: Double?

  /// The largest |f(s) − f(t)| ÷ ‖s − t‖ over all pairs of different atoms; 0 if there are none.
  public var lipschitzOnSupport: Double { slopes.worst }

  /// Two atoms between which it is attained.
  public var steepestPair: (Atom, Atom) { (slopes.worstPair.first, slopes.worstPair.second) }

  /// The mean of (f(x) − f(y)) ÷ ‖x − y‖ over the optimal plan: K for an optimal critic; nil without
  /// the exact plan or where no mass moves.
  public var slopeOnPlan: Double? { slackness?.meanSlope }

  /// (estimate − K · exact) ÷ (K · exact); nil without the exact value or where that is 0.
  public var relativeError: Double? {
    guard let exact, exact > 0 else { return nil }
    return (estimate - lipschitzBound * exact) / (lipschitzBound * exact)
  }

  /// The share of W₁ that the critic proves: its certified lower bound ÷ exact, at most 1 but for roundings;
  /// nil without the exact value or where that is 0.
  public var recoveredShare: Double? {
    guard let exact, exact > 0 else { return nil }
    return certifiedLowerBound / exact
  }

  /// Measures a critic on all atoms, those that it was trained on or others.
  ///
  /// - Parameters:
  ///   - critic: The critic.
  ///   - problem: Two measures of the critic's dimension (`Critic.check(fits:)`).
  ///   - solution: An exact solution of `problem.transport`, or nil to do without.
  /// - Complexity: O((m + n)² d).
  public init(
    on critic: Critic, of problem: CriticProblem, exact solution: TransportSolution? = nil
  ) {
    precondition(
      critic.dimension == problem.dimension,
      "a critic of dimension \(critic.dimension) has no values in dimension \(problem.dimension)")
    let values = critic.values(at: problem.atomCoordinates)
    let bounds = SupportBounds(values, on: problem, above: critic.lipschitzBound)
    exact = solution?.cost
    estimate = bounds.estimate
    lipschitzBound = critic.lipschitzBound
    let pair = SlopeCheck.Pair(
      first: problem.atom(bounds.steepest.atoms.0), second: problem.atom(bounds.steepest.atoms.1))
    slopes = SlopeCheck(
      pairs: bounds.steepest.pairs, violations: bounds.steepest.violations,
      worst: bounds.steepest.slope, worstPair: pair)
    certifiedLowerBound = bounds.certifiedLowerBound
    cTransformLowerBound = bounds.cTransformLowerBound(for: critic.lipschitzBound)
    let rays = solution.flatMap { TransportRays($0.plan, problem, critic, values) }
    slackness = rays?.slackness
    gradientCosine = rays?.cosine
  }
}

extension CriticProblem {
  /// The atom with a number, counted over those that have mass, sources before targets.
  func atom(_ number: Int) -> CriticReport.Atom {
    number < sourceIndices.count
      ? .source(sourceIndices[number]) : .target(targetIndices[number - sourceIndices.count])
  }
}

/// What a critic does along the ways of the optimal plan; nil if no mass moves.
private struct TransportRays {
  let slackness: SlacknessCheck
  let cosine: Double

  init?(
    _ plan: TransportPlan, _ problem: CriticProblem, _ critic: Critic, _ values: [Double]
  ) {
    let places = Dictionary(uniqueKeysWithValues: zip(problem.sourceIndices, 0...))
    let targetPlaces = Dictionary(uniqueKeysWithValues: zip(problem.targetIndices, 0...))
    let coordinates = problem.atomCoordinates
    let (dimension, sources) = (problem.dimension, problem.sourceIndices.count)
    let gradients = critic.gradients(at: Array(coordinates[..<(sources * dimension)]))
    let bound = critic.lipschitzBound
    var (mass, slopes, cosines, arcs, slackArcs, slackMass) = (0.0, 0.0, 0.0, 0, 0, 0.0)
    var worst = (arc: SlacknessCheck.Arc(source: 0, target: 0), slope: bound, miss: -1.0)
    for arc in plan.arcs {
      guard let i = places[arc.source], let j = targetPlaces[arc.target] else { continue }
      let way = (0..<dimension).map {
        coordinates[i * dimension + $0] - coordinates[(sources + j) * dimension + $0]
      }
      let length = Self.norm(way)
      guard length > 0, arc.mass > 0 else { continue }
      let slope = (values[i] - values[sources + j]) / length
      let miss = abs(slope - bound)
      let ascent = gradients[i * dimension..<(i + 1) * dimension]
      let norm = Self.norm(ascent)
      mass += arc.mass
      arcs += 1
      slopes += arc.mass * slope
      if norm > 0 {
        let along = zip(way, ascent).reduce(0) { $0 + ($1.0 / length) * ($1.1 / norm) }
        cosines += arc.mass * along
      }
      if miss > SlacknessCheck.tolerance * bound {
        slackArcs += 1
        slackMass += arc.mass
      }
      if miss > worst.miss {
        worst = (SlacknessCheck.Arc(source: arc.source, target: arc.target), slope, miss)
      }
    }
    guard mass > 0 else { return nil }
    slackness = SlacknessCheck(
      arcs: arcs, slackArcs: slackArcs, slackMass: slackMass / mass, worstArc: worst.arc,
      worstSlope: worst.slope, meanSlope: slopes / mass)
    cosine = cosines / mass
  }

  /// The length of a vector, also where squares of its entries would overflow or vanish.
  private static func norm(_ vector: some Sequence<Double>) -> Double {
    let largest = vector.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return largest }
    return largest * vector.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }
}
