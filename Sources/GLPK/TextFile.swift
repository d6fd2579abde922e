internal import CGLPKTrap

/// Text to and from files, by the C library, so that no Foundation is needed.
enum TextFile {
  /// Writes a file and returns why it could not, or nil.
  static func write(_ text: String, to path: String) -> String? {
    var text = text
    let code = text.withUTF8 { unsafe cglpk_write_file(path, $0.baseAddress, $0.count) }
    return code == 0 ? nil : unsafe String(cString: cglpk_error_text(code))
  }

  /// The first bytes of a file, empty when it cannot be read.
  static func beginning(of path: String) -> String {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = unsafe cglpk_read_file(path, &bytes, bytes.count)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// The size of a file in bytes, 0 for what is not a plain file.
  static func size(of path: String) -> Int {
    Int(max(0, unsafe cglpk_file_size(path)))
  }
}
