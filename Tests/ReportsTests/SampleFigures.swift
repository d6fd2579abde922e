import Measures
import Reports
import Transport

/// Figures of every kind, with the shapes of data that have been in a figure's way.
enum SampleFigures {
  static func transport() throws -> [Figure] {
    let solver = NetworkSimplex()
    func figure(_ problem: TransportProblem, _ p: Grid? = nil, _ q: Grid? = nil) throws -> Figure {
      TransportFigure(of: try solver.solve(problem), to: problem, source: p, target: q).figure
    }
    let p = try Histogram([0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1])
    let q = try Histogram([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4])
    let far = try Histogram([1, 2, 1], at: [-1e-12, 3e150, 1e151])
    let near = try Histogram([2, 2], at: [0, 5e150])
    let one = try Histogram([3])
    let circle = try TransportProblem(
      from: Histogram([1, 2, 0, 0, 0, 1]), to: Histogram([0, 0, 0, 3, 1, 0]),
      cost: .circular(period: 6))
    let plane = try PointCloud([[0, 0], [1, 3], [2, 1]], masses: [1e-9, 1, 2])
    let other = try PointCloud([[4, 1], [3, 3]], masses: [2, 1.000000001])
    let image = try Grid((0..<12).map { Double($0 % 5) }, shape: [3, 4])
    let picture = try Grid((0..<20).map { Double($0 % 3) }, shape: [4, 5])
    let cost = try CostMatrix(rows: [[0, 1, 5], [2, .infinity, 0]])
    let space = try PointCloud([[0, 0, 0], [1, 2, 3]])
    return [
      try figure(TransportProblem(from: p, to: q)),
      try figure(TransportProblem(from: far, to: near)),
      try figure(TransportProblem(from: one, to: one)), try figure(circle),
      try figure(TransportProblem(from: plane, to: other)),
      try figure(TransportProblem(from: plane, to: plane)),
      try figure(TransportProblem(from: image, to: picture, mass: .normalize), image, picture),
      try figure(
        TransportProblem(
          from: Histogram([0.5, 0.5]), to: Histogram([0.25, 0.25, 0.5]), cost: cost)),
      try figure(TransportProblem(from: space, to: space)),
    ]
  }

  static let critics = CriticFigure(
    ["c-transform", "gradient-penalty", "weight-normalization"].map(curve), exact: 1)

  private static func curve(_ name: String) -> CriticFigure.Curve {
    let steps = (0..<50).map(Double.init)
    return CriticFigure.Curve(
      name: name, estimate: steps.map { FigurePoint($0, 1.1 - 1 / ($0 + 1)) },
      certifiedBound: steps.map { FigurePoint($0, 0.9 - 0.8 / ($0 + 1)) },
      cTransformBound: [FigurePoint(50, 0.95)])
  }

  /// A sheet of samples in rows and columns, without axes, as experiments show them over their steps.
  static let sheet = Figure(
    "Samples", description: "Samples of four steps.", columns: 2,
    notes: ["A note that is so long that it has to be broken into lines, because it is long."],
    panels: (0..<4).map(samples))

  private static func samples(_ step: Int) -> Panel {
    let dots = (0..<40).map { sample in
      Series.Dot(x: Double(sample * 7 % 40), y: Double(sample * (step + 3) % 40), radius: 1.5)
    }
    return Panel(
      "step \(step)", x: Axis(ticks: .none), y: Axis(ticks: .none), width: 120, height: 120,
      hasEqualUnits: true, series: [.dots(dots)])
  }

  static let scales = Figure(
    "Scales", description: "Axes of many sizes.", columns: 2, panels: ranges.map(range) + [powers])

  private static let ranges: [(Double, Double)] = [
    (1e-300, 3e-300), (-1e308, 1e308), (1e15, 1e15 + 4), (0, 0), (-3, -2.9), (123_456, 987_654),
  ]

  private static func range(_ low: Double, _ high: Double) -> Panel {
    let line = Series.line([FigurePoint(low, high), FigurePoint(high, low)], named: "line")
    return Panel(
      "from \(low) to \(high)", x: Axis("x"), y: Axis("y"), width: 200, height: 100, series: [line])
  }

  private static var powers: Panel {
    let points = (0..<9).map { FigurePoint(Double($0), 1 / Double(1 << (4 * $0))) }
    return Panel(
      "powers", x: Axis("n"), y: Axis("error", layout: .logarithmic), width: 200, height: 100,
      series: [.line(points)])
  }
}
