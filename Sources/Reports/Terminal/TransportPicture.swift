public import Measures
public import Transport

/// What a solved problem looks like in block characters: histograms, or maps of masses or of the plan.
///
///     print(TransportPicture(of: solution, to: problem).text(TerminalStyle(columns: 80)))
public struct TransportPicture: Sendable {
  private let solution: TransportSolution
  private let problem: TransportProblem
  private let source: Grid?
  private let target: Grid?

  /// A picture of a solution.
  ///
  /// - Parameters:
  ///   - solution: What a solver found.
  ///   - problem: What it solved.
  ///   - source: The source as an image, if it is one.
  ///   - target: The target as an image, if it is one.
  public init(
    of solution: TransportSolution, to problem: TransportProblem, source: Grid? = nil,
    target: Grid? = nil
  ) {
    self.solution = solution
    self.problem = problem
    self.source = source
    self.target = target
  }

  /// The picture in lines of at most so many characters as the terminal has.
  ///
  /// - Parameter style: What the terminal can show.
  /// - Returns: The lines.
  public func text(_ style: TerminalStyle = TerminalStyle()) -> String {
    switch problem.costs {
    case .points(let places) where places.dimension == 1: return histograms(places, style)
    case .points(let places) where places.dimension == 2:
      if let source, let target, source.shape.count == 2, target.shape.count == 2 {
        return maps(style) { width in
          [
            BlockMap(
              problem.sourceMasses, rows: source.shape[0], columns: source.shape[1], atMost: width),
            BlockMap(
              problem.targetMasses, rows: target.shape[0], columns: target.shape[1], atMost: width),
          ]
        }
      }
      let raster = PointRaster(places)
      return maps(style) { width in
        [
          raster.map(problem.sourceMasses, places.sources, width: width),
          raster.map(problem.targetMasses, places.targets, width: width),
        ]
      }
    case .points, .matrix: return planMap(style)
    }
  }

  private func histograms(_ places: PairwiseCosts, _ style: TerminalStyle) -> String {
    let bins = TerminalBins(places, atMost: style.columns - 14)
    let p = bins.masses(problem.sourceMasses, places.sources)
    let q = bins.masses(problem.targetMasses, places.targets)
    let highest = (p + q).max() ?? 0
    let charts = [("source", p, 32), ("target", q, 208)].map { title, masses, color in
      BlockHistogram(title: title, masses: masses, range: bins.range, color: color)
        .lines(style, height: 5, highest: highest).joined(separator: "\n")
    }
    return charts.joined(separator: "\n")
  }

  /// Two maps beside each other where there is room for 16 columns of each, else below each other.
  private func maps(_ style: TerminalStyle, _ make: (Int) -> [BlockMap]) -> String {
    let cell = style.hasColors ? 1 : 2
    let half = (style.columns - 3) / 2 / cell
    guard half >= 16 else {
      return zip(["source", "target"], make(style.columns / cell)).map { title, map in
        ([title] + map.lines(style)).joined(separator: "\n")
      }.joined(separator: "\n")
    }
    let maps = make(half)
    let (left, right) = (maps[0].lines(style), maps[1].lines(style))
    let width = maps[0].width(style)
    let blank = String(repeating: " ", count: width)
    var lines = ["source".padded(to: width + 3) + "target"]
    for row in 0..<max(left.count, right.count) {
      let first = row < left.count ? left[row] : blank
      let line = first + "   " + (row < right.count ? right[row] : "")
      lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
    }
    return lines.joined(separator: "\n")
  }

  private func planMap(_ style: TerminalStyle) -> String {
    let map = HeatMap(
      entries: solution.plan.arcs.map {
        HeatMap.Entry(row: $0.source, column: $0.target, value: $0.mass)
      },
      rows: problem.sourceCount, columns: problem.targetCount)
    let cell = style.hasColors ? 1 : 2
    let blocks = BlockMap(
      map.values.map { $0.isNaN ? 0 : $0 }, rows: map.rows, columns: map.columns,
      atMost: min(64, style.columns / cell))
    return (["plan: sources down, targets across"] + blocks.lines(style)).joined(separator: "\n")
  }
}

/// Bins of the line that fit on a line of the terminal.
private struct TerminalBins {
  let range: ClosedRange<Double>
  private let count: Int

  init(_ places: PairwiseCosts, atMost most: Int) {
    let positions = (places.sources + places.targets).sorted()
    let (least, last) = (positions[0], positions[positions.count - 1])
    let gap = zip(positions, positions.dropFirst()).reduce(Double.infinity) {
      $1.0 < $1.1 ? min($0, $1.1 - $1.0) : $0
    }
    range = least...last
    let steps = gap == .infinity ? 0 : last / gap - least / gap
    count = steps < Double(most) ? Int(steps.rounded()) + 1 : most
  }

  func masses(_ masses: [Double], _ positions: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    let half = range.upperBound / 2 - range.lowerBound / 2
    for (mass, position) in zip(masses, positions) {
      let share = half > 0 ? (position / 2 - range.lowerBound / 2) / half : 0
      sums[min(count - 1, Int((share * Double(count - 1)).rounded()))] += mass
    }
    return sums
  }
}

/// Points of the plane as cells of a map that both measures share.
private struct PointRaster {
  private let x: ClosedRange<Double>
  private let y: ClosedRange<Double>

  init(_ places: PairwiseCosts) {
    let all = places.sources + places.targets
    func range(_ axis: Int) -> ClosedRange<Double> {
      let values = stride(from: axis, to: all.count, by: 2).map { all[$0] }
      return (values.min() ?? 0)...(values.max() ?? 0)
    }
    (x, y) = (range(0), range(1))
  }

  /// The mass in each cell, with y growing upwards.
  func map(_ masses: [Double], _ coordinates: [Double], width: Int) -> BlockMap {
    let columns = max(2, min(width, 40))
    let (halfX, halfY) = (
      x.upperBound / 2 - x.lowerBound / 2, y.upperBound / 2 - y.lowerBound / 2
    )
    let ratio = halfX > 0 ? min(1.5, max(0.2, halfY / halfX)) : 1
    let rows = max(2, Int((Double(columns) * ratio).rounded()))
    var sums = [Double](repeating: 0, count: rows * columns)
    for index in masses.indices {
      let across = halfX > 0 ? (coordinates[2 * index] / 2 - x.lowerBound / 2) / halfX : 0.5
      let up = halfY > 0 ? (coordinates[2 * index + 1] / 2 - y.lowerBound / 2) / halfY : 0.5
      let column = min(columns - 1, Int(across * Double(columns)))
      let row = rows - 1 - min(rows - 1, Int(up * Double(rows)))
      sums[row * columns + column] += masses[index]
    }
    return BlockMap(sums, rows: rows, columns: columns, atMost: columns)
  }
}
