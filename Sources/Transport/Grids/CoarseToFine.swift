/// The network simplex between the pixels, or many points, of two measures, from coarse to fine.
///
/// Boxes of many pixels are solved first, by the same simplex. Their plan, divided with the boxes, is a
/// feasible flow along a forest close to the optimum of the next level, and begins its pivots. What is
/// reported is the finest level, which has nothing coarse about it: every arc between them is priced.
///
/// - Source: the idea of levels is B. Schmitzer, "A sparse multiscale algorithm for dense optimal
///   transport", Journal of Mathematical Imaging and Vision 56 (2016); dividing the tree itself is our own.
struct CoarseToFine<Kernel: GroundKernel, Flow: FlowCount> {
  private let kernel: Kernel
  private let sources: PixelCells
  private let targets: PixelCells
  /// Whether sources remember blocks, which pays for metrics.
  private let remembers: Bool
  private let monitor: PivotMonitor
  private let refinement: PlanRefinement<Kernel>
  private var dimension: Int { sources.dimension }
  /// How many levels are passed between two that are solved: one for each axis.
  private let stride: Int
  private var pivots = 0

  /// Levels of so many boxes are solved from nothing.
  private static var fewBoxes: Int { 128 }

  /// Whether levels pay for points, which was measured: in the plane they halve the pivots from 1,000 points on,
  /// and more the more there are; in three dimensions and more they only add some.
  static func pays(pointCount: Int, dimension: Int) -> Bool {
    pointCount >= 1_000 && dimension <= 2
  }

  /// Solves a problem.
  ///
  /// - Parameters:
  ///   - kernel: The ground cost, on scaled coordinates.
  ///   - sources: The pixels that have mass, from the grid's own indices.
  ///   - targets: The same of the target.
  ///   - shape: A shape that holds both.
  ///   - spacing: The scaled distance of neighbours.
  ///   - remembers: Whether the cost is a metric.
  ///   - monitor: Says when to stop.
  /// - Returns: The flow and potentials, sources and targets numbered as given.
  static func solve(
    _ kernel: Kernel, _ sources: PixelCells, _ targets: PixelCells, shape: [Int],
    spacing: [Double], remembers: Bool, monitor: PivotMonitor
  ) -> SimplexResult<Double> {
    var (sources, targets, shape, spacing) = (sources, targets, shape, spacing)
    while Self.isLarge(sources, targets),
      let axis = shape.indices.filter({ shape[$0] > 1 }).min(by: { spacing[$0] < spacing[$1] })
    {
      sources.join(along: axis)
      targets.join(along: axis)
      shape[axis] = (shape[axis] + 1) / 2
      spacing[axis] *= 2
    }
    var solver = CoarseToFine(kernel, sources, targets, remembers: remembers, monitor)
    return solver.run()
  }

  /// Solves a problem of points.
  ///
  /// - Parameters:
  ///   - kernel: The ground cost, on scaled coordinates.
  ///   - masses: The mass of each source and target.
  ///   - sources: The sources' scaled coordinates, row-major.
  ///   - targets: The same of the targets.
  ///   - dimension: The number of coordinates of a point.
  ///   - monitor: Says when to stop.
  /// - Returns: The flow and potentials, sources and targets numbered as given.
  static func solve(
    _ kernel: Kernel, _ masses: FlowMasses, _ sources: [Double], _ targets: [Double],
    dimension: Int, monitor: PivotMonitor
  ) -> SimplexResult<Double> {
    let rows = PairedPoints(masses.supplies, sources, dimension)
    let columns = PairedPoints(masses.demands, targets, dimension)
    var (cells, others) = (rows.cells, columns.cells)
    while Self.isLarge(cells, others) {
      cells.joinPairs()
      others.joinPairs()
    }
    var solver = CoarseToFine(kernel, cells, others, remembers: false, monitor)
    let result = solver.run()
    return SimplexResult(
      ending: result.ending, pivots: result.pivots,
      arcs: result.arcs.map {
        ForestArc(
          source: rows.indices[$0.source], target: columns.indices[$0.target], flow: $0.flow)
      },
      source: rows.unordered(result.source), target: columns.unordered(result.target))
  }

  private static func isLarge(_ sources: PixelCells, _ targets: PixelCells) -> Bool {
    sources.levels[sources.levels.count - 1].count
      + targets.levels[targets.levels.count - 1].count > Self.fewBoxes
  }

