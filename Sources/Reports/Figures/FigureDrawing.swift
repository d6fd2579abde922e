/// A figure as SVG: its panels side by side, frames of a column one below the other.
struct FigureDrawing {
  private let figure: Figure
  private let identifier: String
  private let layouts: [PanelLayout]
  private let gap = 16.0
  private let margin = 14.0

  init(_ figure: Figure, identifier: String) {
    self.figure = figure
    self.identifier = String(identifier.unicodeScalars.map(Self.isPlain).map(Character.init))
    layouts = figure.panels.map { PanelLayout($0) }
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      ? scalar : "-"
  }

  private var rows: Int { (layouts.count + figure.columns - 1) / figure.columns }

  private func row(_ row: Int) -> [PanelLayout] {
    Array(layouts[row * figure.columns..<min(layouts.count, (row + 1) * figure.columns)])
  }

  private func column(_ column: Int) -> [PanelLayout] {
    stride(from: column, to: layouts.count, by: figure.columns).map { layouts[$0] }
  }

  /// The element.
  var text: String {
    var body = SVGText()
    var levels: Set<FigureStyle.Level> = []
    var top = margin + (figure.title.isEmpty ? 0 : 26)
    var right = 0.0
    for row in 0..<rows {
      let members = self.row(row)
      let head = members.map(\.top).max() ?? 0
      var left = margin
      for (column, layout) in members.enumerated() {
        let others = self.column(column)
        let room = others.map(\.left).max() ?? 0
        let drawing = PanelDrawing(
          layout, left: left + room, top: top + head,
          clip: "\(identifier)-\(row * figure.columns + column)")
        body.append(drawing.out.text)
        levels.formUnion(drawing.levels)
        left += room + (others.map(\.reach).max() ?? 0) + gap
      }
      right = max(right, left - gap)
      top += head + (members.map { $0.height + $0.bottom }.max() ?? 0) + gap / 2
    }
    let width = max(right + margin, SVGText.width(of: figure.title, size: 15) + 2 * margin)
    body.words(figure.title, x: margin, y: margin + 12, size: 15, isBold: true)
    for line in figure.notes.flatMap({ SVGText.lines($0, width: width - 2 * margin, size: 11) }) {
      top += 15
      body.words(line, x: margin, y: top, className: "cm", size: 11)
    }
    return element(body.text, levels, width: width, height: top + margin)
  }

  private func element(
    _ body: String, _ levels: Set<FigureStyle.Level>, width: Double, height: Double
  ) -> String {
    let (width, height) = (width.rounded(.up), height.rounded(.up))
    let size = "\(SVGText.length(width)) \(SVGText.length(height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="ot" viewBox="0 0 \(size)" \
      width="\(SVGText.length(width))" height="\(SVGText.length(height))" font-size="12" role="img" \
      aria-labelledby="\(identifier)-title \(identifier)-desc">
      <title id="\(identifier)-title">\(SVGText.escaped(figure.title))</title>
      <desc id="\(identifier)-desc">\(SVGText.escaped(figure.description))</desc>
      \(FigureStyle.element(levels: levels))
      <rect class="bg" width="\(SVGText.length(width))" height="\(SVGText.length(height))"/>
      \(body.split(separator: "\n").joined(separator: "\n"))
      </svg>

      """
  }
}
