public import Reports

/// What an experiment found.
public struct ExperimentResult: Sendable {
  /// A drawing with a name for its file.
  public struct NamedFigure: Sendable {
    /// Letters and dashes; with `.svg` a name for its file.
    public let name: String
    /// The drawing.
    public let figure: Figure
  }

  /// The tables.
  public let tables: [ExperimentTable]
  /// The figures.
  public let figures: [NamedFigure]

  init(tables: [ExperimentTable], figures: [(String, Figure)]) {
    self.tables = tables
    self.figures = figures.map { NamedFigure(name: $0.0, figure: $0.1) }
  }

  /// All tables as Markdown, each under its title.
  public var markdown: String { tables.map(\.markdown).joined(separator: "\n\n") }

  /// All tables with every digit.
  public var json: JSONValue { .object([("tables", .array(tables.map(\.json)))]) }
}
