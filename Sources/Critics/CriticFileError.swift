/// Why a saved critic cannot be read or used.
public enum CriticFileError: Error, Hashable, Sendable {
  /// The first line is not that of a saved critic.
  case notACritic
  /// The file is of a version that this library does not read.
  case version(found: String, readable: Int)
  /// The last line, with the checksum, is missing: the file was cut off.
  case truncated(lines: Int)
  /// The content is not what was written.
  case checksum(written: String, computed: String)
  /// A line, counted from 1, is not what belongs there.
  case line(Int, what: String)
  /// The critic takes points of another dimension.
  case dimension(critic: Int, points: Int)
}

extension CriticFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notACritic:
      "this is no saved critic: the first line must be \"\(CriticFile.title) \(CriticFile.version)\""
    case .version(let found, let readable):
      "the critic was saved in version \(found) of the format; this program reads version \(readable)"
    case .truncated(let lines):
      "the file ends after \(lines) lines without a checksum; it was cut off, save the critic again"
    case .checksum(let written, let computed):
      """
      the checksum is \(computed) and should be \(written); the file is damaged or was edited, save \
      the critic again
      """
    case .line(let number, let what): "line \(number): \(what)"
    case .dimension(let critic, let points):
      "the critic takes points of \(critic) \(critic == 1 ? "coordinate" : "coordinates"), and these have \(points)"
    }
  }
}
