import Measures
import Transport

/// A solved problem between two images.
struct ImageFigure {
  private let solution: TransportSolution
  private let problem: TransportProblem
  private let source: Grid
  private let target: Grid
  private let displacement: Displacement

  init(
    _ solution: TransportSolution, _ problem: TransportProblem, _ source: Grid, _ target: Grid
  ) {
    self.solution = solution
    self.problem = problem
    self.source = source
    self.target = target
    displacement = Displacement(solution.plan, source, target)
  }

  func figure(_ title: String) -> Figure {
    let panels = [
      image("Source", problem.sourceMasses, source), image("Target", problem.targetMasses, target),
      displacementPanel, potentialPanel,
    ]
    let size = "\(source.shape[0]) × \(source.shape[1])"
    let notes = panels.map(\.panel).indices.compactMap { panels[$0].note }
    return Figure(
      title,
      description: """
        Four images: the source, \(size) pixels, and the target; how far, and by arrows whereto, the \
        mass of each pixel of the source goes on average; and the potential of each pixel of the source.
        """,
      columns: 2,
      notes: Array(Set(notes)).sorted()
        + (solution.plan.arcs.isEmpty ? ["No plan was known when the limit was reached."] : []),
      panels: panels.map(\.panel))
  }

  private func panel(
    _ title: String, _ values: [Double], _ grid: Grid, _ map: ColorMap, _ label: String,
    range: ClosedRange<Double>? = nil, above: [Series] = []
  ) -> (panel: Panel, note: String?) {
    let (rows, columns) = (grid.shape[0], grid.shape[1])
    let heat = HeatMap(
      values, rows: rows, columns: columns, map: map, label: label, range: range,
      x: -0.5 * grid.spacing[1]...(Double(columns) - 0.5) * grid.spacing[1],
      y: -0.5 * grid.spacing[0]...(Double(rows) - 0.5) * grid.spacing[0])
    let panel = Panel(
      title, x: Axis("column", ticks: .whole), y: Axis("row", ticks: .whole, isReversed: true),
      width: 300, height: 300, hasEqualUnits: true, series: [.heatMap(heat)] + above)
    return (panel, heat.note)
  }

  private func image(
    _ title: String, _ masses: [Double], _ grid: Grid
  ) -> (panel: Panel, note: String?) {
    panel(title, masses, grid, .gray, "mass", range: 0...(masses.max() ?? 0))
  }

  private var displacementPanel: (panel: Panel, note: String?) {
    panel(
      "Displacement", displacement.lengths, source, .mass, "mean way of a pixel's mass",
      range: 0...(displacement.lengths.filter(\.isFinite).max() ?? 0),
      above: [.arcs(displacement.arrows, ink: .category(1), hasHeads: true)])
  }

  private var potentialPanel: (panel: Panel, note: String?) {
    panel("Potential f of the source", solution.potentials.source, source, .field, "potential")
  }
}

/// Where the mass of each pixel of an image goes on average.
struct Displacement {
  /// How far the mean of a pixel's targets is from it; NaN where the pixel sends nothing.
  let lengths: [Double]
  /// From the mean place of a block's mass to the mean of its targets.
  let arrows: [Series.Arc]

  init(_ plan: TransportPlan, _ source: Grid, _ target: Grid) {
    func place(_ pixel: Int, _ grid: Grid) -> (row: Double, column: Double) {
      let (row, column) = pixel.quotientAndRemainder(dividingBy: grid.shape[1])
      return (Double(row) * grid.spacing[0], Double(column) * grid.spacing[1])
    }
    var pixels = [MeanMove](repeating: MeanMove(), count: source.count)
    let size = max(1, (max(source.shape[0], source.shape[1]) + 13) / 14)
    let across = (source.shape[1] + size - 1) / size
    let down = (source.shape[0] + size - 1) / size
    var blocks = [MeanMove](repeating: MeanMove(), count: across * down)
    for arc in plan.arcs where arc.mass > 0 {
      let (row, column) = arc.source.quotientAndRemainder(dividingBy: source.shape[1])
      let (start, end) = (place(arc.source, source), place(arc.target, target))
      pixels[arc.source].add(start, end, arc.mass)
      blocks[row / size * across + column / size].add(start, end, arc.mass)
    }
    lengths = pixels.map(\.length)
    arrows = blocks.compactMap(\.arrow)
  }
}

/// The mean of some moves, each by its mass.
private struct MeanMove {
  private var mass = 0.0
  private var start = (row: 0.0, column: 0.0)
  private var way = (row: 0.0, column: 0.0)

  mutating func add(
    _ from: (row: Double, column: Double), _ to: (row: Double, column: Double), _ added: Double
  ) {
    mass += added
    let share = added / mass
    start.row += share * (from.row - start.row)
    start.column += share * (from.column - start.column)
    way.row += share * (to.row - from.row - way.row)
    way.column += share * (to.column - from.column - way.column)
  }

  var length: Double {
    mass > 0 ? (way.row * way.row + way.column * way.column).squareRoot() : .nan
  }

  var arrow: Series.Arc? {
    guard mass > 0, length > 0 else { return nil }
    return Series.Arc(
      from: FigurePoint(start.column, start.row),
      to: FigurePoint(start.column + way.column, start.row + way.row), width: 1.4)
  }
}
