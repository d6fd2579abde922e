import Measures

/// A problem as numerical solvers want it: sources and targets with mass only, costs in a dense matrix,
/// masses and costs scaled by powers of two so that the total mass and the largest cost are near one.
///
/// Scaling by powers of two is exact, so a problem in other units gives the same pivots.
package struct ReducedProblem: Sendable {
  /// The original indices of the sources that have mass.
  package let sources: [Int]
  /// The original indices of the targets that have mass.
  package let targets: [Int]
  /// The scaled mass of each source, with a total from one half to one.
  package let supplies: [Double]
  /// The scaled mass of each target.
  package let demands: [Double]
  /// The scaled costs, row-major, the largest magnitude from one half to one; `.infinity` if forbidden.
  package let costs: [Double]
  /// The scaled capacities, row-major, or nil.
  package let capacities: [Double]?
  /// Masses of the problem are scaled masses times two to this power.
  package let massExponent: Int
  /// Costs of the problem are scaled costs times two to this power.
  package let costExponent: Int

  /// The number of sources with mass.
  package var rows: Int { sources.count }
  /// The number of targets with mass.
  package var columns: Int { targets.count }

  /// Reduces and scales a problem.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - ceiling: Costs above it are set aside as if forbidden; nil sets none aside.
  /// - Throws: `TransportSolverError.tooLarge` if the dense matrix would not fit.
  /// - Complexity: O(m n d) time, O(m n) memory.
  package init(
    _ problem: TransportProblem, settingAsideCostsAbove ceiling: Double? = nil
  ) throws(TransportSolverError) {
    sources = problem.sourceMasses.indices.filter { problem.sourceMasses[$0] > 0 }
    targets = problem.targetMasses.indices.filter { problem.targetMasses[$0] > 0 }
    guard sources.count.multipliedReportingOverflow(by: targets.count).partialValue < 1 << 31 else {
      throw .tooLarge(
        """
        \(sources.count) × \(targets.count) costs do not fit a dense matrix (at most 2³¹ entries)
        """)
    }
    var entries = Self.dense(problem, sources, targets)
    if let ceiling {
      for arc in entries.indices where entries[arc] > ceiling { entries[arc] = .infinity }
    }
    costExponent = Self.exponent(of: RowScan.largestMagnitude(of: entries))
    massExponent = Self.exponent(of: problem.totalMass)
    Self.scale(&entries, by: -costExponent)
    costs = entries
    supplies = Self.scaled(sources.map { problem.sourceMasses[$0] }, by: -massExponent)
    demands = Self.scaled(targets.map { problem.targetMasses[$0] }, by: -massExponent)
    capacities = problem.capacities.map { [sources, targets, massExponent] capacities in
      Self.scaled(
        sources.flatMap { i in targets.map { j in capacities[i, j] } }, by: -massExponent)
    }
  }

  private static func dense(
    _ problem: TransportProblem, _ sources: [Int], _ targets: [Int]
  ) -> [Double] {
    if case .matrix(let matrix) = problem.costs,
      matrix.entries.count == sources.count * targets.count
    {
      return matrix.entries
    }
    var entries: [Double] = []
    entries.reserveCapacity(sources.count * targets.count)
    var row = [Double](repeating: 0, count: problem.targetCount)
    for i in sources {
      problem.costs.copyRow(i, into: &row)
      if targets.count == row.count {
        entries.append(contentsOf: row)
      } else {
        for j in targets { entries.append(row[j]) }
      }
    }
    return entries
  }

  /// The power of two just above a number; 0 for zero.
  static func exponent(of value: Double) -> Int {
    guard value > 0, value.isFinite else { return 0 }
    return Int(value.exponent) + 1
  }

  /// Every value times a power of two, in two steps where one would leave the range of doubles.
  package static func scaled(_ values: [Double], by exponent: Int) -> [Double] {
    var result = values
    scale(&result, by: exponent)
    return result
  }

  /// The same in place.
  private static func scale(_ values: inout [Double], by exponent: Int) {
    if exponent == 0 { return }
    if abs(exponent) <= 1_000 {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      for index in values.indices { values[index] *= factor }
      return
    }
    let half = exponent / 2
    let first = Double(sign: .plus, exponent: half, significand: 1)
    let second = Double(sign: .plus, exponent: exponent - half, significand: 1)
    for index in values.indices { values[index] = (values[index] * first) * second }
  }
}

extension ReducedProblem {
  /// A plan of the problem from one of the reduced problem.
  ///
  /// - Parameters:
  ///   - arcs: Indices of the reduced problem and scaled masses.
  ///   - problem: The problem that was reduced.
  /// - Returns: The plan in the problem's indices and masses.
  package func plan(
    _ arcs: [TransportPlan.Arc], of problem: TransportProblem
  ) -> TransportPlan {
    let masses = Self.scaled(arcs.map(\.mass), by: massExponent)
    return TransportPlan(
      arcs: zip(arcs, masses).map { arc, mass in
        TransportPlan.Arc(source: sources[arc.source], target: targets[arc.target], mass: mass)
      },
      sourceCount: problem.sourceCount, targetCount: problem.targetCount)
  }

  /// Potentials of the problem from those of the reduced problem.
  ///
  /// A last c-transform, fᵢ = minⱼ (cᵢⱼ − gⱼ), leaves no reduced cost negative by more than a rounding of
  /// its own three terms, also where these nearly vanish.
  ///
  /// - Parameters:
  ///   - source: Scaled potentials of the sources with mass.
  ///   - target: Scaled potentials of the targets with mass.
  ///   - problem: The problem that was reduced.
  /// - Returns: Potentials of every source and target.
  /// - Complexity: O(m n).
  package func potentials(
    source: [Double], target: [Double], of problem: TransportProblem
  ) -> KantorovichPotentials {
    let transformed = capacities == nil ? transform(of: target, otherwise: source) : source
    return problem.tightened(
      source: zip(sources, Self.scaled(transformed, by: costExponent)),
      target: zip(targets, Self.scaled(target, by: costExponent)))
  }

  /// The c-transform of potentials on the targets; a source without any arc keeps its potential.
  private func transform(of target: [Double], otherwise source: [Double]) -> [Double] {
    let negated = target.map { -$0 }
    return source.indices.map { i in
      let least = RowScan.leastSum(
        costs, from: i * columns, negated, from: 0, count: columns
      ).value
      return least.isFinite ? least : source[i]
    }
  }
}
