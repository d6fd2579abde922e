/// The bytes of a file together with its name, so that an error can say where it stands.
struct SourceText: Sendable {
  /// The path as the caller gave it.
  let path: String
  /// The content.
  let bytes: [UInt8]

  /// A text that is in memory already.
  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Reads a file; `-` is standard input.
  ///
  /// - Parameters:
  ///   - path: The path as the caller gave it, for errors.
  ///   - file: The path of the file itself.
  /// - Throws: An error if the file cannot be read or is empty.
  init(path: String, contentsOf file: String) throws(MeasureFileError) {
    self.path = path
    do {
      let file = try FileDescriptorHandle(reading: file)
      bytes = try file.readToEnd()
    } catch {
      throw MeasureFileError(
        .badData, path: path, what: "cannot be read: \(error.text)", fix: "check its permissions")
    }
    try checkNotEmpty()
  }

  /// What was packed in a file; an error if it is nothing.
  ///
  /// - Throws: An error if there is no byte.
  init(path: String, unpacked bytes: [UInt8]) throws(MeasureFileError) {
    self.init(path: path, bytes: bytes)
    try checkNotEmpty()
  }

  private func checkNotEmpty() throws(MeasureFileError) {
    guard bytes.isEmpty else { return }
    throw MeasureFileError(
      .badData, path: path, what: "the file is empty", fix: "at least one number is needed")
  }

  /// An error at a byte of the text.
  ///
  /// - Complexity: O(offset); errors are rare, so that nobody counts lines before one happens.
  func error(at offset: Int, _ what: String, fix: String? = nil) -> MeasureFileError {
    let before = bytes[..<min(offset, bytes.count)]
    let lines = before.reduce(into: 1) { if $1 == Byte.lineFeed { $0 += 1 } }
    var start = before.lastIndex(of: Byte.lineFeed).map { $0 + 1 } ?? 0
    if start == 0 { start = min(lengthOfByteOrderMark, before.endIndex) }
    let column = String(decoding: before[start...], as: UTF8.self).count + 1
    return MeasureFileError(
      .badData, path: path, line: lines, column: column, what: what, fix: fix)
  }

  /// An error at a byte of a file that is no text, counted from 0.
  func error(atByte offset: Int, _ what: String, fix: String? = nil) -> MeasureFileError {
    MeasureFileError(.badData, path: path, offset: offset, what: what, fix: fix)
  }

  /// An error that concerns the file as a whole.
  func error(_ what: String, fix: String? = nil) -> MeasureFileError {
    MeasureFileError(.badData, path: path, what: what, fix: fix)
  }

  /// The number of bytes of a UTF-8 byte order mark at the start.
  var lengthOfByteOrderMark: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// A part of the text as an error message can show it: in quotes, short, without control codes.
  func excerpt(_ range: Range<Int>) -> String {
    let text = String(decoding: bytes[range].prefix(160), as: UTF8.self)
    let shown = text.unicodeScalars.prefix(40).map { scalar in
      scalar.properties.generalCategory == .control ? "�" : String(scalar)
    }
    return "\"" + shown.joined() + (shown.count < text.unicodeScalars.count ? "…" : "") + "\""
  }
}

/// The bytes that have a meaning in a table or in JSON.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let hash = UInt8(ascii: "#")
  static let plus = UInt8(ascii: "+")
  static let minus = UInt8(ascii: "-")
  static let point = UInt8(ascii: ".")
  static let zero = UInt8(ascii: "0")
  static let semicolon = UInt8(ascii: ";")
  static let bar = UInt8(ascii: "|")
  static let backslash = UInt8(ascii: "\\")
}
