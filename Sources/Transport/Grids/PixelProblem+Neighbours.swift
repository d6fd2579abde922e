extension PixelProblem {
  /// Solves the problem as a flow through neighbouring pixels.
  func solve(through steps: PixelGraph.Steps, _ monitor: PivotMonitor) -> PixelSolution {
    let excess = excess
    // The least unit that all that moves is counted in.
    let masses = FlowMasses(
      supplies: excess.net.filter { $0 > 0 }, demands: excess.net.filter { $0 < 0 }.map { -$0 })
    return masses.fitsInt64
      ? solve(steps, excess, unit: max(1, masses.unit), Int64.self, monitor)
      : solve(steps, excess, unit: 1, Int128.self, monitor)
  }

  private func solve<Flow: FlowCount>(
    _ steps: PixelGraph.Steps, _ excess: PixelExcess, unit: Int128, _ flow: Flow.Type,
    _ monitor: PivotMonitor
  ) -> PixelSolution {
    let graph = PixelGraph(shape: lattice.commonShape, spacing: spacing, steps: steps)
    let nodes = graph.nodes
    var supplies = [Flow](repeating: 0, count: graph.capacity)
    var place = [Int](repeating: -1, count: graph.capacity)
    for (pixel, node) in nodes.enumerated() {
      supplies[node] = Flow(excess.net[pixel] / unit)
      place[node] = pixel
    }
    let simplex = PixelSimplex(graph, supplies: supplies, monitor: monitor)
    var arcs = excess.staying
    for move in PixelFlow(of: simplex.tree, supplies: supplies).moves {
      arcs.append(
        ForestArc(
          source: excess.source[place[move.from]], target: excess.target[place[move.to]],
          flow: Int128(move.flow) * unit))
    }
    return PixelSolution(
      isOptimal: simplex.isOptimal, pivots: simplex.pivots, plan: plan(arcs),
      potentials: potentials(nodes.map { simplex.tree.potential(of: $0) }))
  }

  /// f = φ and g = −φ, from a scaled φ on the pixels of the common box.
  func potentials(_ scaled: [Double]) -> KantorovichPotentials {
    let potential = ReducedProblem.scaled(scaled, by: exponent)
    return KantorovichPotentials(
      source: places(of: lattice.sourceShape).map { potential[$0] },
      target: places(of: lattice.targetShape).map { -potential[$0] })
  }
}
