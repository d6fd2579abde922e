extension LinearProgram {
  /// Writes the program to a file, replacing what is there.
  ///
  /// Names are kept; rows and columns without one get `r1`, `c1`, … where the format wants a name.
  /// Numbers are written so that they are read back as the same doubles, but for fixed MPS, whose
  /// 12 places round them. What a format has no place for is written so that every reader finds the
  /// same optimum: a constant is a column `OBJCONST` fixed at 1 (MPS, CPLEX), a
  /// maximisation is the minimisation of the negated costs under a comment that says so (MPS), and
  /// a row bounded on both sides is an equation with a bounded column `~row` (CPLEX). Reading the
  /// file with this package undoes all three. Free rows are written, but readers of MPS drop them.
  /// - Parameters:
  ///   - path: The file.
  ///   - format: The format.
  /// - Throws: When the program is not valid, a name cannot stand in the format, or the file cannot
  ///   be written.
  public func write(to path: String, format: FileFormat) throws(LinearProgramError) {
    let text = try text(in: format)
    guard !path.utf8.contains(0), !path.isEmpty else {
      throw .unwritableFile(path: path, message: "this is not the name of a file")
    }
    if let message = TextFile.write(text, to: path) {
      throw .unwritableFile(path: path, message: message)
    }
  }

  /// The program as the text of a file.
  ///
  /// - Parameter format: The format.
  /// - Returns: What `write(to:format:)` writes.
  /// - Throws: When the program is not valid or a name cannot stand in the format.
  public func text(in format: FileFormat) throws(LinearProgramError) -> String {
    let checked = try CheckedProgram(self)
    let names = try FileNames(of: self, in: format)
    switch format {
    case .mpsFree: return MPSWriter(checked, names, isFixed: false).text()
    case .mpsFixed: return MPSWriter(checked, names, isFixed: true).text()
    case .cplex:
      guard columnCount > 0, rowCount > 0 else {
        throw .unwritableFile(
          path: "", message: "the CPLEX format wants a row and a column; choose another format")
      }
      return CPLEXWriter(checked, names).text()
    case .glpk: return GLPKWriter(checked, names).text()
    }
  }
}

/// A name for every row and column, valid and without duplicates in a format.
struct FileNames {
  let rows: [String]
  let columns: [String]

  init(of program: LinearProgram, in format: FileFormat) throws(LinearProgramError) {
    rows = try Self.complete(
      program.rowNames, count: program.rowCount, stem: "r", kind: "row", format)
    columns = try Self.complete(
      program.columnNames, count: program.columnCount, stem: "c", kind: "column", format)
    let hasConstantColumn = format != .glpk && program.objectiveConstant != 0
    guard hasConstantColumn else { return }
    if let j = columns.firstIndex(of: FileConvention.constantColumn) {
      throw .invalidName(
        program.place(ofColumn: j), reason: "the name is used for the objective's constant")
    }
  }

  private static func complete(
    _ names: [Int: String], count: Int, stem: String, kind: String, _ format: FileFormat
  ) throws(LinearProgramError) -> [String] {
    var seen = Set<String>()
    for (index, name) in names.sorted(by: { $0.key < $1.key }) where !name.isEmpty {
      let place = LinearProgramError.Place(kind: kind, index: index, name: name)
      if let reason = format.objection(to: name) { throw .invalidName(place, reason: reason) }
      guard seen.insert(name).inserted else {
        throw .invalidName(place, reason: "another \(kind) has the same name")
      }
    }
    return (0..<count).map { index in
      if let name = names[index], !name.isEmpty { return name }
      var name = "\(stem)\(index + 1)"
      while seen.contains(name) { name = "_" + name }
      return name
    }
  }
}

extension FileFormat {
  /// Why a name cannot stand in a file of the format.
  func objection(to name: String) -> String? {
    let bytes = Array(name.utf8)
    if bytes.count > 255 { return "the name is longer than 255 bytes" }
    if bytes.contains(where: { $0 <= 32 || $0 >= 127 }) {
      return "the name has spaces, control characters or letters outside ASCII"
    }
    switch self {
    case .mpsFixed:
      return bytes.count > 8 ? "a name has at most 8 characters in fixed MPS" : nil
    case .mpsFree:
      return name.hasPrefix("$") || name.hasPrefix("*") ? "the name would be a comment" : nil
    case .cplex: return cplexObjection(to: name)
    case .glpk: return nil
    }
  }

  /// GLPK Reference Manual 5.0, appendix C: the characters and beginnings of a CPLEX name.
  private func cplexObjection(to name: String) -> String? {
    let allowed = "!\"#$%&()/,.;?@_`'{}|~"
    let isAllowed = name.allSatisfy { $0.isLetter || $0.isNumber || allowed.contains($0) }
    if !isAllowed { return "the name has characters that the CPLEX format does not allow" }
    if let first = name.first, first.isNumber || first == "." || first == "~" {
      return "a name in the CPLEX format does not begin with a digit, a dot or ~"
    }
    let keywords: Set = [
      "minimize", "minimum", "min", "maximize", "maximum", "max", "subject", "such", "st", "s.t.",
      "st.", "bounds", "bound", "general", "generals", "gen", "integer", "integers", "int",
      "binary", "binaries", "bin", "end", "free", "inf", "infinity",
    ]
    let isKeyword = keywords.contains(name.lowercased())
    // 2 e3 would be read as a number.
    let isExponent =
      name.lowercased().hasPrefix("e") && name.dropFirst().first?.isNumber == true
    return isKeyword || isExponent ? "the name is a word of the CPLEX format" : nil
  }
}
