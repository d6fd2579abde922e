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
  let arcs = (0..<problem.sourceCount).flatMap { i in
    (0..<problem.targetCount).map { j in (source: i, target: j) }
  }
  let tolerance = 1e-12 * problem.totalMass
  var best: Double?
  forEachSubset(of: arcs.count, size: problem.sourceCount + problem.targetCount - 1) { chosen in
    guard let flows = treeFlows(problem, chosen.map { arcs[$0] }) else { return }
    guard flows.allSatisfy({ $0 >= -tolerance }) else { return }
    var cost = 0.0
    for (index, flow) in zip(chosen, flows) {
      let price = problem.costs[arcs[index].source, arcs[index].target]
      if price < .infinity || flow > tolerance { cost += flow * price }
    }
    guard cost < .infinity else { return }
    best = min(best ?? cost, cost)
  }
  return best
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
