import Measures

extension TransportProblem {
  /// The allowed arcs whose reduced cost is zero.
  ///
  /// - Parameters:
  ///   - potentials: Feasible potentials.
  ///   - tolerance: Reduced costs up to this part of |c| + |f| + |g| count as zero.
  /// - Returns: The arcs by source, and the least relative reduced cost of the others.
  /// - Complexity: O(m n d); for many points in few dimensions about O((m + n) log n), and then the least of
  ///   the others is that of the arcs that the search met.
  func tightArcs(
    under potentials: KantorovichPotentials, tolerance: Double
  ) -> (arcs: [(source: Int, target: Int)], leastAside: Double?) {
    var (arcs, leastAside) = ([(source: Int, target: Int)](), Double.infinity)
    func consider(_ i: Int, _ j: Int, _ cost: Double) {
      guard cost < .infinity else { return }
      let relative = Self.relativeReducedCost(cost, potentials.source[i], potentials.target[j])
      if relative <= tolerance {
        arcs.append((i, j))
      } else {
        leastAside = min(leastAside, relative)
      }
    }
    if case .points(let points) = costs, arcCount > 1 << 22,
      points.dimension <= PotentialTree.mostDimensions
    {
      searchTightArcs(points, potentials, tolerance, consider)
    } else {
      var row = [Double](repeating: 0, count: targetCount)
      for i in 0..<sourceCount {
        costs.copyRow(i, into: &row)
        for j in row.indices { consider(i, j, row[j]) }
      }
    }
    return (arcs, leastAside.isFinite ? leastAside : nil)
  }

  /// Meets every arc whose reduced cost may be zero, box by box.
  private func searchTightArcs(
    _ points: PairwiseCosts, _ potentials: KantorovichPotentials, _ tolerance: Double,
    _ consider: (Int, Int, Double) -> Void
  ) {
    let tree = PotentialTree(
      points.targets, dimension: points.dimension, potentials: potentials.target)
    let cost = points.pointCost
    for i in 0..<sourceCount {
      let f = potentials.source[i]
      tree.search(
        leastCost: { box in
          cost.least(i, of: points.sources, toBox: box, from: tree.lower, to: tree.upper)
        },
        canMatter: { cost, g in Self.relativeReducedCost(cost, f, g) - 0x1p-36 <= tolerance }
      ) { j in
        consider(i, j, cost(i, of: points.sources, j, of: points.targets))
      }
    }
  }
}
