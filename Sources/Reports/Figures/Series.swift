/// Something drawn in a panel: a line, bars, an area, dots, lines of a width each, or a heat map.
///
/// Values that are not finite are left out; a line is broken there.
public struct Series: Sendable {
  /// What the legend says; nil for no entry.
  public var name: String?
  /// The colour.
  public var ink: Ink
  /// What is drawn.
  let shape: Shape

  /// What is drawn.
  enum Shape: Sendable {
    case line([FigurePoint], width: Double, isDashed: Bool)
    case area([Band])
    case bars([Bar])
    case dots([Dot])
    case arcs([Arc], hasHeads: Bool)
    case heatMap(HeatMap)
  }

  /// A slice of an area, from a lower to an upper edge.
  public struct Band: Hashable, Sendable {
    /// The place along the horizontal axis.
    public var x: Double
    /// The lower edge.
    public var lower: Double
    /// The upper edge.
    public var upper: Double

    /// A slice of an area.
    public init(x: Double, lower: Double, upper: Double) {
      self.x = x
      self.lower = lower
      self.upper = upper
    }
  }

  /// A bar that stands on 0.
  public struct Bar: Hashable, Sendable {
    /// From where to where along the horizontal axis.
    public var x: ClosedRange<Double>
    /// The height.
    public var y: Double

    /// A bar that stands on 0.
    public init(x: ClosedRange<Double>, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A dot of a size of its own.
  public struct Dot: Hashable, Sendable {
    /// The place along the horizontal axis.
    public var x: Double
    /// The place along the vertical axis.
    public var y: Double
    /// The radius in pixels.
    public var radius: Double
    /// A value for `ColorScale`; nil for the series' ink.
    public var value: Double?

    /// A dot.
    public init(x: Double, y: Double, radius: Double = 2.5, value: Double? = nil) {
      self.x = x
      self.y = y
      self.radius = radius
      self.value = value
    }
  }

  /// A straight line of a width of its own.
  public struct Arc: Hashable, Sendable {
    /// Where it begins.
    public var start: FigurePoint
    /// Where it ends.
    public var end: FigurePoint
    /// The width in pixels.
    public var width: Double

    /// A straight line of a width of its own.
    public init(from start: FigurePoint, to end: FigurePoint, width: Double = 1) {
      self.start = start
      self.end = end
      self.width = width
    }
  }

  /// The colours of dots by their values, if they have any.
  var colorScale: ColorScale?

  init(_ shape: Shape, _ ink: Ink, _ name: String?, _ colorScale: ColorScale? = nil) {
    self.shape = shape
    self.ink = ink
    self.name = name
    self.colorScale = colorScale
  }
}

extension Series {
  /// A line through points, from first to last.
  ///
  /// - Parameters:
  ///   - points: The points.
  ///   - name: What the legend says.
  ///   - ink: The colour.
  ///   - width: The width in pixels.
  ///   - isDashed: Whether the line has gaps, as for a value to compare with.
  /// - Returns: The series.
  public static func line(
    _ points: [FigurePoint], named name: String? = nil, ink: Ink = .category(0),
    width: Double = 1.8, isDashed: Bool = false
  ) -> Series {
    Series(.line(points, width: width, isDashed: isDashed), ink, name)
  }

  /// The area between two edges.
  public static func area(
    _ bands: [Band], named name: String? = nil, ink: Ink = .category(0)
  ) -> Series {
    Series(.area(bands), ink, name)
  }

  /// Bars that stand on 0.
  public static func bars(
    _ bars: [Bar], named name: String? = nil, ink: Ink = .category(0)
  ) -> Series {
    Series(.bars(bars), ink, name)
  }

  /// Dots, each of a size of its own; with a colour scale each of a colour of its own.
  public static func dots(
    _ dots: [Dot], named name: String? = nil, ink: Ink = .category(0), colors: ColorScale? = nil
  ) -> Series {
    Series(.dots(dots), ink, name, colors)
  }

  /// Straight lines, each of a width of its own, with heads where they end if asked for.
  public static func arcs(
    _ arcs: [Arc], named name: String? = nil, ink: Ink = .muted, hasHeads: Bool = false
  ) -> Series {
    Series(.arcs(arcs, hasHeads: hasHeads), ink, name)
  }

  /// A matrix of values as colours, with their scale beside the panel.
  public static func heatMap(_ map: HeatMap) -> Series {
    Series(.heatMap(map), .text, nil, map.colors)
  }
}
