import Foundation
import MeasureFiles
import Measures
import Testing

/// Arrays of NumPy: types, byte orders, axes, and broken files.
struct NPYReadingTests {
  private func read(_ file: NPYBytes, _ reading: MeasureReading = MeasureReading()) throws
    -> Measure
  {
    let folder = try TemporaryFolder()
    return try reading.measure(at: folder.file("p.npy", file.bytes))
  }

  private func message(
    _ file: NPYBytes, _ reading: MeasureReading = MeasureReading()
  ) throws -> String {
    try MeasureFilesTests.message(file.bytes, as: "p.npy", reading)
  }

  /// Files written by NumPy 2.4.
  ///
  /// `np.array([0.1, 0.2, 0.7])`, a big-endian array of 16-bit integers in Fortran order, and one
  /// of format version 2.0.
  static let filesOfNumPy: [(String, [Double])] = [
    (
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMs"
        + "KSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "IAqamZmZmZm5P5qZmZmZmck/ZmZmZmZm5j8=",
      [0.1, 0.2, 0.7]
    ),
    (
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPmkyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwg"
        + "MyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "IAoAAAADAAEABAACAAU=",
      [0, 1, 2, 3, 4, 5]
    ),
    (
      "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8dTQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAo"
        + "MiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "IAoBAAAAAgAAAA==",
      [1, 2]
    ),
  ]

  @Test(arguments: filesOfNumPy)
  func writtenByNumPy(base64: String, masses: [Double]) throws {
    let folder = try TemporaryFolder()
    let bytes = [UInt8](try #require(Data(base64Encoded: base64)))
    let reading = MeasureReading(layout: masses.count == 6 ? .grid : nil)
    let measure = try reading.measure(at: folder.file("p.npy", bytes))
    #expect(measure.masses == masses)
    if case .grid(let grid) = measure { #expect(grid.shape == [2, 3]) }
  }

  /// 1, 2, 200 (or 100 where that does not fit) in every type and both byte orders.
  @Test func types() throws {
    let doubles = [1.0, 2, 200]
    func check(_ type: String, _ data: [UInt8], _ expected: [Double] = [1, 2, 200]) throws {
      #expect(try read(NPYBytes(type: type, data: data)).masses == expected, "\(type)")
    }
    let floats = doubles.map { Float($0).bitPattern }
    try check("<f8", NPYBytes.littleEndian(doubles.map(\.bitPattern)))
    try check(">f8", NPYBytes.bigEndian(doubles.map(\.bitPattern)))
    try check("<f4", NPYBytes.littleEndian(floats))
    try check(">f4", NPYBytes.bigEndian(floats))
    // 0.5, 1, the largest, the least subnormal and zero, as NumPy writes them.
    let halves: [UInt16] = [0x3800, 0x3C00, 0x7BFF, 1, 0]
    for (type, data) in [
      ("<f2", NPYBytes.littleEndian(halves)), (">f2", NPYBytes.bigEndian(halves)),
    ] {
      #expect(
        try read(NPYBytes(type: type, shape: "(5,)", data: data)).masses
          == [0.5, 1, 65504, 0x1p-24, 0])
    }
    try check("<i2", NPYBytes.littleEndian([1, 2, 200] as [Int16]))
    try check("<u8", NPYBytes.littleEndian([1, 2, 200] as [UInt64]))
    try check(">u8", NPYBytes.bigEndian([1, 2, 200] as [UInt64]))
    try check("<u4", NPYBytes.littleEndian([1, 2, 200] as [UInt32]))
    try check(">i4", NPYBytes.bigEndian([1, 2, 200] as [Int32]))
    try check(">i2", NPYBytes.bigEndian([1, 2, 200] as [Int16]))
    try check("<u2", NPYBytes.littleEndian([1, 2, 65535] as [UInt16]), [1, 2, 65535])
    try check(">u4", NPYBytes.bigEndian([1, 2, 4_294_967_295] as [UInt32]), [1, 2, 4_294_967_295])
    try check("<i4", NPYBytes.littleEndian([1, 2, 200] as [Int32]))
    try check("<i8", NPYBytes.littleEndian([1, 2, 200] as [Int64]))
    try check(">i8", NPYBytes.bigEndian([1, 2, 200] as [Int64]))
    try check("<u8", NPYBytes.littleEndian([1, 2, .max] as [UInt64]), [1, 2, 0x1p64])
    try check("|u1", [1, 2, 200])
    try check("|i1", [1, 2, 100], [1, 2, 100])
    try check("|b1", [1, 0, 1], [1, 0, 1])
  }

  @Test func negativeIntegers() throws {
    for (type, data) in [
      ("|i1", [1, 0xFF, 1]), ("<i2", NPYBytes.littleEndian([1, -1, 1] as [Int16])),
      (">i8", NPYBytes.bigEndian([1, -1, 1] as [Int64])),
    ] {
      #expect(
        try message(NPYBytes(type: type, data: data))
          == "p.npy: byte \(NPYBytes(type: type, data: data).bytes.count - 2 * data.count / 3): "
          + "entry [1]: the mass -1 is negative; masses must not be negative")
    }
  }

