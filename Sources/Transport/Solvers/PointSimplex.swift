import Measures

/// The network simplex on points.
///
/// In few dimensions, targets are searched in boxes, in O(m + n) memory; in more, rounded costs are
/// scanned in a matrix of floats while it is not too large. For the search, sources and targets are put into `BlockOrder`, so that neighbours in space are neighbours in memory,
/// and the coordinates are scaled by a power of two to a width of about one.
struct PointSimplex {
  private let sources: ScaledPoints
  private let targets: ScaledPoints
  private let dimension: Int
  /// Coordinates of the problem are scaled ones times two to this power.
  private let exponent: Int
  /// Masses of the problem are scaled masses times two to this power.
  private let massExponent: Int
  /// The most that an arc costs, where some may cost as much.
  private let threshold: CostThreshold?
  /// Whether rows are scanned, not boxes searched.
  private let isScanned: Bool

  /// Up to so many dimensions boxes are searched.
  private static let mostDimensionsForBoxes = 5
  /// Beyond that many dimensions, up to so many entries a matrix of floats is made.
  private static let mostEntriesForScan = 1 << 26

  init(_ problem: TransportProblem, _ points: PairwiseCosts) {
    dimension = points.dimension
    massExponent = ReducedProblem.exponent(of: problem.totalMass)
    exponent = ReducedProblem.exponent(of: points.width)
    threshold = CostThreshold(of: points)
    isScanned =
      dimension > Self.mostDimensionsForBoxes && problem.arcCount <= Self.mostEntriesForScan
    sources = ScaledPoints(
      points.sources, dimension, masses: problem.sourceMasses, coordinateExponent: exponent,
      massExponent: massExponent, inBlocks: !isScanned)
    targets = ScaledPoints(
      points.targets, dimension, masses: problem.targetMasses, coordinateExponent: exponent,
      massExponent: massExponent, inBlocks: !isScanned)
  }

  /// Solves the problem under one ground cost.
  ///
  /// - Parameters:
  ///   - problem: The problem whose points these are.
  ///   - kernel: The ground cost.
  ///   - warmStart: What is known of a nearby problem, if anything.
  ///   - monitor: Says when to stop.
  /// - Returns: What was found, in the problem's own terms.
  func solve<Kernel: GroundKernel>(
    _ problem: TransportProblem, _ kernel: Kernel, startingFrom warmStart: WarmStart?,
    monitor: PivotMonitor
  ) -> PointSolution {
    let masses = QuantizedMasses(supplies: sources.masses, demands: targets.masses)
    let ends = FlowMasses(supplies: masses.supplies, demands: masses.demands)
    let integers = threshold == nil ? ends : ends.withHub
    let costExponent = exponent * kernel.degree
    let hint = warmStart?.hint(
      sources: sources.indices, targets: targets.indices, costExponent: costExponent)
    let monitor = monitor.counting(
      costsIn: Double(sign: .plus, exponent: massExponent + costExponent - 124, significand: 1))
    let result =
      integers.fitsInt64
      ? run(integers, kernel, hint, monitor, Int64.self)
      : run(integers, kernel, hint, monitor, Int128.self)
    return PointSolution(
      ending: result.ending, pivots: result.pivots, plan: plan(result.arcs, of: problem),
      potentials: problem.tightened(
        source: zip(sources.indices, ReducedProblem.scaled(result.source, by: costExponent)),
        target: zip(targets.indices, ReducedProblem.scaled(result.target, by: costExponent))))
  }

  private func run<Kernel: GroundKernel, Flow: FlowCount>(
    _ masses: FlowMasses, _ kernel: Kernel, _ hint: StartHint<Double>?, _ monitor: PivotMonitor,
    _ flow: Flow.Type
  ) -> SimplexResult<Double> {
    let ceiling = threshold?.cost(scaledBy: -exponent * kernel.degree)
    if isScanned {
      var geometry = ScannedPoints(
        sources: sources.coordinates, targets: targets.coordinates, dimension: dimension,
        kernel: kernel)
      return run(masses, &geometry, under: ceiling, hint, monitor, flow)
    }
    if ceiling == nil, hint == nil,
      CoarseToFine<Kernel, Flow>.pays(
        pointCount: masses.supplies.count + masses.demands.count, dimension: dimension)
    {
      return CoarseToFine<Kernel, Flow>.solve(
        kernel, masses, sources.coordinates, targets.coordinates, dimension: dimension,
        monitor: monitor)
    }
    var geometry = PointGeometry(
      sources: sources.coordinates, targets: targets.coordinates, dimension: dimension,
      kernel: kernel)
    return run(masses, &geometry, under: ceiling, hint, monitor, flow)
  }

