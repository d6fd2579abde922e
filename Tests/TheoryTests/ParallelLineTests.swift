import OptimalTransport
import Testing

/// Two parallel lines at distance θ (Arjovsky, Chintala, Bottou 2017, example 1).
@Suite struct ParallelLineTests {
  static let thetas = [-2, -0.5, -1e-6, 0, 1e-9, 0.1, 1, 100]

  private func line(at theta: Double) throws -> PointCloud {
    try PointCloud((0..<5).map { [theta, Double($0) / 4] })
  }

  @Test(arguments: thetas)
  func wassersteinIsTheDistanceOfTheLines(_ theta: Double) throws {
    let problem = try TransportProblem(from: line(at: 0), to: line(at: theta))
    for solver in solvers(for: problem) {
      let solution = try solver.solve(problem)
      #expect(abs(solution.distance - abs(theta)) <= 1e-12 * abs(theta), "\(solver.name)")
      #expect(solution.certificate(for: problem).holds)
    }
  }

  @Test(arguments: thetas)
  func divergencesSeeOnlyWhetherTheyAreTheSame(_ theta: Double) throws {
    let pair = try DistributionPair(line(at: 0), line(at: theta))
    let logarithmOfTwo = 0.693_147_180_559_945_3
    #expect(agree(pair.jensenShannonDivergence, theta == 0 ? 0 : logarithmOfTwo))
    #expect(agree(pair.totalVariationDistance, theta == 0 ? 0 : 1))
    #expect(pair.klDivergence == (theta == 0 ? 0 : .infinity))
    #expect(pair.reversed.klDivergence == (theta == 0 ? 0 : .infinity))
    #expect(pair.binsThatMakeKLInfinite.count == (theta == 0 ? 0 : 5))
  }
}
