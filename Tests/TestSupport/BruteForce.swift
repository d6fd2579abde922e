import Measures
public import Transport

/// The optimal cost by trying every basis: for problems of a few arcs only.
///
/// A vertex of the transport polytope is the flow of a spanning tree, so the least cost of all trees
/// whose flow is not negative is the optimum; a forbidden arc may be in the tree if it carries nothing.
/// Shares no code with any solver.
///
/// - Parameter problem: A problem of about a dozen arcs at most.
/// - Returns: The optimal cost, or nil if no plan avoids the forbidden arcs.
public func bruteForceCost(of problem: TransportProblem) -> Double? {
  let tolerance = 1e-12 * problem.totalMass
  var best: Double?
  forEachVertex(of: problem) { arcs in
    var cost = 0.0
    for arc in arcs {
      let price = problem.costs[arc.source, arc.target]
      if price < .infinity || arc.mass > tolerance { cost += arc.mass * price }
    }
    guard cost < .infinity else { return }
    best = min(best ?? cost, cost)
  }
  return best
}

/// All optimal vertices of a problem's polytope, each as a dense matrix of masses, row-major; for
/// integer masses and costs of a few arcs.
///
/// - Parameter problem: A problem with integers for masses and costs.
/// - Returns: The plans, none twice.
public func optimalVertices(of problem: TransportProblem) -> Set<[Double]> {
  var (best, plans) = (Double.infinity, Set<[Double]>())
  forEachVertex(of: problem) { arcs in
    var (cost, plan) = (0.0, [Double](repeating: 0, count: problem.arcCount))
    for arc in arcs where arc.mass > 0 {
      plan[arc.source * problem.targetCount + arc.target] = arc.mass
      cost += arc.mass * problem.costs[arc.source, arc.target]
    }
    guard cost <= best, cost < .infinity else { return }
    if cost < best { (best, plans) = (cost, []) }
    plans.insert(plan)
  }
  return plans
}

/// Calls a closure with the arcs of every spanning tree whose flow is not negative.
private func forEachVertex(
  of problem: TransportProblem, _ body: ([TransportPlan.Arc]) -> Void
) {
  let arcs = (0..<problem.sourceCount).flatMap { i in
    (0..<problem.targetCount).map { j in (source: i, target: j) }
  }
  let tolerance = 1e-12 * problem.totalMass
  forEachSubset(of: arcs.count, size: problem.sourceCount + problem.targetCount - 1) { chosen in
    guard let flows = treeFlows(problem, chosen.map { arcs[$0] }) else { return }
    guard flows.allSatisfy({ $0 >= -tolerance }) else { return }
    body(
      zip(chosen, flows).map {
        TransportPlan.Arc(source: arcs[$0].source, target: arcs[$0].target, mass: $1)
      })
  }
}

/// Calls a closure with every choice of `size` indices below `count`.
private func forEachSubset(of count: Int, size: Int, _ body: ([Int]) -> Void) {
  guard size <= count else { return }
  var chosen = Array(0..<size)
  while true {
    body(chosen)
    guard let place = (0..<size).last(where: { chosen[$0] < count - size + $0 }) else { return }
    chosen[place] += 1
    for later in (place + 1)..<max(place + 1, size) { chosen[later] = chosen[later - 1] + 1 }
  }
}

/// The flow that arcs must carry if they are a spanning tree; nil if they are none.
private func treeFlows(
  _ problem: TransportProblem, _ arcs: [(source: Int, target: Int)]
) -> [Double]? {
  let rows = problem.sourceCount
  var left = problem.sourceMasses + problem.targetMasses
  var open = Set(arcs.indices)
  var flows = [Double](repeating: 0, count: arcs.count)
  func ends(_ arc: Int) -> [Int] { [arcs[arc].source, rows + arcs[arc].target] }
  while !open.isEmpty {
    var degree = [Int](repeating: 0, count: left.count)
    for arc in open { for node in ends(arc) { degree[node] += 1 } }
    guard
      let arc = open.first(where: { arc in ends(arc).contains { degree[$0] == 1 } }),
      let leaf = ends(arc).first(where: { degree[$0] == 1 })
    else { return nil }
    flows[arc] = left[leaf]
    for node in ends(arc) where node != leaf { left[node] -= left[leaf] }
    left[leaf] = 0
    open.remove(arc)
  }
  return left.allSatisfy { abs($0) <= 1e-9 * problem.totalMass } ? flows : nil
}
