import Measures
import Testing
import Transport

/// What the page on series says, line by line.
@Suite struct SeriesPageTests {
  @Test func anyCosts() throws {
    let series = TransportSeries(try CostMatrix(rows: [[0, 1, 4], [1, 0, 1], [4, 1, 0]]))
    let first = try Histogram([1, 0, 0])
    let second = try Histogram([0, 0.5, 0.5])
    let cost = try series.cost(from: first, to: second)  // 2.5
    let solution = try series.solve(from: first, to: second)
    let certificate = solution.certificate(for: try series.problem(from: first, to: second))
    #expect(cost == 2.5)
    #expect(certificate.holds)
  }

  @Test func theLine() throws {
    let line = try LineSeries(at: [0, 1, 3], mass: .normalize)
    let distance = try line.distance(from: Histogram([1, 0, 0]), to: Histogram([0, 1, 1]))  // 2
    #expect(distance == 2)
  }

  @Test func aNearbyProblem() throws {
    let problems = try [0.5, 0.75].map { mass in
      try TransportProblem(
        from: Histogram([mass, 1 - mass]), to: Histogram([0, 1]),
        cost: CostMatrix(rows: [[0, 1], [1, 0]]))
    }
    let monday = try NetworkSimplex().solve(problems[0])
    let tuesday = try NetworkSimplex().solve(problems[1], startingFrom: .solution(monday))
    #expect(tuesday.cost == 0.75)
  }

  @Test func aCollectionAtOnce() async throws {
    let masses: [[Double]] = [[1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]]
    let images = try masses.map { try Grid($0, shape: [2, 2]) }
    let collection = try MeasureCollection(images, cost: .squaredEuclidean, mass: .normalize)
    let matrix = try await collection.pairwiseDistances(workers: 2)
    let nearest = try await collection.nearestNeighbours(1, workers: 2)
    #expect(matrix.entries == [0, 2, 1, 2, 0, 1, 1, 1, 0])
    #expect(nearest.lists.map { $0.neighbours.map(\.index) } == [[2], [2], [0]])
    let received = Received()
    try await collection.pairwiseDistances(workers: 2) { block in
      received.append(block.distances)
    }
    #expect(received.distances == [2, 1, 1])
  }
}

private final class Received: @unchecked Sendable {
  // Blocks are handed over one at a time.
  private(set) var distances: [Double] = []
  func append(_ more: [Double]) { distances += more }
}
