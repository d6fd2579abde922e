/// A panel at its place in a figure, as SVG.
struct PanelDrawing {
  let layout: PanelLayout
  let left: Double
  let top: Double
  let clip: String
  var out = SVGText()
  var levels: Set<FigureStyle.Level> = []

  /// Draws a panel whose frame has its upper left corner at a place.
  init(_ layout: PanelLayout, left: Double, top: Double, clip: String) {
    self.layout = layout
    self.left = left
    self.top = top
    self.clip = clip
    drawHeading()
    drawGrid()
    out.append(
      #"<clipPath id="\#(clip)"><rect x="\#(SVGText.length(left))" y="\#(SVGText.length(top))" "#
        + #"width="\#(SVGText.length(layout.width))" height="\#(SVGText.length(layout.height))"/></clipPath>"#
    )
    out.append(##"<g clip-path="url(#\##(clip))">"##)
    for series in layout.panel.series { draw(series) }
    out.append("</g>")
    drawFrame()
    drawColors()
  }

  /// The pixel of a value along the horizontal axis.
  func x(_ value: Double) -> Double { left + layout.x.place(value) * layout.width }

  /// The pixel of a value along the vertical axis.
  func y(_ value: Double) -> Double { top + (1 - layout.y.place(value)) * layout.height }

  private mutating func drawHeading() {
    let rows = Double(layout.legend.count)
    out.words(
      layout.panel.title, x: left, y: top - rows * 18 - 11, size: 13, isBold: true)
    for (row, entries) in layout.legend.enumerated() {
      let middle = top - (rows - Double(row)) * 18 + 3
      for entry in entries {
        drawSwatch(entry.series, x: left + entry.x, middle: middle)
        out.words(entry.name, x: left + entry.x + 24, y: middle + 4)
      }
    }
  }

  private mutating func drawSwatch(_ series: Series, x: Double, middle: Double) {
    let (left, right) = (SVGText.length(x), SVGText.length(x + 18))
    let (height, name) = (SVGText.length(middle), series.ink.className)
    switch series.shape {
    case .line(_, let width, let isDashed):
      out.append(
        #"<path class="\#(name) s" stroke-width="\#(SVGText.length(width))""#
          + (isDashed ? #" stroke-dasharray="6 4""# : "")
          + #" d="M\#(left) \#(height)H\#(right)"/>"#)
    case .arcs:
      out.append(#"<path class="\#(name) s" stroke-width="3" d="M\#(left) \#(height)H\#(right)"/>"#)
    case .dots:
      out.append(
        #"<circle class="\#(name) f" cx="\#(SVGText.length(x + 9))" cy="\#(height)" r="4"/>"#)
    case .area, .bars, .heatMap:
      out.append(
        #"<rect class="\#(name) f" x="\#(SVGText.length(x + 4))" y="\#(SVGText.length(middle - 5))" "#
          + #"width="11" height="11" fill-opacity="\#(series.opacity)"/>"#)
    }
  }

  private mutating func drawGrid() {
    var lines = PathText()
    for tick in layout.xTicks {
      let place = left + tick.place * layout.width
      lines.move(place, top)
      lines.line(place, top + layout.height)
    }
    for tick in layout.yTicks {
      let place = top + (1 - tick.place) * layout.height
      lines.move(left, place)
      lines.line(left + layout.width, place)
    }
    if !lines.isEmpty { out.append(#"<path class="gr" d="\#(lines.text)"/>"#) }
  }

  private mutating func drawFrame() {
    let bottom = top + layout.height
    out.append(
      #"<rect class="fr" x="\#(SVGText.length(left))" y="\#(SVGText.length(top))" "#
        + #"width="\#(SVGText.length(layout.width))" height="\#(SVGText.length(layout.height))"/>"#)
    for tick in layout.xTicks {
      out.words(
        tick.text, x: left + tick.place * layout.width, y: bottom + 16, anchor: "middle")
    }
    for tick in layout.yTicks {
      let place = top + (1 - tick.place) * layout.height
      out.words(tick.text, x: left - 6, y: place + 4, anchor: "end")
    }
    out.words(
      layout.panel.x.label, x: left + layout.width / 2,
      y: bottom + (layout.xTicks.isEmpty ? 16 : 34), anchor: "middle")
    let room = layout.left - 14
    out.words(
      layout.panel.y.label, x: left - room, y: top + layout.height / 2, anchor: "middle",
      turned: true)
  }

  /// The scale of the colours to the right of the frame.
  private mutating func drawColors() {
    guard let colors = layout.colors else { return }
    let (x, steps) = (left + layout.width + 12, 32)
    let step = layout.height / Double(steps)
    out.append(#"<g shape-rendering="crispEdges">"#)
    for index in 0..<steps {
      let level = index * (ColorMap.levels - 1) / (steps - 1)
      levels.insert(FigureStyle.Level(map: colors.map, level: level))
      let y = top + layout.height - Double(index + 1) * step
      out.append(
        #"<rect class="\#(colors.className(level)) f" x="\#(SVGText.length(x))" "#
          + #"y="\#(SVGText.length(y))" width="12" height="\#(SVGText.length(step + 0.3))"/>"#)
    }
    out.append("</g>")
    out.append(
      #"<rect class="fr" x="\#(SVGText.length(x))" y="\#(SVGText.length(top))" width="12" "#
        + #"height="\#(SVGText.length(layout.height))"/>"#)
    for tick in layout.colorTicks {
      out.words(tick.text, x: x + 17, y: top + (1 - tick.place) * layout.height + 4)
    }
    out.words(
      colors.label, x: left + layout.right + layout.width - 8, y: top + layout.height / 2,
      anchor: "middle", turned: true)
  }
}
