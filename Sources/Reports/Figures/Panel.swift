/// One pair of axes with what is drawn in it.
public struct Panel: Sendable {
  /// What the panel shows; empty for none.
  public var title: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// What is drawn, the first lowest.
  public var series: [Series]
  /// The width of the frame in pixels.
  public var width: Double
  /// The height of the frame in pixels.
  public var height: Double
  /// Whether a unit is as long across as it is up, as on a map; the frame then shrinks to the data.
  public var hasEqualUnits: Bool

  /// A panel.
  ///
  /// - Parameters:
  ///   - title: What the panel shows.
  ///   - x: The horizontal axis.
  ///   - y: The vertical axis.
  ///   - width: The width of the frame in pixels.
  ///   - height: The height of the frame in pixels.
  ///   - hasEqualUnits: Whether a unit is as long across as it is up.
  ///   - series: What is drawn, the first lowest.
  public init(
    _ title: String = "", x: Axis = Axis(), y: Axis = Axis(), width: Double = 560,
    height: Double = 240, hasEqualUnits: Bool = false, series: [Series]
  ) {
    precondition(width > 0 && height > 0, "a panel has a size")
    self.title = title
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.hasEqualUnits = hasEqualUnits
    self.series = series
  }
}

/// One axis of a panel: what it measures, from where to where.
public struct Axis: Sendable {
  /// How values are laid out along an axis.
  public enum Layout: Hashable, Sendable {
    /// Equal differences take equal room.
    case linear
    /// Equal ratios take equal room; values that are not positive are left out.
    case logarithmic
  }

  /// Where an axis has marks.
  public enum Ticks: Hashable, Sendable {
    /// At round numbers.
    case round
    /// At round numbers without a fraction, for bins, rows and steps.
    case whole
    /// Nowhere.
    case none
    /// At places of the caller's, with the caller's words.
    case named([Name])
  }

  /// A mark with words of the caller's.
  public struct Name: Hashable, Sendable {
    /// Where the mark is.
    public let value: Double
    /// What stands beside it.
    public let text: String

    /// A mark with words.
    public init(_ text: String, at value: Double) {
      self.text = text
      self.value = value
    }
  }

  /// What is measured, with its unit; empty for none.
  public var label: String
  /// The first and the last value shown; nil for what the series need.
  public var range: ClosedRange<Double>?
  /// How values are laid out.
  public var layout: Layout
  /// Where there are marks.
  public var ticks: Ticks
  /// Whether values grow downwards, or to the left, as rows of an image do.
  public var isReversed: Bool
  /// A value that is always shown, such as 0 for masses.
  public var including: Double?

  /// An axis.
  ///
  /// - Parameters:
  ///   - label: What is measured, with its unit.
  ///   - range: The first and the last value shown, both finite; nil for what the series need.
  ///   - layout: How values are laid out.
  ///   - ticks: Where there are marks.
  ///   - isReversed: Whether values grow downwards, or to the left.
  ///   - including: A value that is always shown.
  public init(
    _ label: String = "", range: ClosedRange<Double>? = nil, layout: Layout = .linear,
    ticks: Ticks = .round, isReversed: Bool = false, including: Double? = nil
  ) {
    self.label = label
    self.range = range
    self.layout = layout
    self.ticks = ticks
    self.isReversed = isReversed
    self.including = including
  }
}
