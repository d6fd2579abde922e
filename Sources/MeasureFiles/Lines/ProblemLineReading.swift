import Measures
import Transport

/// Reads lines of JSON as transport problems.
///
/// `Docs/FileFormats.md` has the names that a line may have and what they mean.
public struct ProblemLineReading: Sendable {
  /// What holds where a line says nothing else.
  public var defaults: ProblemSettings
  /// The names that `solver` may have.
  public var solvers: [String]
  /// Whether a measure may be a file, `{"file": "p.png"}`.
  public var readsFiles: Bool

  /// How lines are to be read.
  ///
  /// - Parameters:
  ///   - defaults: What holds where a line says nothing else.
  ///   - solvers: The names that `solver` may have.
  ///   - readsFiles: Whether a measure may be a file.
  public init(
    defaults: ProblemSettings = ProblemSettings(), solvers: [String] = [], readsFiles: Bool = false
  ) {
    self.defaults = defaults
    self.solvers = solvers
    self.readsFiles = readsFiles
  }

  /// The problem of a line.
  ///
  /// - Parameters:
  ///   - bytes: The line.
  ///   - number: The number of the line, for errors.
  /// - Returns: The problem, its numbers checked and its totals not yet.
  /// - Throws: `ProblemLineError`.
  /// - Complexity: O(bytes).
  public func problem(
    in bytes: [UInt8], line number: Int
  ) throws(ProblemLineError) -> ProblemLine {
    let source = SourceText(path: "line \(number)", bytes: bytes)
    var id: String?
    do {
      let object = try JSONObject(
        JSONParser.parse(source), of: source, names: LineParser.names)
      id = try object["id"].map { (value) throws(MeasureFileError) in try Self.id(value, source) }
      return try LineParser(self, object, source).line(id: id)
    } catch {
      throw ProblemLineError(id: id, error, ofLine: source.path)
    }
  }

  /// A value as it was written; JSON knows no NaN, which the parser takes elsewhere.
  private static func id(
    _ value: JSONValue, _ source: SourceText
  ) throws(MeasureFileError) -> String {
    switch value.content {
    case .array, .object:
      throw source.error(at: value.offset, "an id is a number or a string")
    case .number(let range) where NumberText.double(source.bytes, range)?.isFinite != true:
      throw source.error(at: value.offset, "an id is a finite number or a string")
    default: return String(decoding: source.bytes[value.range], as: UTF8.self)
    }
  }
}
