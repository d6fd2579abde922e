/// The style sheet inside a figure: inks, lines and levels, on a light and on a dark page.
enum FigureStyle {
  /// A colour of a heat map.
  struct Level: Hashable {
    let map: ColorMap
    let level: Int
  }

  /// The style sheet with the levels that a figure uses.
  static func element(levels: Set<Level>) -> String {
    let ordered = levels.sorted { ($0.map.rawValue, $0.level) < ($1.map.rawValue, $1.level) }
    let light = page("#ffffff", "#d9dee3", "#8a949e") + inks(\.light) + fills(ordered, \.light)
    let dark = page("#15181c", "#31373e", "#77818c") + inks(\.dark) + fills(ordered, \.dark)
    return """
      <style>
      .ot text{font-family:system-ui,"Segoe UI","DejaVu Sans",Helvetica,Arial,sans-serif}
      .ot .f{fill:currentColor}.ot .s{stroke:currentColor;fill:none}
      \(light)
      @media (prefers-color-scheme:dark){
      \(dark)
      }
      </style>
      """
  }

  /// The ground, the lines of the grid and the frame.
  private static func page(_ ground: String, _ grid: String, _ frame: String) -> String {
    ".ot .bg{fill:\(ground)}.ot .gr{stroke:\(grid);fill:none}.ot .fr{stroke:\(frame);fill:none}\n"
  }

  private static func inks(
    _ color: KeyPath<(ink: Ink, light: String, dark: String), String>
  ) -> String {
    Ink.all.map { ".ot .\($0.ink.className){color:\($0[keyPath: color])}" }.joined()
  }

  private static func fills(
    _ levels: [Level], _ color: KeyPath<(light: String, dark: String), String>
  ) -> String {
    guard !levels.isEmpty else { return "" }
    return "\n"
      + levels.map { level in
        let name = "\(level.map.rawValue.prefix(1))\(level.level)"
        return ".ot .\(name){color:\(level.map.colors(level.level)[keyPath: color])}"
      }.joined()
  }
}
