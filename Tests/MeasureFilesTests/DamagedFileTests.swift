import Foundation
import MeasureFiles
import Measures
import Testing

/// Of each format 200 damaged files: cut off, with bits changed, with sizes that are not true.
///
/// Each is read, or refused with the place; nothing traps, and nothing is allocated because a header
/// asks for it: the sizes tried go up to 2⁶³, which no machine has.
struct DamagedFileTests {
  private static let image = ImageFiles(
    levels: (0..<96).map { UInt8(truncatingIfNeeded: $0 * 37 + 5) }, width: 12)

  private static let files: [(name: String, bytes: [UInt8])] =
    image.all + [("p.npz", archive), ("iris.csv", iris), ("photograph.png", photograph)]

  private static var archive: [UInt8] {
    [UInt8](Data(base64Encoded: CompressedFileTests.storedArray) ?? Data())
  }

  private static var iris: [UInt8] { contents("iris.csv") }

  private static var photograph: [UInt8] { contents("camera-64x64.png") }

  private static func contents(_ name: String) -> [UInt8] {
    [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: ExampleData.path(name)))) ?? Data())
  }

  @Test(arguments: files.indices)
  func damaged(index: Int) throws {
    let (name, original) = Self.files[index]
    let folder = try TemporaryFolder()
    var random = SplitMix(state: UInt64(1000 + index))
    var refused = 0
    for round in 0..<200 {
      let bytes =
        switch round % 3 {
        case 0: Array(original.prefix(Int.random(in: 0..<original.count, using: &random)))
        case 1: withBitsChanged(original, &random)
        default: withLargeSizes(original, name, &random)
        }
      do {
        let path = try folder.file(name, bytes)
        let measure = try MeasureReading(layout: .grid).measure(at: path)
        #expect(measure.count <= 1032 * bytes.count)
      } catch let error as MeasureFileError {
        refused += 1
        #expect(error.kind == .badData)
        #expect(hasPlace(error), "\(error)")
      }
    }
    #expect(refused > 0)
  }

  /// Whether the error says where, or is one of the few about a file as a whole.
  private func hasPlace(_ error: MeasureFileError) -> Bool {
    if error.line != nil && error.column != nil || error.offset != nil { return true }
    let aboutAll = [
      "the file is empty", "masses are zero", "have no mass", "there is no row of data",
      "there is a header and no row of data", "the text is in UTF-16",
    ]
    return aboutAll.contains { error.what.contains($0) }
  }

  private func withBitsChanged(_ original: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      bytes[Int.random(in: bytes.indices, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
    }
    return bytes
  }

  /// Sizes in the header become large; checksums over them are made right again.
  private func withLargeSizes(
    _ original: [UInt8], _ name: String, _ random: inout SplitMix
  ) -> [UInt8] {
    let size =
      UInt64.random(in: 1...UInt64(Int64.max), using: &random)
      >> UInt64.random(
        in: 0..<60, using: &random)
    var bytes = original
    switch name {
    case let name where name.hasSuffix(".png"):
      bytes.replaceSubrange(16..<24, with: bigEndian(size))
      bytes.replaceSubrange(
        29..<33, with: PNGBytes.bigEndian(PNGBytes.crc32(Array(bytes[12..<29]))))
    case let name where name.hasSuffix(".npy"), let name where name.hasSuffix(".pgm"),
      let name where name.hasSuffix(".ppm"):
      return withNumberReplaced(original, by: "\(size)", behind: name.hasSuffix("npy") ? 60 : 2)
    case let name where name.hasSuffix(".npz"):
      // Both sizes, the length of the name and the offset of the entry, the offset of the directory.
      let place = [206, 210, 214, 228, 253].randomElement(using: &random) ?? 0
      bytes.replaceSubrange(place..<place + 4, with: bigEndian(size).prefix(4))
    case let name where name.hasSuffix(".gz"):
      // The length of a stored block, of an extra field, or of the whole.
      let place = [3, 11, bytes.count - 4].randomElement(using: &random) ?? 0
      bytes.replaceSubrange(place..<place + 2, with: bigEndian(size).prefix(2))
    case let name where name.hasSuffix(".json"):
      let depth = Int(size % 5000)
      return Array(repeating: UInt8(ascii: "["), count: depth) + original
    default:
      let digits = String(repeating: "9", count: Int(size % 5000))
      return Array(digits.utf8) + original
    }
    return bytes
  }

  /// The first number behind a place becomes another.
  private func withNumberReplaced(
    _ original: [UInt8], by text: String, behind place: Int
  ) -> [UInt8] {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = original[place...].firstIndex(where: digits.contains) else { return original }
    let end = original[start...].firstIndex { !digits.contains($0) } ?? original.endIndex
    return original[..<start] + Array(text.utf8) + original[end...]
  }

  private func bigEndian(_ value: UInt64) -> [UInt8] {
    PNGBytes.bigEndian(UInt32(truncatingIfNeeded: value >> 32))
      + PNGBytes.bigEndian(UInt32(truncatingIfNeeded: value))
  }
}
