import MeasureFiles
import Measures
import Testing

/// Images: what a pixel's mass is, in every form that PNG and Netpbm have.
struct ImageReadingTests {
  private func grid(_ file: PNGBytes, _ precision: NumberPrecision = .double) throws -> Grid {
    try grid(file.bytes, "p.png", precision)
  }

  private func grid(
    _ bytes: [UInt8], _ name: String, _ precision: NumberPrecision = .double
  ) throws -> Grid {
    let folder = try TemporaryFolder()
    let reading = MeasureReading(precision: precision)
    guard case .grid(let grid) = try reading.measure(at: folder.file(name, bytes)) else {
      throw NoError()
    }
    return grid
  }

  private func message(_ file: PNGBytes, _ reading: MeasureReading = MeasureReading()) throws
    -> String
  {
    try MeasureFilesTests.message(file.bytes, as: "p.png", reading)
  }

  /// Grey levels are the samples as they are stored, whatever their depth.
  @Test func depthsOfGrey() throws {
    #expect(
      try grid(PNGBytes(rows: [[0, 1], [200, 255]])) == Grid([0, 1, 200, 255], shape: [2, 2]))
    let packed: [(UInt8, [UInt8], [Double])] = [
      (1, [0b1010_0000], [1, 0, 1]), (2, [0b0111_1000], [1, 3, 2]), (4, [0x0F, 0x70], [0, 15, 7]),
      (16, [0, 1, 1, 0, 255, 255], [1, 256, 65535]),
    ]
    for (depth, row, masses) in packed {
      #expect(
        try grid(PNGBytes(width: 3, height: 1, depth: depth, rows: [row]))
          == Grid(masses, shape: [1, 3]))
    }
  }

  /// Rows come from the top; a pixel's coordinates are its row and its column.
  @Test func orderOfPixels() throws {
    let cloud = try grid(PNGBytes(width: 3, height: 2, rows: [[1, 2, 3], [4, 5, 6]])).pointCloud
    #expect(cloud.masses == [1, 2, 3, 4, 5, 6])
    #expect(Array(cloud.point(2)) == [0, 2])
    #expect(Array(cloud.point(3)) == [1, 0])
  }

  /// 0.2126 red + 0.7152 green + 0.0722 blue of the stored samples, rounded once.
  @Test func luminance() throws {
    let colours = PNGBytes(
      width: 4, height: 1, kind: 2, rows: [[255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]])
    #expect(try grid(colours).masses == [54.213, 182.376, 18.411, 18.596])
    let exact = try grid(colours, .decimal).decimals
    #expect(exact?.map(\.description) == ["54.213", "182.376", "18.411", "18.596"])
    let deep = PNGBytes(width: 1, height: 1, depth: 16, kind: 2, rows: [[1, 0, 2, 0, 3, 0]])
    // 256 · (2126 + 2 · 7152 + 3 · 722) / 10,000
    #expect(try grid(deep).masses == [476.0576])
  }

  /// A grey image has the same masses however it is stored.
  @Test func greyAsColours() throws {
    let levels: [UInt8] = Array(0...255)
    func row(_ pixel: (UInt8) -> [UInt8]) -> [[UInt8]] { [levels.flatMap(pixel)] }
    let files = [
      PNGBytes(width: 256, height: 1, kind: 2, rows: row { [$0, $0, $0] }),
      PNGBytes(width: 256, height: 1, kind: 4, rows: row { [$0, 255] }),
      PNGBytes(width: 256, height: 1, kind: 6, rows: row { [$0, $0, $0, 255] }),
      PNGBytes(
        width: 256, height: 1, kind: 3, palette: levels.flatMap { [$0, $0, $0] },
        rows: row { [$0] }),
    ]
    for file in files { #expect(try grid(file).masses == levels.map { Double($0) }) }
  }

  /// A transparent pixel has as much of its mass as it is opaque.
  @Test func transparency() throws {
    let alpha = PNGBytes(width: 3, height: 1, kind: 4, rows: [[100, 255, 100, 0, 100, 51]])
    #expect(try grid(alpha).masses == [100, 0, 20])
    let key = PNGBytes(width: 2, height: 1, transparency: [0, 7], rows: [[7, 8]])
    #expect(try grid(key).masses == [0, 8])
    let colourKey = PNGBytes(
      width: 2, height: 1, kind: 2, transparency: [0, 9, 0, 9, 0, 9], rows: [[9, 9, 9, 8, 8, 8]])
    #expect(try grid(colourKey).masses == [0, 8])
    let palette = PNGBytes(
      width: 2, height: 1, depth: 1, kind: 3, palette: [50, 50, 50, 60, 60, 60],
      transparency: [0], rows: [[0b0100_0000]])
    #expect(try grid(palette).masses == [0, 60])
    let quarter = PNGBytes(width: 2, height: 1, kind: 4, rows: [[100, 255, 1, 64]])
    #expect(
      try message(quarter, MeasureReading(precision: .decimal))
        == "p.png: pixel in row 0, column 1: it is partly transparent, and its mass is no decimal; "
        + "save the image without transparency")
  }

  /// Interlacing sends the pixels in another order; the image is the same.
  ///
  /// In Adam7 a 2 × 2 image is the pixel (0, 0) in pass 1, (0, 1) in pass 6 and row 1 in pass 7.
  @Test func interlacing() throws {
    let file = PNGBytes(isInterlaced: true, rows: [[1], [2], [3, 4]])
    #expect(try grid(file) == Grid([1, 2, 3, 4], shape: [2, 2]))
  }

  @Test func colourHistogram() throws {
    let file = PNGBytes(
      width: 4, height: 1, kind: 2, rows: [[255, 0, 0, 250, 3, 9, 0, 127, 128, 255, 255, 255]])
    let folder = try TemporaryFolder()
    let path = try folder.file("p.png", file.bytes)
    func cloud(_ bins: Int) throws -> Measure {
      try MeasureReading(imageContent: .colourHistogram(bins: bins)).measure(at: path)
    }
    #expect(try cloud(1) == .points(PointCloud([[0, 0, 0]], masses: [4])))
    #expect(
      try cloud(2)
        == .points(PointCloud([[0, 0, 1], [1, 0, 0], [1, 1, 1]], masses: [1, 2, 1])))
    #expect(
      try cloud(256)
        == .points(
          PointCloud(
            [[0, 127, 128], [250, 3, 9], [255, 0, 0], [255, 255, 255]], masses: [1, 1, 1, 1])))
    // Grey is red, green and blue in equal parts, and a transparent pixel is not counted.
    let grey = PNGBytes(width: 3, height: 1, kind: 4, rows: [[200, 255, 200, 255, 10, 0]])
    let reading = MeasureReading(imageContent: .colourHistogram(bins: 4))
    #expect(
      try reading.measure(at: folder.file("grey.png", grey.bytes))
        == .points(PointCloud([[3, 3, 3]], masses: [2])))
    #expect(
      try MeasureFilesTests.message("1\n2\n", as: "p.csv", reading)
        == "p.csv: colours are asked for, and the file is no image; use .png, .ppm or .pgm")
  }

  @Test func layoutsOfImages() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("p.png", PNGBytes(rows: [[1, 2], [3, 4]]).bytes)
    #expect(
      try MeasureReading(layout: .grid).measure(at: path)
        == .grid(Grid([1, 2, 3, 4], shape: [2, 2])))
    #expect(
      try message(PNGBytes(rows: [[1, 2], [3, 4]]), MeasureReading(layout: .points))
        == "p.png: an image is a grid, and another layout is given; leave the layout out")
    #expect(
      try message(PNGBytes(rows: [[0, 0], [0, 0]]))
        == "p.png: all 4 pixels have no mass; "
        + "at least one must be brighter than black, and not transparent")
  }

  @Test(arguments: [
    (PNGBytes(width: 100_000, height: 100_000, rows: [[1]]), "byte 16: the header promises"),
    (PNGBytes(width: 0, rows: [[1]]), "byte 33: the image cannot be read: "),
    (PNGBytes(width: Int(UInt32.max), rows: [[1]]), "byte 33: the image cannot be read: "),
    (PNGBytes(depth: 3, rows: [[1]]), "byte 33: the image cannot be read: "),
    (PNGBytes(kind: 5, rows: [[1]]), "byte 33: the image cannot be read: "),
    (PNGBytes(kind: 3, rows: [[1, 1], [1, 1]]), "the image cannot be read: "),
    (
      PNGBytes(kind: 3, palette: [1, 2, 3], rows: [[0, 0], [0, 1]]),
      "the pixel in row 1, column 1 has colour 1, and the palette has 1"
    ),
    (PNGBytes(rows: [[1, 2]]), "the image cannot be read: "),
  ])
  func brokenPNG(file: PNGBytes, expected: String) throws {
    let message = try message(file)
    #expect(message.hasPrefix("p.png: byte "))
    #expect(message.contains(expected))
  }

  /// A file cut anywhere, or with any bit changed, is an error with a byte, and never a crash.
  @Test func everyPrefixAndEveryBit() throws {
    let whole = PNGBytes(rows: [[1, 2], [3, 4]]).bytes
    for length in 1..<whole.count {
      let cut = Array(whole.prefix(length))
      #expect(try MeasureFilesTests.message(cut, as: "p.png").hasPrefix("p.png: byte "))
    }
    for place in whole.indices {
      var bent = whole
      bent[place] ^= 1 << UInt8(place % 8)
      #expect(try MeasureFilesTests.message(bent, as: "p.png").hasPrefix("p.png: byte "))
    }
  }

  private static let sixLevels: [UInt8] = [0, 1, 2, 3, 4, 9]
  private static let sixWide: [UInt8] = sixLevels.flatMap { [0, $0] as [UInt8] }
  private static let sixGreys: [UInt8] = sixLevels.flatMap { [$0, $0, $0] as [UInt8] }
  private static let images: [(name: String, header: String, samples: [UInt8])] = [
    ("p.pgm", "P2\n# made by hand\n3 2\n9\n0 1 2\n3\t4 # in the middle\n9\n", []),
    ("p.pgm", "P5 3 2 9\n", sixLevels),
    ("p.pnm", "P5\n3 2\n300\n", sixWide),
    ("p.ppm", "P3 3 2 255 0 0 0 1 1 1 2 2 2 3 3 3 4 4 4 9 9 9", []),
    ("p.PPM", "P6 3 2 255\n", sixGreys),
  ]

  @Test(arguments: images)
  func netpbm(name: String, header: String, samples: [UInt8]) throws {
    #expect(
      try grid(Array(header.utf8) + samples, name) == Grid([0, 1, 2, 3, 4, 9], shape: [2, 3]))
  }

  @Test(arguments: [
    ("P7 1 1 ", "p.pgm: byte 0: the file is no image of the kinds P1 to P6"),
    (
      "P4 9 2 \u{1}\u{1}\u{1}",
      "p.pgm: byte 10: the file is cut off: 9 × 2 pixels need more than the 3"
    ),
    ("P4 1 1 \u{1}\u{1}", "p.pgm: byte 8: 1 bytes follow the last sample"),
    ("P4 2147483647 2147483647\n", "p.pgm: byte 25: the file is cut off"),
    ("P1 2 1 \n12", "p.pgm:2:2: a bit is missing; write 0 for white, 1 for black"),
    ("P1 2 1 \n1 0 1", "p.pgm:2:5: there is more behind the last sample"),
    ("P1 2 2 \n1 0", "p.pgm:2:4: a bit is missing"),
    ("P5 2 2 255\nabc", "p.pgm: byte 14: the file is cut off: 2 × 2 pixels need more than the 3"),
    ("P5 2 1 9\n\u{1}a", "p.pgm: byte 10: the sample 97 is above the largest, 9"),
    ("P5 1 1 9\n\u{1}\u{1}", "p.pgm: byte 10: 1 bytes follow the last sample"),
    ("P5 0 1 9\n\u{1}", "p.pgm:1:4: the width must be 1 to 2147483647"),
    ("P5 99999999999 1 9\n\u{1}", "p.pgm:1:4: the width must be 1 to"),
    ("P6 2147483647 2147483647 65535\n", "p.pgm: byte 31: the file is cut off"),
    ("P2 2147483647 2147483647 9\n1 2", "p.pgm: byte 30: the file is cut off"),
    ("P5 1 1 70000\n\u{1}", "p.pgm:1:8: the largest sample must be 1 to 65535"),
    ("P2 2 1 9\n1\nx", "p.pgm:3:1: a sample is missing"),
    ("P2 2 1 9\n1\n11\n", "p.pgm:3:1: a sample must be 0 to 9"),
    ("P2 1 1 9\n1 2\n", "p.pgm:2:3: there is more behind the last sample"),
    ("P2 1 1", "p.pgm:1:7: the largest sample is missing"),
  ])
  func brokenNetpbm(text: String, expected: String) throws {
    #expect(try MeasureFilesTests.message(text, as: "p.pgm").hasPrefix(expected))
  }

  static let bitmapFiles: [(String, String, [UInt8])] = [
    ("p.pbm", "P1\n# a comment\n3 2\n0 1 1\n1 0 1\n", []),
    ("p.pnm", "P1 3 2 011101", []),
    ("p.pbm", "P4 3 2\n", [0b0110_0000, 0b1010_0000]),
    // What fills a row up to whole bytes has no meaning.
    ("p.pbm", "P4 3 2\n", [0b0111_1111, 0b1011_1111]),
  ]

  /// White is 1 and black is 0, whichever way a bitmap is written.
  @Test(arguments: bitmapFiles)
  func bitmaps(name: String, header: String, bits: [UInt8]) throws {
    #expect(
      try grid(Array(header.utf8) + bits, name) == Grid([1, 0, 0, 0, 1, 0], shape: [2, 3]))
  }
}
