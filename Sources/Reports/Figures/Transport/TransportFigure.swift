public import Measures
public import Transport

/// What a solved transport problem looks like: the measures, the moves and the potentials.
///
/// On the line: both histograms, the cumulated masses with the area between, the moves and the
/// potentials. In the plane: points with the moves as lines. On images: source, target, displacement and
/// potential. Anywhere else, and under a matrix of costs: the plan as a heat map.
///
///     let problem = try TransportProblem(from: p, to: q)
///     let solution = try NetworkSimplex().solve(problem)
///     TransportFigure(of: solution, to: problem).figure.svg
public struct TransportFigure: Sendable {
  /// The figure.
  public let figure: Figure

  /// The figure of a solution.
  ///
  /// - Parameters:
  ///   - solution: What a solver found; at a limit the best plan by then.
  ///   - problem: What it solved.
  ///   - source: The source as an image, if it is one.
  ///   - target: The target as an image, if it is one.
  ///   - metric: The name of the ground cost, for the title.
  /// - Complexity: O(m + n + arcs) up to logarithms; what is drawn of large problems is bounded, and
  ///   notes say what was left out.
  public init(
    of solution: TransportSolution, to problem: TransportProblem, source: Grid? = nil,
    target: Grid? = nil, metric: String = "euclidean"
  ) {
    let title = Self.title(solution, problem, metric)
    switch problem.costs {
    case .points(let places) where places.dimension == 1:
      figure = LineFigure(solution, problem, places).figure(title)
    case .points(let places) where places.dimension == 2:
      if let source, let target, source.shape.count == 2, target.shape.count == 2 {
        figure = ImageFigure(solution, problem, source, target).figure(title)
      } else {
        figure = PlaneFigure(solution, problem, places).figure(title)
      }
    case .points, .matrix: figure = PlanFigure(solution, problem).figure(title)
    }
  }

  private static func title(
    _ solution: TransportSolution, _ problem: TransportProblem, _ metric: String
  ) -> String {
    let kind = "\(metric), order \(NumberText.shortest(problem.order))"
    guard let bracket = solution.bracket else {
      return "Distance \(NumberText.formatted(solution.distance, digits: 6)) (\(kind))"
    }
    let lower = NumberText.formatted(bracket.lower, digits: 6)
    let upper = NumberText.formatted(bracket.upper, digits: 6)
    return "Cost from \(lower) to \(upper): a limit was reached (\(kind))"
  }
}

/// The moves of a plan that are drawn: the heaviest, if there are too many.
struct DrawnMoves {
  let arcs: [TransportPlan.Arc]
  /// What was left out, or nil.
  let note: String?
  private let heaviest: Double
  private let total: Double

  /// The moves of a plan, at most so many.
  init(_ plan: TransportPlan, atMost most: Int) {
    let moved = plan.arcs.filter { $0.mass > 0 }
    let heaviest = moved.reduce(0) { max($0, $1.mass) }
    self.heaviest = heaviest
    total = moved.reduce(0) { $0 + $1.mass / heaviest }
    guard moved.count > most else {
      arcs = moved
      note = moved.isEmpty ? "No plan was known when the limit was reached." : nil
      return
    }
    // Equal masses in the order of the plan, so that the figure is the same everywhere.
    let chosen = moved.indices.sorted {
      (moved[$1].mass, $0) < (moved[$0].mass, $1)
    }.prefix(most)
    arcs = chosen.sorted().map { moved[$0] }
    let drawn = chosen.reduce(0) { $0 + moved[$1].mass / heaviest }
    note = """
      The \(most) heaviest of \(moved.count) moves are drawn, \
      \(NumberText.formatted((drawn / total * 1000).rounded(.down) / 10, digits: 3)) % of the mass.
      """
  }

  /// The width of a move in pixels: as its mass.
  ///
  /// - Parameters:
  ///   - arc: The move.
  ///   - widest: The most that the heaviest has.
  ///   - sum: The most that all widths add up to, so that many moves do not hide each other.
  /// - Returns: The width.
  func width(_ arc: TransportPlan.Arc, heaviest widest: Double, all sum: Double) -> Double {
    guard heaviest > 0 else { return 0.3 }
    return max(0.3, arc.mass / heaviest * min(widest, sum / total))
  }
}
