import MeasureFiles
import Measures
import Testing
import Transport

/// Files with random bytes changed are read or refused; nothing traps.
struct BrokenFilesTests {
  private static let texts: [(name: String, bytes: [UInt8])] = [
    ("p.csv", Array("# c\r\nx,\"y,z\",mass\n1,-2.5e3,\"4\"\n5,6,7\n".utf8)),
    ("p.txt", Array("x y mass\n1 2 3\n4 5 6\n".utf8)),
    ("p.json", Array(#"{"points": [[0.5, 1e3], [-2, 0]], "m\u0061sses": [5, 6]}"#.utf8)),
    ("p.json", Array("[[0, 1], [2, \"inf\"]]".utf8)),
    ("p.npy", NPYBytes(data: NPYReadingTests.data).bytes),
    (
      "p.npy",
      NPYBytes(
        version: 2, type: ">i2", order: "True", shape: "(3, 4)",
        data: Array(repeating: 1, count: 24)
      ).bytes
    ),
    ("p.csv", Array("source,target,mass\n0,1,0.5\n1,0,0.5\n".utf8)),
    ("p.csv", Array("side,index,potential\nsource,0,1\nsource,1,2\ntarget,0,1\ntarget,1,2\n".utf8)),
    (
      "p.json", Array("{\"arcs\": [[0, 1, 0.5], {\"source\": 1, \"target\": 0, \"mass\": 1}]}".utf8)
    ),
  ]

  /// Bytes that mean something somewhere, so that changes reach deep.
  private static let meaningful = Array(",\"\n\r\t #.-+eE0123456789[]{}:\\nanif()'<>|".utf8)

  @Test(arguments: texts.indices)
  func changedBytes(index: Int) throws {
    let folder = try TemporaryFolder()
    let (name, original) = Self.texts[index]
    var random = SplitMix(state: UInt64(index))
    var readable = 0
    for _ in 0..<400 {
      var bytes = original
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] = Self.meaningful.randomElement(using: &random) ?? 0
        case 2 where bytes.count > 1: bytes.remove(at: place)
        default: bytes.insert(Self.meaningful.randomElement(using: &random) ?? 0, at: place)
        }
      }
      let path = try folder.file(name, bytes)
      readable += readEverything(path) ? 1 : 0
    }
    // An unchanged file is among them, so that something reads it.
    #expect(readable > 0)
  }

  /// Reads the file as everything that it might be; true if it is one of them.
  private func readEverything(_ path: String) -> Bool {
    var isReadable = false
    for layout in [nil, TableLayout.grid, .points, .pointsWithMass] {
      let reading = MeasureReading(layout: layout, precision: .decimal)
      if (try? reading.measure(at: path)) != nil { isReadable = true }
    }
    let filter = RowFilter(column: "x", equals: "1")
    if (try? MeasureReading(filters: [filter]).measure(at: path)) != nil { isReadable = true }
    if (try? CostMatrix(contentsOf: path, precision: .decimal)) != nil { isReadable = true }
    let plan = try? TransportPlan(contentsOf: path, sourceCount: 2, targetCount: 2)
    let potentials = try? KantorovichPotentials(contentsOf: path, sourceCount: 2, targetCount: 2)
    return isReadable || plan != nil || potentials != nil
  }
}
