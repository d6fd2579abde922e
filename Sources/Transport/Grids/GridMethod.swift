import Measures

/// How `GridFlow` solves a problem on a lattice.
enum GridMethod: Hashable, Sendable {
  /// Flow through neighbouring pixels; for metrics that are lengths of chains of neighbours.
  case neighbours(PixelGraph.Steps)
  /// Arcs between all pixels, searched, from coarse to fine.
  case pairs

  /// The method for a problem, or nil where none applies.
  init?(_ problem: TransportProblem) {
    guard let lattice = problem.lattice, problem.capacities == nil,
      case .points(let points) = problem.costs
    else { return nil }
    if points.order == 1, let steps = Self.steps(points.groundCost, lattice) {
      self = .neighbours(steps)
    } else if PixelKernel.exists(for: points) {
      self = .pairs
    } else {
      return nil
    }
  }

  /// Which steps between neighbours add up to a metric.
  private static func steps(_ cost: GroundCost, _ lattice: Lattice) -> PixelGraph.Steps? {
    let isLine = lattice.commonShape.filter { $0 > 1 }.count <= 1
    switch cost {
    case .cityBlock, .minkowski(1): return .alongAxes
    case .euclidean, .chebyshev, .minkowski:
      if isLine { return .alongAxes }
      return cost == .chebyshev && lattice.hasEqualSteps ? .kingMoves : nil
    case .squaredEuclidean, .circular, .thresholded: return nil
    }
  }

  /// Why a problem has no method, in words that end a sentence, or nil if it has one.
  static func reasonAgainst(_ problem: TransportProblem) -> String? {
    guard problem.capacities == nil else {
      return "arcs have capacities, which only linear programs take"
    }
    guard case .points = problem.costs, problem.lattice != nil else {
      return "it needs two grids of the same spacing and a cost that is a distance of pixels"
    }
    guard GridMethod(problem) == nil else { return nil }
    return """
      it takes orders 1 and 2 of the Euclidean, squared Euclidean, city-block and Chebyshev cost, and \
      minkowski:P of order P for whole P up to \(PowerSumKernel.mostFactors); the network simplex takes others
      """
  }

  /// Why a problem is solved this way.
  func reason(for problem: TransportProblem) -> String {
    switch self {
    case .neighbours(.alongAxes): "a grid and its steps along the axes, whose lengths add up"
    case .neighbours(.kingMoves): "a grid and its steps to all neighbours, whose lengths add up"
    case .pairs: "a grid, solved from coarse to fine"
    }
  }
}

/// Σ|xₖ − yₖ|^p for a whole p: the order p of `minkowski(p)`.
struct PowerSumKernel: GroundKernel {
  /// The most factors that a power is multiplied out of.
  static let mostFactors = 16
  let degree: Int

  @inline(__always)
  func fold(_ sum: SIMD8<Double>, _ difference: SIMD8<Double>) -> SIMD8<Double> {
    let length = difference.replacing(with: -difference, where: difference .< 0)
    var power = length
    for _ in 1..<degree { power *= length }
    return sum + power
  }

  @inline(__always)
  func fold(_ sum: SIMD16<Float>, _ difference: SIMD16<Float>) -> SIMD16<Float> {
    let length = difference.replacing(with: -difference, where: difference .< 0)
    var power = length
    for _ in 1..<degree { power *= length }
    return sum + power
  }

  @inline(__always)
  func finish(_ sum: SIMD8<Double>) -> SIMD8<Double> { sum }

  @inline(__always)
  func finish(_ sum: SIMD16<Float>) -> SIMD16<Float> { sum }
}

/// The kernels of costs between pixels.
enum PixelKernel {
  /// Something to be done with a kernel.
  protocol Use<Result> {
    associatedtype Result
    mutating func callAsFunction<Kernel: GroundKernel>(_ kernel: Kernel) -> Result
  }

  static func exists(for points: PairwiseCosts) -> Bool {
    guard points.groundCost == points.groundCost.withoutThreshold else { return false }
    return PointSimplex.supports(points) || wholePower(points) != nil
  }

  /// The p of `minkowski(p)` under the order p, if it is whole.
  private static func wholePower(_ points: PairwiseCosts) -> Int? {
    guard case .minkowski(let power) = points.groundCost, power == points.order,
      power <= Double(PowerSumKernel.mostFactors), power == power.rounded()
    else { return nil }
    return Int(power)
  }

  /// Calls with the kernel of a cost; one call for each, so that each is compiled on its own.
  static func with<Action: Use>(_ points: PairwiseCosts, _ use: inout Action) -> Action.Result? {
    if let power = wholePower(points) { return use(PowerSumKernel(degree: power)) }
    switch (points.groundCost, points.order) {
    case (.squaredEuclidean, 1), (.euclidean, 2): return use(SquaredKernel())
    case (.euclidean, 1): return use(EuclideanKernel())
    case (.cityBlock, 1): return use(CityBlockKernel())
    case (.chebyshev, 1): return use(ChebyshevKernel())
    case (.squaredEuclidean, 2): return use(SquareOfKernel(base: SquaredKernel()))
    case (.cityBlock, 2): return use(SquareOfKernel(base: CityBlockKernel()))
    case (.chebyshev, 2): return use(SquareOfKernel(base: ChebyshevKernel()))
    default: return nil
    }
  }
}
