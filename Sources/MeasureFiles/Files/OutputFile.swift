/// A file being written: it takes its place at the path when it is whole, and not before.
///
/// What stood at the path stays as it was if anything goes wrong. A device or a pipe is written to
/// as it stands. A name that ends in `.gz` has its content packed.
enum OutputFile {
  /// Writes a file with whatever the body appends.
  ///
  /// - Parameters:
  ///   - path: Where the file shall stand.
  ///   - body: Appends the content.
  /// - Throws: An error of the kind `cannotWrite`.
  static func write(
    to path: String, _ body: (inout ByteSink) throws(FileDescriptorHandle.Failure) -> Void
  ) throws(MeasureFileError) {
    let isPacked = FileName(path).isCompressed
    do {
      switch FileDescriptorHandle.target(of: path) {
      case .missing: try replace(path, mode: 0o666, isPacked, body)
      case .regularFile(let mode):
        try replace(FileDescriptorHandle.withoutLinks(path), mode: mode, isPacked, body)
      case .directory, .other:
        var sink = ByteSink(
          try FileDescriptorHandle(writing: path, isNew: false, mode: 0o666),
          isPacked: isPacked)
        try body(&sink)
        try sink.finish()
      }
    } catch {
      throw MeasureFileError(
        .cannotWrite, path: path, what: "cannot be written: \(error.text)",
        fix: "check the folder, its permissions and the space left")
    }
  }

  private static func replace(
    _ path: String, mode: UInt32, _ isPacked: Bool,
    _ body: (inout ByteSink) throws(FileDescriptorHandle.Failure) -> Void
  ) throws(FileDescriptorHandle.Failure) {
    let temporary = try makeTemporary(beside: path, mode: mode)
    do {
      var sink = ByteSink(
        try FileDescriptorHandle(writing: temporary, isNew: false, mode: mode), isPacked: isPacked)
      try body(&sink)
      try sink.finish()
      try FileDescriptorHandle.move(temporary, to: path)
    } catch {
      FileDescriptorHandle.remove(temporary)
      throw error
    }
  }

  /// Makes an empty file of a name that nobody else has, in the folder of the path.
  private static func makeTemporary(
    beside path: String, mode: UInt32
  ) throws(FileDescriptorHandle.Failure) -> String {
    var attempt = 0
    while true {
      let temporary = "\(path).\(attempt).tmp"
      do {
        _ = try FileDescriptorHandle(writing: temporary, isNew: true, mode: mode)
        return temporary
      } catch {
        guard error.isInTheWay, attempt < 1000 else { throw error }
        attempt += 1
      }
    }
  }
}
