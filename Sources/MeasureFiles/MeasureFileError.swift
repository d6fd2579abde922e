/// Why a file could not be read or written: what was wrong, where, and what to do about it.
///
///     p.csv:3:7: "abc" in column mass is not a number; write numbers such as 0.25 or 2.5e-3
///     p.png: byte 41: the file ends too early; copy it again
public struct MeasureFileError: Error, Hashable, Sendable {
  /// What a caller can do about the error; a command line turns it into an exit code.
  public enum Kind: Hashable, Sendable {
    /// There is no file of that name: check the path (exit code 66).
    case noSuchFile
    /// The file is there and cannot be read, or what it holds does not fit: repair it (65).
    case badData
    /// The ending of the name is none that is read or written: rename or convert (64).
    case unsupportedFormat
    /// The output could not be written: check folder, permission and space (73).
    case cannotWrite
  }

  /// What a caller can do about it.
  public let kind: Kind
  /// The path as it was given; `-` is standard input, and a literal stands for itself.
  public let path: String
  /// The line, counted from 1, where there is one.
  public let line: Int?
  /// The column of the first character concerned, counted in characters from 1.
  public let column: Int?
  /// The byte concerned, counted from 0, in a file that is no text.
  public let offset: Int?
  /// What is wrong, without the place.
  public let what: String
  /// What to do about it.
  public let fix: String?

  init(
    _ kind: Kind, path: String, line: Int? = nil, column: Int? = nil, offset: Int? = nil,
    what: String, fix: String? = nil
  ) {
    self.kind = kind
    self.path = path
    self.line = line
    self.column = column
    self.offset = offset
    self.what = what
    self.fix = fix
  }
}

extension MeasureFileError: CustomStringConvertible {
  public var description: String {
    let name = path == "-" ? "standard input" : path
    let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
    let byte = offset.map { "byte \($0): " } ?? ""
    return "\(name)\(place): \(byte)\(what)" + (fix.map { "; \($0)" } ?? "")
  }
}
