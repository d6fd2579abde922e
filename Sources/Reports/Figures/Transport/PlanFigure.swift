import Transport

/// A solved problem of which only the plan can be drawn: under a matrix of costs, or in three dimensions
/// and more.
struct PlanFigure {
  private let solution: TransportSolution
  private let problem: TransportProblem

  init(_ solution: TransportSolution, _ problem: TransportProblem) {
    self.solution = solution
    self.problem = problem
  }

  func figure(_ title: String) -> Figure {
    let map = HeatMap(
      entries: solution.plan.arcs.map {
        HeatMap.Entry(row: $0.source, column: $0.target, value: $0.mass)
      },
      rows: problem.sourceCount, columns: problem.targetCount, label: "mass")
    let plan = Panel(
      "Plan", x: Axis("target", ticks: .whole),
      y: Axis("source", ticks: .whole, isReversed: true), width: 380, height: 380,
      hasEqualUnits: true, series: [.heatMap(map)])
    let missing =
      solution.plan.arcs.isEmpty ? "No plan was known when the limit was reached." : nil
    return Figure(
      title,
      description: """
        The plan as a matrix, a row for each source and a column for each target, with the mass of each \
        move as its colour; below, the potentials of sources and targets.
        """,
      notes: [map.note, missing].compactMap(\.self), panels: [plan, potentialPanel])
  }

  private var potentialPanel: Panel {
    func series(_ values: [Double], _ name: String, _ ink: Ink) -> Series {
      guard values.count <= 2000 else {
        return .line(
          values.enumerated().map { FigurePoint(Double($0), $1) }, named: name, ink: ink, width: 1)
      }
      return .dots(
        values.enumerated().map { Series.Dot(x: Double($0), y: $1) }, named: name, ink: ink)
    }
    return Panel(
      "Potentials", x: Axis("source, target", ticks: .whole), y: Axis("potential"), width: 380,
      height: 160,
      series: [
        series(solution.potentials.source, "f of the source", .category(0)),
        series(solution.potentials.target, "g of the target", .category(1)),
      ])
  }
}
