/// Why a linear program could not be made, solved, read or written.
///
/// That a program is infeasible or unbounded is an outcome of its solution, not an error.
public enum LinearProgramError: Error, Sendable, Hashable {
  /// A row, a column or a term, by its zero-based place and its name.
  public struct Place: Sendable, Hashable {
    /// Such as `column` or `row`.
    public let kind: String
    /// The zero-based place.
    public let index: Int
    /// The name, if it has one.
    public let name: String?
  }

  /// A cost, bound or coefficient is infinite or not a number; use `.free` for a missing bound.
  case notFinite(Place, value: Double)
  /// A lower bound is greater than the upper bound; exchange or correct them.
  case crossedBounds(Place, lower: Double, upper: Double)
  /// A row or column does not exist; take handles from the program itself.
  case indexOutOfRange(Place, index: Int, count: Int)
  /// A vector given in bulk names a row or column twice; sum the two coefficients first.
  case duplicateTerm(Place, index: Int)
  /// Arrays given in bulk do not fit each other; the text says which.
  case mismatchedArrays(String)
  /// There are more rows, columns (10⁸) or terms (5 · 10⁸) than GLPK takes; split the program.
  case tooLarge(what: String, count: Int)
  /// A setting has no meaning; the text says what is allowed.
  case invalidOption(String)
  /// A basis does not fit the program or is singular; start from the slack basis.
  case invalidBasis(String)
  /// A name cannot stand in a file of the format; rename, or choose another format.
  case invalidName(Place, reason: String)
  /// The file could not be read; the message is GLPK's, with file and line.
  case unreadableFile(path: String, message: String)
  /// The file could not be written.
  case unwritableFile(path: String, message: String)
  /// The file has integer columns, which are not supported; relax them in the file.
  case integerColumns(path: String, count: Int, first: String)
  /// The session's closure has returned; use the session only inside it.
  case sessionEnded
  /// GLPK aborted on this thread, which destroyed the session; open a new one.
  case sessionInvalidated
  /// The session was used on another thread than the one it was opened on.
  case wrongThread
  /// The method broke down numerically; rescale the program or choose another method.
  case numericalFailure(String)
  /// GLPK found an internal error; it was trapped, and the message is GLPK's.
  case aborted(message: String)
}

extension LinearProgramError.Place: CustomStringConvertible {
  /// The kind, place and name, such as `column 3 (flow)`.
  public var description: String {
    name.map { "\(kind) \(index) (\($0))" } ?? "\(kind) \(index)"
  }
}

extension LinearProgramError: CustomStringConvertible {
  /// What is wrong, where, and what to do about it.
  public var description: String {
    switch self {
    case .notFinite(let place, let value):
      "\(place) has the number \(value); costs, bounds and coefficients are finite, and a missing"
        + " bound is said by .free, .atLeast or .atMost"
    case .crossedBounds(let place, let lower, let upper):
      "\(place) has the lower bound \(lower) above its upper bound \(upper); correct the bounds"
    case .indexOutOfRange(let place, let index, let count):
      "\(place) names index \(index), but indices go from 0 to \(count - 1); use handles of this"
        + " program"
    case .duplicateTerm(let place, let index):
      "\(place) names index \(index) twice; sum the coefficients first"
    case .mismatchedArrays(let text):
      "arrays do not fit each other: \(text)"
    case .tooLarge(let what, let count):
      "\(count) \(what) are more than GLPK takes; split the program"
    case .invalidOption(let text):
      "a setting has no meaning: \(text)"
    case .invalidBasis(let text):
      "the basis cannot be used: \(text); start from .allSlack"
    default:
      environmentDescription
    }
  }

  private var environmentDescription: String {
    switch self {
    case .invalidName(let place, let reason):
      "\(place) cannot be written: \(reason); rename it or choose another format"
    case .unreadableFile(let path, let message):
      "cannot read \(path): \(message)"
    case .unwritableFile(let path, let message):
      "cannot write \(path): \(message)"
    case .integerColumns(let path, let count, let first):
      "\(path) has \(count) integer columns, the first \(first); integers are not supported, so"
        + " make the columns continuous in the file"
    case .sessionEnded:
      "the session has ended; use it only inside the closure of withSession"
    case .sessionInvalidated:
      "the session was destroyed when GLPK aborted on this thread; open a new session"
    case .wrongThread:
      "the session was used on another thread; use it only where it was opened"
    case .numericalFailure(let text):
      "numerical failure: \(text); rescale the program or choose another method"
    case .aborted(let message):
      "GLPK aborted and was stopped: \(message)"
    default:
      "unknown error"
    }
  }
}

extension LinearProgram {
  func place(ofRow index: Int) -> LinearProgramError.Place {
    LinearProgramError.Place(kind: "row", index: index, name: rowNames[index])
  }

  func place(ofColumn index: Int) -> LinearProgramError.Place {
    LinearProgramError.Place(kind: "column", index: index, name: columnNames[index])
  }
}
