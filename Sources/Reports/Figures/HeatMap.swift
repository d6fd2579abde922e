/// A matrix of values as coloured cells; cells that are NaN are left blank.
///
/// More than 128 rows or columns are drawn as blocks of cells, and `note` says so.
public struct HeatMap: Sendable {
  /// What a block of several cells shows.
  public enum Blocks: Hashable, Sendable {
    /// The mean of its cells that are not blank: for fields, such as the pixels of an image.
    case mean
    /// Their sum: for masses of which none may be lost, such as the entries of a plan.
    case sum
  }

  /// The most rows and columns that are drawn.
  public static let mostCells = 128

  /// The values that are drawn, row-major; NaN is blank.
  public let values: [Double]
  /// The number of rows drawn.
  public let rows: Int
  /// The number of columns drawn.
  public let columns: Int
  /// Where the columns are along the horizontal axis, from the first one's edge to the last one's.
  public let x: ClosedRange<Double>
  /// Where the rows are along the vertical axis, from the first one's edge to the last one's.
  public let y: ClosedRange<Double>
  /// The colours.
  public let colors: ColorScale
  /// What was drawn together, for the notes of the figure; nil where each cell is drawn.
  public let note: String?

  /// A heat map of a matrix.
  ///
  /// - Parameters:
  ///   - values: rows × columns values, row-major; NaN is left blank.
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  ///   - blocks: What a block shows where there are too many cells to draw.
  ///   - map: The colours.
  ///   - label: What the colours measure; it stands beside their scale.
  ///   - range: The values of the first and the last colour; nil for the least and the largest drawn.
  ///   - x: Where the columns are; nil for each at its index.
  ///   - y: Where the rows are; nil for each at its index.
  /// - Complexity: O(rows · columns).
  public init(
    _ values: [Double], rows: Int, columns: Int, blocks: Blocks = .mean, map: ColorMap = .field,
    label: String = "", range: ClosedRange<Double>? = nil, x: ClosedRange<Double>? = nil,
    y: ClosedRange<Double>? = nil
  ) {
    precondition(rows > 0 && columns > 0 && values.count == rows * columns, "rows × columns values")
    let size = Self.blockSize(rows, columns)
    let drawn = size == 1 ? values : Self.blocks(of: values, rows, columns, size, blocks)
    self.init(
      drawn: drawn, of: (rows, columns), size, blocks, (map, label, range),
      x ?? -0.5...Double(columns) - 0.5, y ?? -0.5...Double(rows) - 0.5)
  }

  /// A heat map of a matrix of which most entries are nothing and left blank.
  ///
  /// - Parameters:
  ///   - entries: The entries that are something; those of one block are summed.
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  ///   - map: The colours, from nothing to the largest sum.
  ///   - label: What the colours measure.
  /// - Complexity: O(entries) and the cells that are drawn.
  public init(
    entries: [Entry], rows: Int, columns: Int, map: ColorMap = .mass, label: String = ""
  ) {
    precondition(rows > 0 && columns > 0, "a matrix has rows and columns")
    let size = Self.blockSize(rows, columns)
    let width = (columns + size - 1) / size
    var sums = [Double](repeating: .nan, count: (rows + size - 1) / size * width)
    for entry in entries where entry.value != 0 {
      let place = entry.row / size * width + entry.column / size
      sums[place] = (sums[place].isNaN ? 0 : sums[place]) + entry.value
    }
    let largest = sums.filter(\.isFinite).max() ?? 0
    self.init(
      drawn: sums, of: (rows, columns), size, .sum, (map, label, 0...max(largest, 0)),
      -0.5...Double(columns) - 0.5, -0.5...Double(rows) - 0.5)
  }

  /// An entry of a matrix that is something.
  public struct Entry: Hashable, Sendable {
    /// The row, from 0.
    public let row: Int
    /// The column, from 0.
    public let column: Int
    /// The value.
    public let value: Double

    /// An entry of a matrix.
    public init(row: Int, column: Int, value: Double) {
      self.row = row
      self.column = column
      self.value = value
    }
  }

  private init(
    drawn: [Double], of cells: (rows: Int, columns: Int), _ size: Int, _ blocks: Blocks,
    _ colors: (map: ColorMap, label: String, range: ClosedRange<Double>?),
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
  ) {
    values = drawn
    rows = (cells.rows + size - 1) / size
    columns = (cells.columns + size - 1) / size
    self.x = Self.covering(x, share: Double(columns * size) / Double(cells.columns))
    self.y = Self.covering(y, share: Double(rows * size) / Double(cells.rows))
    self.colors = ColorScale(of: drawn, map: colors.map, label: colors.label, range: colors.range)
    note =
      size == 1
      ? nil
      : "\(cells.rows) × \(cells.columns) cells are drawn as blocks of \(size) × \(size), each the "
        + (blocks == .mean ? "mean" : "sum") + " of its cells."
  }

  private static func blockSize(_ rows: Int, _ columns: Int) -> Int {
    (max(rows, columns) + mostCells - 1) / mostCells
  }

  /// A range made longer at its end, for a last block that is not full.
  private static func covering(_ range: ClosedRange<Double>, share: Double) -> ClosedRange<Double> {
    range.lowerBound...range.lowerBound + share * (range.upperBound - range.lowerBound)
  }

  private static func blocks(
    of values: [Double], _ rows: Int, _ columns: Int, _ size: Int, _ kind: Blocks
  ) -> [Double] {
    let width = (columns + size - 1) / size
    var sums = [Double](repeating: 0, count: (rows + size - 1) / size * width)
    var counts = [Double](repeating: 0, count: sums.count)
    for row in 0..<rows {
      for column in 0..<columns {
        let value = values[row * columns + column]
        guard !value.isNaN else { continue }
        sums[row / size * width + column / size] += value
        counts[row / size * width + column / size] += 1
      }
    }
    return zip(sums, counts).map { sum, count in
      count == 0 ? .nan : kind == .sum ? sum : sum / count
    }
  }
}
