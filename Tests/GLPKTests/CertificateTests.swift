import GLPK
import Testing

@Suite struct CertificateTests {
  @Test(arguments: SolveOptions.Method.allCases, [false, true])
  func infeasible(_ method: SolveOptions.Method, presolve: Bool) throws {
    let solution = try Sample.infeasible().solve(
      SolveOptions(method: method, presolve: presolve))
    let certificate = try #require(solution.farkas)
    #expect(certificate.rowMultipliers == [1, -1])
    #expect(certificate.columnsReach < certificate.rowsDemand)
    #expect(solution.objective == nil)
  }

  @Test(arguments: SolveOptions.Method.allCases, [false, true])
  func unbounded(_ method: SolveOptions.Method, presolve: Bool) throws {
    let solution = try Sample.unbounded().solve(
      SolveOptions(method: method, presolve: presolve))
    let ray = try #require(solution.ray)
    #expect(ray.columnDirections == [1, 1])
    #expect(ray.objectiveChange == -2)
  }

  @Test func neitherFeasibleNorBounded() throws {
    // Infeasible, and its dual too: the outcome is infeasible whatever the method.
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: -1)
    let y = program.addColumn(cost: -1)
    program.addRow(.exactly(1), terms: [(x, 1), (y, -1)])
    program.addRow(.exactly(2), terms: [(x, 1), (y, -1)])
    for method in SolveOptions.Method.allCases {
      for presolve in [false, true] {
        let options = SolveOptions(method: method, presolve: presolve)
        #expect(try program.solve(options).farkas != nil)
      }
    }
  }

  @Test func certificateSeparatesEveryPoint() throws {
    for seed in 0..<10 as Range<UInt64> {
      var program = Sample.random(5, 8, seed: seed)
      let terms = (0..<8).map { (LinearProgram.Column($0), 1.0) }
      program.addRow(.atLeast(1000), terms: terms)
      let certificate = try #require(try program.solve().farkas)
      var random = SplitMix64(state: seed)
      for _ in 0..<20 {
        let point = (0..<8).map { j in
          let bounds = program[bounds: LinearProgram.Column(j)]
          return bounds.lower + random.unit() * (bounds.upper - bounds.lower)
        }
        let activities = program.rowActivities(at: point)
        let reach = zip(certificate.rowMultipliers, activities).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(reach < certificate.rowsDemand)
      }
    }
  }

  @Test(arguments: [1e-9, 1e-3, 1e6, 1e12])
  func certificatesAtEveryScale(_ scale: Double) throws {
    var program = LinearProgram(.minimize)
    let x = program.addColumn(cost: 1, bounds: .atMost(-scale))
    program.addRow(.atLeast(scale), terms: [(x, 3)])
    #expect(try program.farkasCertificate()?.rowMultipliers == [1])

    var other = LinearProgram(.maximize)
    let y = other.addColumn(cost: scale)
    other.addRow(.atLeast(scale), terms: [(y, 2)])
    #expect(try other.unboundedRay()?.columnDirections == [1])
  }

  @Test func wrongCertificatesAreRefused() throws {
    let infeasible = Sample.infeasible()
    for wrong in [[0, 0], [1, 1], [1, 0], [-1, 1], [1, -2], [.nan, 1], [1]] {
      #expect(infeasible.farkasCertificate(checking: wrong) == nil)
    }
    #expect(infeasible.farkasCertificate(checking: [4, -4]) != nil)
    let unbounded = Sample.unbounded()
    for wrong in [[0, 0], [1, 0], [-1, -1], [1, 0.9], [1], [.infinity, 1]] {
      #expect(unbounded.unboundedRay(checking: wrong) == nil)
    }
    #expect(unbounded.unboundedRay(checking: [5, 5]) != nil)
  }

  @Test func feasibleAndBoundedProgramsHaveNone() throws {
    let program = Sample.textbook()
    #expect(try program.farkasCertificate() == nil)
    #expect(try program.unboundedRay() == nil)
  }
}
