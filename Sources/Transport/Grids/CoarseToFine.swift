/// The network simplex between the pixels of two measures, from coarse to fine.
///
/// Boxes of many pixels are solved first, by the same simplex. Their plan, divided with the boxes, is a
/// feasible flow along a forest close to the optimum of the next level, and begins its pivots. What is
/// reported is the finest level, which has nothing coarse about it: every arc between pixels is priced.
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
    var solver = CoarseToFine(
      kernel, sources, targets, shape: shape, spacing: spacing, remembers: remembers,
      monitor: monitor)
    return solver.run()
  }

  private init(
    _ kernel: Kernel, _ sources: PixelCells, _ targets: PixelCells, shape: [Int],
    spacing: [Double], remembers: Bool, monitor: PivotMonitor
  ) {
    var (sources, targets, shape, spacing) = (sources, targets, shape, spacing)
    while sources.levels[sources.levels.count - 1].count
      + targets.levels[targets.levels.count - 1].count > Self.fewBoxes,
      let axis = shape.indices.filter({ shape[$0] > 1 }).min(by: { spacing[$0] < spacing[$1] })
    {
      sources.join(along: axis)
      targets.join(along: axis)
      shape[axis] = (shape[axis] + 1) / 2
      spacing[axis] *= 2
    }
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
    var result = solve(sources.levels[top], targets.levels[top], from: nil)
    var arcs = result.arcs
    for level in (0..<top).reversed() {
      arcs = refinement.dividingSources(
        arcs, sources.levels[level + 1], into: sources.levels[level],
        targets: targets.levels[level + 1].centres)
      arcs = refinement.dividingTargets(
        arcs, targets.levels[level + 1], into: targets.levels[level],
        sources: sources.levels[level].centres)
      guard level.isMultiple(of: stride) else { continue }
      result = solve(sources.levels[level], targets.levels[level], from: arcs)
      arcs = result.arcs
    }
    return result
  }

  /// Solves one level.
  private mutating func solve(
    _ sources: PixelCells.Level, _ targets: PixelCells.Level, from start: [ForestArc]?
  ) -> SimplexResult<Double> {
    let rows = OrderedBoxes(sources, dimension)
    let columns = OrderedBoxes(targets, dimension)
    return remembers
      ? solve(
        rows, columns, start,
        RememberedBlocks(
          sources: rows.centres, targets: columns.centres, dimension: dimension, kernel: kernel))
      : solve(
        rows, columns, start,
        PointGeometry(
          sources: rows.centres, targets: columns.centres, dimension: dimension, kernel: kernel))
  }

  private mutating func solve<Geometry: ArcGeometry>(
    _ rows: OrderedBoxes, _ columns: OrderedBoxes, _ start: [ForestArc]?, _ geometry: Geometry
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

/// Boxes in block order.
private struct OrderedBoxes {
  /// The index of each box of the order.
  let indices: [Int]
  /// The place of each box in the order.
  let place: [Int32]
  let masses: [Int128]
  let centres: [Double]

  init(_ level: PixelCells.Level, _ dimension: Int) {
    let order = BlockOrder(coordinates: level.centres, dimension: dimension).indices
    indices = order
    var place = [Int32](repeating: 0, count: order.count)
    var centres: [Double] = []
    centres.reserveCapacity(level.centres.count)
    for (position, index) in order.enumerated() {
      place[index] = Int32(truncatingIfNeeded: position)
      for axis in 0..<dimension { centres.append(level.centres[index * dimension + axis]) }
    }
    self.place = place
    self.centres = centres
    masses = order.map { level.masses[$0] }
  }

  /// Values in the order, by the boxes' own indices.
  func unordered(_ values: [Double]) -> [Double] { place.map { values[Int($0)] } }
}
