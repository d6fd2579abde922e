import Measures

extension TransportProblem {
  /// The c-transform of potentials on the targets: fᵢ = minⱼ (cᵢⱼ − gⱼ), the largest that is feasible.
  ///
  /// Sources all of whose arcs are forbidden get 0, which violates nothing.
  ///
  /// - Parameters:
  ///   - target: The potential g of each target.
  ///   - threads: How many threads may work; the answer is the same.
  /// - Returns: The potential f of each source.
  /// - Complexity: O(m n d); less between grids, see `LatticeMinima`.
  public func sourceTransform(of target: [Double], threads: Int = 1) -> [Double] {
    if arcCount > Self.manyLatticeArcs, let minima = LatticeMinima.ofSources(self, under: target) {
      return minima.arguments.enumerated().map { costs[$0, Int($1)] - target[Int($1)] }
    }
    let parts = SharedRows(sourceCount, threads: threads).map { rows in
      var row = [Double](repeating: 0, count: targetCount)
      return rows.map { source in
        costs.copyRow(source, into: &row)
        var least = Double.infinity
        for j in 0..<targetCount { least = min(least, row[j] - target[j]) }
        return least.isFinite ? least : 0
      }
    }
    return parts.flatMap { $0 }
  }

  /// The c-transform of potentials on the sources: gⱼ = minᵢ (cᵢⱼ − fᵢ).
  ///
  /// - Parameters:
  ///   - source: The potential f of each source.
  ///   - threads: How many threads may work; the answer is the same.
  /// - Returns: The potential g of each target.
  /// - Complexity: O(m n d); less between grids, see `LatticeMinima`.
  public func targetTransform(of source: [Double], threads: Int = 1) -> [Double] {
    if arcCount > Self.manyLatticeArcs, let minima = LatticeMinima.ofTargets(self, under: source) {
      return minima.arguments.enumerated().map { costs[Int($1), $0] - source[Int($1)] }
    }
    let parts = SharedRows(sourceCount, threads: threads).map { rows in
      var row = [Double](repeating: 0, count: targetCount)
      var least = [Double](repeating: .infinity, count: targetCount)
      for i in rows {
        costs.copyRow(i, into: &row)
        for j in 0..<targetCount { least[j] = min(least[j], row[j] - source[i]) }
      }
      return least
    }
    return (0..<targetCount).map { j in
      let least = parts.reduce(Double.infinity) { min($0, $1[j]) }
      return least.isFinite ? least : 0
    }
  }

  /// Feasible potentials that are at least as good as two c-transforms of the given ones.
  ///
  /// - Complexity: O(m n d); in few dimensions far less, since boxes that cannot hold a least are left out.
  func repaired(_ potentials: KantorovichPotentials, threads: Int = 1) -> KantorovichPotentials {
    if case .points(let points) = costs, points.dimension <= PotentialTree.mostDimensions,
      (potentials.source + potentials.target).allSatisfy(\.isFinite)
    {
      return repaired(potentials, by: BoxTransform(points, threads: threads))
    }
    let source = sourceTransform(of: potentials.target, threads: threads)
    return KantorovichPotentials(
      source: source, target: targetTransform(of: source, threads: threads))
  }

  /// The better of the transformed potentials and of the transformed zeros: half-way through a solve,
  /// potentials can be worse than none.
  private func repaired(
    _ potentials: KantorovichPotentials, by transform: BoxTransform
  ) -> KantorovichPotentials {
    let repaired = transform.repaired(potentials)
    let fromNothing = transform.repaired(
      KantorovichPotentials(
        source: potentials.source.map { _ in 0 }, target: potentials.target.map { _ in 0 }))
    return dualValue(of: fromNothing) > dualValue(of: repaired) ? fromNothing : repaired
  }
}

extension TransportProblem {
  /// Potentials of the whole problem from those of the sources and targets that have mass.
  ///
  /// A bin without mass gets the tight potential, the least that its arcs allow.
  ///
  /// - Parameters:
  ///   - source: Indices of sources and their potentials.
  ///   - target: Indices of targets and their potentials.
  /// - Returns: Potentials of every source and target.
  /// - Complexity: O(m + n), and O(d) for each arc of a bin without mass.
  package func tightened(
    source: some Sequence<(Int, Double)>, target: some Sequence<(Int, Double)>
  ) -> KantorovichPotentials {
    var f = [Double](repeating: .infinity, count: sourceCount)
    var g = [Double](repeating: .infinity, count: targetCount)
    for (i, value) in source { f[i] = value }
    for (j, value) in target { g[j] = value }
    let given = f.indices.filter { f[$0] < .infinity }
    for j in g.indices where g[j] == .infinity {
      for i in given { g[j] = min(g[j], costs[i, j] - f[i]) }
      if g[j] == .infinity { g[j] = 0 }
    }
    var row = [Double](repeating: 0, count: targetCount)
    for i in f.indices where f[i] == .infinity {
      costs.copyRow(i, into: &row)
      for j in g.indices { f[i] = min(f[i], row[j] - g[j]) }
      if f[i] == .infinity { f[i] = 0 }
    }
    return KantorovichPotentials(source: f, target: g)
  }
}
