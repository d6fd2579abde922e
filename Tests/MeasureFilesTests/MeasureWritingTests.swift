import MeasureFiles
import Measures
import Testing

/// Measures written as CSV read back as they were.
struct MeasureWritingTests {
  private func roundTrip(_ measure: Measure, _ reading: MeasureReading = MeasureReading()) throws {
    let folder = try TemporaryFolder()
    try measure.write(to: folder.path + "/p.csv")
    #expect(try reading.measure(at: folder.path + "/p.csv") == measure)
  }

  @Test func roundTrips() throws {
    try roundTrip(.histogram(Histogram([0.1, 1.0 / 3, 1e-300])))
    try roundTrip(.histogram(Histogram([1, 2], at: [-0.5, 1e300])))
    try roundTrip(.points(PointCloud([[0.1, 2], [3, 4]], masses: [5, 6])))
    try roundTrip(.points(PointCloud([[1, 2, 3, 4]], masses: [1])))
    try roundTrip(
      .grid(Grid([0, 1, 2, 3, 4, 5], shape: [2, 3])), MeasureReading(layout: .grid))
  }

  @Test func decimalsAreWrittenAsTheyWereRead() throws {
    let folder = try TemporaryFolder()
    let text = "x,y,mass\n0.1,12345678901234567890,0.3\n"
    let reading = MeasureReading(precision: .decimal)
    let measure = try reading.measure(at: folder.file("p.csv", text))
    try measure.write(to: folder.path + "/q.csv")
    #expect(try folder.bytes(folder.path + "/q.csv") == Array(text.utf8))
  }

  /// A grid that is no image is written as its points.
  @Test func gridWithThreeAxes() throws {
    let folder = try TemporaryFolder()
    let grid = try Grid([1, 2], shape: [1, 2, 1])
    try Measure.grid(grid).write(to: folder.path + "/p.csv")
    #expect(try MeasureReading().measure(at: folder.path + "/p.csv") == .points(grid.pointCloud))
  }
}
