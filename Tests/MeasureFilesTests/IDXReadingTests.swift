import Foundation
import MeasureFiles
import Testing

/// Arrays in the format of MNIST, and images and labels read from them.
struct IDXReadingTests {
  /// Magic and lengths, and what follows them.
  private static func bytes(_ type: UInt8, _ shape: [UInt32], _ data: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(shape.count)]
      + shape.flatMap { side in (0..<4).map { UInt8(truncatingIfNeeded: side >> (24 - 8 * $0)) } }
      + data
  }

  private static func error(_ bytes: [UInt8]) throws -> (offset: Int?, what: String) {
    let folder = try TemporaryFolder()
    let path = try folder.file("images.idx", bytes)
    let failure = try failure { () throws(MeasureFileError) in _ = try IDXArray(contentsOf: path) }
    #expect(failure.kind == .badData)
    return (failure.offset, failure.what)
  }

  @Test func everyTypeIsReadMostSignificantByteFirst() throws {
    let folder = try TemporaryFolder()
    let cases: [(UInt8, [UInt8], [Double])] = [
      (0x08, [0, 200], [0, 200]), (0x09, [255, 5], [-1, 5]), (0x0B, [255, 254, 1, 0], [-2, 256]),
      (0x0C, [255, 255, 255, 255, 0, 1, 0, 0], [-1, 65_536]),
      (0x0D, [0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0], [1, -2]),
      (
        0x0E,
        [0x3F, 0xF0] + Array(repeating: 0, count: 6) + [0xC0] + Array(repeating: 0, count: 7),
        [1, -2]
      ),
    ]
    for (type, data, values) in cases {
      let path = try folder.file("a.idx", Self.bytes(type, [1, 2], data))
      let array = try IDXArray(contentsOf: path)
      #expect(array.shape == [1, 2] && array.values == values, "type \(type)")
    }
  }

  /// What the header says is held against the file: 4 GiB to the power of three are not asked for.
  @Test func damagedHeadersSayWhere() throws {
    let image = Self.bytes(8, [2, 2, 2], Array(1...8))
    #expect(try Self.error([0x50, 0x4B, 3, 4, 0, 0]).offset == 0)
    #expect(try Self.error([0, 0, 7, 1, 0, 0, 0, 1, 5]).offset == 2)
    #expect(try Self.error([0, 0, 8, 0, 5]).offset == 3)
    #expect(try Self.error([0, 0]).offset == 2)
    #expect(try Self.error(Array(image.prefix(13))).offset == 13)
    #expect(try Self.error(Array(image.dropLast())).offset == 23)
    #expect(try Self.error(image + [9]).offset == 24)
    #expect(try Self.error(Self.bytes(8, [2, 0], [])).offset == 8)
    let huge = try Self.error(Self.bytes(14, [.max, .max, .max], [1, 2, 3]))
    #expect(huge.offset == 4 && huge.what.contains("3 bytes follow it"))
    #expect(try Self.error([0, 0, 8, 255] + Array(repeating: 255, count: 1020)).offset == 4)
  }

  /// Every image cut short anywhere is an error and no crash.
  @Test func everyTruncationIsAnError() throws {
    let whole = Self.bytes(8, [3, 2, 2], Array(0..<12))
    for length in 1..<whole.count { _ = try Self.error(Array(whole.prefix(length))) }
  }

  @Test func imagesAndLabelsBelongTogether() throws {
    let folder = try TemporaryFolder()
    let images = try folder.file("i.idx", Self.bytes(8, [2, 1, 3], [0, 1, 2, 3, 4, 16]))
    let labels = try folder.file("l.idx", Self.bytes(8, [2], [7, 0]))
    let collection = try ImageCollection(contentsOf: images, labels: labels)
    #expect(collection.count == 2 && collection.height == 1 && collection.width == 3)
    #expect(collection.pixels == [0, 1, 2, 3, 4, 16] && collection.labels == [7, 0])
    #expect(collection.classes == 8)
    let three = try folder.file("three.idx", Self.bytes(8, [3], [7, 0, 1]))
    let signed = try folder.file("signed.idx", Self.bytes(9, [2], [255, 0]))
    for wrong in [three, signed, images] {
      let error = try failure { () throws(MeasureFileError) in
        _ = try ImageCollection(contentsOf: images, labels: wrong)
      }
      #expect(error.kind == .badData && error.path == wrong)
    }
    let flat = try failure { () throws(MeasureFileError) in
      _ = try ImageCollection(contentsOf: labels)
    }
    #expect(flat.what == "the array has 1 axes")
  }

  /// The digits of the repository, which gzip packed: 1,797 images of 8 × 8 pixels from 0 to 16.
  @Test func digitsAreThere() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.path + "/Examples/data/"
    let digits = try ImageCollection(
      contentsOf: folder + "digits-images-idx3-ubyte.gz",
      labels: folder + "digits-labels-idx1-ubyte.gz")
    #expect(digits.count == 1797 && digits.height == 8 && digits.width == 8)
    #expect(digits.pixels.min() == 0 && digits.pixels.max() == 16 && digits.classes == 10)
    // The first image of the data as they are published: row by row, and its label.
    #expect(digits.pixels.prefix(8) == [0, 0, 5, 13, 9, 1, 0, 0] && digits.labels?.first == 0)
    #expect(digits.pixels.reduce(0, +) == 561_718)
  }
}
