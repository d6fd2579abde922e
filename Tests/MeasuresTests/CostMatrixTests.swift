import Measures
import Testing

/// Matrices of costs: shape, forbidden arcs, and when they are a metric.
struct CostMatrixTests {
  @Test func entries() throws {
    let matrix = try CostMatrix([0, 1, -2, .infinity, 4, 5], rows: 2, columns: 3)
    #expect(matrix[0, 2] == -2)
    #expect(matrix[1, 0] == .infinity)
    #expect(matrix == (try CostMatrix(rows: [[0, 1, -2], [.infinity, 4, 5]])))
  }

  @Test func refused() {
    #expect(throws: MeasureError.empty(what: "the cost matrix")) {
      try CostMatrix([], rows: 0, columns: 0)
    }
    #expect(throws: MeasureError.self) { try CostMatrix([1, 2, 3], rows: 2, columns: 2) }
    #expect(throws: MeasureError.self) { try CostMatrix([1], rows: -1, columns: -1) }
    #expect(throws: MeasureError.self) { try CostMatrix([1], rows: .max, columns: 2) }
    #expect(throws: MeasureError.self) { try CostMatrix([1, .nan], rows: 1, columns: 2) }
    #expect(throws: MeasureError.notFinite(what: "cost", index: 1, value: -.infinity)) {
      try CostMatrix([1, -.infinity], rows: 1, columns: 2)
    }
    #expect(throws: MeasureError.self) { try CostMatrix(rows: [[1, 2], [3]]) }
    #expect(throws: MeasureError.self) { try CostMatrix(rows: [[]]) }
    #expect(throws: MeasureError.self) { try CostMatrix([1], rows: 1, columns: 1, decimals: []) }
  }

  @Test(arguments: [
    ([[0.0, 1], [1, 0]], true),
    ([[0, 1], [2, 0]], false),  // not symmetric
    ([[1, 1], [1, 0]], false),  // not zero on the diagonal
    ([[0, .infinity], [.infinity, 0]], false),
    ([[0, -1], [-1, 0]], false),
    ([[0, 1, 2], [1, 0, 1]], false),  // not square
    ([[0, 1, 3], [1, 0, 1], [3, 1, 0]], false),  // the detour is shorter
    ([[0, 1, 2], [1, 0, 1], [2, 1, 0]], true),
  ])
  func isMetric(rows: [[Double]], expected: Bool) throws {
    #expect(try CostMatrix(rows: rows).isMetric == expected)
  }
}
