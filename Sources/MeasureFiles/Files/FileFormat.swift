/// The kinds of file that are told apart by the ending of the name.
enum FileFormat: String, CaseIterable {
  case csv, tsv, txt, json, npy

  /// The format of a path; `-`, standard input, is CSV.
  ///
  /// - Parameters:
  ///   - path: The path; capital letters make no difference.
  ///   - allowed: The formats that serve here.
  /// - Throws: An error of the kind `unsupportedFormat`.
  init(path: String, allowed: [FileFormat] = allCases) throws(MeasureFileError) {
    let name = path.split(separator: "/").last ?? ""
    let ending = path == "-" ? "csv" : name.split(separator: ".").dropFirst().last?.lowercased()
    guard let ending, let format = FileFormat(rawValue: ending), allowed.contains(format) else {
      let endings = allowed.map { ".\($0.rawValue)" }.joined(separator: " ")
      throw MeasureFileError(
        .unsupportedFormat, path: path,
        what: ending.map { "files that end in .\($0) are not supported here" }
          ?? "the name has no ending that says what the file holds",
        fix: "use one of \(endings)")
    }
    self = format
  }
}
