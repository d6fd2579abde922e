/// Writes MPS, free or fixed; a maximisation with its costs negated.
struct MPSWriter {
  private let checked: CheckedProgram
  private let names: FileNames
  private let isFixed: Bool
  private var program: LinearProgram { checked.program }

  init(_ checked: CheckedProgram, _ names: FileNames, isFixed: Bool) {
    self.checked = checked
    self.names = names
    self.isFixed = isFixed
  }

  func text() -> String {
    var text = program.direction == .maximize ? FileConvention.negatedComment + "\n" : ""
    text += "NAME\nROWS\n" + line(" N", objectiveName)
    for i in 0..<program.rowCount {
      text += line(" " + type(of: program.rowBounds[i]), names.rows[i])
    }
    text += "COLUMNS\n" + columns() + "RHS\n" + rightHandSides() + "RANGES\n" + ranges()
    text += "BOUNDS\n" + bounds() + "ENDATA\n"
    return text
  }

  /// A name for the objective's row that no other row has.
  private var objectiveName: String {
    var name = "COST"
    while names.rows.contains(name) { name = "_" + name }
    return name
  }

  private func type(of bounds: LinearProgram.Bounds) -> String {
    switch bounds {
    case .free: "N"
    case .atLeast, .between: "G"
    case .atMost: "L"
    case .exactly: "E"
    }
  }

  private func columns() -> String {
    let sign = program.directionSign
    let objective = objectiveName
    var text = ""
    let byColumn = checked.terms.groupedByColumn(columnCount: program.columnCount)
    for j in 0..<program.columnCount {
      text += line("", names.columns[j], objective, sign * program.costs[j])
      for k in byColumn.starts[j]..<byColumn.starts[j + 1] {
        text += line("", names.columns[j], names.rows[byColumn.rows[k]], byColumn.coefficients[k])
      }
    }
    if program.objectiveConstant != 0 {
      text += line("", FileConvention.constantColumn, objective, sign * program.objectiveConstant)
    }
    return text
  }

  private func rightHandSides() -> String {
    var text = ""
    for i in 0..<program.rowCount {
      let bounds = program.rowBounds[i]
      let value = bounds.lower.isFinite ? bounds.lower : bounds.upper
      if value.isFinite, value != 0 { text += line("", "RHS", names.rows[i], value) }
    }
    return text
  }

  private func ranges() -> String {
    var text = ""
    for i in 0..<program.rowCount {
      guard case .between(let lower, let upper) = program.rowBounds[i] else { continue }
      text += line("", "RNG", names.rows[i], upper - lower)
    }
    return text
  }

  private func bounds() -> String {
    var text = ""
    for j in 0..<program.columnCount {
      let name = names.columns[j]
      switch program.columnBounds[j] {
      case .free: text += line(" FR", "BND", name)
      case .atLeast(let lower): text += lower == 0 ? "" : line(" LO", "BND", name, lower)
      case .atMost(let upper): text += line(" MI", "BND", name) + line(" UP", "BND", name, upper)
      case .between(let lower, let upper):
        text += line(" LO", "BND", name, lower) + line(" UP", "BND", name, upper)
      case .exactly(let value): text += line(" FX", "BND", name, value)
      }
    }
    if program.objectiveConstant != 0 {
      text += line(" FX", "BND", FileConvention.constantColumn, 1)
    }
    return text
  }

  /// One record: the first field, names, and a number; in fixed MPS each at its place.
  private func line(
    _ kind: String, _ first: String, _ second: String? = nil, _ value: Double? = nil
  ) -> String {
    guard isFixed else {
      let number = value.map { " " + exactDecimal($0) } ?? ""
      return "\(kind) \(first)" + (second.map { " " + $0 } ?? "") + number + "\n"
    }
    var text = padded(kind, to: 4) + padded(first, to: second == nil ? 0 : 10)
    if let second { text += value == nil ? second : padded(second, to: 10) }
    if let value { text += decimal(value, atMost: 12) }
    return text + "\n"
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}

/// Writes the format of CPLEX: the objective names every column, so that their order is kept.
struct CPLEXWriter {
  private let checked: CheckedProgram
  private let names: FileNames
  private var program: LinearProgram { checked.program }

  init(_ checked: CheckedProgram, _ names: FileNames) {
    self.checked = checked
    self.names = names
  }

  func text() -> String {
    var text = program.direction == .minimize ? "Minimize\n" : "Maximize\n"
    text += " obj:"
    for j in 0..<program.columnCount { text += term(program.costs[j], names.columns[j]) }
    if program.objectiveConstant != 0 {
      text += term(program.objectiveConstant, FileConvention.constantColumn)
    }
    return text + "\n\nSubject To\n" + rows() + "\nBounds\n" + bounds() + "\nEnd\n"
  }

