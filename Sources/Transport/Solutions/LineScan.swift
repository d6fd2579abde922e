import Measures

extension TransportProblem {
  /// The least reduced cost on the line in O((m + n) log m) instead of O(m n).
  ///
  /// For a convex cost of x − y the matrix of reduced costs, with both sides sorted, is Monge, whatever
  /// the potentials: the position of a row's minimum does not move left from one row to the next. So
  /// the middle row is scanned, and each half needs only its part of the columns. It never looks at
  /// the plan or at how the potentials were found. Reported is the relative reduced cost of each
  /// row's least absolute one.
  ///
  /// - Source: A. Aggarwal et al., "Geometric applications of a matrix-searching algorithm",
  ///   Algorithmica 2 (1987), section 2.
  package func leastReducedCostOnTheLine(under potentials: KantorovichPotentials)
    -> LeastReducedCost
  {
    guard case .points(let points) = costs else {
      return leastReducedCostOfAllArcs(under: potentials)
    }
    guard let exponent = costs.lineExponent else {
      return leastReducedCostOfAllArcs(under: potentials)
    }
    let cost = LineCost(exponent: exponent)
    let rows = RadixSort.order(of: points.sources)
    let columns = RadixSort.order(of: points.targets)
    let positions = columns.map { points.targets[$0] }
    let g = columns.map { potentials.target[$0] }
    var least = LeastReducedCost()
    var pending = [RowBlock(rows: 0..<rows.count, columns: 0..<columns.count)]
    while let block = pending.popLast() {
      guard !block.rows.isEmpty else { continue }
      let middle = (block.rows.lowerBound + block.rows.upperBound) / 2
      let source = rows[middle]
      let f = potentials.source[source]
      var best = (value: Double.infinity, column: block.columns.lowerBound)
      let position = points.sources[source]
      for column in block.columns {
        let reduced = cost(position, positions[column]) - f - g[column]
        if reduced < best.value { best = (reduced, column) }
      }
      let target = columns[best.column]
      least.consider(source, target, cost: points[source, target], f, potentials.target[target])
      pending.append(
        RowBlock(
          rows: block.rows.lowerBound..<middle,
          columns: block.columns.lowerBound..<best.column + 1))
      pending.append(
        RowBlock(
          rows: middle + 1..<block.rows.upperBound, columns: best.column..<block.columns.upperBound)
      )
    }
    return least.finished
  }
}

/// Rows whose minima are still to be found, and the columns that can hold them.
private struct RowBlock {
  let rows: Range<Int>
  let columns: Range<Int>
}
