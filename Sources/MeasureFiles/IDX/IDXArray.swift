/// The numbers of an IDX file, the format of MNIST's images and labels, row-major.
///
/// Four bytes of magic, 0, 0, the type of a number and the number of axes; the length of each axis in four
/// bytes, most significant first; then the numbers, also most significant byte first. A file that gzip has
/// packed is unpacked, whatever its name.
///
/// ```swift
/// let images = try IDXArray(contentsOf: "train-images-idx3-ubyte.gz")
/// images.shape   // [60000, 28, 28]
/// ```
///
/// - Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", 1998, file formats.
public struct IDXArray: Hashable, Sendable {
  /// The length of each axis, at least one of them.
  public let shape: [Int]
  /// The numbers, the last axis running first.
  public let values: [Double]

  /// Reads a file.
  ///
  /// - Parameter path: Where it stands.
  /// - Throws: `MeasureFileError` of the kind `noSuchFile` or `badData`, with the byte of the unpacked file at
  ///   which the magic or an axis is wrong or where it ends too early. What the header says is held against
  ///   the length of the file before memory is taken for it.
  /// - Complexity: O(bytes).
  public init(contentsOf path: String) throws(MeasureFileError) {
    let bytes = try PlainFile.bytes(at: path)
    var source = SourceText(path: path, bytes: bytes)
    if bytes.starts(with: [0x1F, 0x8B]) { source = try GzipFile.unpacked(source) }
    try self.init(source)
  }

  init(_ source: SourceText) throws(MeasureFileError) {
    let header = try IDXHeader(source)
    shape = header.shape
    let bytes = source.bytes
    values = (0..<header.count).map { index in
      header.type.number(bytes, at: header.length + index * header.type.size)
    }
  }
}

/// What stands before the numbers of an IDX file, held against its length.
private struct IDXHeader {
  let type: IDXType
  let shape: [Int]
  let count: Int
  let length: Int

  init(_ source: SourceText) throws(MeasureFileError) {
    let bytes = source.bytes
    guard bytes.count >= 4 else {
      throw source.error(
        atByte: bytes.count, "the file ends within the magic number", fix: "copy it again")
    }
    guard bytes[0] == 0, bytes[1] == 0 else {
      throw source.error(
        atByte: 0, "the file does not begin with two zeros, as IDX files do",
        fix: "check that these are the images or labels themselves")
    }
    guard let type = IDXType(rawValue: bytes[2]) else {
      throw source.error(
        atByte: 2, "there is no type of number \(bytes[2])",
        fix: "IDX has the types 8, 9, 11, 12, 13 and 14")
    }
    guard bytes[3] > 0 else {
      throw source.error(atByte: 3, "the array has no axes", fix: "write at least one")
    }
    self.type = type
    length = 4 + 4 * Int(bytes[3])
    guard bytes.count >= length else {
      throw source.error(
        atByte: bytes.count, "the file ends within the lengths of its \(bytes[3]) axes",
        fix: "copy it again")
    }
    shape = (0..<Int(bytes[3])).map { axis in
      bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
    }
    count = try Self.count(shape, type, source, behind: length)
  }

  /// The number of numbers, for which the file must have bytes, no more and no less.
  private static func count(
    _ shape: [Int], _ type: IDXType, _ source: SourceText, behind length: Int
  ) throws(MeasureFileError) -> Int {
    if let empty = shape.firstIndex(of: 0) {
      throw source.error(
        atByte: 4 + 4 * empty, "axis \(empty) has length 0", fix: "write at least one entry")
    }
    let there = source.bytes.count - length
    var count = 1
    for (axis, side) in shape.enumerated() {
      let (product, overflows) = count.multipliedReportingOverflow(by: side)
      guard !overflows, product <= there / type.size else {
        throw source.error(
          atByte: axis == shape.count - 1 ? source.bytes.count : 4 + 4 * axis,
          "the header announces \(shape.map(String.init).joined(separator: " × ")) numbers of "
            + "\(type.size) bytes, and \(there) bytes follow it",
          fix: "copy the file again")
      }
      count = product
    }
    guard count * type.size == there else {
      throw source.error(
        atByte: length + count * type.size,
        "\(there - count * type.size) bytes follow the last number", fix: "copy the file again")
    }
    return count
  }
}

/// The type of the numbers of an IDX file.
private enum IDXType: UInt8 {
  case unsignedByte = 0x08
  case signedByte = 0x09
  case int16 = 0x0B
  case int32 = 0x0C
  case float = 0x0D
  case double = 0x0E

  /// The bytes of a number.
  var size: Int {
    switch self {
    case .unsignedByte, .signedByte: 1
    case .int16: 2
    case .int32, .float: 4
    case .double: 8
    }
  }

  func number(_ bytes: [UInt8], at start: Int) -> Double {
    let pattern = bytes[start..<start + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    switch self {
    case .unsignedByte: return Double(pattern)
    case .signedByte: return Double(Int8(truncatingIfNeeded: pattern))
    case .int16: return Double(Int16(truncatingIfNeeded: pattern))
    case .int32: return Double(Int32(truncatingIfNeeded: pattern))
    case .float: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern)))
    case .double: return Double(bitPattern: pattern)
    }
  }
}
