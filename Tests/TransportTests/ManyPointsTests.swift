import Measures
import Synchronization
import TestSupport
import Testing
import Transport

/// Points in numbers that are solved from coarse to fine: the same optimum as the matrix's, certified.
@Suite struct ManyPointsTests {
  private static let families = [
    "uniform", "clusters", "a line", "a lattice", "one place", "three targets", "few sources",
    "masses of every size", "far corners", "tiny", "huge",
  ]

  /// A debug run, which is 40 times slower, has two of them.
  #if DEBUG
  private static let tested = ["clusters", "masses of every size"]
  #else
  private static let tested = families
  #endif

  @Test(arguments: tested)
  func agreesWithTheMatrix(family: String) throws {
    var random = SplitMix64(seed: 31)
    let (source, target) = try Self.clouds(family, &random)
    for cost in [GroundCost.squaredEuclidean, .euclidean] {
      let points = try TransportProblem(from: source, to: target, cost: cost, mass: .normalize)
      let matrix = try TransportProblem(
        from: source, to: target,
        cost: PairwiseCosts(from: source, to: target, under: cost).matrix(), mass: .normalize)
      let found = try NetworkSimplex().solve(points)
      let wanted = try NetworkSimplex().solve(matrix)
      #expect(found.certificate(for: points).holds, "\(family), \(cost)")
      #expect(
        abs(found.cost - wanted.cost) <= 1e-9 * abs(wanted.cost),
        "\(family), \(cost): \(found.cost) and \(wanted.cost)")
    }
  }

  /// On the line the answer is known in closed form.
  @Test func agreesWithTheClosedFormOnTheLine() throws {
    var random = SplitMix64(seed: 5)
    let values = (0..<1_400).map { _ in Double.random(in: -1..<1, using: &random) }
    let source = try PointCloud(coordinates: Array(values[..<600]), dimension: 1)
    let target = try PointCloud(coordinates: Array(values[600...]), dimension: 1)
    for order in [1.0, 2] {
      let problem = try TransportProblem(
        from: source, to: target, cost: .euclidean, order: order, mass: .normalize)
      let found = try NetworkSimplex().solve(problem)
      let closed = try MonotoneRearrangement().solve(problem)
      #expect(found.certificate(for: problem).holds)
      #expect(abs(found.cost - closed.cost) <= 1e-12 * closed.cost)
    }
  }

  /// Whatever level it is stopped at, plan and potentials are feasible and the bounds hold.
  @Test func aStoppedSolveHasABracketAroundTheOptimum() throws {
    var random = SplitMix64(seed: 32)
    let (source, target) = try Self.clouds("uniform", &random)
    let problem = try TransportProblem(
      from: source, to: target, cost: .squaredEuclidean, mass: .normalize)
    let best = try NetworkSimplex().solve(problem).cost
    let stopped = try NetworkSimplex().solve(problem, control: SolveControl(timeLimit: .zero))
    #expect(stopped.outcome == .limitReached)
    let bracket = try #require(stopped.bracket)
    #expect(bracket.lower <= best * (1 + 1e-12) && best * (1 - 1e-12) <= bracket.upper)
    #expect(bracket.lower > 0.2 * best && bracket.upper < 20 * best)
    let certificate = stopped.certificate(for: problem)
    #expect(certificate.marginalError <= OptimalityCertificate.tolerance)
    #expect(certificate.minimumReducedCost >= -OptimalityCertificate.tolerance)
  }

  /// Progress counts pivots on, and tells costs that come down to the optimum from above.
  @Test func progressTellsACostAboveTheOptimum() throws {
    var random = SplitMix64(seed: 33)
    let source = try Instances.cloud(1_500, dimension: 2, &random)
    let target = try Instances.cloud(1_500, dimension: 2, &random)
    let problem = try TransportProblem(
      from: source, to: target, cost: .squaredEuclidean, mass: .normalize)
    let reports = Reports()
    let solution = try NetworkSimplex().solve(
      problem, control: SolveControl(progress: { reports.add($0) }))
    let iterations = reports.all.map(\.iterations)
    let costs = reports.all.compactMap(\.cost)
    #expect(iterations == iterations.sorted() && !costs.isEmpty)
    #expect(costs.allSatisfy { $0 >= solution.cost * (1 - 1e-12) })
    #expect(costs == costs.sorted(by: >))
    #expect((iterations.last ?? 0) <= solution.statistics.iterations)
  }

  /// Certificates and brackets have the same bits for any number of threads.
  @Test(arguments: [2, 6])
  func threadsChangeNothing(dimension: Int) throws {
    var random = SplitMix64(seed: 34)
    let source = try Instances.cloud(700, dimension: dimension, &random)
    let target = try Instances.cloud(500, dimension: dimension, &random)
    let problem = try TransportProblem(from: source, to: target, mass: .normalize)
    let solution = try NetworkSimplex().solve(problem)
    let one = solution.certificate(for: problem)
    let three = solution.certificate(for: problem, threads: 3)
    #expect(one.minimumReducedCost == three.minimumReducedCost && one.worstArc == three.worstArc)
    #expect(
      problem.sourceTransform(of: solution.potentials.target)
        == problem.sourceTransform(of: solution.potentials.target, threads: 3))
    #expect(
      problem.targetTransform(of: solution.potentials.source)
        == problem.targetTransform(of: solution.potentials.source, threads: 3))
    let brackets = try [1, 3].map { threads in
      try NetworkSimplex().solve(
        problem, control: SolveControl(timeLimit: .zero, threads: threads)
      ).bracket
    }
    #expect(brackets[0] != nil && brackets[0] == brackets[1])
  }

  private static func clouds(
    _ family: String, _ random: inout SplitMix64
  ) throws -> (PointCloud, PointCloud) {
    func uniform(_ count: Int, _ scale: Double = 1) -> [Double] {
      (0..<2 * count).map { _ in Double.random(in: 0..<1, using: &random) * scale }
    }
    func plane(_ coordinates: [Double], masses: [Double]? = nil) throws -> PointCloud {
      try PointCloud(coordinates: coordinates, dimension: 2, masses: masses)
    }
    switch family {
    case "clusters":
      let centres = uniform(9)
      func cluster(_ count: Int) -> [Double] {
        (0..<count).flatMap { _ in
          let centre = Int.random(in: 0..<9, using: &random)
          return (0..<2).map {
            centres[2 * centre + $0] + Double.random(in: 0..<1e-3, using: &random)
          }
        }
      }
      return (try plane(cluster(600)), try plane(cluster(500)))
    case "a line":
      func line(_ count: Int) -> [Double] {
        uniform(count).enumerated().map { $0 % 2 == 0 ? $1 : 0.5 }
      }
      return (try plane(line(500)), try plane(line(600)))
    case "a lattice":
      func lattice(_ count: Int) -> [Double] {
        (0..<2 * count).map { _ in Double(Int.random(in: 0...9, using: &random)) }
      }
      return (try plane(lattice(550)), try plane(lattice(550)))
    case "one place":
      return (
        try plane([Double](repeating: 0.25, count: 1_200)), try plane(uniform(500))
      )
    case "three targets": return (try plane(uniform(1_100)), try plane(uniform(3)))
    case "few sources": return (try plane(uniform(20)), try plane(uniform(1_000)))
    case "masses of every size":
      func masses(_ count: Int) -> [Double] {
        (0..<count).map { $0 % 7 == 0 ? 0 : Double(sign: .plus, exponent: $0 % 60, significand: 1) }
      }
      return (
        try plane(uniform(520), masses: masses(520)), try plane(uniform(530), masses: masses(530))
      )
    case "far corners":
      let corners = uniform(500).map { $0 < 0.5 ? $0 : $0 + 1e9 }
      return (try plane(corners), try plane(uniform(500)))
    case "tiny": return (try plane(uniform(520, 0x1p-480)), try plane(uniform(500, 0x1p-480)))
    case "huge": return (try plane(uniform(520, 0x1p480)), try plane(uniform(500, 0x1p480)))
    default: return (try plane(uniform(550)), try plane(uniform(520)))
    }
  }
}

/// What a solver reported.
private final class Reports: Sendable {
  private let list = Mutex<[SolveProgress]>([])

  func add(_ progress: SolveProgress) { list.withLock { $0.append(progress) } }

  var all: [SolveProgress] { list.withLock { $0 } }
}
