import CZlib

/// zlib's decompressor: the only place of this module that calls it.
///
/// - Source: RFC 1950, 1951 and 1952.
@safe struct Inflater: ~Copyable {
  /// How the compressed bytes are wrapped.
  enum Wrapping: Int32 {
    /// Not at all, as in an archive of ZIP.
    case none = -15
    /// As gzip does, with a header and a checksum, which zlib compares.
    case gzip = 31
  }

  /// What a step came to.
  enum Step: Equatable {
    /// There is more to come.
    case more
    /// The stream has ended, and its checksum is right.
    case end
    /// The bytes are no such stream; the text is zlib's.
    case broken(String)
  }

  // The stream has an address of its own, because zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>
  /// The bytes taken so far.
  private(set) var consumed = 0

  private static let chunk = 1 << 16

  init(_ wrapping: Wrapping) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe inflateInit2_(
      stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib has no memory, or another version than its header")
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Starts with the next stream of the same wrapping.
  mutating func startNext() {
    _ = unsafe inflateReset(stream)
  }

  /// Unpacks at most 64 KiB from a range of the bytes and appends them.
  mutating func step(_ bytes: [UInt8], _ range: Range<Int>, to output: inout [UInt8]) -> Step {
    let count = min(range.count, Int(UInt32.max))
    var result: Int32 = Z_OK
    var left = 0
    let part = unsafe [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, initialized in
      unsafe bytes.withUnsafeBufferPointer { input in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress.map { unsafe $0 + range.lowerBound })
        unsafe stream.pointee.avail_in = UInt32(count)
        unsafe stream.pointee.next_out = buffer.baseAddress
        unsafe stream.pointee.avail_out = UInt32(Self.chunk)
        result = unsafe inflate(stream, Z_NO_FLUSH)
        left = unsafe Int(stream.pointee.avail_in)
        initialized = unsafe Self.chunk - Int(stream.pointee.avail_out)
      }
    }
    consumed += count - left
    output.append(contentsOf: part)
    switch result {
    case Z_STREAM_END: return .end
    case Z_OK: return part.isEmpty && left == count ? .broken("the data ends too early") : .more
    case Z_BUF_ERROR: return .broken("the data ends too early")
    default:
      let text = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      return .broken(text ?? "the data is damaged")
    }
  }
}

/// The checksum that archives of ZIP keep of each member.
enum Checksum {
  /// The CRC-32 of bytes.
  static func crc32(of bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe UInt32(truncatingIfNeeded: CZlib.crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }
}

/// The library that packs and unpacks.
public enum ZlibLibrary {
  /// The version of zlib that this program runs with.
  public static var version: String { unsafe String(cString: zlibVersion()) }
}
