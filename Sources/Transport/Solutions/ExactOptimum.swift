/// An optimal plan and optimal potentials of an integer problem, proven in integers.
///
/// The initialiser trusts nobody: it adds up every row and column, checks that no arc's reduced cost is
/// negative and that it is zero on every arc of the plan (complementary slackness), without rounding.
package struct ExactOptimum: Sendable {
  /// The arcs with flow, in units of mass.
  package let arcs: [ForestArc]
  /// The potential of each source in units of cost.
  package let source: [Int128]
  /// The potential of each target in units of cost.
  package let target: [Int128]
  /// The exact cost, or an interval if costs were rounded down.
  package let cost: ExactCost

  /// Proves that flows and potentials are optimal.
  ///
  /// - Parameters:
  ///   - problem: The integer problem.
  ///   - arcs: The arcs with positive flow.
  ///   - source: A potential for each source.
  ///   - target: A potential for each target.
  ///   - basis: The arcs of the spanning tree, which decide whether the plan is the only one.
  /// - Throws: `TransportSolverError.notExact`, which says what is not proven.
  /// - Complexity: O(m n).
  package init(
    of problem: IntegerTransportProblem, arcs: [ForestArc], source: [Int128], target: [Int128],
    basis: Set<BasisArc>
  ) throws(TransportSolverError) {
    guard Self.meets(problem, arcs) else {
      throw .notExact("the plan of the basis does not ship the masses, counted in integers")
    }
    guard let separation = Self.leastReducedCost(problem, source, target, basis) else {
      throw .notExact("the basis is not optimal, counted in integers: a reduced cost is negative")
    }
    guard arcs.allSatisfy({ Self.reducedCost(problem, $0.source, $0.target, source, target) == 0 })
    else {
      throw .notExact("an arc of the plan is not tight, counted in integers")
    }
    let value = arcs.reduce(0 as Int128) {
      $0 + $1.flow * problem.costs[$1.source * problem.targetCount + $1.target]
    }
    self.arcs = arcs
    self.source = source
    self.target = target
    cost = try Self.cost(problem, value, separation: separation)
  }

  /// Whether the flows are positive and add up to the masses.
  private static func meets(_ problem: IntegerTransportProblem, _ arcs: [ForestArc]) -> Bool {
    var left = problem.supplies
    var wanted = problem.demands
    for arc in arcs {
      guard arc.flow > 0,
        problem.costs[arc.source * problem.targetCount + arc.target]
          != IntegerTransportProblem.forbidden
      else { return false }
      left[arc.source] -= arc.flow
      wanted[arc.target] -= arc.flow
    }
    return left.allSatisfy { $0 == 0 } && wanted.allSatisfy { $0 == 0 }
  }

  /// The least reduced cost off the basis, or nil if one anywhere is negative.
  private static func leastReducedCost(
    _ problem: IntegerTransportProblem, _ source: [Int128], _ target: [Int128],
    _ basis: Set<BasisArc>
  ) -> Int128? {
    var least = Int128.max
    for i in source.indices {
      for j in target.indices {
        let cost = problem.costs[i * problem.targetCount + j]
        guard cost != IntegerTransportProblem.forbidden else { continue }
        let reduced = reducedCost(problem, i, j, source, target)
        if reduced < 0 { return nil }
        if reduced < least, !basis.contains(BasisArc(source: i, target: j)) { least = reduced }
      }
    }
    return least
  }

  private static func reducedCost(
    _ problem: IntegerTransportProblem, _ i: Int, _ j: Int, _ source: [Int128], _ target: [Int128]
  ) -> Int128 {
    problem.costs[i * problem.targetCount + j] - source[i] - target[j]
  }

  /// The fraction, or the interval of costs rounded down: each true cost is less than one unit above.
  ///
  /// A cycle of the tree has at most min(m, n) arcs each way, so a reduced cost of at least that many
  /// units is positive whatever was rounded off.
  private static func cost(
    _ problem: IntegerTransportProblem, _ value: Int128, separation: Int128
  ) throws(TransportSolverError) -> ExactCost {
    let unit = problem.massUnit.denominator.multipliedReportingOverflow(
      by: problem.costUnit.denominator)
    guard !unit.overflow else {
      throw .notExact("the denominator of the cost needs more than 128 bits")
    }
    let lower = ExactFraction(value, over: unit.partialValue)
    guard problem.costsAreRoundedDown else { return .fraction(lower) }
    let upper = ExactFraction(value + problem.totalMass, over: unit.partialValue)
    let width = Int128(min(problem.sourceCount, problem.targetCount))
    return .interval(lower: lower, upper: upper, basisProven: separation >= width)
  }
}

