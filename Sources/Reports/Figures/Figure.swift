/// A drawing: panels in rows and columns under a title, written as one SVG text.
///
///     let curve = Series.line([(0, 1), (1, 4), (2, 9)].map(FigurePoint.init), named: "squares")
///     let panel = Panel(x: Axis("n"), y: Axis("n²"), series: [curve])
///     Figure("Squares", description: "n² grows faster than n.", panels: [panel]).svg
///
/// The same values make the same text on every machine. The text needs nothing from outside: no font, no
/// script, no style sheet. Colours differ for people who cannot tell red from green, and follow the
/// reader's choice of a light or a dark page.
public struct Figure: Sendable {
  /// What the figure shows, in a few words; it stands above the panels.
  public var title: String
  /// What there is to see, for people who do not see it; it is not drawn.
  public var description: String
  /// The panels, row by row.
  public var panels: [Panel]
  /// The number of panels in a row.
  public var columns: Int
  /// What the reader must know about the drawing, such as what was left out; it stands below.
  public var notes: [String]

  /// A figure of panels.
  ///
  /// - Parameters:
  ///   - title: What the figure shows.
  ///   - description: What there is to see, in words.
  ///   - columns: The number of panels in a row, at least 1.
  ///   - notes: What the reader must know about the drawing.
  ///   - panels: The panels, row by row.
  public init(
    _ title: String, description: String, columns: Int = 1, notes: [String] = [], panels: [Panel]
  ) {
    precondition(columns >= 1, "a figure has at least one column")
    self.title = title
    self.description = description
    self.columns = columns
    self.notes = notes
    self.panels = panels
  }

  /// The figure as a document of its own, to be written to a file `.svg`.
  ///
  /// - Complexity: O(what is drawn).
  public var svg: String { svg(identifier: "figure") }

  /// The figure as an element that may stand in a page beside others.
  ///
  /// - Parameter identifier: A name of letters and digits that no other figure of the page has.
  /// - Returns: An `<svg>` element and a line end.
  /// - Complexity: O(what is drawn).
  public func svg(identifier: String) -> String {
    FigureDrawing(self, identifier: identifier).text
  }
}

/// A point of a series, in the units of its axes.
public struct FigurePoint: Hashable, Sendable {
  /// The value along the horizontal axis.
  public var x: Double
  /// The value along the vertical axis.
  public var y: Double

  /// A point of a series.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}
