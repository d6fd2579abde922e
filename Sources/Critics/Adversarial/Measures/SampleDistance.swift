public import Autodiff
public import Measures
import RealModule
public import Transport

/// The exact W₁ or W₂ between samples and data, which a solver computes and a certificate can prove.
///
/// Of finite samples even a perfect generator is at a distance from the data: that of data from other data of
/// the same number, the *floor*. Distances are read beside it.
public struct SampleDistance: Sendable {
  /// The distance.
  public let value: Double
  /// The problem from the samples to the data.
  public let problem: TransportProblem
  /// Its exact solution.
  public let solution: TransportSolution
  private let samples: PointCloud
  private let data: PointCloud

  /// The distance of samples from data.
  ///
  /// - Parameters:
  ///   - samples: Points of a generator.
  ///   - data: Points that the training did not see, of the same total mass.
  ///   - order: The power p of the distance, 1 or more.
  ///   - solver: What solves the problem.
  /// - Throws: `TransportProblemError` or `TransportSolverError`.
  public init(
    of samples: PointCloud, from data: PointCloud, order: Double = 1,
    solver: some TransportSolver = NetworkSimplex()
  ) throws {
    problem = try TransportProblem(from: samples, to: data, order: order)
    solution = try solver.solve(problem)
    value = solution.distance
    self.samples = samples
    self.data = data
  }

  /// How the distance changes with each coordinate of each sample, n × d.
  ///
  /// For the order 1 the slope at xᵢ is Σⱼ πᵢⱼ (xᵢ − yⱼ)/‖xᵢ − yⱼ‖: minus the gradient of a 1-Lipschitz critic
  /// f, so that ∇θ W₁ = −E ∇θ f(g_θ(z)). By the envelope theorem the plan counts as constant, and where
  /// several plans are optimal this is one of the one-sided slopes.
  ///
  /// - Complexity: O(k d) for k arcs of the plan.
  public func gradientAtSamples() -> Matrix {
    var result = Matrix(rows: samples.count, columns: samples.dimension)
    for arc in solution.plan.arcs {
      let way = zip(samples.point(arc.source), data.point(arc.target)).map { $0 - $1 }
      let length = way.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { continue }
      // d/dx ‖x − y‖ᵖ = p ‖x − y‖ᵖ⁻² (x − y).
      let factor = arc.mass * slope(ofCostAt: length) / length
      for axis in way.indices { result[arc.source, axis] += factor * way[axis] }
    }
    // The distance is the cost to the power 1/p.
    guard problem.order != 1, solution.cost > 0 else { return result }
    return value / (problem.order * solution.cost) * result
  }

  private func slope(ofCostAt length: Double) -> Double {
    switch problem.order {
    case 1: 1
    case 2: 2 * length
    default: problem.order * Double.pow(length, problem.order - 1)
    }
  }
}

extension SampleDistance {
  /// The gradient of the distance with respect to a generator's parameters, the noise held.
  ///
  /// - Parameters:
  ///   - generator: What made the samples.
  ///   - noise: The noise that it made them from, in their order.
  /// - Returns: For W and b of each layer, in turn.
  public func gradient(of generator: Generator, from noise: Matrix) -> [Matrix] {
    let variables = generator.network.parameters.map { Tensor(variable: $0) }
    let points = generator.points(from: Tensor(noise), parameters: variables)
    return Autodiff.gradient(
      of: (points * Tensor(gradientAtSamples())).sum(), withRespectTo: variables)
  }
}
