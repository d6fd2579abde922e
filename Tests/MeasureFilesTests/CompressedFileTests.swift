import Foundation
import MeasureFiles
import Measures
import Testing
import Transport

/// Files that gzip packed, and archives of arrays.
struct CompressedFileTests {
  private func bytes(_ base64: String) throws -> [UInt8] {
    [UInt8](try #require(Data(base64Encoded: base64)))
  }

  /// A table of 30 rows, `i,i+1`, packed by Python's module gzip.
  private static let packedTable =
    "H4sIAAAAAAACAw3NuRHEMBADQX9igUFg+YajAGTJufCPflf1T+/zfTQZK0RFqdM1GJpMLZY2W4cjN3zlpZaDIxcu"
    + "ueMuDzzkiae88JI33vLBR2mkKSb3uVGUIqV00pVBhjLJVBZZyiZbOeSoGn91/S6jqAAAAA=="

  /// `np.savez_compressed(p=np.arange(1, 41) % 7, q=np.ones((2, 2)))` by NumPy 2.
  private static let packedArrays =
    "UEsDBC0AAAAIAAAAIQAzPugF//////////8FABQAcC5ucHkBABAAwAEAAAAAAABaAAAAAAAAAJvsF+obEMnIUMZQ"
    + "rZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiYGOpo6CrUK5AMuRgYIYILSzFCa"
    + "BUqzQmk2BlQwqg8CAFBLAwQtAAAACAAAACEAZuX7Hv//////////BQAUAHEubnB5AQAQAKAAAAAAAAAATQAAAAAA"
    + "AACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgpGmjoK"
    + "tQpkAy4GMPhgj4sGAFBLAQItAy0AAAAIAAAAIQAzPugFWgAAAMABAAAFAAAAAAAAAAAAAACAAQAAAABwLm5weVBL"
    + "AQItAy0AAAAIAAAAIQBm5fseTQAAAKAAAAAFAAAAAAAAAAAAAACAAZEAAABxLm5weVBLBQYAAAAAAgACAGYAAAAV"
    + "AQAAAAA="

  /// `np.savez(p=np.array([1, 2, 3], "u1"))`, stored.
  static let storedArray =
    "UEsDBC0AAAAAAAAAIQAq446x//////////8FABQAcC5ucHkBABAAgwAAAAAAAACDAAAAAAAAAJNOVU1QWQEAdgB7"
    + "J2Rlc2NyJzogJ3x1MScsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgzLCksIH0gICAgICAgICAg"
    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAQIDUEsBAi0DLQAAAAAA"
    + "AAAhACrjjrGDAAAAgwAAAAUAAAAAAAAAAAAAAIABAAAAAHAubnB5UEsFBgAAAAABAAEAMwAAALoAAAAAAA=="

  @Test func gzippedTable() throws {
    let folder = try TemporaryFolder()
    let packed = try bytes(Self.packedTable)
    let expected = try Histogram((0..<30).map { Double($0 + 1) }, at: (0..<30).map { Double($0) })
    for name in ["p.csv.gz", "p.CSV.GZ"] {
      #expect(
        try MeasureReading().measure(at: folder.file(name, packed)) == .histogram(expected))
    }
    // gzip fills blocks with zeros, and takes streams in a row for one.
    #expect(
      try MeasureReading().measure(at: folder.file("zeros.csv.gz", packed + [0, 0, 0]))
        == .histogram(expected))
    let twice = try message(packed + packed, as: "p.csv.gz")
    #expect(twice.hasPrefix("p.csv.gz:32:1: \"x\" in column x is not a number"))
  }

  /// Every prefix is cut off, at a byte that is told; a changed byte is found by the checksum.
  @Test func damagedGzip() throws {
    let packed = try bytes(Self.packedTable)
    for length in 2..<packed.count {
      #expect(
        try message(Array(packed.prefix(length)), as: "p.csv.gz")
          == "p.csv.gz: byte \(length): the packed file is damaged: the data ends too early; "
          + "copy it again")
    }
    var bent = packed
    bent[60] ^= 4
    #expect(try message(bent, as: "p.csv.gz").hasPrefix("p.csv.gz: byte "))
    #expect(
      try message("1\n2\n", as: "p.csv.gz")
        == "p.csv.gz: byte 0: the file is not packed by gzip; take the ending .gz away, or pack it")
    #expect(
      try message(packed + [7], as: "p.csv.gz")
        == "p.csv.gz: byte \(packed.count): 1 bytes follow the packed data; copy it again")
  }

  /// What is packed can be anything that is read unpacked, plans and potentials too.
  @Test func gzippedArrayOfAnything() throws {
    let folder = try TemporaryFolder()
    let plan = "source,target,mass\n0,1,0.5\n1,0,0.5\n"
    let path = try folder.file("plan.csv.gz", GzipBytes.stored(Array(plan.utf8)))
    #expect(
      try TransportPlan(contentsOf: path, sourceCount: 2, targetCount: 2).arcs.map(\.target)
        == [1, 0])
    let array = NPYBytes(data: NPYReadingTests.data).bytes
    #expect(
      try MeasureReading().measure(at: folder.file("p.npy.gz", GzipBytes.stored(array)))
        == .histogram(Histogram([1, 2, 3])))
    let image = PNGBytes(rows: [[1, 2], [3, 4]]).bytes
    #expect(
      try MeasureReading().measure(at: folder.file("p.png.gz", GzipBytes.stored(image)))
        == .grid(Grid([1, 2, 3, 4], shape: [2, 2])))
    let measure = Measure.histogram(try Histogram([1]))
    let refused = try failure { () throws(MeasureFileError) in
      try measure.write(to: folder.path + "/p.npz:masses")
    }
    #expect(refused.what == "archives are read, and not written")
  }

  @Test func membersOfArchives() throws {
    let folder = try TemporaryFolder()
    let stored = try folder.file("one.npz", bytes(Self.storedArray))
    let packed = try folder.file("two.npz", bytes(Self.packedArrays))
    let reading = MeasureReading()
    #expect(try reading.measure(at: stored) == .histogram(Histogram([1, 2, 3])))
    #expect(try reading.measure(at: stored + ":p") == .histogram(Histogram([1, 2, 3])))
    let cycle = try Histogram((1...40).map { Double($0 % 7) })
    #expect(try reading.measure(at: packed + ":p") == .histogram(cycle))
    #expect(try reading.measure(at: packed + ":p.npy") == .histogram(cycle))
    #expect(
      try MeasureReading(layout: .grid).measure(at: packed + ":q")
        == .grid(Grid([1, 1, 1, 1], shape: [2, 2])))
    func error(_ path: String) throws -> String {
      try failure { () throws(MeasureFileError) in _ = try reading.measure(at: path) }
        .description.replacingOccurrences(of: folder.path + "/", with: "")
    }
    #expect(
      try error(packed)
        == "two.npz: byte 401: the archive has 2 arrays; name one behind a colon: :p :q")
    #expect(
      try error(packed + ":r")
        == "two.npz:r: byte 401: the archive has no array r; the arrays are p, q")
    #expect(
      try error(packed + ":q")
        == "two.npz:q: there are 2 columns without names; "
        + "say with --layout what they are: grid, points or points+mass (mass last)")
    #expect(try error(folder.path + "/none.npz:q").hasPrefix("none.npz:q: there is no such file"))
  }

  /// A file cut anywhere is an error with a byte; a changed byte is one, or does not matter.
  @Test func damagedArchives() throws {
    for base64 in [Self.storedArray, Self.packedArrays] {
      let whole = try bytes(base64)
      for length in 1..<whole.count {
        let cut = try message(Array(whole.prefix(length)), as: "p.npz")
        #expect(cut.hasPrefix("p.npz: byte "))
      }
    }
    var bent = try bytes(Self.storedArray)
    bent[180] ^= 1
    #expect(
      try message(bent, as: "p.npz")
        == "p.npz: byte 55: p.npy is damaged: its checksum is another; copy it again")
  }
}

/// A gzip file whose content is stored as it is.
enum GzipBytes {
  static func stored(_ content: [UInt8]) -> [UInt8] {
    func littleEndian(_ value: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let length = UInt32(content.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + littleEndian(length, 2)
      + littleEndian(~length, 2) + content + littleEndian(PNGBytes.crc32(content), 4)
      + littleEndian(length, 4)
  }
}
