/// Masses as columns of block characters, a line of labels below.
struct BlockHistogram {
  private static let eighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  let title: String
  let masses: [Double]
  let range: ClosedRange<Double>
  let color: Int

  /// The chart, some lines high.
  ///
  /// - Parameters:
  ///   - style: What the terminal can show.
  ///   - height: The number of lines of the columns.
  ///   - highest: The mass of a full column.
  /// - Returns: The lines, from the title to the labels.
  func lines(_ style: TerminalStyle, height: Int, highest: Double) -> [String] {
    let label = NumberText.formatted(highest, digits: 3)
    let width = max(1, min(8, (style.columns - label.count - 3) / max(1, masses.count)))
    let heights = masses.map { mass -> Int in
      guard mass > 0, highest > 0 else { return 0 }
      // What is there is to be seen: never less than an eighth.
      return max(1, Int((mass / highest * Double(8 * height)).rounded()))
    }
    var lines = [title]
    for row in (0..<height).reversed() {
      let cells = heights.map { filled -> String in
        let block = Self.eighths[min(8, max(0, filled - 8 * row))]
        // A gap between wide columns.
        return String(repeating: block, count: max(1, width - 1)) + (width > 1 ? " " : "")
      }
      let mark = row == height - 1 ? label : row == 0 ? "0" : ""
      let bars = String(cells.joined().reversed().drop { $0 == " " }.reversed())
      lines.append(
        String(repeating: " ", count: label.count - mark.count) + mark + " ▏"
          + (bars.isEmpty ? "" : style.colored(bars, color)))
    }
    let (first, last) = (
      NumberText.formatted(range.lowerBound, digits: 4),
      NumberText.formatted(range.upperBound, digits: 4)
    )
    let room = width * masses.count - (width > 1 ? 1 : 0) - first.count - last.count
    let names = room > 0 ? first + String(repeating: " ", count: room) + last : first
    lines.append(String(repeating: " ", count: label.count + 2) + names)
    return lines
  }
}
