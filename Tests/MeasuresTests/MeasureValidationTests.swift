import Measures
import Testing

/// What a measure is made of, and what is refused with the place of the first bad value.
struct MeasureValidationTests {
  @Test func histogram() throws {
    let p = try Histogram([0.1, 0.2, 0, 0.7])
    #expect(p.count == 4)
    #expect(p.total == 1)
    #expect(p.positions == nil)
    #expect(p.pointCloud.coordinates == [0, 1, 2, 3])
    let q = try Histogram([1, 2], at: [-1, 0.5])
    #expect(q.pointCloud == (try PointCloud([[-1], [0.5]], masses: [1, 2])))
  }

  @Test(arguments: [
    ([], MeasureError.empty(what: "the list of masses")),
    ([1, -2], .negativeMass(index: 1, value: -2)),
    ([1, .infinity], .notFinite(what: "mass", index: 1, value: .infinity)),
    ([0, 0, 0], .zeroTotal(count: 3)), ([-0.0], .zeroTotal(count: 1)),
    ([1e308, 1e308], .totalOverflows),
  ])
  func badMasses(masses: [Double], expected: MeasureError) {
    #expect(throws: expected) { try Histogram(masses) }
    #expect(throws: MeasureError.self) { try Grid(masses, shape: [masses.count]) }
    #expect(throws: MeasureError.self) { try PointCloud(masses.map { [$0] }, masses: masses) }
  }

  @Test func notANumber() {
    #expect { try Histogram([1, 1, .nan]) } throws: { error in
      guard case MeasureError.notFinite("mass", 2, let value) = error else { return false }
      return value.isNaN
    }
  }

  @Test func lengths() throws {
    #expect(
      throws: MeasureError.lengthMismatch(what: "positions of the bins", expected: 2, found: 1)
    ) { try Histogram([1, 2], at: [0]) }
    #expect(
      throws: MeasureError.lengthMismatch(what: "decimals of the masses", expected: 1, found: 0)
    ) { try Histogram([1], decimals: []) }
    #expect(
      throws: MeasureError.lengthMismatch(what: "coordinates of point 1", expected: 2, found: 1)
    ) { try PointCloud([[1, 2], [3]]) }
    #expect(throws: MeasureError.self) { try PointCloud(coordinates: [1, 2, 3], dimension: 2) }
    #expect(throws: MeasureError.self) { try PointCloud(coordinates: [1, 2], dimension: 0) }
    #expect(throws: MeasureError.self) { try PointCloud([[]]) }
    #expect(throws: MeasureError.self) { try PointCloud([[1]], masses: [1, 2]) }
    #expect(throws: MeasureError.self) { try Histogram([1], at: [.infinity]) }
  }

  @Test func pointCloud() throws {
    let cloud = try PointCloud([[0, 0], [3, 4]])
    #expect(cloud.count == 2)
    #expect(cloud.dimension == 2)
    #expect(Array(cloud.point(1)) == [3, 4])
    #expect(cloud.masses == [0.5, 0.5])
  }

  @Test func grid() throws {
    let grid = try Grid([0, 1, 2, 3, 4, 5], shape: [2, 3], spacing: [10, 0.5])
    #expect(grid.total == 15)
    #expect(grid.pointCloud.coordinates == [0, 0, 0, 0.5, 0, 1, 10, 0, 10, 0.5, 10, 1])
    let cube = try Grid([1, 1, 1, 1], shape: [2, 1, 2])
    #expect(cube.pointCloud.coordinates == [0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1])
  }

  @Test func badGrids() {
    #expect(throws: MeasureError.self) { try Grid([1], shape: []) }
    #expect(throws: MeasureError.self) { try Grid([1, 2], shape: [3]) }
    #expect(throws: MeasureError.self) { try Grid([1], shape: [-1, -1]) }
    #expect(throws: MeasureError.self) { try Grid([1], shape: [Int.max, 2]) }
    #expect(throws: MeasureError.self) { try Grid([1], shape: [1], spacing: [0]) }
    #expect(throws: MeasureError.self) { try Grid([1], shape: [1], spacing: [1, 1]) }
    // The last pixel would stand at infinity.
    #expect(throws: MeasureError.self) { try Grid([1, 1, 1], shape: [3], spacing: [1e308]) }
  }

  @Test(arguments: [
    (MeasureError.zeroTotal(count: 3), "all 3 masses are zero; at least one must be positive"),
    (.negativeMass(index: 1, value: -2), "mass 1 is -2.0; masses must not be negative"),
    (.lengthMismatch(what: "rows", expected: 2, found: 1), "rows: expected 2, found 1"),
  ])
  func descriptions(error: MeasureError, text: String) {
    #expect(error.description == text)
  }
}
