import Measures
import OptimalTransport
import Transport
import TransportGLPK

/// A family of problems of growing size, from a fixed seed.
struct Workload: Sendable {
  let name: String
  let sizes: [Int]
  let quickSizes: [Int]
  let solvers: @Sendable (_ size: Int) -> [any TransportSolver]
  let problem: @Sendable (_ size: Int) throws -> TransportProblem

  static let all = [uniformPlane, gaussianTenDimensions, line, smoothImages, exactIntegers]

  /// n + n points in the unit square, equal masses, squared Euclidean cost.
  static let uniformPlane = Workload(
    name: "uniform2d", sizes: [100, 200, 400, 1_000, 4_000, 12_000, 40_000, 100_000],
    quickSizes: [100, 200],
    solvers: { size in
      size <= 1_000
        ? [
          NetworkSimplex(), LinearProgramSolver(), LinearProgramSolver(form: .dual),
          LinearProgramSolver(form: .kantorovichRubinstein),
        ] : [NetworkSimplex()]
    },
    problem: { size in
      var random = SplitMix64(seed: 1)
      return try TransportProblem(
        from: points(size, 2, &random) { Double.random(in: 0..<1, using: &$0) },
        to: points(size, 2, &random) { Double.random(in: 0..<1, using: &$0) },
        cost: .squaredEuclidean)
    })

  /// n + n Gaussian points in ten dimensions, equal masses, Euclidean cost.
  static let gaussianTenDimensions = Workload(
    name: "gauss10d", sizes: [100, 400, 1_000, 4_000], quickSizes: [100],
    solvers: { size in
      size <= 400
        ? [NetworkSimplex(), LinearProgramSolver(form: .kantorovichRubinstein)]
        : [NetworkSimplex()]
    },
    problem: { size in
      var random = SplitMix64(seed: 2)
      return try TransportProblem(
        from: points(size, 10, &random, normal), to: points(size, 10, &random, normal))
    })

  /// Two samples of n points on the line.
  static let line = Workload(
    name: "line", sizes: [1_000, 10_000, 100_000, 1_000_000], quickSizes: [1_000, 10_000],
    solvers: { _ in [MonotoneRearrangement()] },
    problem: { size in
      var random = SplitMix64(seed: 3)
      return try TransportProblem(
        from: points(size, 1, &random, normal), to: points(size, 1, &random, normal))
    })

  /// Two smooth positive images of n × n pixels, Euclidean cost.
  static let smoothImages = Workload(
    name: "images", sizes: [16, 24, 32, 48], quickSizes: [16],
    solvers: { size in
      size <= 32 ? [NetworkSimplex(), LinearProgramSolver()] : [NetworkSimplex()]
    },
    problem: { size in
      try TransportProblem(
        from: image(size, phase: 0.3), to: image(size, phase: 1.9), mass: .normalize)
    })

  /// n + n bins with integer masses: the integer simplex against GLPK's rational one.
  static let exactIntegers = Workload(
    name: "exact", sizes: [10, 20, 40], quickSizes: [10],
    solvers: { _ in
      [NetworkSimplex(arithmetic: .exact), LinearProgramSolver(arithmetic: .exact)]
    },
    problem: { size in
      var random = SplitMix64(seed: 4)
      func masses() -> [Double] {
        (0..<size).map { _ in Double(Int.random(in: 1...99, using: &random)) }
      }
      return try TransportProblem(
        from: Histogram(masses()), to: Histogram(masses()), order: 2, mass: .normalize)
    })
}

private func points(
  _ count: Int, _ dimension: Int, _ random: inout SplitMix64,
  _ coordinate: (inout SplitMix64) -> Double
) throws -> PointCloud {
  try PointCloud(
    coordinates: (0..<count * dimension).map { _ in coordinate(&random) }, dimension: dimension)
}

/// About a standard normal number: twelve uniform ones summed.
private func normal(_ random: inout SplitMix64) -> Double {
  (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
}

/// A sum of bumps that no symmetry makes easy.
private func image(_ side: Int, phase: Double) throws -> Grid {
  var random = SplitMix64(seed: UInt64(phase * 100))
  let bumps = (0..<6).map { _ in
    (
      Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random),
      Double.random(in: 20..<200, using: &random)
    )
  }
  let masses = (0..<side * side).map { pixel -> Double in
    let (y, x) = (Double(pixel / side) / Double(side), Double(pixel % side) / Double(side))
    return bumps.reduce(0.02) { sum, bump in
      let squared = (x - bump.0) * (x - bump.0) + (y - bump.1) * (y - bump.1)
      return sum + 1 / (1 + bump.2 * squared)
    }
  }
  return try Grid(masses, shape: [side, side])
}
