/// How large the frame of a panel is and how much room stands around it.
struct PanelLayout {
  /// An entry of the legend, and how far from the frame's left edge it begins.
  struct LegendEntry {
    let series: Series
    let name: String
    let x: Double
  }

  let panel: Panel
  let x: AxisScale
  let y: AxisScale
  let width: Double
  let height: Double
  let xTicks: [AxisScale.Tick]
  let yTicks: [AxisScale.Tick]
  let legend: [[LegendEntry]]
  let colors: ColorScale?
  let colorTicks: [AxisScale.Tick]

  init(_ panel: Panel) {
    self.panel = panel
    let extent = SeriesExtent(panel.series)
    let x = AxisScale(panel.x, showing: extent.x, isTight: extent.fillsTheFrame)
    let y = AxisScale(panel.y, showing: extent.y, isTight: extent.fillsTheFrame)
    (self.x, self.y, width, height) = Self.frame(panel, x, y)
    xTicks = self.x.ticks(panel.x.ticks, atMost: Int(max(2, width / 70)))
    yTicks = self.y.ticks(panel.y.ticks, atMost: Int(max(2, height / 42)))
    legend = Self.legend(of: panel, width: max(width, 240))
    let colors = panel.series.lazy.compactMap(\.colorScale).first
    self.colors = colors
    let most = Int(max(2, height / 42))
    colorTicks =
      colors.map { scale in
        AxisScale(Axis(range: scale.lower...scale.upper), showing: nil, isTight: true)
          .ticks(.round, atMost: most)
      } ?? []
  }

  /// The scales and the size of the frame; with equal units one side shrinks, to a third at most.
  private static func frame(
    _ panel: Panel, _ x: AxisScale, _ y: AxisScale
  ) -> (AxisScale, AxisScale, Double, Double) {
    let (width, height) = (panel.width, panel.height)
    guard panel.hasEqualUnits, x.halfSpan > 0, y.halfSpan > 0 else { return (x, y, width, height) }
    let fitting = height * (x.halfSpan / y.halfSpan)
    if fitting <= width {
      let shown = max(fitting, width / 3)
      return (fitting > 0 ? x.widened(by: shown / fitting) : x, y, shown, height)
    }
    let fittingHeight = width * (y.halfSpan / x.halfSpan)
    let shown = max(fittingHeight, height / 3)
    return (x, fittingHeight > 0 ? y.widened(by: shown / fittingHeight) : y, width, shown)
  }

  private static func legend(of panel: Panel, width: Double) -> [[LegendEntry]] {
    var rows: [[LegendEntry]] = []
    var place = 0.0
    for series in panel.series {
      guard let name = series.name else { continue }
      let room = 24 + SVGText.width(of: name) + 14
      if rows.isEmpty || place + room > width {
        rows.append([])
        place = 0
      }
      rows[rows.count - 1].append(LegendEntry(series: series, name: name, x: place))
      place += room
    }
    return rows
  }

  /// Room to the left of the frame: marks of the vertical axis and its label.
  var left: Double {
    let marks = yTicks.map { SVGText.width(of: $0.text) }.max().map { $0 + 8 } ?? 4
    return marks + (panel.y.label.isEmpty ? 4 : 20)
  }

  /// Room to the right of the frame: the scale of the colours, or half of the last mark.
  var right: Double {
    guard let colors else { return 20 }
    let marks = colorTicks.map { SVGText.width(of: $0.text) }.max() ?? 0
    return 32 + marks + (colors.label.isEmpty ? 8 : 24)
  }

  /// Room above the frame: the title and the legend.
  var top: Double {
    (panel.title.isEmpty ? 0 : 22) + Double(legend.count) * 18 + 8
  }

  /// Room below the frame: marks of the horizontal axis and its label.
  var bottom: Double {
    (xTicks.isEmpty ? 4 : 20) + (panel.x.label.isEmpty ? 0 : 18) + 8
  }

  /// How far title and legend reach to the right of the frame's left edge.
  var reach: Double {
    let titleWidth = SVGText.width(of: panel.title, size: 13)
    let legendWidth = legend.compactMap { row in
      row.last.map { $0.x + 24 + SVGText.width(of: $0.name) }
    }.max()
    return max(width + right, titleWidth + 12, (legendWidth ?? 0) + 12)
  }
}

/// The least and the largest values of some series, along both axes.
struct SeriesExtent {
  private(set) var x: ClosedRange<Double>?
  private(set) var y: ClosedRange<Double>?
  /// Whether there is a heat map, which leaves no room at the edges.
  private(set) var fillsTheFrame = false

  init(_ series: [Series]) {
    for one in series { take(one.shape) }
  }

  private mutating func take(_ shape: Series.Shape) {
    switch shape {
    case .line(let points, _, _): for point in points { take(point.x, point.y) }
    case .area(let bands):
      for band in bands {
        take(band.x, band.lower)
        take(band.x, band.upper)
      }
    case .bars(let bars):
      for bar in bars {
        take(bar.x.lowerBound, 0)
        take(bar.x.upperBound, bar.y)
      }
    case .dots(let dots): for dot in dots { take(dot.x, dot.y) }
    case .arcs(let arcs, _):
      for arc in arcs {
        take(arc.start.x, arc.start.y)
        take(arc.end.x, arc.end.y)
      }
    case .heatMap(let map):
      fillsTheFrame = true
      take(map.x.lowerBound, map.y.lowerBound)
      take(map.x.upperBound, map.y.upperBound)
    }
  }

  private mutating func take(_ valueX: Double, _ valueY: Double) {
    guard valueX.isFinite, valueY.isFinite else { return }
    x = x.map { min($0.lowerBound, valueX)...max($0.upperBound, valueX) } ?? valueX...valueX
    y = y.map { min($0.lowerBound, valueY)...max($0.upperBound, valueY) } ?? valueY...valueY
  }
}
