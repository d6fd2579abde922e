/// Files whose content another module makes and reads.
public enum PlainFile {
  /// The bytes of a file, unpacked where its name ends in `.gz`.
  ///
  /// - Parameter path: Where the file stands.
  /// - Returns: All of them.
  /// - Throws: `MeasureFileError` of the kind `noSuchFile` or `badData`.
  public static func bytes(at path: String) throws(MeasureFileError) -> [UInt8] {
    switch FileDescriptorHandle.target(of: path) {
    case .missing:
      throw MeasureFileError(
        .noSuchFile, path: path, what: "there is no such file", fix: "check the path")
    case .directory:
      throw MeasureFileError(
        .badData, path: path, what: "is a directory", fix: "name a file in it")
    case .regularFile, .other: break
    }
    let source = try SourceText(path: path, contentsOf: path)
    return try FileName(path).isCompressed ? GzipFile.unpacked(source).bytes : source.bytes
  }

  /// Writes a file, packed by gzip where its name ends in `.gz`, which takes its place when it is whole: who is killed in between leaves what stood there.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - path: Where the file shall stand.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  public static func write(_ bytes: [UInt8], to path: String) throws(MeasureFileError) {
    try OutputFile.write(to: path) { sink throws(FileDescriptorHandle.Failure) in
      try sink.append(bytes)
    }
  }

  /// Writes a text in UTF-8, as `write(_:to:)` does with bytes.
  ///
  /// - Parameters:
  ///   - text: The content.
  ///   - path: Where the file shall stand.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  public static func write(text: String, to path: String) throws(MeasureFileError) {
    try write(Array(text.utf8), to: path)
  }
}
