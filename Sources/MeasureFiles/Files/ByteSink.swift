/// Bytes on their way into an open file, gathered so that the system is called seldom.
struct ByteSink: ~Copyable {
  private let file: FileDescriptorHandle
  private var buffer: [UInt8] = []

  private static let capacity = 1 << 16

  init(_ file: consuming FileDescriptorHandle) {
    self.file = file
    buffer.reserveCapacity(Self.capacity + 256)
  }

  /// Appends text in UTF-8.
  mutating func append(_ text: String) throws(FileDescriptorHandle.Failure) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Appends a double as eight bytes, the lowest first.
  mutating func append(littleEndian value: Double) throws(FileDescriptorHandle.Failure) {
    var pattern = value.bitPattern
    for _ in 0..<8 {
      buffer.append(UInt8(truncatingIfNeeded: pattern))
      pattern >>= 8
    }
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Appends bytes as they are.
  mutating func append(_ bytes: [UInt8]) throws(FileDescriptorHandle.Failure) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Hands what was gathered to the file.
  mutating func flush() throws(FileDescriptorHandle.Failure) {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
