extension ByteSink {
  /// Appends the header of an array of little-endian doubles in row-major order.
  mutating func appendNPYHeader(shape: [Int]) throws(FileDescriptorHandle.Failure) {
    try append(NPYHeader.bytes(shape: shape))
  }
}

extension NPYHeader {
  /// The header of an array of little-endian doubles in row-major order.
  ///
  /// - Source: NumPy Enhancement Proposal 1, version 1.0: the data starts at a multiple of 64 bytes.
  static func bytes(shape: [Int]) -> [UInt8] {
    let sides = shape.map { "\($0), " }.joined()
    let tuple = shape.count == 1 ? "(\(shape[0]),)" : "(\(sides.dropLast(2)))"
    var text = "{'descr': '<f8', 'fortran_order': False, 'shape': \(tuple), }"
    let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
    text += String(repeating: " ", count: length - text.utf8.count - 1) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(text.utf8)
  }
}
