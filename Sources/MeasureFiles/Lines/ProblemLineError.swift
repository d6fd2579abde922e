/// Why a line is no problem: what is wrong with it, where and what to do.
public struct ProblemLineError: Error, Hashable, Sendable {
  /// The value of `id` as it was written, where the line could be read that far.
  public let id: String?
  /// What a caller can do about it.
  public let kind: MeasureFileError.Kind
  /// The first character that is concerned, counted from 1; nil where that is the line as a whole, or a
  /// file that it names.
  public let column: Int?
  /// What is wrong and what to do about it; of a file that the line names, with its own place.
  public let message: String

  init(id: String?, _ error: MeasureFileError, ofLine path: String) {
    self.id = id
    kind = error.kind
    guard error.path == path else {
      column = nil
      message = "\(error)"
      return
    }
    column = error.column
    let fix = error.fix == "the file must be JSON" ? "each line must be a JSON object" : error.fix
    message = error.what + (fix.map { "; \($0)" } ?? "")
  }
}
