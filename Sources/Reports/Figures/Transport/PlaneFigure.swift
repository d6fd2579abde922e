import Measures
import Transport

/// A solved problem among points of the plane.
struct PlaneFigure {
  private let solution: TransportSolution
  private let problem: TransportProblem
  private let places: PairwiseCosts
  private let moves: DrawnMoves
  private let sources: DrawnPoints
  private let targets: DrawnPoints

  init(_ solution: TransportSolution, _ problem: TransportProblem, _ places: PairwiseCosts) {
    self.solution = solution
    self.problem = problem
    self.places = places
    moves = DrawnMoves(solution.plan, atMost: 1500)
    let heaviest = (problem.sourceMasses + problem.targetMasses).reduce(0) { max($0, $1) }
    sources = DrawnPoints("sources", places.sources, problem.sourceMasses, heaviest)
    targets = DrawnPoints("targets", places.targets, problem.targetMasses, heaviest)
  }

  func figure(_ title: String) -> Figure {
    Figure(
      title,
      description: """
        Two maps of the points: the moves of the plan as lines from sources to targets, as wide as \
        their mass; and the potential of every point as its colour.
        """,
      columns: 2, notes: [moves.note, sources.note, targets.note].compactMap(\.self),
      panels: [movePanel, potentialPanel])
  }

  private var movePanel: Panel {
    let arcs = moves.arcs.map { arc in
      Series.Arc(
        from: FigurePoint(places.sources[2 * arc.source], places.sources[2 * arc.source + 1]),
        to: FigurePoint(places.targets[2 * arc.target], places.targets[2 * arc.target + 1]),
        width: moves.width(arc, heaviest: 4, all: 70))
    }
    return Panel(
      "Moves, as wide as their mass", x: Axis("x"), y: Axis("y"), width: 380, height: 380,
      hasEqualUnits: true,
      series: [
        .arcs(arcs), .dots(sources.dots(), named: "source"),
        .dots(targets.dots(), named: "target", ink: .category(1)),
      ])
  }

  private var potentialPanel: Panel {
    let f = solution.potentials.source
    let g = solution.potentials.target.map { -$0 }
    let all = sources.indices.map { f[$0] } + targets.indices.map { g[$0] }
    let finite = all.filter(\.isFinite)
    let scale = ColorScale(
      (finite.min() ?? 0)...(finite.max() ?? 0), label: "potential")
    return Panel(
      "Potentials: f of sources, −g of targets", x: Axis("x"), y: Axis("y"), width: 380,
      height: 380, hasEqualUnits: true,
      series: [.dots(sources.dots(f) + targets.dots(g), colors: scale)])
  }
}

/// The points of a measure that are drawn: the heaviest, if there are too many.
private struct DrawnPoints {
  let indices: [Int]
  let note: String?
  private let coordinates: [Double]
  private let masses: [Double]
  private let heaviest: Double

  init(_ name: String, _ coordinates: [Double], _ masses: [Double], _ heaviest: Double) {
    self.coordinates = coordinates
    self.masses = masses
    self.heaviest = heaviest
    let most = 4000
    let present = masses.indices.filter { masses[$0] > 0 }
    if present.count <= most {
      (indices, note) = (present, nil)
    } else {
      let order = present.sorted { (masses[$1], $0) < (masses[$0], $1) }
      indices = order.prefix(most).sorted()
      note = "The \(most) heaviest of \(present.count) \(name) are drawn."
    }
  }

  /// Dots whose areas are as the masses.
  func dots(_ values: [Double]? = nil) -> [Series.Dot] {
    let largest = indices.count <= 60 ? 7.0 : indices.count <= 500 ? 5.0 : 3.0
    return indices.map { index in
      Series.Dot(
        x: coordinates[2 * index], y: coordinates[2 * index + 1],
        radius: max(0.8, (masses[index] / heaviest).squareRoot() * largest),
        value: values?[index])
    }
  }
}
