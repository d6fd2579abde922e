import DocumentationSupport
import Foundation
import MeasureFiles
import OptimalTransport
import Testing

/// The Swift code of the pages, built and run; the values are those that the pages give.
@Suite struct Snippets {
  @Test func readmeDependency() throws {
    let manifest = """
      dependencies: [
        .package(path: "../swift-optimal-transport")
      ],
      targets: [
        .executableTarget(
          name: "my-tool",
          dependencies: [
            .product(name: "OptimalTransport", package: "swift-optimal-transport")
          ])
      ]
      """
    let own = try Repository.text(of: "Package.swift")
    #expect(manifest.contains("../swift-optimal-transport"))
    #expect(own.contains(#"name: "swift-optimal-transport""#))
    #expect(own.contains(#".library(name: "OptimalTransport""#))
  }
}

/// The code of `Docs/GettingStarted.md`.
@Suite struct GettingStartedSnippets {
  @Test func planAndCertificate() throws {
    var moves: [(Int, Int, Double)] = []
    let p = try Histogram([0.1, 0.2, 0.7])
    let q = try Histogram([0.3, 0.3, 0.4])
    let problem = try TransportProblem(from: p, to: q)
    let solution = try AutomaticSolver().solve(problem)
    for arc in solution.plan.arcs { moves.append((arc.source, arc.target, arc.mass)) }
    let certificate = solution.certificate(for: problem)
    #expect(certificate.holds)
    #expect(abs(solution.cost - 0.5) < 1e-12)
    #expect(abs(moves.reduce(0) { $0 + $1.2 } - 1) < 1e-12)
  }

  @Test func pointsAndCosts() throws {
    let cloud = try PointCloud([[0, 0], [0, 1], [2, 2]])
    let other = try PointCloud([[1, 1], [3, 0], [2, 0]])
    let straight = try cloud.wassersteinDistance(to: other)
    let squared = try cloud.wassersteinDistance(to: other, order: 2)
    let cost = try CostMatrix(rows: [[0, 1, 5], [2, .infinity, 0]])  // no way from 1 to 1
    let custom = try TransportProblem(
      from: Histogram([0.5, 0.5]), to: Histogram([0.25, 0.25, 0.5]), cost: cost)
    #expect(straight <= squared)
    #expect(abs(try AutomaticSolver().solve(custom).cost - 0.25) < 1e-12)
  }

  @Test func files() throws {
    let folder = Repository.root.appending(path: "Examples/data").path
    let setosa = RowFilter(column: "species", equals: "setosa")
    let reading = MeasureReading(columns: ["petal_length"], filters: [setosa])
    let petals = try reading.measure(at: "\(folder)/iris.csv").pointCloud
    #expect(petals.count == 50)
  }
}
