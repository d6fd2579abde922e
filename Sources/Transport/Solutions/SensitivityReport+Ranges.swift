/// The costs that an arc may have while a plan stays optimal, all else as it is.
public struct CostRange: Hashable, Sendable {
  /// Below this cost another plan is cheaper; −∞ if none ever is.
  public let lower: Double
  /// Above this cost another plan is cheaper; ∞ if none ever is.
  public let upper: Double
}

/// A change of two masses that leaves the totals equal.
public enum MassChange: Hashable, Sendable {
  /// The source and the target both gain.
  case growing(source: Int, target: Int)
  /// The first source loses what the second gains.
  case movingSource(from: Int, to: Int)
  /// The first target loses what the second gains.
  case movingTarget(from: Int, to: Int)
}

/// How far two masses may move together while the potentials stay optimal, so that the cost moves in
/// proportion.
public struct MassRange: Hashable, Sendable {
  /// The largest move in the other direction, as a number that is not positive.
  public let least: Double
  /// The largest move; infinite if there is none.
  public let most: Double
  /// What the cost changes by for each unit moved.
  public let price: Double
}

extension SensitivityReport {
  /// The costs of an arc, whether the plan uses it or not, for which the plan stays optimal.
  ///
  /// The plan is optimal as long as no cycle of arcs, forward along any and back along those with flow, has a
  /// negative cost; so the ends are lengths of shortest ways between the arc's two atoms under reduced costs.
  ///
  /// - Parameters:
  ///   - source: The arc's source.
  ///   - target: The arc's target.
  /// - Returns: The least and the greatest such cost.
  /// - Complexity: O((m + n)² + m n d).
  public func costRange(source: Int, target: Int) -> CostRange {
    precondition(
      source >= 0 && source < problem.sourceCount && target >= 0 && target < problem.targetCount,
      "no such arc")
    let arc = graph.incident[source].first { graph.arcs[$0].target == target }
    let isUsed = arc.map { graph.arcs[$0].flow > 0 } ?? false
    let tightCost = potentials.source[source] + potentials.target[target]
    let targetNode = problem.sourceCount + target
    let back = distance(from: targetNode, to: source, avoiding: (source, target))
    let forth =
      isUsed ? distance(from: source, to: targetNode, avoiding: (source, target)) : .infinity
    return CostRange(lower: tightCost - back, upper: tightCost + forth)
  }

  /// How far two masses may move together before other potentials become optimal.
  ///
  /// The potentials stay optimal as long as the change can be sent through tight arcs: the ends are the
  /// greatest flows between the two atoms, there and back.
  ///
  /// - Parameter change: Which two masses, and what a positive move means.
  /// - Returns: The farthest moves down and up.
  /// - Complexity: O(k²) for k tight arcs, in practice far less.
  public func massRange(of change: MassChange) -> MassRange {
    let m = problem.sourceCount
    let (f, g) = (potentials.source, potentials.target)
    return switch change {
    case .growing(let i, let j): massRange(from: i, to: m + j, price: f[i] + g[j])
    case .movingSource(let k, let i): massRange(from: i, to: k, price: f[i] - f[k])
    case .movingTarget(let l, let j): massRange(from: m + l, to: m + j, price: g[j] - g[l])
    }
  }

  private func massRange(from first: Int, to second: Int, price: Double) -> MassRange {
    guard first != second else {
      return MassRange(least: -.infinity, most: .infinity, price: 0)
    }
    return MassRange(
      least: 0 - graph.greatestFlow(from: second, to: first),
      most: graph.greatestFlow(from: first, to: second), price: price)
  }

  /// The length of the shortest way between two nodes under reduced costs, without one arc either way.
  private func distance(
    from start: Int, to end: Int, avoiding arc: (source: Int, target: Int)
  ) -> Double {
    let m = problem.sourceCount
    var distances = [Double](repeating: .infinity, count: graph.nodeCount)
    var isDone = [Bool](repeating: false, count: graph.nodeCount)
    var row = [Double](repeating: 0, count: problem.targetCount)
    distances[start] = 0
    while let node = Self.nearest(distances, isDone), node != end {
      isDone[node] = true
      let length = distances[node]
      if node < m {
        problem.costs.copyRow(node, into: &row)
        let f = potentials.source[node]
        for j in row.indices where !(node == arc.source && j == arc.target) {
          let reduced = max(0, row[j] - f - potentials.target[j])
          distances[m + j] = min(distances[m + j], length + reduced)
        }
      }
      // The plan's own arcs are tight, whatever rounding says.
      for index in graph.incident[node] {
        let step = graph.arcs[index]
        guard !(step.source == arc.source && step.target == arc.target) else { continue }
        if node < m {
          distances[m + step.target] = min(distances[m + step.target], length)
        } else if step.flow > 0 {
          distances[step.source] = min(distances[step.source], length)
        }
      }
    }
    return distances[end]
  }

  private static func nearest(_ distances: [Double], _ isDone: [Bool]) -> Int? {
    var best: Int?
    var least = Double.infinity
    for node in distances.indices where !isDone[node] && distances[node] < least {
      (best, least) = (node, distances[node])
    }
    return best
  }
}

extension TightGraph {
  /// The most that can be sent from one node to another, forward without limit and back up to the flow.
  ///
  /// - Source: J. Edmonds, R. Karp, "Theoretical improvements in algorithmic efficiency for network flow
  ///   problems", Journal of the ACM 19 (1972): shortest ways first, so that it ends with real flows too.
  func greatestFlow(from start: Int, to end: Int) -> Double {
    var flows = arcs.map(\.flow)
    var total = 0.0
    while let way = shortestWay(from: start, to: end, flows) {
      let limit = way.filter { !$0.isForward }.map { flows[$0.arc] }.min() ?? .infinity
      guard limit < .infinity else { return .infinity }
      for step in way { flows[step.arc] += step.isForward ? limit : -limit }
      total += limit
    }
    return total
  }

  private func shortestWay(
    from start: Int, to end: Int, _ flows: [Double]
  ) -> [(arc: Int, isForward: Bool)]? {
    var arrival = [(node: Int, arc: Int)?](repeating: nil, count: nodeCount)
    var queue = [start]
    var place = 0
    while place < queue.count, arrival[end] == nil {
      let node = queue[place]
      place += 1
      for step in steps(from: node, flows: flows) where arrival[step.node] == nil {
        guard step.node != start else { continue }
        arrival[step.node] = (node, step.arc)
        queue.append(step.node)
      }
    }
    var way: [(arc: Int, isForward: Bool)] = []
    var node = end
    while let (before, arc) = arrival[node] {
      way.append((arc, before < sourceCount))
      node = before
    }
    return way.isEmpty ? nil : way
  }
}
