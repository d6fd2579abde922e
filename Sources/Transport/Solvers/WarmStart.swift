/// What is known of a problem near the one to be solved.
public enum WarmStart: Sendable {
  /// Potentials f and g; mass starts on arcs of small reduced cost.
  case potentials(KantorovichPotentials)
  /// A plan, whose arcs mass starts on as far as the masses allow, and potentials for the rest.
  case basis(TransportPlan, KantorovichPotentials)

  /// The plan and the potentials of a solution.
  public static func solution(_ solution: TransportSolution) -> WarmStart {
    .basis(solution.plan, solution.potentials)
  }

  private var potentials: KantorovichPotentials {
    switch self {
    case .potentials(let potentials), .basis(_, let potentials): potentials
    }
  }

  private var plan: TransportPlan? {
    if case .basis(let plan, _) = self { return plan }
    return nil
  }

  /// Throws unless the sizes are those of a problem and the potentials finite.
  func requireFit(to problem: TransportProblem) throws(TransportSolverError) {
    try requireFit(
      potentials.source.count, potentials.target.count, "the potentials", to: problem)
    if let plan { try requireFit(plan.sourceCount, plan.targetCount, "the plan", to: problem) }
    guard (potentials.source + potentials.target).allSatisfy(\.isFinite) else {
      throw .unfitWarmStart("a potential is not finite")
    }
  }

  private func requireFit(
    _ sources: Int, _ targets: Int, _ what: String, to problem: TransportProblem
  ) throws(TransportSolverError) {
    guard sources == problem.sourceCount, targets == problem.targetCount else {
      throw .unfitWarmStart(
        """
        \(what) are of \(sources) sources and \(targets) targets, the problem has \
        \(problem.sourceCount) and \(problem.targetCount)
        """)
    }
  }
}

/// A warm start in the terms of a simplex.
struct StartHint<Cost: SimplexCost> {
  /// π = −g of each target.
  let targetPotentials: [Cost]
  /// Arcs to ship along first, in this order.
  let arcs: [(source: Int, target: Int)]
}

extension WarmStart {
  /// The hint for a simplex over some of the sources and targets, costs scaled by 2⁻ᵉ.
  func hint(sources: [Int], targets: [Int], costExponent: Int) -> StartHint<Double> {
    let scaled = ReducedProblem.scaled(targets.map { -potentials.target[$0] }, by: -costExponent)
    return StartHint(targetPotentials: scaled, arcs: arcs(sources, targets))
  }

  /// The hint for a simplex in integers, so many to a unit of cost.
  func hint(sources: [Int], targets: [Int], costUnit: Double) -> StartHint<Int128> {
    let scaled = targets.map { target in
      let value = -potentials.target[target] * costUnit
      return abs(value) < 0x1p100 ? Int128(value) : 0
    }
    return StartHint(targetPotentials: scaled, arcs: arcs(sources, targets))
  }

  /// The plan's arcs, those first whose source or target has no other left.
  private func arcs(_ sources: [Int], _ targets: [Int]) -> [(source: Int, target: Int)] {
    guard let plan else { return [] }
    let places = (
      Self.places(of: sources, in: plan.sourceCount), Self.places(of: targets, in: plan.targetCount)
    )
    let arcs = plan.arcs.compactMap { arc -> ForestArc? in
      let (source, target) = (places.0[arc.source], places.1[arc.target])
      return source >= 0 && target >= 0 ? ForestArc(source: source, target: target, flow: 0) : nil
    }
    return LeafOrder(arcs, sourceCount: sources.count, targetCount: targets.count).arcs
  }

  private static func places(of indices: [Int], in count: Int) -> [Int] {
    var places = [Int](repeating: -1, count: count)
    for (place, index) in indices.enumerated() { places[index] = place }
    return places
  }
}

/// Arcs of a forest from its leaves inwards; where there are cycles, their arcs come last.
private struct LeafOrder {
  private(set) var arcs: [(source: Int, target: Int)] = []

  init(_ given: [ForestArc], sourceCount: Int, targetCount: Int) {
    let count = sourceCount + targetCount
    let neighbours = Neighbours(of: given, sourceCount: sourceCount, count: count)
    var degree = (0..<count).map { neighbours.places(of: $0).count }
    var isTaken = [Bool](repeating: false, count: given.count)
    var leaves = degree.indices.filter { degree[$0] == 1 }
    while let leaf = leaves.popLast() {
      for place in neighbours.places(of: leaf) where !isTaken[neighbours.arc(at: place)] {
        let arc = neighbours.arc(at: place)
        isTaken[arc] = true
        arcs.append((given[arc].source, given[arc].target))
        let other = given[arc].otherEnd(than: leaf, sourceCount: sourceCount)
        degree[other] -= 1
        if degree[other] == 1 { leaves.append(other) }
      }
    }
    for arc in given.indices where !isTaken[arc] {
      arcs.append((given[arc].source, given[arc].target))
    }
  }
}
