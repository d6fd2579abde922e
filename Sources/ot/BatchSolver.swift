import MeasureFiles
import Measures
import OptimalTransport
import Transport
import TransportGLPK

/// Solves the problems of a stream, and keeps what the next problem on the same bins can use again.
///
/// Which way a problem goes depends on the problem alone, never on those before it, and `TransportSeries`
/// solves every pair from nothing: so an answer has the same bits whatever else is in the stream. One thread
/// at a time may use a solver.
final class BatchSolver {
  /// The most bins for which a matrix of costs is kept.
  static let mostBins = 512
  /// The most matrices that are kept.
  private static let mostSeries = 4

  /// Where the bins are and what moving costs.
  private struct Setting: Equatable {
    enum Bins: Equatable {
      case points([Double], dimension: Int)
      case grid([Int], spacing: [Double])
    }

    enum Costs: Equatable {
      case distances(GroundCost, order: Double, on: Bins)
      case matrix(CostMatrix)
    }

    let costs: Costs
    let mass: MassPolicy
  }

  private var known: [(setting: Setting, series: TransportSeries)] = []

  /// A problem with its solution.
  struct Answer {
    let problem: TransportProblem
    let solution: TransportSolution
  }

  /// Solves the problem of a line.
  func solve(_ line: ProblemLine) throws -> Answer {
    if let series = try series(for: line) {
      let source = try Histogram(line.source.masses)
      let target = try Histogram(line.target.masses)
      return Answer(
        problem: try series.problem(from: source, to: target),
        solution: try series.solve(from: source, to: target))
    }
    let problem = try line.problem()
    let solver = try solver(for: line)
    if let reason = solver.reasonAgainst(problem) {
      throw TransportSolverError.unsupported(solver: solver.name, reason: reason)
    }
    let control = SolveControl(timeLimit: line.settings.timeLimit.map { .seconds($0) })
    return Answer(problem: problem, solution: try solver.solve(problem, control: control))
  }

  private func solver(for line: ProblemLine) throws -> any TransportSolver {
    let name = line.settings.solver.flatMap(SolverOption.init(rawValue:)) ?? .automatic
    guard name == .automatic, !line.settings.isExact else {
      return try name.solver(line.settings.isExact ? .exact : .double)
    }
    return StreamSolver()
  }

  /// The series of the bins and costs of a line, where it is one for a series.
  private func series(for line: ProblemLine) throws -> TransportSeries? {
    guard let setting = Self.setting(of: line) else { return nil }
    if let place = known.firstIndex(where: { $0.setting == setting }) {
      let found = known.remove(at: place)
      known.append(found)
      return found.series
    }
    let series: TransportSeries
    switch setting.costs {
    case .matrix(let matrix): series = TransportSeries(matrix, mass: setting.mass)
    case .distances(let cost, let order, _):
      series = try TransportSeries(
        onBins: line.source.pointCloud, cost: cost, order: order, mass: setting.mass)
    }
    if known.count == Self.mostSeries { known.removeFirst() }
    known.append((setting, series))
    return series
  }

  /// What a series needs to know of a line; nil for lines that go another way.
  private static func setting(of line: ProblemLine) -> Setting? {
    let settings = line.settings
    guard (settings.solver ?? "automatic") == "automatic", !settings.isExact,
      settings.timeLimit == nil, settings.capacities == nil, line.source.count <= mostBins,
      line.target.count <= mostBins
    else { return nil }
    if let matrix = settings.matrix {
      guard matrix.rows == line.source.count, matrix.columns == line.target.count else {
        return nil
      }
      return Setting(costs: .matrix(matrix), mass: settings.mass)
    }
    guard let bins = commonBins(line.source, line.target) else { return nil }
    if case .points(_, dimension: 1) = bins {
      // The line and the circle have their closed forms.
      if settings.distance.exponentOnTheLine != nil { return nil }
      if case .circular = settings.distance { return nil }
    }
    return Setting(
      costs: .distances(settings.distance, order: settings.order, on: bins), mass: settings.mass)
  }

  private static func commonBins(_ source: Measure, _ target: Measure) -> Setting.Bins? {
    switch (source, target) {
    case (.grid(let source), .grid(let target)):
      guard source.shape == target.shape, source.spacing == target.spacing else { return nil }
      return .grid(source.shape, spacing: source.spacing)
    case (.grid, _), (_, .grid): return nil
    default:
      let (source, target) = (source.pointCloud, target.pointCloud)
      guard source.dimension == target.dimension, source.coordinates == target.coordinates else {
        return nil
      }
      return .points(source.coordinates, dimension: source.dimension)
    }
  }
}

/// What `automatic` is in a stream: the closed forms, the grid's own graph, else the network simplex, which
/// is quicker for small problems than a linear program is to set up.
private struct StreamSolver: TransportSolver {
  let name = "automatic"

  func reasonAgainst(_ problem: TransportProblem) -> String? {
    solver(for: problem).reasonAgainst(problem)
  }

  func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    try solver(for: problem).solve(problem, control: control)
  }

  private func solver(for problem: TransportProblem) -> any TransportSolver {
    let solvers: [any TransportSolver] = [
      MonotoneRearrangement(), CircularRearrangement(), GridFlow(),
    ]
    if let solver = solvers.first(where: { $0.supports(problem) }) { return solver }
    return problem.capacities == nil ? NetworkSimplex() : LinearProgramSolver()
  }
}
