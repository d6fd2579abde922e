import MeasureFiles
import Measures
import Testing
import Transport

/// One image is the same measure, to the last bit, whatever file it comes from.
struct SameImageTests {
  private func photograph(_ name: String) throws -> Grid {
    guard case .grid(let grid) = try MeasureReading().measure(at: ExampleData.path(name)) else {
      throw NoError()
    }
    return grid
  }

  /// Two photographs of the examples, whose sums and corners other programs gave.
  @Test func photographs() throws {
    let camera = try photograph("camera-64x64.png")
    let astronaut = try photograph("astronaut-64x64.png")
    #expect((camera.shape, astronaut.shape) == ([64, 64], [64, 64]))
    #expect((camera.total, astronaut.total) == (528_622, 470_872))
    #expect(Array(camera.masses.prefix(6)) == [200, 199, 198, 198, 198, 198])
  }

  @Test(arguments: ["camera-64x64.png", "astronaut-64x64.png"])
  func inEveryFormat(name: String) throws {
    let photograph = try photograph(name)
    let folder = try TemporaryFolder()
    let files = ImageFiles(levels: photograph.masses.map { UInt8($0) }, width: 64)
    for precision in [NumberPrecision.double, .decimal] {
      let reading = MeasureReading(layout: .grid, precision: precision)
      let decimals = photograph.masses.map { DecimalNumber(significand: Int128($0)) }
      let expected = try Grid(
        photograph.masses, shape: [64, 64], decimals: precision == .decimal ? decimals : nil)
      for (name, bytes) in files.all {
        #expect(try reading.measure(at: folder.file(name, bytes)) == .grid(expected), "\(name)")
      }
    }
  }

  /// The distance between two parts of a photograph, each read from its own file.
  @Test func distance() throws {
    let camera = try photograph("camera-64x64.png")
    let parts = [20 * 64 + 16, 30 * 64 + 32].map { start in
      ImageFiles(
        levels: (0..<8).flatMap { row in
          (0..<8).map { UInt8(camera.masses[start + 64 * row + $0]) }
        }, width: 8)
    }
    let folder = try TemporaryFolder()
    let reading = MeasureReading(layout: .grid)
    var distances: Set<UInt64> = []
    for (first, second) in zip(parts[0].all, parts[1].all) {
      let source = try reading.measure(at: folder.file(first.name, first.bytes))
      let target = try reading.measure(at: folder.file(second.name, second.bytes))
      let problem = try TransportProblem(
        from: source.pointCloud, to: target.pointCloud, cost: .squaredEuclidean, mass: .normalize)
      distances.insert(try NetworkSimplex().solve(problem).cost.bitPattern)
    }
    #expect(distances.count == 1)
  }
}
