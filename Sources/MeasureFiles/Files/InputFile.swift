/// A file to read: its format and its bytes, unpacked.
struct InputFile<Format: FileEnding> {
  let format: Format
  let source: SourceText

  /// Reads a file; `-` is CSV from standard input.
  ///
  /// What ends in `.gz` is unpacked, and of an archive `.npz` the member is taken. That there is no
  /// such file is said before anything about its name.
  init(contentsOf path: String) throws(MeasureFileError) {
    let name = FileName(path)
    if path != "-" { try Self.check(name) }
    format = try Format(of: name)
    var source = try SourceText(path: path, contentsOf: name.file)
    if name.isCompressed { source = try GzipFile.unpacked(source) }
    if name.ending == "npz" { source = try ZipArchive(source).array(named: name.member) }
    self.source = source
  }

  private static func check(_ name: FileName) throws(MeasureFileError) {
    switch FileDescriptorHandle.target(of: name.file) {
    case .missing:
      throw MeasureFileError(
        .noSuchFile, path: name.path, what: "there is no such file", fix: "check the path")
    case .directory:
      throw MeasureFileError(
        .badData, path: name.path, what: "is a directory", fix: "name a file in it")
    case .regularFile, .other: return
    }
  }
}
