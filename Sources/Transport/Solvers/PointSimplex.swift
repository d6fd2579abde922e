import Measures

/// The network simplex on points.
///
/// In few dimensions, targets are searched in boxes, in O(m + n) memory; in more, rounded costs are
/// scanned in a matrix of floats while it is not too large. Sources and targets are put into `BlockOrder`, so that neighbours in space are neighbours in memory,
/// and the coordinates are scaled by a power of two to a width of about one.
struct PointSimplex {
  private let sources: ScaledPoints
  private let targets: ScaledPoints
  private let dimension: Int
  /// Coordinates of the problem are scaled ones times two to this power.
  private let exponent: Int
  /// Masses of the problem are scaled masses times two to this power.
  private let massExponent: Int

  init(_ problem: TransportProblem, _ points: PairwiseCosts) {
    dimension = points.dimension
    massExponent = ReducedProblem.exponent(of: problem.totalMass)
    exponent = ReducedProblem.exponent(of: points.width)
    sources = ScaledPoints(
      points.sources, dimension, masses: problem.sourceMasses, coordinateExponent: exponent,
      massExponent: massExponent)
    targets = ScaledPoints(
      points.targets, dimension, masses: problem.targetMasses, coordinateExponent: exponent,
      massExponent: massExponent)
  }

  /// Solves the problem under one ground cost.
  func solve<Kernel: GroundKernel>(
    _ problem: TransportProblem, _ kernel: Kernel, monitor: PivotMonitor
  ) -> PointSolution {
    let masses = QuantizedMasses(supplies: sources.masses, demands: targets.masses)
    let integers = FlowMasses(supplies: masses.supplies, demands: masses.demands)
    let result =
      integers.fitsInt64
      ? run(integers, kernel, monitor, Int64.self) : run(integers, kernel, monitor, Int128.self)
    let costExponent = exponent * kernel.degree
    return PointSolution(
      ending: result.ending, pivots: result.pivots, plan: plan(result.arcs, of: problem),
      potentials: problem.tightened(
        source: zip(sources.indices, ReducedProblem.scaled(result.source, by: costExponent)),
        target: zip(targets.indices, ReducedProblem.scaled(result.target, by: costExponent))))
  }

  private func run<Kernel: GroundKernel, Flow: FlowCount>(
    _ masses: FlowMasses, _ kernel: Kernel, _ monitor: PivotMonitor, _ flow: Flow.Type
  ) -> SimplexResult<Double> {
    if isScanned {
      var geometry = ScannedPoints(
        sources: sources.coordinates, targets: targets.coordinates, dimension: dimension,
        kernel: kernel)
      return run(masses, &geometry, monitor, flow)
    }
    var geometry = PointGeometry(
      sources: sources.coordinates, targets: targets.coordinates, dimension: dimension,
      kernel: kernel)
    return run(masses, &geometry, monitor, flow)
  }

  /// Up to so many dimensions boxes are searched.
  private static var mostDimensionsForBoxes: Int { 5 }
  /// Up to so many entries a matrix of floats is made, beyond that many dimensions.
  private static var mostEntriesForScan: Int { 1 << 26 }

  private var isScanned: Bool {
    dimension > Self.mostDimensionsForBoxes
      && sources.masses.count * targets.masses.count <= Self.mostEntriesForScan
  }

  private func run<Geometry: ArcGeometry, Flow: FlowCount>(
    _ masses: FlowMasses, _ geometry: inout Geometry, _ monitor: PivotMonitor, _ flow: Flow.Type
  ) -> SimplexResult<Double> where Geometry.Cost == Double {
    let forest = GreedyStart.tree(
      supplies: masses.supplies, demands: masses.demands, &geometry)
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

/// The points with mass in block order, scaled.
private struct ScaledPoints {
  /// The problem's index of each point.
  let indices: [Int]
  let coordinates: [Double]
  let masses: [Double]

  init(
    _ points: [Double], _ dimension: Int, masses: [Double], coordinateExponent: Int,
    massExponent: Int
  ) {
    let scaled = ReducedProblem.scaled(points, by: -coordinateExponent)
    indices = BlockOrder(coordinates: scaled, dimension: dimension).indices
      .filter { masses[$0] > 0 }
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
    switch (points.groundCost, points.order) {
    case (.squaredEuclidean, 1), (.squaredEuclidean, 2): true
    case (.euclidean, 1), (.euclidean, 2): true
    case (.cityBlock, 1), (.cityBlock, 2): true
    case (.chebyshev, 1), (.chebyshev, 2): true
    default: false
    }
  }

  /// Solves a problem on points; nil where only a matrix will do.
  static func solve(
    _ problem: TransportProblem, _ points: PairwiseCosts, monitor: PivotMonitor
  ) -> PointSolution? {
    guard supports(points) else { return nil }
    let simplex = PointSimplex(problem, points)
    // One call for each kernel, so that each is compiled on its own.
    switch (points.groundCost, points.order) {
    case (.squaredEuclidean, 1), (.euclidean, 2):
      return simplex.solve(problem, SquaredKernel(), monitor: monitor)
    case (.euclidean, 1): return simplex.solve(problem, EuclideanKernel(), monitor: monitor)
    case (.cityBlock, 1): return simplex.solve(problem, CityBlockKernel(), monitor: monitor)
    case (.chebyshev, 1): return simplex.solve(problem, ChebyshevKernel(), monitor: monitor)
    case (.squaredEuclidean, 2):
      return simplex.solve(problem, SquareOfKernel(base: SquaredKernel()), monitor: monitor)
    case (.cityBlock, 2):
      return simplex.solve(problem, SquareOfKernel(base: CityBlockKernel()), monitor: monitor)
    case (.chebyshev, 2):
      return simplex.solve(problem, SquareOfKernel(base: ChebyshevKernel()), monitor: monitor)
    default: return nil
    }
  }
}
