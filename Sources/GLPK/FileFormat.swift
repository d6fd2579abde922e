/// The formats in which linear programs stand in files.
public enum FileFormat: String, Sendable, Hashable, CaseIterable {
  /// MPS with fields at fixed places: names of at most 8 characters, numbers of at most 12.
  case mpsFixed = "mps-fixed"
  /// MPS with fields parted by spaces.
  case mpsFree = "mps-free"
  /// The readable format of CPLEX.
  case cplex = "lp"
  /// GLPK's own format.
  case glpk = "glpk"

  /// The format that a file name's ending stands for: `.mps`, `.lp`, `.glp` or `.glpk`.
  ///
  /// `.mps` is the free format here; reading a file tries the fixed one after it.
  public init?(pathExtensionOf path: String) {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return nil }
    switch parts[parts.count - 1].lowercased() {
    case "mps": self = .mpsFree
    case "lp", "cplex": self = .cplex
    case "glp", "glpk": self = .glpk
    default: return nil
    }
  }
}

/// Names by which a written program keeps what a format has no place for.
///
/// Every program that reads these files sees an ordinary column or a comment, and gets the right
/// optimum; this package turns them back.
enum FileConvention {
  /// A column fixed at 1 whose cost is the objective's constant (MPS and CPLEX).
  static let constantColumn = "OBJCONST"
  /// The beginning of the name of a column that stands for a row bounded on both sides (CPLEX).
  static let rangePrefix = "~"
  /// The comment that says that a maximisation was written with its costs negated (MPS).
  static let negatedComment = "* Direction: maximize, written as minimize with the costs negated"
}
