/// Standard output, a line at a time and each at once, for a program that waits for it at the other end.
public struct LineWriter: ~Copyable {
  private let file: FileDescriptorHandle

  /// Standard output.
  public init() { file = FileDescriptorHandle.standardOutput() }

  /// Writes a text and the end of the line.
  ///
  /// - Parameter text: The line without its end.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  public func write(_ text: String) throws(MeasureFileError) {
    var bytes = Array(text.utf8)
    bytes.append(Byte.lineFeed)
    do {
      try file.write(bytes)
    } catch {
      throw MeasureFileError(
        .cannotWrite, path: "standard output", what: "cannot be written: \(error.text)",
        fix: "check what it is connected to and the space left")
    }
  }
}
