/// A path as a user writes it, taken apart: `counts.csv.gz`, `arrays.npz:masses`, `-`.
struct FileName: Equatable {
  /// The path as it was given.
  let path: String
  /// The file to open: the path without the name of a member.
  let file: String
  /// The ending that says what the file holds, in small letters, without that of the compression.
  let ending: String?
  /// Whether the name ends in `.gz`.
  let isCompressed: Bool
  /// The member of an archive behind a colon.
  let member: String?

  /// Takes a path apart; `-`, standard input, is CSV.
  init(_ path: String) {
    self.path = path
    (file, member) = Self.split(path)
    let name = file.split(separator: "/").last ?? ""
    var endings = name.split(separator: ".").dropFirst().map { $0.lowercased() }
    isCompressed = endings.last == "gz"
    if isCompressed { endings.removeLast() }
    ending = path == "-" ? "csv" : endings.last
  }

  /// What stands before and behind the colon of `.npz:`.
  private static func split(_ path: String) -> (file: String, member: String?) {
    guard let colon = path.lastIndex(of: ":"), path[..<colon].lowercased().hasSuffix(".npz") else {
      return (path, nil)
    }
    return (String(path[..<colon]), String(path[path.index(after: colon)...]))
  }
}
