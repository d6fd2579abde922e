/// A file to read: its format and its bytes.
struct InputFile {
  let format: FileFormat
  let source: SourceText

  /// Reads a file; `-` is CSV from standard input.
  ///
  /// That there is no such file is said before anything about its name.
  init(contentsOf path: String) throws(MeasureFileError) {
    if path != "-" { try Self.check(path) }
    format = try FileFormat(path: path)
    source = try SourceText(contentsOf: path)
  }

  private static func check(_ path: String) throws(MeasureFileError) {
    switch FileDescriptorHandle.target(of: path) {
    case .missing:
      throw MeasureFileError(
        .noSuchFile, path: path, what: "there is no such file", fix: "check the path")
    case .directory:
      throw MeasureFileError(
        .badData, path: path, what: "is a directory", fix: "name a file in it")
    case .regularFile, .other: return
    }
  }
}
