internal import CGLPKTrap

extension LinearProgram {
  /// Reads a program from a file.
  ///
  /// Without a format, the name's ending decides; `.mps` and unknown endings are read as free and
  /// then as fixed MPS, and the error is the free reader's. GLPK reads the file: the constant of an
  /// MPS objective is the right-hand side of its row, with the same sign, and free rows of an MPS
  /// file beside the objective are dropped.
  /// - Parameters:
  ///   - path: The file.
  ///   - format: The format, or nil to go by the ending.
  /// - Throws: `.unreadableFile` with GLPK's message, which names file and line, and
  ///   `.integerColumns` when the file has any.
  public init(contentsOf path: String, format: FileFormat? = nil) throws(LinearProgramError) {
    guard !path.utf8.contains(0), !path.isEmpty else {
      throw .unreadableFile(path: path, message: "this is not the name of a file")
    }
    if let format = format ?? FileFormat(pathExtensionOf: path), format != .mpsFree {
      self = try Self.read(path, format)
    } else {
      self = try Self.readMPS(path, isFree: format == .mpsFree)
    }
  }

  private static func readMPS(
    _ path: String, isFree: Bool
  ) throws(LinearProgramError) -> LinearProgram {
    do {
      return try read(path, .mpsFree)
    } catch .unreadableFile(let path, let message) {
      let error = LinearProgramError.unreadableFile(path: path, message: message)
      guard !isFree else { throw error }
      do {
        return try read(path, .mpsFixed)
      } catch .unreadableFile {
        throw error
      } catch {
        throw error
      }
    } catch {
      throw error
    }
  }

  private static func read(
    _ path: String, _ format: FileFormat
  ) throws(LinearProgramError) -> LinearProgram {
    let handle = try ProblemHandle()
    defer { handle.close() }
    guard try isRead(path, format, by: handle) else {
      throw .unreadableFile(path: path, message: failure(in: ProblemHandle.messages))
    }
    var program = try handle.program()
    try program.readNames(from: handle, path: path)
    let isMPS = format == .mpsFree || format == .mpsFixed
    if isMPS, isNegated(path) { program.negate() }
    if format == .cplex { program.foldRanges() }
    if format != .glpk { program.foldConstant() }
    return program
  }

  private static func isRead(
    _ path: String, _ format: FileFormat, by handle: ProblemHandle
  ) throws(LinearProgramError) -> Bool {
    do {
      return try handle.read(path, format: format.code)
    } catch .aborted(let message) {
      throw .unreadableFile(path: path, message: failure(in: message))
    } catch {
      throw error
    }
  }

  /// The lines of GLPK's messages that say what is wrong, without its account of what it does.
  private static func failure(in messages: String) -> String {
    let lines = messages.split(separator: "\n").filter {
      !$0.hasPrefix("Reading problem data") && !$0.hasPrefix("Problem: ")
    }
    return lines.isEmpty ? "GLPK does not say why" : lines.joined(separator: "\n")
  }

  private mutating func readNames(
    from handle: ProblemHandle, path: String
  ) throws(LinearProgramError) {
    var integers: [String] = []
    for j in 0..<columnCount {
      let (name, isInteger) = try handle.columnName(j)
      columnNames[j] = name
      if isInteger { integers.append(name ?? "column \(j)") }
    }
    for i in 0..<rowCount { rowNames[i] = try handle.rowName(i) }
    guard integers.isEmpty else {
      throw .integerColumns(path: path, count: integers.count, first: integers[0])
    }
  }

  private static func isNegated(_ path: String) -> Bool {
    TextFile.beginning(of: path).split(separator: "\n").contains {
      $0 == FileConvention.negatedComment
    }
  }
}

extension FileFormat {
  var code: Int32 {
    switch self {
    case .mpsFixed: numericCast(CGLPK_MPS_FIXED)
    case .mpsFree: numericCast(CGLPK_MPS_FREE)
    case .cplex: numericCast(CGLPK_CPLEX)
    case .glpk: numericCast(CGLPK_GLPK)
    }
  }
}

// MARK: Conventions of the written files

extension LinearProgram {
  /// Turns a minimisation of negated costs back into the maximisation that was written.
  mutating func negate() {
    direction = .maximize
    objectiveConstant = -objectiveConstant
    for j in costs.indices { costs[j] = -costs[j] }
  }

  /// Turns the column that stands for the objective's constant back into the constant.
  mutating func foldConstant() {
    let last = columnCount - 1
    guard last >= 0, columnNames[last] == FileConvention.constantColumn,
      columnBounds[last] == .exactly(1), !terms.columns.contains(Int32(last))
    else { return }
    objectiveConstant += costs[last]
    columnNames[last] = nil
    costs.removeLast()
    columnBounds.removeLast()
  }

  /// Turns each row `sum − ~row = b` with a costless column `~row` back into a bounded sum.
  mutating func foldRanges() {
    var uses: [Int: [Int]] = [:]
    for j in 0..<columnCount where columnNames[j]?.hasPrefix(FileConvention.rangePrefix) == true {
      uses[j] = []
    }
    guard !uses.isEmpty else { return }
    for k in 0..<terms.count { uses[Int(terms.columns[k])]?.append(k) }
    var folded = Set<Int>()
    for (column, places) in uses where isRange(column, places) {
      guard let place = places.first else { continue }
      let row = Int(terms.rows[place])
      rowBounds[row] = columnBounds[column].shifted(by: rowBounds[row].lower)
      folded.insert(column)
    }
    remove(columns: folded)
  }

  private func isRange(_ column: Int, _ places: [Int]) -> Bool {
    guard places.count == 1, costs[column] == 0, terms.coefficients[places[0]] == -1,
      let name = columnNames[column]
    else { return false }
    let row = Int(terms.rows[places[0]])
    guard case .exactly = rowBounds[row] else { return false }
    return rowNames[row].map { FileConvention.rangePrefix + $0 } == name
  }

  private mutating func remove(columns removed: Set<Int>) {
    let kept = (0..<columnCount).filter { !removed.contains($0) }
    var newIndex = [Int](repeating: -1, count: columnCount)
    for (new, old) in kept.enumerated() { newIndex[old] = new }
    let names = columnNames
    columnNames = [:]
    for (new, old) in kept.enumerated() { columnNames[new] = names[old] }
    costs = kept.map { costs[$0] }
    columnBounds = kept.map { columnBounds[$0] }
    var newTerms = TermList()
    for k in 0..<terms.count where newIndex[Int(terms.columns[k])] >= 0 {
      newTerms.append(
        row: Int(terms.rows[k]), column: newIndex[Int(terms.columns[k])], terms.coefficients[k])
    }
    terms = newTerms
  }
}

extension LinearProgram.Bounds {
  fileprivate func shifted(by offset: Double) -> LinearProgram.Bounds {
    switch self {
    case .free: .free
    case .atLeast(let lower): .atLeast(lower + offset)
    case .atMost(let upper): .atMost(upper + offset)
    case .between(let lower, let upper): .between(lower + offset, upper + offset)
    case .exactly(let value): .exactly(value + offset)
    }
  }
}
