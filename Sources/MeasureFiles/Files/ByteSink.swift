/// Bytes on their way into an open file, gathered so that the system is called seldom, and packed by gzip where
/// the file's name says so.
struct ByteSink: ~Copyable {
  private let file: FileDescriptorHandle
  private var buffer: [UInt8] = []
  private var packer: Deflater?

  private static let capacity = 1 << 16

  init(_ file: consuming FileDescriptorHandle, isPacked: Bool) {
    self.file = file
    packer = isPacked ? Deflater() : nil
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
    var rest = bytes[...]
    while !rest.isEmpty {
      buffer.append(contentsOf: rest.prefix(Self.capacity))
      rest = rest.dropFirst(Self.capacity)
      if buffer.count >= Self.capacity { try flush() }
    }
  }

  /// Hands the rest to the file, which is whole then.
  mutating func finish() throws(FileDescriptorHandle.Failure) { try flush(isLast: true) }

  /// Hands what was gathered to the file.
  private mutating func flush(isLast: Bool = false) throws(FileDescriptorHandle.Failure) {
    let bytes = packer?.pack(buffer, isLast: isLast) ?? buffer
    try file.write(bytes)
    buffer.removeAll(keepingCapacity: true)
  }
}
