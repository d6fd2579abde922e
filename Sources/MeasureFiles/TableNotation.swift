/// How a table writes its cells and its numbers.
///
///     let notation = TableNotation(separator: .semicolon, decimalMark: .comma)  // 1,5;2,25
public struct TableNotation: Hashable, Sendable {
  /// What stands between two cells; nil leaves it to the ending of the name and the first row.
  public var separator: CellSeparator?
  /// What stands before the decimals of a number.
  public var decimalMark: DecimalMark

  /// A notation from its parts.
  ///
  /// - Parameters:
  ///   - separator: What stands between two cells; nil leaves it to the name and the first row.
  ///   - decimalMark: What stands before the decimals of a number.
  public init(separator: CellSeparator? = nil, decimalMark: DecimalMark = .point) {
    self.separator = separator
    self.decimalMark = decimalMark
  }
}

/// What stands between two cells of a row.
public enum CellSeparator: String, CaseIterable, Hashable, Sendable {
  /// A comma, the rule in `.csv`.
  case comma
  /// A semicolon, where the comma is the decimal mark.
  case semicolon
  /// A tab, the rule in `.tsv`.
  case tab
  /// A vertical bar.
  case bar
  /// Blanks, as many as there are; the rule in `.txt`.
  case whiteSpace = "space"

  /// The separator by its name or its character: `semicolon`, `;`.
  ///
  /// - Parameter text: The name or the character.
  public init?(_ text: String) {
    switch text {
    case ",": self = .comma
    case ";": self = .semicolon
    case "\t": self = .tab
    case "|": self = .bar
    case " ": self = .whiteSpace
    default: self.init(rawValue: text)
    }
  }

  /// The byte between two cells; blanks have none of their own.
  var byte: UInt8? {
    switch self {
    case .comma: Byte.comma
    case .semicolon: Byte.semicolon
    case .tab: Byte.tab
    case .bar: Byte.bar
    case .whiteSpace: nil
    }
  }

  /// The name for messages.
  var plural: String {
    switch self {
    case .comma: "commas"
    case .semicolon: "semicolons"
    case .tab: "tabs"
    case .bar: "vertical bars"
    case .whiteSpace: "blanks"
    }
  }
}

/// What stands before the decimals of a number in a table.
public enum DecimalMark: String, CaseIterable, Hashable, Sendable {
  /// `0.25`, whatever the language of the computer.
  case point
  /// `0,25`; a point in a number is then an error.
  case comma

  /// The byte of the mark.
  var byte: UInt8 {
    switch self {
    case .point: Byte.point
    case .comma: Byte.comma
    }
  }
}

/// The text of a table, and how its cells and numbers are told apart.
struct TableText {
  let source: SourceText
  let separator: CellSeparator
  let decimalMark: DecimalMark

  init(_ file: InputFile<some FileEnding>, _ notation: TableNotation) {
    source = file.source
    separator = notation.separator(ofFilesEndingIn: file.format.rawValue, source)
    decimalMark = notation.decimalMark
  }
}

extension TableNotation {
  /// The separator of a table: the one told, or else by the ending and the first row.
  ///
  /// A semicolon in the first row of `.csv` and `.txt`, outside quotes, separates cells unless there
  /// is a comma too; where commas are decimal marks they never separate.
  func separator(ofFilesEndingIn ending: String, _ source: SourceText) -> CellSeparator {
    if let separator { return separator }
    guard ending != "tsv" else { return .tab }
    let marks = Self.marks(inFirstRowOf: source)
    let hasComma = decimalMark == .point && marks.contains(Byte.comma)
    if marks.contains(Byte.semicolon), !hasComma { return .semicolon }
    if ending == "txt" { return hasComma ? .comma : .whiteSpace }
    if decimalMark == .comma { return marks.contains(Byte.tab) ? .tab : .semicolon }
    return .comma
  }

  /// The bytes outside quotes in the first row that could separate cells.
  private static func marks(inFirstRowOf source: SourceText) -> Set<UInt8> {
    var scanner = CellScanner(source, separator: .whiteSpace)
    guard scanner.startRow() else { return [] }
    var marks: Set<UInt8> = []
    var isQuoted = false
    for byte in source.bytes[scanner.position...] {
      if byte == Byte.quote { isQuoted.toggle() }
      if byte == Byte.lineFeed, !isQuoted { break }
      if !isQuoted, byte == Byte.comma || byte == Byte.semicolon || byte == Byte.tab {
        marks.insert(byte)
      }
    }
    return marks
  }
}
