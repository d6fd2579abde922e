/// A matrix of values as block characters: shades without colour, half blocks with it.
struct BlockMap {
  private let values: [Double]
  private let rows: Int
  private let columns: Int
  private let highest: Double

  /// A map of a matrix; too many cells are drawn as blocks, each their mean.
  ///
  /// - Parameters:
  ///   - values: rows × columns values, row-major, from 0; NaN is left blank.
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  ///   - width: The most columns that are drawn.
  init(_ values: [Double], rows: Int, columns: Int, atMost width: Int) {
    let size = max(1, (columns + width - 1) / width, (rows + 127) / 128)
    self.rows = (rows + size - 1) / size
    self.columns = (columns + size - 1) / size
    var sums = [Double](repeating: 0, count: self.rows * self.columns)
    var counts = sums
    for row in 0..<rows {
      for column in 0..<columns where values[row * columns + column].isFinite {
        sums[row / size * self.columns + column / size] += values[row * columns + column]
        counts[row / size * self.columns + column / size] += 1
      }
    }
    let means = zip(sums, counts).map { $1 == 0 ? Double.nan : $0 / $1 }
    self.values = means
    highest = means.reduce(0) { $1.isNaN ? $0 : max($0, $1) }
  }

  /// How many characters wide the map is.
  func width(_ style: TerminalStyle) -> Int { style.hasColors ? columns : 2 * columns }

  /// The map, line by line.
  func lines(_ style: TerminalStyle) -> [String] {
    style.hasColors ? halfBlocks : shades
  }

  /// Two characters for a cell, which makes it about square.
  private var shades: [String] {
    let shades = ["  ", "░░", "▒▒", "▓▓", "██"]
    return (0..<rows).map { row in
      (0..<columns).map { column in
        let value = values[row * columns + column]
        guard value > 0, highest > 0 else { return shades[0] }
        return shades[1 + min(3, Int(value / highest * 4))]
      }.joined()
    }
  }

  /// One character for two cells: the upper one's colour on the lower one's.
  private var halfBlocks: [String] {
    stride(from: 0, to: rows, by: 2).map { row in
      (0..<columns).map { column in
        let lower = row + 1 < rows ? gray(row + 1, column) : "49"
        return "\u{1B}[38;5;\(grayIndex(row, column));\(lower)m▀"
      }.joined() + "\u{1B}[0m"
    }
  }

  private func gray(_ row: Int, _ column: Int) -> String { "48;5;\(grayIndex(row, column))" }

  /// One of the 24 greys of 256 colours.
  private func grayIndex(_ row: Int, _ column: Int) -> Int {
    let value = values[row * columns + column]
    guard value > 0, highest > 0 else { return 232 }
    return 232 + min(23, Int(value / highest * 24))
  }
}
