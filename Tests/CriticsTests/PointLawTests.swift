import Critics
import Foundation
import Measures
import TestSupport
import Testing
import Transport

@Suite struct PointLawTests {
  static let laws: [PointLaw] = [
    .cube(dimension: 3, side: 2), .gaussian(dimension: 4, deviation: 0.5),
    .gaussianRing(modes: 8, radius: 2, deviation: 0.02),
    .gaussianGrid(side: 5, spacing: 1, deviation: 0.05), .circle(radius: 1.5),
    .swissRoll(deviation: 0.25, scale: 7.5), .spheres(centers: [[-2, 0], [2, 0]], radius: 1),
    .spirals(arms: 2, deviation: 0.02), .parallelLines(distance: 3),
    .minFunnel(MinFunnel(funnels: 3, dimension: 2, seed: 1)),
  ]

  @Test(arguments: laws)
  func theSameSeedGivesTheSamePoints(law: PointLaw) throws {
    let cloud = try law.cloud(50, seed: 3)
    #expect(cloud.count == 50 && cloud.dimension == law.dimension)
    #expect(try law.cloud(50, seed: 3) == cloud)
    #expect(try law.cloud(50, seed: 4) != cloud)
  }

  /// Mean and variance along the first axis, within five standard errors of 4,000 points.
  @Test(arguments: [
    // Uniform on [0, 2): variance 2²/12. A mode on a circle: r²/2 + σ². A lattice of 5: spacing² · 2 + σ².
    (0, 1.0, 1.0 / 3), (1, 0.0, 0.25), (2, 0.0, 2.0004), (3, 0.0, 2.0025), (4, 0.0, 1.125),
    // Two lines at 0 and 3: 3²/4.
    (6, 0.0, 4.5), (8, 1.5, 2.25),
  ])
  func momentsAreThoseOfTheLaw(index: Int, mean: Double, variance: Double) throws {
    let law = Self.laws[index]
    let count = 4000.0
    let cloud = try law.cloud(Int(count), seed: 5)
    let first = stride(from: 0, to: cloud.coordinates.count, by: law.dimension).map {
      cloud.coordinates[$0]
    }
    let found = first.reduce(0, +) / count
    let spread = first.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(abs(found - mean) < 5 * (variance / count).squareRoot())
    // The fourth moment of none of them exceeds three times the squared variance.
    #expect(abs(spread - variance) < 5 * variance * (2 / count).squareRoot())
  }

  @Test func pointsLieOnTheirCirclesAndSpheres() throws {
    let circle = try PointLaw.circle(radius: 1.5).cloud(100, seed: 1)
    let ball = try PointLaw.spheres(centers: [[1, 2, 3]], radius: 0.5).cloud(100, seed: 1)
    for index in 0..<100 {
      #expect(abs(length(circle.point(index), from: [0, 0]) - 1.5) < 1e-12)
      #expect(abs(length(ball.point(index), from: [1, 2, 3]) - 0.5) < 1e-12)
    }
  }

  /// Without noise a point's distance from the middle is its angle.
  @Test func theSpiralTurnsAsItGrows() throws {
    let roll = try PointLaw.swissRoll(deviation: 0, scale: 1).cloud(200, seed: 2)
    for index in 0..<200 {
      let radius = length(roll.point(index), from: [0, 0])
      #expect(radius >= 1.5 * .pi - 1e-12 && radius <= 4.5 * .pi)
    }
  }

  /// Without noise a point of a spiral lies on one of its arms: its turn is one and a half times its radius.
  @Test func spiralsHaveTheirArms() throws {
    let spirals = try PointLaw.spirals(arms: 3, deviation: 0).cloud(200, seed: 2)
    var arms: Set<Int> = []
    for index in 0..<200 {
      let point = Array(spirals.point(index))
      let radius = length(spirals.point(index), from: [0, 0])
      let turn = atan2(point[1], point[0]) / (2 * .pi) - 1.5 * radius
      let arm = 3 * (turn - turn.rounded(.down))
      #expect(abs(arm - arm.rounded()) < 1e-9)
      arms.insert(Int(arm.rounded()) % 3)
    }
    #expect(arms.count == 3)
  }

  /// Lines of length 1; and the funnels' law is the pair's own.
  @Test func linesAndFunnelsAreWhatTheySay() throws {
    let lines = try PointLaw.parallelLines(distance: 0.25).cloud(100, seed: 1)
    #expect(Set((0..<100).map { lines.point($0).first }) == [0, 0.25])
    #expect((0..<100).allSatisfy { (0..<1).contains(lines.point($0).last ?? -1) })
    let pair = MinFunnel(funnels: 3, dimension: 2, seed: 1)
    var random = SplitMix64(seed: 4)
    #expect(
      try PointLaw.minFunnel(pair).cloud(20, seed: 4).coordinates
        == pair.source.points(20, using: &random))
  }

  @Test func documentedProblemsHaveTheirKnownDistances() throws {
    for (problem, known) in [
      (DocumentedProblem.sevenBins, 0.9), (.parallelLines, 0.5), (.threeCones, 1),
    ] {
      let (source, target) = try problem.clouds()
      let exact = try NetworkSimplex().solve(TransportProblem(from: source, to: target))
      #expect(abs(exact.cost - known) < 1e-12)
    }
    for problem in DocumentedProblem.allCases {
      let clouds = try problem.clouds(seed: 7)
      let again = try problem.clouds(seed: 7)
      #expect(clouds.source == again.source && clouds.target == again.target)
      #expect(clouds.source.dimension == clouds.target.dimension)
    }
  }

  private func length(_ point: ArraySlice<Double>, from center: [Double]) -> Double {
    zip(point, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
