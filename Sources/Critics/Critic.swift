import Autodiff

/// A function on space that was trained to be large under one measure and small under another.
public struct Critic: Hashable, Sendable {
  enum Body: Hashable, Sendable {
    /// A network on training coordinates; its parameters are final.
    case network(Network)
    /// minₖ (‖x − xₖ‖ + hₖ), which is 1-Lipschitz whatever the heights.
    case funnels(centers: Matrix, heights: [Double])
  }

  let body: Body
  let standardization: Standardization
  /// K, where the critic estimates K · W₁ as K-Lipschitz critics do; 1 unless the training was told otherwise.
  public internal(set) var lipschitzBound: Double

  init(body: Body, standardization: Standardization, lipschitzBound: Double = 1) {
    self.body = body
    self.standardization = standardization
    self.lipschitzBound = lipschitzBound
  }

  /// The number of coordinates of a point.
  public var dimension: Int { standardization.center.count }

  /// The network, with the weights that it is evaluated with; nil for a critic that is none.
  ///
  /// It takes coordinates moved and divided as in training, and its outputs are in the same unit.
  public var network: Network? {
    if case .network(let network) = body { network } else { nil }
  }

  /// The values at points, in the units of the coordinates.
  ///
  /// - Parameter coordinates: n points, row-major, n × d.
  /// - Returns: n values.
  public func values(at coordinates: [Double]) -> [Double] {
    let unit = standardization.scale * lipschitzBound
    return valuesInTraining(at: training(coordinates)).map { $0 * unit }
  }

  /// The gradients at points: how much a value changes for a step of one unit along each axis.
  ///
  /// - Parameter coordinates: n points, row-major, n × d.
  /// - Returns: n × d, row-major; where the critic has a kink, the gradient on one of its sides.
  public func gradients(at coordinates: [Double]) -> [Double] {
    gradientsInTraining(at: training(coordinates)).elements.map { $0 * lipschitzBound }
  }

  private func training(_ coordinates: [Double]) -> Matrix {
    precondition(
      coordinates.count.isMultiple(of: dimension), "points have \(dimension) coordinates each")
    return standardization.matrix(flat: coordinates)
  }

  func valuesInTraining(at points: Matrix) -> [Double] {
    switch body {
    case .network(let network):
      return network.outputs(
        for: Tensor(points), parameters: network.parameters.map { Tensor($0) }
      ).value.elements
    case .funnels(let centers, let heights):
      return (0..<points.rows).map { Self.nearest(points, $0, centers, heights).value }
    }
  }

  func gradientsInTraining(at points: Matrix) -> Matrix {
    switch body {
    case .network(let network):
      let inputs = Tensor(variable: points)
      let outputs = network.outputs(for: inputs, parameters: network.parameters.map { Tensor($0) })
      return gradient(of: outputs.sum(), withRespectTo: [inputs])[0]
    case .funnels(let centers, let heights):
      var result = Matrix(rows: points.rows, columns: points.columns)
      for row in 0..<points.rows {
        let (center, _, distance) = Self.nearest(points, row, centers, heights)
        guard distance > 0 else { continue }
        for axis in 0..<points.columns {
          result[row, axis] = (points[row, axis] - centers[center, axis]) / distance
        }
      }
      return result
    }
  }

  private static func nearest(
    _ points: Matrix, _ row: Int, _ centers: Matrix, _ heights: [Double]
  ) -> (center: Int, value: Double, distance: Double) {
    var best = (center: 0, value: Double.infinity, distance: 0.0)
    let dimension = points.columns
    for center in 0..<centers.rows {
      var square = 0.0
      for axis in 0..<dimension {
        let step =
          points.elements[row * dimension + axis] - centers.elements[center * dimension + axis]
        square += step * step
      }
      let distance = square.squareRoot()
      if distance + heights[center] < best.value {
        best = (center, distance + heights[center], distance)
      }
    }
    return best
  }
}
