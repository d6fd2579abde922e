extension Series {
  /// How much of what lies below shines through.
  var opacity: Double {
    switch shape {
    case .line, .heatMap: 1
    case .area: 0.3
    case .bars: 0.75
    case .dots: 0.85
    case .arcs(_, let hasHeads): hasHeads ? 0.9 : 0.6
    }
  }
}

extension PanelDrawing {
  /// Draws a series inside the frame.
  mutating func draw(_ series: Series) {
    switch series.shape {
    case .line(let points, let width, let isDashed):
      let path = path(through: points.map { ($0.x, $0.y) })
      append(
        path, series, "s",
        #"stroke-width="\#(SVGText.length(width))" stroke-linejoin="round""#
          + (isDashed ? #" stroke-dasharray="6 4""# : ""))
    case .area(let bands): draw(bands, series)
    case .bars(let bars): draw(bars, series)
    case .dots(let dots): draw(dots, series)
    case .arcs(let arcs, let hasHeads): draw(arcs, hasHeads, series)
    case .heatMap(let map): draw(map)
    }
  }

  private mutating func append(
    _ path: PathText, _ series: Series, _ kind: String, _ attributes: String = ""
  ) {
    guard !path.isEmpty else { return }
    out.append(
      #"<path class="\#(series.ink.className) \#(kind)""#
        + (series.opacity < 1
          ? #" \#(kind == "s" ? "stroke" : "fill")-opacity="\#(series.opacity)""# : "")
        + (attributes.isEmpty ? "" : " \(attributes)") + #" d="\#(path.text)"/>"#)
  }

  /// A line in pixels, broken at values that are not finite, thinned to what the pixels can show.
  private func path(through points: [(x: Double, y: Double)]) -> PathText {
    var path = PathText()
    var isBroken = true
    let pixels = points.map { (x: x($0.x), y: y($0.y)) }
    for point in thinned(pixels) {
      if point.x.isNaN || point.y.isNaN {
        isBroken = true
      } else if isBroken {
        path.move(point.x, point.y)
        isBroken = false
      } else {
        path.line(point.x, point.y)
      }
    }
    return path
  }

  /// Of the points above one pixel the first, the lowest, the highest and the last, if they are many.
  private func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard Double(points.count) > 8 * layout.width,
      zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x })
    else { return points }
    var result: [(x: Double, y: Double)] = []
    var start = 0
    while start < points.count {
      let column = points[start].x.rounded(.down)
      let end = points[start...].firstIndex { $0.x.rounded(.down) != column } ?? points.count
      let run = points.indices[start..<end]
      let low = run.min { points[$0].y < points[$1].y } ?? start
      let high = run.max { points[$0].y < points[$1].y } ?? start
      result += Set([start, low, high, end - 1]).sorted().map { points[$0] }
      start = end
    }
    return result
  }

  private mutating func draw(_ bands: [Series.Band], _ series: Series) {
    let whole = bands.filter { [$0.x, $0.lower, $0.upper].allSatisfy(\.isFinite) }
    var outline = thinned(whole.map { (x($0.x), y($0.upper)) })
    outline += thinned(whole.map { (x($0.x), y($0.lower)) }).reversed()
    var path = PathText()
    for point in outline { path.line(point.x, point.y) }
    guard !path.isEmpty else { return }
    path.close()
    append(path, series, "f")
  }

  private mutating func draw(_ bars: [Series.Bar], _ series: Series) {
    var path = PathText()
    for bar in bars where bar.y != 0 && bar.y.isFinite {
      let (start, end) = (x(bar.x.lowerBound), x(bar.x.upperBound))
      // A bar is never thinner than a hair.
      let room = max(0, 0.6 - (end - start)) / 2
      path.move(start - room, y(0))
      path.line(start - room, y(bar.y))
      path.line(end + room, y(bar.y))
      path.line(end + room, y(0))
      path.close()
    }
    append(path, series, "f")
  }

  /// Dots of one size and colour are one path: lines of no length with round ends.
  private mutating func draw(_ dots: [Series.Dot], _ series: Series) {
    struct Kind: Hashable {
      let radius: Int
      let level: Int
    }
    var paths: [Kind: String] = [:]
    for dot in dots {
      let (x, y) = (x(dot.x), y(dot.y))
      guard !x.isNaN, !y.isNaN else { continue }
      let level = series.colorScale.flatMap { scale in dot.value.map { scale.level(of: $0) } } ?? -1
      let kind = Kind(radius: Int((min(dot.radius, 1e3) * 10).rounded()), level: level)
      paths[kind, default: ""] += "M\(SVGText.length(x)) \(SVGText.length(y))h0"
    }
    // Large dots first, so that small ones stay to be seen.
    for (kind, path) in paths.sorted(by: {
      ($1.key.radius, $0.key.level) < ($0.key.radius, $1.key.level)
    }) {
      var name = series.ink.className
      if let scale = series.colorScale, kind.level >= 0 {
        levels.insert(FigureStyle.Level(map: scale.map, level: kind.level))
        name = scale.className(kind.level)
      }
      out.append(
        #"<path class="\#(name) s" stroke-linecap="round" stroke-opacity="\#(series.opacity)" "#
          + #"stroke-width="\#(SVGText.length(Double(kind.radius) / 5))" d="\#(path)"/>"#)
    }
  }

  /// Lines of one width are one path.
  private mutating func draw(_ arcs: [Series.Arc], _ hasHeads: Bool, _ series: Series) {
    var paths: [Int: PathText] = [:]
    for arc in arcs {
      let (start, end) = (
        (x: x(arc.start.x), y: y(arc.start.y)), (x: x(arc.end.x), y: y(arc.end.y))
      )
      guard ![start.x, start.y, end.x, end.y].contains(where: \.isNaN) else { continue }
      let width = max(2, Int((min(arc.width, 1e3) * 10).rounded()))
      paths[width, default: PathText()].move(start.x, start.y)
      paths[width, default: PathText()].line(end.x, end.y)
      if hasHeads { Self.addHead(to: &paths[width, default: PathText()], from: start, at: end) }
    }
    for (width, path) in paths.sorted(by: { $0.key < $1.key }) {
      append(
        path, series, "s",
        #"stroke-width="\#(SVGText.length(Double(width) / 10))" stroke-linecap="round""#)
    }
  }

  private static func addHead(
    to path: inout PathText, from start: (x: Double, y: Double), at end: (x: Double, y: Double)
  ) {
    let (across, down) = (end.x - start.x, end.y - start.y)
    let length = (across * across + down * down).squareRoot()
    guard length > 2 else { return }
    let size = min(5, length / 2.5) / length
    for side in [-0.6, 0.6] {
      path.move(end.x, end.y)
      path.line(
        end.x - size * (across + side * down), end.y - size * (down - side * across))
    }
  }

  /// Cells of one colour are one path; neighbours in a row are one rectangle.
  private mutating func draw(_ map: HeatMap) {
    var paths: [Int: String] = [:]
    for row in 0..<map.rows {
      var column = 0
      while column < map.columns {
        let value = map.values[row * map.columns + column]
        guard value.isFinite else {
          column += 1
          continue
        }
        let level = map.colors.level(of: value)
        let start = column
        repeat {
          column += 1
        } while column < map.columns
          && map.values[row * map.columns + column].isFinite
          && map.colors.level(of: map.values[row * map.columns + column]) == level
        paths[level, default: ""] += "M\(start) \(row)h\(column - start)v1h-\(column - start)z"
      }
    }
    let (width, height) = (
      x(map.x.upperBound) - x(map.x.lowerBound), y(map.y.upperBound) - y(map.y.lowerBound)
    )
    let scale = [width / Double(map.columns), height / Double(map.rows)]
      .map { NumberText.formatted($0, digits: 7) }.joined(separator: " ")
    out.append(
      #"<g shape-rendering="crispEdges" transform="translate(\#(SVGText.length(x(map.x.lowerBound))) "#
        + #"\#(SVGText.length(y(map.y.lowerBound)))) scale(\#(scale))">"#)
    for (level, path) in paths.sorted(by: { $0.key < $1.key }) {
      levels.insert(FigureStyle.Level(map: map.colors.map, level: level))
      out.append(#"<path class="\#(map.colors.className(level)) f" d="\#(path)"/>"#)
    }
    out.append("</g>")
  }
}
