/// Exact transport between two grids on a graph of their own: images of any dimension, without the matrix
/// of costs.
///
/// City block of order 1, and Chebyshev of order 1 with equal steps, become a flow through neighbouring
/// pixels; other costs stay between pairs of pixels, found by search, from coarse to fine. For a metric
/// of order 1 mass that both grids have in the same pixel stays there.
///
///     let p = try Grid([1, 0, 0, 0], shape: [2, 2]), q = try Grid([0, 0, 0, 1], shape: [2, 2])
///     let problem = try TransportProblem(from: p, to: q, cost: .cityBlock)
///     try GridFlow().solve(problem).cost  // 2.0
///
/// The theory is on the page `Docs/Theory/Grids.md`.
///
/// - Complexity: O(n) memory; in practice up to about one pivot for each pixel of a neighbours' graph and
///   four to eight for each pixel between pairs.
/// - Source: for neighbours, H. Ling, K. Okada, "An efficient Earth Mover's Distance algorithm for robust
///   histogram comparison", IEEE Transactions on Pattern Analysis and Machine Intelligence 29 (2007).
public struct GridFlow: TransportSolver {
  public let name = "grid-flow"

  /// A solver of problems on grids.
  public init() {}

  public func reasonAgainst(_ problem: TransportProblem) -> String? {
    GridMethod.reasonAgainst(problem)
  }

  /// Why a problem is solved as it is, for reports; nil where `reasonAgainst` has something to say.
  package func reason(for problem: TransportProblem) -> String? {
    GridMethod(problem)?.reason(for: problem)
  }

  public func solve(
    _ problem: TransportProblem, control: SolveControl
  ) throws(TransportSolverError) -> TransportSolution {
    try requireSupport(for: problem)
    let watch = Stopwatch()
    guard let method = GridMethod(problem), let grid = PixelProblem(problem) else {
      throw .unsupported(solver: name, reason: reasonAgainst(problem) ?? "it is not on a grid")
    }
    let monitor = PivotMonitor(control)
    let found: PixelSolution
    switch method {
    case .neighbours(let steps): found = grid.solve(through: steps, monitor)
    case .pairs: found = grid.solvePairs(monitor)
    }
    let statistics = watch.statistics(solver: name, iterations: found.pivots)
    return found.isOptimal
      ? TransportSolution(
        of: problem, plan: found.plan, potentials: found.potentials, statistics: statistics)
      : TransportSolution(
        unfinished: problem, plan: found.plan, potentials: found.potentials,
        threads: control.threads, statistics: statistics)
  }
}

/// What was found on a grid, in the problem's own terms.
struct PixelSolution {
  let isOptimal: Bool
  let pivots: Int
  let plan: TransportPlan
  let potentials: KantorovichPotentials
}
