/// Points with potentials g, for the least c(x, y) − g(y) at any place x.
struct PotentialSearch<Kernel: GroundKernel> {
  private let kernel: Kernel
  private let dimension: Int
  private let points: [Double]
  private let negated: PotentialStore<Double>

  init(_ kernel: Kernel, _ points: [Double], potentials: [Double], dimension: Int) {
    self.kernel = kernel
    self.dimension = dimension
    let order = BlockOrder(coordinates: points, dimension: dimension).indices
    self.points = order.flatMap { index in
      (0..<dimension).map { points[index * dimension + $0] }
    }
    negated = PotentialStore(repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { negated[place] = -potentials[index] }
  }

  /// The least c(x, y) − g(y) at each place.
  ///
  /// - Complexity: a search for each place.
  func leastReduced(at places: [Double]) -> [Double] {
    guard !places.isEmpty else { return [] }
    // In block order, so that each search begins where the last one ended.
    let order = BlockOrder(coordinates: places, dimension: dimension).indices
    var geometry = PointGeometry(
      sources: order.flatMap { index in
        (0..<dimension).map { places[index * dimension + $0] }
      },
      targets: points, dimension: dimension, kernel: kernel)
    geometry.reset(to: negated.row(from: 0))
    var least = [Double](repeating: 0, count: order.count)
    for (place, index) in order.enumerated() {
      least[index] =
        geometry.cheapest(from: place, under: negated.row(from: 0), below: .infinity).value
    }
    return least
  }
}
