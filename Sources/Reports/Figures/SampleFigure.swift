public import Measures

/// Samples of generators over time, as papers show them: a row for each method, a column for each step, and
/// the data at the end of each row.
public struct SampleFigure: Sendable {
  /// The samples of one method.
  public struct Row: Sendable {
    /// The method's name.
    public var name: String
    /// Its samples, from the first step shown to the last.
    public var frames: [Frame]

    /// The samples of one method.
    public init(_ name: String, frames: [Frame]) {
      self.name = name
      self.frames = frames
    }
  }

  /// The samples after some steps.
  public struct Frame: Sendable {
    /// What stands above them.
    public var title: String
    /// The samples.
    public var samples: PointCloud

    /// The samples after some steps.
    public init(_ title: String, _ samples: PointCloud) {
      self.title = title
      self.samples = samples
    }
  }

  /// The figure.
  public let figure: Figure

  /// The most points that are drawn of a cloud: its first ones.
  public static let mostPoints = 250

  /// The figure of some methods.
  ///
  /// The frame is that of the data, with a fifth more at each side; samples outside of it are not seen. Of more
  /// than two coordinates the first two are drawn; a single one is drawn against the number of the sample.
  ///
  /// - Parameters:
  ///   - rows: The methods.
  ///   - data: What the samples are to resemble, of the same dimension.
  public init(_ rows: [Row], data: PointCloud) {
    let columns = rows.map(\.frames.count).max() ?? 0
    let (x, y) = (Self.range(data, 0), Self.range(data, 1))
    let panels = rows.enumerated().flatMap { index, row -> [Panel] in
      let empty = [Frame](
        repeating: Frame("", data), count: columns - row.frames.count)
      let drawn = row.frames.map { Self.panel($0.title, $0.samples, .category(0), x, y) }
      let blanks = empty.map { _ in Self.panel("", nil, .category(0), x, y) }
      let target = Self.panel(index == 0 ? "data" : "", data, .category(1), x, y)
      return (drawn + blanks + [target]).enumerated().map { place, panel in
        var panel = panel
        if place == 0 { panel.y.label = row.name }
        return panel
      }
    }
    figure = Figure(
      "Samples over time",
      description: """
        A row for each training with its samples after some steps, and the data in the last column.
        """, columns: columns + 1, notes: Self.notes(data), panels: panels)
  }

  private static func notes(_ data: PointCloud) -> [String] {
    var notes: [String] = []
    if data.dimension > 2 { notes.append("The first two of \(data.dimension) coordinates.") }
    if data.dimension == 1 { notes.append("The only coordinate, against the sample's number.") }
    return notes
  }

  private static func range(_ data: PointCloud, _ axis: Int) -> ClosedRange<Double> {
    guard axis < data.dimension else { return 0...Double(min(data.count, mostPoints)) }
    let values = (0..<data.count).map { data.coordinates[$0 * data.dimension + axis] }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let room = high > low ? (high - low) / 5 : 1
    return low - room...high + room
  }

  private static func panel(
    _ title: String, _ cloud: PointCloud?, _ ink: Ink, _ x: ClosedRange<Double>,
    _ y: ClosedRange<Double>
  ) -> Panel {
    let dots = cloud.map { cloud in
      (0..<min(cloud.count, mostPoints)).compactMap { index -> Series.Dot? in
        let point = Array(cloud.point(index))
        let height = point.count > 1 ? point[1] : Double(index)
        guard x.contains(point[0]), y.contains(height) else { return nil }
        return Series.Dot(x: point[0], y: height, radius: 1)
      }
    }
    return Panel(
      title, x: Axis(range: x, ticks: .none), y: Axis(range: y, ticks: .none), width: 110,
      height: 110, series: [.dots(dots ?? [], ink: ink)])
  }
}
