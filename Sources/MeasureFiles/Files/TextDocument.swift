/// A text of any kind on its way into a file: a figure, a page, a list.
///
///     try TextDocument(figure.svg).write(to: "moves.svg")
public struct TextDocument: Hashable, Sendable {
  /// What the file will hold, in UTF-8.
  public let text: String

  /// A document of a text.
  public init(_ text: String) { self.text = text }

  /// Writes the text; what stood at the path is replaced when the new file is whole, and not before.
  ///
  /// - Parameter path: Where the file shall stand, with any ending.
  /// - Throws: `MeasureFileError` of the kind `cannotWrite`.
  public func write(to path: String) throws(MeasureFileError) {
    try OutputFile.write(to: path) { sink throws(FileDescriptorHandle.Failure) in
      try sink.append(text)
    }
  }
}