  /// One term on a line of its own, for the length of lines is limited.
  private func term(_ coefficient: Double, _ name: String) -> String {
    let sign = coefficient.sign == .minus ? "-" : "+"
    return "\n  \(sign) \(exactDecimal(coefficient.magnitude)) \(name)"
  }

  private func rows() -> String {
    let grouped = checked.terms.groupedByRow(rowCount: program.rowCount)
    var text = ""
    for i in 0..<program.rowCount {
      text += " \(names.rows[i]):"
      let places = grouped.starts[i]..<grouped.starts[i + 1]
      for k in places { text += term(grouped.coefficients[k], names.columns[grouped.columns[k]]) }
      if places.isEmpty { text += term(0, names.columns[0]) }
      text += relation(program.rowBounds[i], name: names.rows[i]) + "\n"
    }
    return text
  }

  private func relation(_ bounds: LinearProgram.Bounds, name: String) -> String {
    switch bounds {
    case .atLeast(let lower): "\n  >= \(exactDecimal(lower))"
    case .atMost(let upper): "\n  <= \(exactDecimal(upper))"
    case .exactly(let value): "\n  = \(exactDecimal(value))"
    case .free, .between: term(-1, FileConvention.rangePrefix + name) + "\n  = 0"
    }
  }

  private func bounds() -> String {
    var text = ""
    for j in 0..<program.columnCount {
      text += bound(program.columnBounds[j], names.columns[j])
    }
    if program.objectiveConstant != 0 {
      text += bound(.exactly(1), FileConvention.constantColumn)
    }
    for i in 0..<program.rowCount {
      switch program.rowBounds[i] {
      case .free, .between:
        text += bound(program.rowBounds[i], FileConvention.rangePrefix + names.rows[i])
      case .atLeast, .atMost, .exactly: continue
      }
    }
    return text
  }

  private func bound(_ bounds: LinearProgram.Bounds, _ name: String) -> String {
    switch bounds {
    case .free: " \(name) free\n"
    case .atLeast(let lower): lower == 0 ? "" : " \(name) >= \(exactDecimal(lower))\n"
    case .atMost(let upper): " -inf <= \(name) <= \(exactDecimal(upper))\n"
    case .exactly(let value): " \(name) = \(exactDecimal(value))\n"
    case .between(let lower, let upper):
      " \(exactDecimal(lower)) <= \(name) <= \(exactDecimal(upper))\n"
    }
  }
}

/// Writes GLPK's own format.
struct GLPKWriter {
  private let checked: CheckedProgram
  private let names: FileNames
  private var program: LinearProgram { checked.program }

  init(_ checked: CheckedProgram, _ names: FileNames) {
    self.checked = checked
    self.names = names
  }

  func text() -> String {
    let places = (0..<checked.terms.count).filter { checked.terms.coefficients[$0] != 0 }
    let direction = program.direction == .minimize ? "min" : "max"
    var text = "p lp \(direction) \(program.rowCount) \(program.columnCount) \(places.count)\n"
    for i in 0..<program.rowCount {
      text += "i \(i + 1) \(describe(program.rowBounds[i]))\nn i \(i + 1) \(names.rows[i])\n"
    }
    for j in 0..<program.columnCount {
      text += "j \(j + 1) \(describe(program.columnBounds[j]))\n"
      text += "n j \(j + 1) \(names.columns[j])\n"
    }
    text += "a 0 0 \(exactDecimal(program.objectiveConstant))\n"
    for j in 0..<program.columnCount where program.costs[j] != 0 {
      text += "a 0 \(j + 1) \(exactDecimal(program.costs[j]))\n"
    }
    for k in places {
      let (row, column) = (checked.terms.rows[k] + 1, checked.terms.columns[k] + 1)
      text += "a \(row) \(column) \(exactDecimal(checked.terms.coefficients[k]))\n"
    }
    return text + "e o f\n"
  }

  private func describe(_ bounds: LinearProgram.Bounds) -> String {
    switch bounds {
    case .free: "f"
    case .atLeast(let lower): "l \(exactDecimal(lower))"
    case .atMost(let upper): "u \(exactDecimal(upper))"
    case .between(let lower, let upper): "d \(exactDecimal(lower)) \(exactDecimal(upper))"
    case .exactly(let value): "s \(exactDecimal(value))"
    }
  }
}
