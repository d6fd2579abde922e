import Measures
import RealModule

/// For each pixel of one grid, the least cᵢⱼ − potential over all pixels of the other, and where it is.
///
/// A cost that is a sum over the axes is minimised axis by axis: a line of pixels at a time, over all
/// pairs of places on it. Chebyshev's cost with equal steps is handed from neighbour to neighbour in two
/// passes, forwards and backwards. Neither looks at how potentials were found.
///
/// - Complexity: O(n · (sum of the sides)) for sums; O(3^d · n) for Chebyshev; O(n) memory.
/// - Source: P. Felzenszwalb, D. Huttenlocher, "Distance transforms of sampled functions", Theory of
///   Computing 8 (2012), for the axes one after the other; G. Borgefors, "Distance transformations in
///   digital images", Computer Vision, Graphics, and Image Processing 34 (1986), for the two passes.
struct LatticeMinima {
  /// The least value for each pixel.
  private(set) var values: [Double]
  /// The pixel of the other grid where it is attained.
  private(set) var arguments: [Int32]

  /// The minima over all targets for each source.
  static func ofSources(_ problem: TransportProblem, under target: [Double]) -> LatticeMinima? {
    guard let lattice = problem.lattice else { return nil }
    return LatticeMinima(
      problem, lattice, from: lattice.targetShape, to: lattice.sourceShape, potentials: target)
  }

  /// The minima over all sources for each target.
  static func ofTargets(_ problem: TransportProblem, under source: [Double]) -> LatticeMinima? {
    guard let lattice = problem.lattice else { return nil }
    return LatticeMinima(
      problem, lattice, from: lattice.sourceShape, to: lattice.targetShape, potentials: source)
  }

  private init?(
    _ problem: TransportProblem, _ lattice: Lattice, from given: [Int], to wanted: [Int],
    potentials: [Double]
  ) {
    guard case .points(let points) = problem.costs, potentials.allSatisfy(\.isFinite) else {
      return nil
    }
    values = potentials.map { -$0 }
    arguments = potentials.indices.map { Int32(truncatingIfNeeded: $0) }
    if let power = points.powerOfSum {
      var shape = given
      for axis in shape.indices {
        let costs = (0..<max(given[axis], wanted[axis])).map { steps in
          Self.power(Double(steps) * lattice.spacing[axis], power)
        }
        minimise(along: axis, of: &shape, to: wanted[axis], costs)
      }
    } else if points.order == 1, points.groundCost == .chebyshev, lattice.hasEqualSteps {
      handOn(lattice, from: given, to: wanted)
    } else {
      return nil
    }
  }

  private static func power(_ length: Double, _ power: Double) -> Double {
    if power == 1 { return length }
    return power == 2 ? length * length : Double.pow(length, power)
  }

  /// Replaces the places along an axis by those of the other grid: each takes the least of all.
  private mutating func minimise(
    along axis: Int, of shape: inout [Int], to side: Int, _ costs: [Double]
  ) {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    let old = shape[axis]
    var least = [Double](repeating: .infinity, count: outer * side * inner)
    var places = [Int32](repeating: 0, count: outer * side * inner)
    for block in 0..<outer {
      for new in 0..<side {
        let row = (block * side + new) * inner
        for place in 0..<old {
          let cost = costs[abs(new - place)]
          let from = (block * old + place) * inner
          for index in 0..<inner {
            let value = values[from + index] + cost
            if value < least[row + index] {
              least[row + index] = value
              places[row + index] = arguments[from + index]
            }
          }
        }
      }
    }
    (values, arguments) = (least, places)
    shape[axis] = side
  }

  /// Two passes over the box of both grids, in which each pixel asks those before it.
  private mutating func handOn(_ lattice: Lattice, from given: [Int], to wanted: [Int]) {
    let shape = lattice.commonShape
    let step = zip(shape, lattice.spacing).first { $0.0 > 1 }?.1 ?? 0
    let padded = PaddedBox(shape)
    var least = [Double](repeating: .infinity, count: padded.count)
    var places = [Int32](repeating: 0, count: padded.count)
    for (pixel, place) in padded.places(of: given).enumerated() {
      least[place] = values[pixel]
      places[place] = arguments[pixel]
    }
    let all = padded.places(of: shape)
    func ask(_ place: Int, _ offset: Int) {
      let value = least[place + offset] + step
      if value < least[place] { (least[place], places[place]) = (value, places[place + offset]) }
    }
    for place in all { for offset in padded.earlier { ask(place, offset) } }
    for place in all.reversed() { for offset in padded.earlier { ask(place, -offset) } }
    let ends = padded.places(of: wanted)
    values = ends.map { least[$0] }
    arguments = ends.map { places[$0] }
  }
}

/// A box of pixels with a margin of one place around it.
private struct PaddedBox {
  let count: Int
  /// The differences to the neighbours that come earlier in row-major order.
  let earlier: [Int]
  private let strides: [Int]

  init(_ shape: [Int]) {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * (shape[axis + 1] + 2)
    }
    self.strides = strides
    count = strides[0] * (shape[0] + 2)
    var moves = [0]
    for axis in shape.indices where shape[axis] > 1 {
      moves = moves.flatMap { move in [-1, 0, 1].map { move + $0 * strides[axis] } }
    }
    earlier = moves.filter { $0 < 0 }
  }

  /// The places of the pixels of a grid in the box, in row-major order.
  func places(of shape: [Int]) -> [Int] {
    var places = [0]
    for (side, stride) in zip(shape, strides) {
      places = places.flatMap { start in (1...side).map { start + $0 * stride } }
    }
    return places
  }
}

extension PairwiseCosts {
  /// The p with which the cost is Σ|xₖ − yₖ|^p, or nil where it is no such sum.
  fileprivate var powerOfSum: Double? {
    switch (groundCost, order) {
    case (.cityBlock, 1): 1
    case (.squaredEuclidean, 1), (.euclidean, 2): 2
    case (.minkowski(let power), order) where power == order: power
    default: nil
    }
  }
}

extension TransportProblem {
  /// From so many arcs on a scan of all of them takes longer than minima axis by axis.
  static let manyLatticeArcs = 1 << 16

  /// The least reduced cost between grids, or nil where the cost is not one that minima are known for.
  ///
  /// A pixel's arc of least absolute reduced cost r bounds the relative ones of all its arcs by r ÷ |f|.
  /// Only where that leaves room for one that is less, and less than −10⁻¹², all arcs of the pixel are
  /// looked at. The value is that of the scan of all arcs, up to 10⁻¹².
  package func leastReducedCostOnTheLattice(under potentials: KantorovichPotentials)
    -> LeastReducedCost?
  {
    guard capacities == nil, potentials.source.allSatisfy(\.isFinite),
      let minima = LatticeMinima.ofSources(self, under: potentials.target)
    else { return nil }
    var least = LeastReducedCost()
    var bounds = [Double](repeating: 0, count: sourceCount)
    for i in 0..<sourceCount {
      let f = potentials.source[i]
      let j = Int(minima.arguments[i])
      least.consider(i, j, cost: costs[i, j], f, potentials.target[j])
      let reduced = minima.values[i] - f
      bounds[i] = reduced < 0 ? reduced / abs(f) : 0
    }
    var row: [Double] = []
    for i in 0..<sourceCount where bounds[i] < min(least.value, -1e-12) {
      if row.isEmpty { row = [Double](repeating: 0, count: targetCount) }
      costs.copyRow(i, into: &row)
      for j in 0..<targetCount {
        least.consider(i, j, cost: row[j], potentials.source[i], potentials.target[j])
      }
    }
    return least.finished
  }
}
