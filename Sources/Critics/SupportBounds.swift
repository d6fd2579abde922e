import Autodiff
import Transport

/// What the values of a critic on all atoms prove about W₁, whatever the critic is.
struct SupportBounds {
  /// E_p f − E_q f, with the masses of the problem.
  let estimate: Double
  /// The pair of atoms with the largest slope between them, and how many pairs are too steep.
  let steepest: SteepestPair

  private let problem: CriticProblem
  private let values: [Double]

  /// Looks at all pairs of atoms.
  ///
  /// - Parameters:
  ///   - values: f on the atoms that have mass, sources before targets, in the unit of the coordinates.
  ///   - problem: The measures.
  ///   - bound: The slope above which a pair counts as too steep.
  /// - Complexity: O((m + n)² d).
  init(_ values: [Double], on problem: CriticProblem, above bound: Double = 1) {
    // A constant plays no part but in roundings, so the first atom's value is taken off.
    let centered = values.map { [shift = values[0]] in $0 - shift }
    estimate = problem.difference(of: centered)
    steepest = SteepestPair(problem, centered, above: bound)
    self.problem = problem
    self.values = centered
  }

  /// The estimate divided by the largest slope, at most W₁; 0 for a constant.
  var certifiedLowerBound: Double { steepest.slope > 0 ? estimate / steepest.slope : 0 }

  /// The better value of f / K on the sources and of −f / K on the targets, each completed by c-transforms.
  ///
  /// - Parameter bound: K.
  /// - Returns: At most W₁, with the masses of the problem.
  /// - Complexity: O(m n d).
  func cTransformLowerBound(for bound: Double = 1) -> Double {
    let transport = problem.transport
    let sources = problem.sourceIndices.count
    // Beside values of a critic that is far too steep distances would be lost in roundings.
    let bound = steepest.slope > 1e6 * bound ? steepest.slope : bound
    var source = [Double](repeating: 0, count: transport.sourceCount)
    var target = [Double](repeating: 0, count: transport.targetCount)
    for (value, i) in zip(values[..<sources], problem.sourceIndices) { source[i] = value / bound }
    for (value, j) in zip(values[sources...], problem.targetIndices) { target[j] = -value / bound }
    // Atoms without mass must not lower the minimum: they get the least value of all.
    let floor = min(
      problem.sourceIndices.reduce(.infinity) { min($0, source[$1]) },
      problem.targetIndices.reduce(.infinity) { min($0, target[$1]) })
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

/// The pair of atoms with the largest slope between them, and the number of pairs above a bound.
struct SteepestPair {
  private(set) var slope = 0.0
  /// Numbers of the atoms that have mass, sources before targets.
  private(set) var atoms = (0, 0)
  private(set) var pairs = 0
  private(set) var violations = 0

  init(_ problem: CriticProblem, _ values: [Double], above bound: Double) {
    let dimension = problem.dimension
    let coordinates = problem.sources.elements + problem.targets.elements
    let unit = problem.standardization.scale
    let limit = bound * (1 + SlopeCheck.rounding)
    for first in values.indices {
      for second in 0..<first {
        var square = 0.0
        for axis in 0..<dimension {
          let step =
            coordinates[first * dimension + axis] - coordinates[second * dimension + axis]
          square += step * step
        }
        guard square > 0 else { continue }
        pairs += 1
        let steepness = abs(values[first] - values[second]) / (unit * square.squareRoot())
        if steepness > limit { violations += 1 }
        if steepness > slope {
          slope = steepness
          atoms = (first, second)
        }
      }
    }
  }
}