  @Test func axes() throws {
    let six = NPYBytes.littleEndian([0, 1, 2, 3, 4, 5].map(\Double.bitPattern))
    let matrix = NPYBytes(shape: "(2, 3)", data: six)
    #expect(
      try read(matrix, MeasureReading(layout: .grid))
        == .grid(Grid([0, 1, 2, 3, 4, 5], shape: [2, 3])))
    #expect(
      try read(matrix, MeasureReading(layout: .pointsWithMass))
        == .points(PointCloud([[0, 1], [3, 4]], masses: [2, 5])))
    #expect(
      try message(matrix)
        == "p.npy: there are 3 columns without names; "
        + "say with --layout what they are: grid, points or points+mass (mass last)")
    #expect(
      try read(NPYBytes(shape: "(1, 2, 3)", data: six), MeasureReading(layout: .grid))
        == .grid(Grid([0, 1, 2, 3, 4, 5], shape: [1, 2, 3])))
    let fortran = NPYBytes(order: "True", shape: "(2, 3)", data: six)
    #expect(
      try read(fortran, MeasureReading(layout: .grid))
        == .grid(Grid([0, 2, 4, 1, 3, 5], shape: [2, 3])))
    let line = NPYBytes(shape: "(6,)", data: six)
    #expect(
      try read(line, MeasureReading(layout: .points))
        == .points(PointCloud([[0], [1], [2], [3], [4], [5]])))
    #expect(
      try message(NPYBytes(shape: "(1, 2, 3)", data: six))
        == "p.npy: byte 0: the array has 3 axes; save an array with one axis or two")
    #expect(
      try message(NPYBytes(shape: "()", data: Array(six.prefix(8))))
        == "p.npy: byte 0: the array has 0 axes; save an array with one axis or two")
  }

  /// Integers keep all their digits; doubles are the decimals that they exactly are, if these fit.
  @Test func decimals() throws {
    let exact = MeasureReading(precision: .decimal)
    let large = NPYBytes(type: "<i8", data: NPYBytes.littleEndian([1, 2, .max] as [Int64]))
    guard case .histogram(let integers) = try read(large, exact) else { throw NoError() }
    #expect(integers.decimals?.map(\.description) == ["1", "2", "9223372036854775807"])
    let halves = NPYBytes(data: NPYBytes.littleEndian([0.5, 3, 0].map(\Double.bitPattern)))
    guard case .histogram(let doubles) = try read(halves, exact) else { throw NoError() }
    #expect(doubles.decimals?.map(\.description) == ["0.5", "3", "0"])
    let tenths = NPYBytes(data: NPYBytes.littleEndian([1, 0.1, 0].map(\Double.bitPattern)))
    #expect(
      try message(tenths, exact)
        == "p.npy: byte \(tenths.bytes.count - 16): entry [1]: the double 0.1 has more digits than exact arithmetic holds; "
        + "use a text file, which says 0.1 where the array says the double nearest to it")
  }

  @Test func notFinite() throws {
    let data = NPYBytes.littleEndian([1, .nan, 1, .infinity].map(\Double.bitPattern))
    let file = NPYBytes(shape: "(2, 2)", data: data)
    #expect(
      try message(file, MeasureReading(layout: .points))
        == "p.npy: byte \(file.bytes.count - 24): entry [0, 1]: nan is not allowed here; masses and coordinates must be finite"
    )
  }

  /// The byte of an entry in Fortran order is where it stands in the file.
  @Test func placeInFortranOrder() throws {
    let file = NPYBytes(
      type: "|i1", order: "True", shape: "(2, 3)", data: [1, 1, 0xFF, 1, 1, 1])
    #expect(
      try message(file, MeasureReading(layout: .grid))
        == "p.npy: byte \(file.bytes.count - 4): entry [0, 1]: the mass -1 is negative; "
        + "masses must not be negative")
  }

  static let data = NPYBytes.littleEndian([1, 2, 3].map(\Double.bitPattern))

  static let brokenFiles: [(NPYBytes, String)] = [
    (NPYBytes(magic: Array("NUMPY!".utf8), data: data), "the file is not in NPY format"),
    (NPYBytes(version: 9, data: data), "the file is of NPY version 9.0, and 1 to 3 are known"),
    (NPYBytes(headerLength: 60_000, data: data), "the file ends within its header"),
    (
      NPYBytes(version: 2, headerLength: 0xFFFF_FFFF, data: data), "the file ends within its header"
    ),
    (NPYBytes(headerLength: 20, data: data), "the header of the array cannot be read"),
    (NPYBytes(data: Array(data.dropLast())), "the file is cut off"),
    (NPYBytes(data: data + [0]), "1 bytes follow the end of the array"),
    (NPYBytes(shape: "(4,)", data: data), "the file is cut off"),
    (NPYBytes(shape: "(1000000000000,)", data: data), "the file is cut off"),
    (NPYBytes(shape: "(4294967296, 4294967296)", data: data), "the file is cut off"),
    (NPYBytes(shape: "(1152921504606846976, 2)", data: data), "the file is cut off"),
    (NPYBytes(shape: "(2305843009213693952,)", data: data), "the file is cut off"),
    (NPYBytes(shape: "(99999999999999999999,)", data: data), "the header of the array cannot"),
    (NPYBytes(shape: "(-3,)", data: data), "the header of the array cannot be read"),
    (NPYBytes(shape: "(0,)"), "the array has no entries"),
    (NPYBytes(shape: "(3", data: data), "the header of the array cannot be read"),
    (NPYBytes(order: "Maybe", data: data), "the header of the array cannot be read"),
    (NPYBytes(dictionary: "{'descr': '<f8', ", data: data), "the header of the array cannot"),
    (NPYBytes(dictionary: "{'descr': '<f8'}", data: data), "the header of the array cannot be"),
    (
      NPYBytes(dictionary: "{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (3,)}"),
      "the entries of the array are of type [('x', '<f8')]"
    ),
    (NPYBytes(type: "|O", data: data), "the entries of the array are of type |O"),
    (NPYBytes(type: "<c16", data: data), "the entries of the array are of type <c16"),
    (NPYBytes(type: "<U3", data: data), "the entries of the array are of type <U3"),
    (NPYBytes(type: "<f16", data: data), "the entries of the array are of type <f16"),
    (NPYBytes(type: "<M8[D]", data: data), "the entries of the array are of type <M8[D]"),
    (NPYBytes(type: "<i3", data: data), "the entries of the array are of type <i3"),
  ]

  /// Every way to break a header or the data; none of them may allocate what the header claims.
  @Test(arguments: brokenFiles)
  func broken(file: NPYBytes, expected: String) throws {
    let message = try message(file)
    #expect(message.hasPrefix("p.npy: byte "))
    #expect(message.contains(": " + expected))
  }

  /// A file cut anywhere is an error and never a trap.
  @Test func everyPrefix() throws {
    let whole = NPYBytes(data: Self.data).bytes
    for length in 1..<whole.count {
      let cut = Array(whole.prefix(length))
      #expect(try MeasureFilesTests.message(cut, as: "p.npy").hasPrefix("p.npy: byte "))
    }
  }
}
