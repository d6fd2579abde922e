/// The bytes of an `.npy` file, made by hand so that every part of it can be wrong.
struct NPYBytes {
  var magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  var version: UInt8 = 1
  var type = "<f8"
  var order = "False"
  var shape = "(3,)"
  var headerLength: Int?
  var dictionary: String?
  var data: [UInt8] = []

  var bytes: [UInt8] {
    let text =
      dictionary ?? "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
    let header = Array(text.utf8) + [0x20, 0x0A]
    let length = headerLength ?? header.count
    let size = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    return magic + [version, 0] + size + header + data
  }

  /// The bytes of numbers, the lowest first.
  static func littleEndian(_ values: [some FixedWidthInteger]) -> [UInt8] {
    values.flatMap { value in
      (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
  }

  /// The bytes of numbers, the highest first.
  static func bigEndian(_ values: [some FixedWidthInteger]) -> [UInt8] {
    littleEndian(values.map(\.byteSwapped))
  }
}
