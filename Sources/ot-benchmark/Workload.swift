import ArgumentParser
import MeasureFiles
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

  static let all = [
    uniformPlane, gaussianTenDimensions, line, cityBlockImages, euclideanImages, squaredImages,
    exactIntegers,
  ]

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

  /// Two smooth positive images of n × n pixels under one ground cost, by the solver that suits them.
  private static func field(_ name: String, _ cost: GroundCost, sizes: [Int]) -> Workload {
    Workload(
      name: "field-\(name)", sizes: sizes, quickSizes: [16],
      solvers: { _ in [AutomaticSolver()] },
      problem: { size in
        try TransportProblem(
          from: image(size, phase: 0.3), to: image(size, phase: 1.9), cost: cost,
          mass: .normalize)
      })
  }

  static let cityBlockImages = field("l1", .cityBlock, sizes: [64, 128, 256])
  static let euclideanImages = field("l2", .euclidean, sizes: [32, 64, 128])
  static let squaredImages = field("sq", .squaredEuclidean, sizes: [32, 64, 128])

  /// Two images from files, under four ground costs.
  static func dotmark(_ source: String, _ target: String) -> [Workload] {
    let costs: [(String, GroundCost)] = [
      ("l1", .cityBlock), ("l2", .euclidean), ("linf", .chebyshev), ("sq", .squaredEuclidean),
    ]
    return costs.map { name, cost in
      Workload(
        name: "dotmark-\(name)", sizes: [32], quickSizes: [32],
        solvers: { _ in [AutomaticSolver()] },
        problem: { _ in
          let reading = MeasureReading(layout: .grid)
          return try TransportProblem(
            from: pixels(reading.measure(from: source)), to: pixels(reading.measure(from: target)),
            cost: cost)
        })
    }
  }

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

/// The measure of a file as an image.
private func pixels(_ measure: Measure) throws -> Grid {
  guard case .grid(let grid) = measure else {
    throw ValidationError("--dotmark takes two tables of pixels.")
  }
  return grid
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
