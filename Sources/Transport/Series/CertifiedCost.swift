package import Measures

/// The least cost of a pair of a series, with what proves it.
struct CertifiedCost {
  /// Σ πᵢⱼ cᵢⱼ, summed over the plan with the costs as they were given.
  let cost: Double
  /// Potentials of every bin, tight where there is no mass; nil where nobody asked for them.
  let potentials: KantorovichPotentials?
}

extension TransportSeries {
  /// The least cost of a pair, checked by code that does not trust the solver.
  ///
  /// `PairCheck` judges plan and potentials by the masses and costs as they were given; where they do not
  /// hold, `NetworkSimplex` solves the pair, and its certificate is taken.
  ///
  /// - Parameters:
  ///   - source: The measure that mass leaves.
  ///   - target: The measure that mass reaches.
  ///   - check: What judges the answer.
  ///   - wantsPotentials: Whether the potentials are wanted too.
  /// - Returns: The cost, and the potentials where they are wanted.
  /// - Throws: As `cost(from:to:)` does, and `TransportSolverError.numericalFailure` if nothing holds.
  func certifiedCost(
    from source: Histogram, to target: Histogram, _ check: inout PairCheck,
    wantsPotentials: Bool
  ) throws -> CertifiedCost {
    try requireBins(source, target)
    let adjustment = try TransportProblem.adjustment(source.total, target.total, under: mass)
    if let scratch, scratch.solve(source, target, adjustment) {
      check.take(source, target, adjustment)
      scratch.forEachMove { check.take(source: $0, target: $1, mass: $2, costs) }
      if check.holds(under: scratch.potentialsOfMasses, costs) {
        return CertifiedCost(
          cost: check.cost, potentials: wantsPotentials ? scratch.potentials : nil)
      }
    }
    return try PairCheck.certified(
      NetworkSimplex().solve(problem(from: source, to: target)),
      for: problem(from: source, to: target))
  }
}

/// The certificate of a pair of a series, in memory that is made once.
///
/// It is that of `OptimalityCertificate`, in the same units and with the same tolerance; only the least
/// reduced cost is a bound where that is enough. Bins without mass are left out, as neither the plan's cost
/// nor the dual value depends on them: a c-transform extends potentials to them, whatever these are.
package struct PairCheck {
  private var missing: [Double]
  private var lacking: [Double]
  private var shifts: [Double]
  private var sources: [Double]
  private var targets: [Double]
  private var primal = CompensatedSum()
  private var scale = 0.0
  private var leastMass = 0.0

  package init(_ costs: CostMatrix) {
    missing = [Double](repeating: 0, count: costs.rows)
    lacking = [Double](repeating: 0, count: costs.columns)
    (sources, targets, shifts) = (missing, lacking, lacking)
  }

  /// Starts with the masses of a pair.
  package mutating func take(_ source: Histogram, _ target: Histogram, _ adjustment: MassAdjustment)
  {
    var (sourceDivisor, targetDivisor, factor) = (1.0, 1.0, 1.0)
    switch adjustment {
    case .none: break
    case .targetScaled(let scale): factor = scale
    case .normalized(let first, let second): (sourceDivisor, targetDivisor) = (first, second)
    }
    for bin in sources.indices { sources[bin] = source.masses[bin] / sourceDivisor }
    for bin in targets.indices { targets[bin] = target.masses[bin] * factor / targetDivisor }
    (missing, lacking) = (sources, targets)
    (primal, scale, leastMass) = (CompensatedSum(), 0, 0)
  }

  /// Takes an arc of the plan.
  package mutating func take(source: Int, target: Int, mass: Double, _ costs: CostMatrix) {
    let term = mass * costs[source, target]
    primal.add(term)
    scale += abs(term)
    missing[source] -= mass
    lacking[target] -= mass
    leastMass = min(leastMass, mass)
  }

  /// The cost of the plan.
  var cost: Double { primal.value }

  /// Whether plan and potentials prove each other optimal.
  ///
  /// - Parameters:
  ///   - potentials: A potential for each bin; those of bins without mass play no part.
  ///   - costs: The cost of each arc.
  /// - Returns: Whether they do, within `OptimalityCertificate.tolerance`.
  package mutating func holds(under potentials: KantorovichPotentials, _ costs: CostMatrix) -> Bool
  {
    let tolerance = OptimalityCertificate.tolerance
    let largestError = tolerance * sources.reduce(0, +)
    guard leastMass >= -largestError else { return false }
    // Written so that NaN does not pass.
    for error in missing where !(abs(error) <= largestError) { return false }
    for error in lacking where !(abs(error) <= largestError) { return false }
    return gap(under: potentials) <= tolerance
      && -leastReducedCost(under: potentials, costs) <= tolerance
  }

  /// |primal − dual| over the terms that it is the difference of.
  private func gap(under potentials: KantorovichPotentials) -> Double {
    var shift = Double.infinity
    for (bin, mass) in sources.enumerated() where mass > 0 {
      shift = min(shift, potentials.source[bin])
    }
    var (dual, scale) = (CompensatedSum(), scale)
    for (bin, mass) in sources.enumerated() where mass > 0 {
      let term = mass * (potentials.source[bin] - shift)
      dual.add(term)
      scale += abs(term)
    }
    for (bin, mass) in targets.enumerated() where mass > 0 {
      let term = mass * (potentials.target[bin] + shift)
      dual.add(term)
      scale += abs(term)
    }
    let difference = abs(primal.value - dual.value)
    if difference == 0 { return 0 }
    return scale.isFinite ? difference / scale : .infinity
  }

  /// A lower bound on the least relative reduced cost (c − f − g) ÷ (|c| + |f| + |g|).
  private mutating func leastReducedCost(
    under potentials: KantorovichPotentials, _ costs: CostMatrix
  ) -> Double {
    for bin in shifts.indices {
      shifts[bin] = targets[bin] > 0 ? -potentials.target[bin] : .infinity
    }
    var least = 0.0
    for (source, f) in potentials.source.enumerated() where sources[source] > 0 {
      let row = source * costs.columns
      let value = RowScan.leastSum(costs.entries, from: row, shifts) - f
      if value >= 0 { continue }
      // The denominator is |f| at least; only where that is too little are all arcs looked at.
      if -value <= 0x1p-40 * abs(f) {
        least = min(least, value / abs(f))
        continue
      }
      for (target, g) in potentials.target.enumerated() where targets[target] > 0 {
        let relative = TransportProblem.relativeReducedCost(costs.entries[row + target], f, g)
        least = min(least, relative.isNaN ? -.infinity : relative)
      }
    }
    return least
  }

  /// The cost and the potentials of a solution whose certificate holds.
  static func certified(
    _ solution: TransportSolution, for problem: TransportProblem
  ) throws(TransportSolverError) -> CertifiedCost {
    let certificate = solution.certificate(for: problem)
    guard solution.outcome == .optimal, certificate.holds else {
      throw .numericalFailure("the certificate of the answer does not hold")
    }
    return CertifiedCost(cost: solution.cost, potentials: solution.potentials)
  }
}
