import Foundation
import Measures

/// One image in every format that is read, made here without the readers and writers of the module.
struct ImageFiles {
  /// The grey levels, 0 to 255.
  let levels: [UInt8]
  let width: Int

  var height: Int { levels.count / width }

  /// The name and the bytes of each file.
  var all: [(name: String, bytes: [UInt8])] {
    [
      ("image.csv", table(",")), ("semicolons.csv", table(";")), ("image.tsv", table("\t")),
      ("image.txt", table(" ")), ("image.csv.gz", GzipBytes.stored(table(","))),
      ("image.json", json), ("object.json", Array("{\"grid\": ".utf8) + json + [0x7D]),
      ("bytes.npy", array("|u1", levels)), ("doubles.npy", array("<f8", doubles)),
      ("columns.npy", columns), ("image.png", png), ("image.png.gz", GzipBytes.stored(png)),
      ("image.pgm", Array("P5 \(width) \(height) 255\n".utf8) + levels),
      ("text.pgm", Array("P2 \(width) \(height) 255\n".utf8) + table(" ")),
      ("image.ppm", Array("P6 \(width) \(height) 255\n".utf8) + levels.flatMap { [$0, $0, $0] }),
    ]
  }

  private var rows: [ArraySlice<UInt8>] {
    (0..<height).map { levels[$0 * width..<($0 + 1) * width] }
  }

  private func table(_ separator: String) -> [UInt8] {
    let lines = rows.map { $0.map { "\($0)" }.joined(separator: separator) + "\n" }
    return Array(lines.joined().utf8)
  }

  private var json: [UInt8] {
    let lines = rows.map { "[" + $0.map { "\($0)" }.joined(separator: ", ") + "]" }
    return Array("[\(lines.joined(separator: ",\n"))]".utf8)
  }

  private var doubles: [UInt8] {
    NPYBytes.littleEndian(levels.map { Double($0).bitPattern })
  }

  private func array(_ type: String, _ data: [UInt8]) -> [UInt8] {
    NPYBytes(type: type, shape: "(\(height), \(width))", data: data).bytes
  }

  /// Big-endian integers in Fortran order.
  private var columns: [UInt8] {
    let turned = (0..<width).flatMap { column in rows.map { Int16($0[$0.startIndex + column]) } }
    return NPYBytes(
      type: ">i2", order: "True", shape: "(\(height), \(width))",
      data: NPYBytes.bigEndian(turned)
    ).bytes
  }

  private var png: [UInt8] {
    PNGBytes(width: width, height: height, rows: rows.map { Array($0) }).bytes
  }
}

/// The data of the examples.
enum ExampleData {
  /// The path of a file of the examples.
  static func path(_ name: String) -> String {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return tests.deletingLastPathComponent().deletingLastPathComponent().path
      + "/Examples/data/" + name
  }
}
