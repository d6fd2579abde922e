extension TextDocument {
  /// Reads a file of any ending; bytes that are no UTF-8 become replacement characters.
  ///
  /// - Parameter path: Where the file stands.
  /// - Throws: `MeasureFileError` of the kind `noSuchFile`, or `badData` for what is no readable file.
  public init(contentsOf path: String) throws(MeasureFileError) {
    switch FileDescriptorHandle.target(of: path) {
    case .missing:
      throw MeasureFileError(
        .noSuchFile, path: path, what: "there is no such file", fix: "check the path")
    case .directory:
      throw MeasureFileError(
        .badData, path: path, what: "is a directory", fix: "name a file in it")
    case .regularFile, .other:
      self.init(String(decoding: try SourceText(path: path, contentsOf: path).bytes, as: UTF8.self))
    }
  }
}