/// An arc of a spanning tree.
package struct BasisArc: Hashable, Sendable {
  /// The index of the source.
  package let source: Int
  /// The index of the target.
  package let target: Int

  /// An arc from a source to a target.
  package init(source: Int, target: Int) {
    self.source = source
    self.target = target
  }
}

extension ExactOptimum {
  /// The optimum of a basis found by any solver: flows and potentials recomputed in integers.
  ///
  /// - Parameters:
  ///   - problem: The integer problem, every mass positive.
  ///   - basis: The arcs of a spanning forest.
  ///   - anchors: One node of each tree, whose potential is 0: m + j for target j.
  /// - Throws: `TransportSolverError.notExact` if the arcs are no forest or not optimal.
  /// - Complexity: O(m n).
  package init(
    of problem: IntegerTransportProblem, basis: [BasisArc], anchors: [Int]
  ) throws(TransportSolverError) {
    guard let tree = IntegerForest(problem, basis, anchors) else {
      throw .notExact("the basis of the linear program is no spanning forest")
    }
    guard tree.flows.allSatisfy({ $0 >= 0 }) else {
      throw .notExact("the basis of the linear program ships a negative mass, counted in integers")
    }
    let arcs = zip(basis, tree.flows).filter { $0.1 > 0 }.map {
      ForestArc(source: $0.source, target: $0.target, flow: $1)
    }
    try self.init(
      of: problem, arcs: arcs, source: tree.source, target: tree.target, basis: Set(basis))
  }

  /// The solution of the problem that the integers came from.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - form: Its integer form on the support.
  ///   - sources: The indices of the sources of the form.
  ///   - targets: The indices of the targets of the form.
  ///   - statistics: Which solver, and what it took.
  /// - Returns: The solution with its exact cost.
  package func solution(
    of problem: TransportProblem, form: IntegerTransportProblem, sources: [Int], targets: [Int],
    statistics: SolverStatistics
  ) -> TransportSolution {
    let massUnit = Double(form.massUnit.denominator)
    let costUnit = Double(form.costUnit.denominator)
    let plan = TransportPlan(
      arcs: arcs.map {
        TransportPlan.Arc(
          source: sources[$0.source], target: targets[$0.target],
          mass: Double($0.flow) / massUnit)
      },
      sourceCount: problem.sourceCount, targetCount: problem.targetCount)
    let potentials = problem.tightened(
      source: zip(sources, source.map { Double($0) / costUnit }),
      target: zip(targets, target.map { Double($0) / costUnit }))
    return TransportSolution(
      of: problem, plan: plan, potentials: potentials, exactCost: cost, statistics: statistics)
  }
}

/// Flows and potentials that a spanning forest with anchored trees determines, in integers.
private struct IntegerForest {
  var flows: [Int128]
  var source: [Int128]
  var target: [Int128]

  /// Nil if the arcs are no forest with one anchor in each tree.
  init?(_ problem: IntegerTransportProblem, _ basis: [BasisArc], _ anchors: [Int]) {
    let rows = problem.sourceCount
    let count = rows + problem.targetCount
    guard basis.count == count - anchors.count else { return nil }
    var incident = [[Int]](repeating: [], count: count)
    for (index, arc) in basis.enumerated() {
      incident[arc.source].append(index)
      incident[rows + arc.target].append(index)
    }
    var potential = [Int128?](repeating: nil, count: count)
    for anchor in anchors { potential[anchor] = 0 }
    var order: [(node: Int, arc: Int)] = anchors.map { ($0, -1) }
    var next = 0
    while next < order.count {
      let node = order[next].node
      next += 1
      for index in incident[node] {
        let arc = basis[index]
        let other = node < rows ? rows + arc.target : arc.source
        guard potential[other] == nil, let known = potential[node] else { continue }
        potential[other] = problem.costs[arc.source * problem.targetCount + arc.target] - known
        order.append((other, index))
      }
    }
    guard order.count == count else { return nil }
    var excess = problem.supplies + problem.demands
    flows = [Int128](repeating: 0, count: basis.count)
    for (node, index) in order.reversed() where index >= 0 {
      flows[index] = excess[node]
      let arc = basis[index]
      excess[node < rows ? rows + arc.target : arc.source] -= excess[node]
    }
    source = potential[..<rows].map { $0 ?? 0 }
    target = potential[rows...].map { $0 ?? 0 }
  }
}
