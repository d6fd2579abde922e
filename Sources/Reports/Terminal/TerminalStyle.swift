/// What a terminal can show: how many characters on a line, and colours or not.
public struct TerminalStyle: Hashable, Sendable {
  /// The number of characters on a line.
  public var columns: Int
  /// Whether colours may be used.
  public var hasColors: Bool

  /// What a terminal can show.
  ///
  /// - Parameters:
  ///   - columns: The number of characters on a line; fewer than 20 count as 20.
  ///   - hasColors: Whether colours may be used.
  public init(columns: Int = 80, hasColors: Bool = false) {
    self.columns = max(20, columns)
    self.hasColors = hasColors
  }

  /// A text in one of the terminal's 256 colours.
  func colored(_ text: String, _ color: Int) -> String {
    hasColors ? "\u{1B}[38;5;\(color)m\(text)\u{1B}[0m" : text
  }
}