  private init(
    _ kernel: Kernel, _ sources: PixelCells, _ targets: PixelCells, remembers: Bool,
    _ monitor: PivotMonitor
  ) {
    self.kernel = kernel
    self.sources = sources
    self.targets = targets
    self.remembers = remembers
    self.monitor = monitor
    refinement = PlanRefinement(kernel: kernel, dimension: sources.dimension)
    stride = max(1, sources.dimension)
  }

  private mutating func run() -> SimplexResult<Double> {
    let top = sources.levels.count - 1
    var (result, solved) = (solve(top, from: nil), top)
    var arcs = result.arcs
    for level in (0..<top).reversed() {
      arcs = refinement.dividingSources(
        arcs, sources.levels[level + 1], into: sources.levels[level],
        targets: targets.levels[level + 1].centres)
      arcs = refinement.dividingTargets(
        arcs, targets.levels[level + 1], into: targets.levels[level],
        sources: sources.levels[level].centres)
      // When time is up the plan is divided to the end, which takes little and makes it one of the problem.
      guard level.isMultiple(of: stride), result.ending == .optimal else { continue }
      (result, solved) = (solve(level, from: arcs), level)
      arcs = result.arcs
    }
    return solved == 0 ? result : unfinished(result, arcs, solved)
  }

  /// The finest plan, with potentials that extend those of the level that was solved last: the least cost − potential
  /// over its boxes.
  private func unfinished(
    _ result: SimplexResult<Double>, _ arcs: [ForestArc], _ level: Int
  ) -> SimplexResult<Double> {
    func extended(_ potentials: [Double], of boxes: [Double], to points: [Double]) -> [Double] {
      PotentialSearch(kernel, boxes, potentials: potentials, dimension: dimension)
        .leastReduced(at: points)
    }
    let (rows, columns) = (sources.levels, targets.levels)
    return SimplexResult(
      ending: result.ending, pivots: result.pivots, arcs: arcs,
      source: extended(result.target, of: columns[level].centres, to: rows[0].centres),
      target: extended(result.source, of: rows[level].centres, to: columns[0].centres))
  }

  /// Solves one level.
  private mutating func solve(
    _ level: Int, from start: [ForestArc]?
  ) -> SimplexResult<Double> {
    var monitor = monitor
    monitor.pivotsBefore = pivots
    if level > 0 { monitor.costUnit = nil }
    return solve(sources.levels[level], targets.levels[level], from: start, monitor)
  }

  private mutating func solve(
    _ sources: PixelCells.Level, _ targets: PixelCells.Level, from start: [ForestArc]?,
    _ monitor: PivotMonitor
  ) -> SimplexResult<Double> {
    let rows = OrderedBoxes(sources, dimension)
    let columns = OrderedBoxes(targets, dimension)
    return remembers
      ? solve(
        rows, columns, start,
        RememberedBlocks(
          sources: rows.centres, targets: columns.centres, dimension: dimension, kernel: kernel),
        monitor)
      : solve(
        rows, columns, start,
        PointGeometry(
          sources: rows.centres, targets: columns.centres, dimension: dimension, kernel: kernel),
        monitor)
  }

  private mutating func solve<Geometry: ArcGeometry>(
    _ rows: OrderedBoxes, _ columns: OrderedBoxes, _ start: [ForestArc]?, _ geometry: Geometry,
    _ monitor: PivotMonitor
  ) -> SimplexResult<Double> where Geometry.Cost == Double {
    var geometry = geometry
    let masses = FlowMasses(supplies: rows.masses, demands: columns.masses)
    let forest: [ForestArc]
    if let start {
      var join = ComponentJoin(
        start.map {
          ForestArc(
            source: Int(rows.place[$0.source]), target: Int(columns.place[$0.target]),
            flow: $0.flow)
        }, geometry)
      forest = join.run()
    } else {
      forest = GreedyStart.tree(
        supplies: masses.supplies, demands: masses.demands, &geometry)
    }
    var loop = SimplexLoop<Double, Flow>(masses: masses, forest: forest, monitor: monitor)
    let isOptimal = loop.optimize(&geometry)
    pivots += loop.pivots
    let potentials = loop.potentials
    return SimplexResult(
      ending: isOptimal ? .optimal : .limitReached, pivots: pivots,
      arcs: loop.arcs.map {
        ForestArc(
          source: rows.indices[$0.source], target: columns.indices[$0.target], flow: $0.flow)
      },
      source: rows.unordered(potentials.source), target: columns.unordered(potentials.target))
  }
}