  private func run<Geometry: ArcGeometry, Flow: FlowCount>(
    _ masses: FlowMasses, _ geometry: inout Geometry, under ceiling: Double?,
    _ hint: StartHint<Double>?,
    _ monitor: PivotMonitor, _ flow: Flow.Type
  ) -> SimplexResult<Double> where Geometry.Cost == Double {
    if let ceiling {
      return HubSimplex<Geometry, Flow>.solve(
        masses, geometry, threshold: ceiling, monitor: monitor)
    }
    let forest = GreedyStart.tree(
      supplies: masses.supplies, demands: masses.demands, near: hint, &geometry)
    var loop = SimplexLoop<Double, Flow>(masses: masses, forest: forest, monitor: monitor)
    let isOptimal = loop.optimize(&geometry)
    let potentials = loop.potentials
    return SimplexResult(
      ending: isOptimal ? .optimal : .limitReached, pivots: loop.pivots, arcs: loop.arcs,
      source: potentials.source, target: potentials.target)
  }

  private func plan(_ arcs: [ForestArc], of problem: TransportProblem) -> TransportPlan {
    let arcs = QuantizedMasses.arcs(arcs)
    let masses = ReducedProblem.scaled(arcs.map(\.mass), by: massExponent)
    return TransportPlan(
      arcs: zip(arcs, masses).map { arc, mass in
        TransportPlan.Arc(
          source: sources.indices[arc.source], target: targets.indices[arc.target], mass: mass)
      },
      sourceCount: problem.sourceCount, targetCount: problem.targetCount)
  }
}

/// What the simplex on points found, in the problem's own terms.
struct PointSolution {
  let ending: SimplexResult<Double>.Ending
  let pivots: Int
  let plan: TransportPlan
  let potentials: KantorovichPotentials
}

/// The points with mass, in block order where that is asked for, scaled.
private struct ScaledPoints {
  /// The problem's index of each point.
  let indices: [Int]
  let coordinates: [Double]
  let masses: [Double]

  init(
    _ points: [Double], _ dimension: Int, masses: [Double], coordinateExponent: Int,
    massExponent: Int, inBlocks: Bool
  ) {
    let scaled = ReducedProblem.scaled(points, by: -coordinateExponent)
    let order =
      inBlocks
      ? BlockOrder(coordinates: scaled, dimension: dimension).indices : Array(masses.indices)
    indices = order.filter { masses[$0] > 0 }
    var ordered: [Double] = []
    ordered.reserveCapacity(indices.count * dimension)
    for index in indices {
      for axis in 0..<dimension { ordered.append(scaled[index * dimension + axis]) }
    }
    coordinates = ordered
    self.masses = ReducedProblem.scaled(indices.map { masses[$0] }, by: -massExponent)
  }
}

extension PointSimplex {
  /// Whether the costs of points can be searched; if not, only a matrix will do.
  static func supports(_ points: PairwiseCosts) -> Bool {
    switch (points.groundCost.withoutThreshold, points.order) {
    case (.squaredEuclidean, 1), (.squaredEuclidean, 2): true
    case (.euclidean, 1), (.euclidean, 2): true
    case (.cityBlock, 1), (.cityBlock, 2): true
    case (.chebyshev, 1), (.chebyshev, 2): true
    default: false
    }
  }

  /// Solves a problem on points; nil where only a matrix will do.
  static func solve(
    _ problem: TransportProblem, _ points: PairwiseCosts, startingFrom warmStart: WarmStart?,
    monitor: PivotMonitor
  ) -> PointSolution? {
    guard supports(points), CostThreshold.isInRange(of: points) else { return nil }
    let simplex = PointSimplex(problem, points)
    func solve(_ kernel: some GroundKernel) -> PointSolution {
      simplex.solve(problem, kernel, startingFrom: warmStart, monitor: monitor)
    }
    // One call for each kernel, so that each is compiled on its own.
    switch (points.groundCost.withoutThreshold, points.order) {
    case (.squaredEuclidean, 1), (.euclidean, 2):
      return solve(SquaredKernel())
    case (.euclidean, 1): return solve(EuclideanKernel())
    case (.cityBlock, 1): return solve(CityBlockKernel())
    case (.chebyshev, 1): return solve(ChebyshevKernel())
    case (.squaredEuclidean, 2):
      return solve(SquareOfKernel(base: SquaredKernel()))
    case (.cityBlock, 2):
      return solve(SquareOfKernel(base: CityBlockKernel()))
    case (.chebyshev, 2):
      return solve(SquareOfKernel(base: ChebyshevKernel()))
    default: return nil
    }
  }
}
