import CZlib

/// zlib's compressor, wrapped as gzip does it: without a time or a name, so that equal bytes stay equal.
///
/// - Source: RFC 1951 and 1952.
@safe struct Deflater: ~Copyable {
  // The stream has an address of its own, because zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>

  private static let chunk = 1 << 16

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16 more say that the wrapping is gzip's.
    let code = unsafe deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib has no memory, or another version than its header")
  }

  deinit {
    _ = unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Packs bytes, and all that is still inside where they are the last.
  mutating func pack(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var packed: [UInt8] = []
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(input.count)
      var isFull = true
      while isFull {
        let part = unsafe [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, initialized in
          unsafe stream.pointee.next_out = buffer.baseAddress
          unsafe stream.pointee.avail_out = UInt32(Self.chunk)
          _ = unsafe deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          initialized = unsafe Self.chunk - Int(stream.pointee.avail_out)
        }
        packed.append(contentsOf: part)
        isFull = part.count == Self.chunk
      }
    }
    return packed
  }
}
