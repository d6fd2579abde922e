import Measures
import RealModule
import TestSupport
import Testing
import Transport
import TransportGLPK

/// Costs and masses times 10^k, for every k for which input and answer are normal doubles: the same plan,
/// the value scaled, and a certificate that holds.
@Suite struct ScaleFree {
  /// Hundredths, of which no partial sums agree, so that no rounding makes or breaks an arc.
  private let masses = [5.03, 3.17, 8.41, 1.29, 6.53, 3.57]
  private let otherMasses = [7.31, 6.59, 2.23, 6.47, 5.40]

  /// Costs between a half and one and a half, of which no two plans have the same sum.
  private var costs: [Double] {
    var random = SplitMix64(seed: 81)
    return (0..<30).map { _ in Double.random(in: 0.5..<1.5, using: &random) }
  }

  /// GLPK takes a few milliseconds a problem, so that it gets every tenth power.
  private func solvers(_ power: Int) -> [any TransportSolver] {
    power.isMultiple(of: 10)
      ? [NetworkSimplex(), LinearProgramSolver(), LinearProgramSolver(form: .dual)]
      : [NetworkSimplex()]
  }

  private func expectScaled(
    _ problem: TransportProblem, _ power: Int, costs: Double, masses: Double,
    of plain: TransportSolution
  ) throws {
    for solver in solvers(power) {
      let solution = try solver.solve(problem)
      let what: Comment = "\(solver.name), 10^\(power)"
      #expect(solution.certificate(for: problem).holds, what)
      #expect(abs(solution.cost / costs / masses - plain.cost) <= 1e-12 * plain.cost, what)
      #expect(solution.plan.arcs.count == plain.plan.arcs.count, what)
      for (arc, other) in zip(solution.plan.arcs, plain.plan.arcs) {
        #expect(arc.source == other.source && arc.target == other.target, what)
        #expect(abs(arc.mass / masses - other.mass) <= 1e-12 * other.mass, what)
      }
    }
  }

  @Test func costsOfEveryScale() throws {
    let (p, q) = (try Histogram(masses), try Histogram(otherMasses))
    let plain = try NetworkSimplex().solve(
      TransportProblem(from: p, to: q, cost: CostMatrix(costs, rows: 6, columns: 5)))
    // The least cost is half of 10^k, the answer up to 40 times that.
    for power in -306...306 {
      let factor = Double.pow(10, Double(power))
      let problem = try TransportProblem(
        from: p, to: q, cost: CostMatrix(costs.map { $0 * factor }, rows: 6, columns: 5))
      try expectScaled(problem, power, costs: factor, masses: 1, of: plain)
    }
  }

  @Test func massesOfEveryScale() throws {
    let matrix = try CostMatrix(costs, rows: 6, columns: 5)
    let plain = try NetworkSimplex().solve(
      TransportProblem(from: Histogram(masses), to: Histogram(otherMasses), cost: matrix))
    for power in -307...306 {
      let factor = Double.pow(10, Double(power))
      let problem = try TransportProblem(
        from: Histogram(masses.map { $0 * factor }),
        to: Histogram(otherMasses.map { $0 * factor }), cost: matrix)
      try expectScaled(problem, power, costs: 1, masses: factor, of: plain)
    }
  }

  /// Coordinates times 10^k: the distance scales with them, a squared one with their square.
  ///
  /// Not under the city block, where different plans have the same cost in exact numbers.
  @Test(arguments: [(GroundCost.euclidean, 300), (.minkowski(3), 300), (.squaredEuclidean, 150)])
  func coordinatesOfEveryScale(cost: GroundCost, largest: Int) throws {
    var random = SplitMix64(seed: 82)
    let p = try Instances.cloud(7, dimension: 2, &random)
    let q = try Instances.cloud(6, dimension: 2, &random)
    let plain = try NetworkSimplex().solve(
      TransportProblem(from: p, to: q, cost: cost, mass: .normalize))
    for power in -largest...largest {
      let factor = Double.pow(10, Double(power))
      func scaled(_ cloud: PointCloud) throws -> PointCloud {
        try PointCloud(
          coordinates: cloud.coordinates.map { $0 * factor }, dimension: 2, masses: cloud.masses)
      }
      let problem = try TransportProblem(
        from: scaled(p), to: scaled(q), cost: cost, mass: .normalize)
      let costFactor = cost == .squaredEuclidean ? factor * factor : factor
      try expectScaled(problem, power, costs: costFactor, masses: 1, of: plain)
    }
  }

  /// Raw counts of up to 10^15 in each bin: the same plan as their parts of the total.
  @Test(arguments: 0...15)
  func rawCounts(places: Int) throws {
    let factor = Double.pow(10, Double(places))
    let matrix = try CostMatrix(costs, rows: 6, columns: 5)
    let plain = try NetworkSimplex().solve(
      TransportProblem(from: Histogram(masses), to: Histogram(otherMasses), cost: matrix))
    let problem = try TransportProblem(
      from: Histogram(masses.map { $0 * factor }), to: Histogram(otherMasses.map { $0 * factor }),
      cost: matrix)
    try expectScaled(problem, 10 * places, costs: 1, masses: factor, of: plain)
  }
}
