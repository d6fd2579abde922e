import Foundation
import MeasureFiles
import Measures
import Testing
import Transport

/// Names that end in `.gz` are packed when written, and read back.
struct PackedWritingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let plan = TransportPlan(
    arcs: (0..<20_000).map {
      TransportPlan.Arc(source: $0 / 200, target: $0 % 200, mass: Double($0) / 7)
    }, sourceCount: 100, targetCount: 200)

  @Test(arguments: ["plan.csv.gz", "plan.json.GZ", "plan.npy.gz"])
  func plansComeBack(name: String) throws {
    let path = "\(folder.path)/\(name)"
    try Self.plan.write(to: path)
    let again = try TransportPlan(contentsOf: path, sourceCount: 100, targetCount: 200)
    #expect(again.arcs.filter { $0.mass != 0 } == Self.plan.arcs.filter { $0.mass != 0 })
    let bytes = try folder.bytes(path)
    #expect(bytes.starts(with: [0x1F, 0x8B]))
    #expect(try folder.names() == [name])
    // The same content makes the same bytes, less than without packing.
    let other = "\(folder.path)/other.\(name.dropFirst(5))"
    try Self.plan.write(to: other)
    #expect(try folder.bytes(other) == bytes)
    let plain = "\(folder.path)/\(name.dropLast(3))"
    try Self.plan.write(to: plain)
    #expect(try folder.bytes(plain).count > bytes.count)
  }

  @Test func measuresAndPotentialsComeBack() throws {
    let measure = Measure.histogram(try Histogram([0.1, 0.9]))
    try measure.write(to: folder.path + "/p.csv.gz")
    #expect(try MeasureReading().measure(at: folder.path + "/p.csv.gz") == measure)
    let potentials = KantorovichPotentials(source: [0.5, 1], target: [-1])
    try potentials.write(to: folder.path + "/u.json.gz")
    #expect(
      try KantorovichPotentials(
        contentsOf: folder.path + "/u.json.gz", sourceCount: 2, targetCount: 1) == potentials)
  }

  /// More than fits the buffer at once, and nothing at all.
  @Test(arguments: [0, 1, 65_536, 1_000_003])
  func plainFilesComeBack(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    try PlainFile.write(bytes, to: folder.path + "/a.gz")
    guard count > 0 else {
      let path = folder.path + "/a.gz"
      let error = try failure { () throws(MeasureFileError) in _ = try PlainFile.bytes(at: path) }
      #expect(error.what == "the file is empty")
      return
    }
    #expect(try PlainFile.bytes(at: folder.path + "/a.gz") == bytes)
  }
}
