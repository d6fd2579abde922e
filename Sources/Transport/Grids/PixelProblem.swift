import Measures

/// A problem on a lattice with masses counted in integers and lengths scaled to a width of about one.
struct PixelProblem {
  let problem: TransportProblem
  let points: PairwiseCosts
  let lattice: Lattice
  /// The mass of each pixel of the source.
  let supplies: [Int128]
  /// The mass of each pixel of the target.
  let demands: [Int128]
  /// The scaled distance of neighbours along each axis.
  let spacing: [Double]
  /// Lengths of the problem are scaled lengths times two to this power.
  let exponent: Int
  /// Masses of the problem are scaled masses times two to this power.
  let massExponent: Int

  /// A problem between grids, or nil if it is none.
  init?(_ problem: TransportProblem) {
    guard let lattice = problem.lattice, case .points(let points) = problem.costs else {
      return nil
    }
    self.problem = problem
    self.points = points
    self.lattice = lattice
    massExponent = ReducedProblem.exponent(of: problem.totalMass)
    exponent = ReducedProblem.exponent(of: lattice.width)
    spacing = ReducedProblem.scaled(lattice.spacing, by: -exponent)
    let masses = QuantizedMasses(
      supplies: ReducedProblem.scaled(problem.sourceMasses, by: -massExponent),
      demands: ReducedProblem.scaled(problem.targetMasses, by: -massExponent))
    supplies = masses.supplies
    demands = masses.demands
  }

  /// Whether mass that both grids have in the same pixel stays there: under a metric it loses nothing.
  var cancels: Bool { points.order == 1 && points.groundCost.isMetric }

  /// The place in a box of the common shape of each pixel of a grid.
  func places(of shape: [Int]) -> [Int] { lattice.places(of: shape) }

  /// A plan from flows between pixels.
  func plan(_ arcs: [ForestArc]) -> TransportPlan {
    let masses = ReducedProblem.scaled(
      arcs.map { QuantizedMasses.mass(of: $0.flow) }, by: massExponent)
    return TransportPlan(
      arcs: zip(arcs, masses).map {
        TransportPlan.Arc(source: $0.source, target: $0.target, mass: $1)
      },
      sourceCount: problem.sourceCount, targetCount: problem.targetCount)
  }

  /// What each pixel of the common box has more than it wants, and the mass that stays where it is.
  var excess: PixelExcess { PixelExcess(self) }
}

/// What is left to be moved once each pixel has taken of its own mass what it wants.
struct PixelExcess {
  /// For each pixel of the common box, the source's mass less the target's.
  private(set) var net: [Int128]
  /// The mass that stays, as a plan.
  private(set) var staying: [ForestArc] = []
  /// For each pixel of the common box, its index in the source and in the target, −1 for none.
  private(set) var source: [Int]
  private(set) var target: [Int]

  init(_ grid: PixelProblem) {
    let count = grid.lattice.commonShape.reduce(1, *)
    net = [Int128](repeating: 0, count: count)
    source = [Int](repeating: -1, count: count)
    target = [Int](repeating: -1, count: count)
    for (pixel, place) in grid.places(of: grid.lattice.sourceShape).enumerated() {
      source[place] = pixel
      net[place] = grid.supplies[pixel]
    }
    for (pixel, place) in grid.places(of: grid.lattice.targetShape).enumerated() {
      target[place] = pixel
      let stays = min(net[place], grid.demands[pixel])
      net[place] -= grid.demands[pixel]
      if stays > 0 {
        staying.append(ForestArc(source: source[place], target: pixel, flow: stays))
      }
    }
  }
}

extension Lattice {
  /// The place in a box of the common shape, row-major, of each pixel of a grid.
  func places(of shape: [Int]) -> [Int] {
    var places = [0]
    for (side, width) in zip(shape, commonShape) {
      places = places.flatMap { start in (0..<side).map { start * width + $0 } }
    }
    return places
  }
}
