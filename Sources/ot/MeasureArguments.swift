import ArgumentParser
import MeasureFiles
import Measures
import Transport

/// The two measures of a command and how their files are to be read.
struct MeasureArguments: ParsableArguments {
  @Argument(help: "The source: literal masses, a file, or - for CSV on standard input.")
  var source: String

  @Argument(help: "The target, like the source.")
  var target: String

  @OptionGroup var options: MeasureOptions

  func validate() throws { try MeasureOptions.check(source, target) }

  /// What to do about unequal totals.
  var mass: MassOption { options.mass }

  /// How the tables of the command write their cells and numbers.
  var notation: TableNotation { options.notation }

  /// Reads both measures.
  func read(_ precision: NumberPrecision = .double) throws -> (source: Measure, target: Measure) {
    try options.read(source, target, precision)
  }
}

/// How the files of measures are to be read.
struct MeasureOptions: ParsableArguments {
  @Option(help: "What a table without header means: grid, points or points+mass.")
  var layout: TableLayout?

  @Option(
    help: """
      What separates the cells of tables: comma, semicolon, tab, bar, space, or the character.
      """)
  var delimiter: CellSeparator?

  @Option(help: "What stands before the decimals in tables: point or comma.")
  var decimal: DecimalMark = .point

  @Option(help: "Take images as histograms of N × N × N colours, N from 1 to 256.")
  var colourBins: Int?

  @Option(help: "The columns to read, by name, separated by commas.")
  var columns: String?

  @Option(name: .customLong("where"), help: "Read only rows where NAME=VALUE; may be repeated.")
  var rows: [String] = []

  @Option(help: "The target's columns, where they differ from the source's.")
  var columnsOfTarget: String?

  @Option(help: "The target's rows, NAME=VALUE, where they differ from the source's.")
  var whereTarget: [String] = []

  @Option(help: "The distance of neighbouring pixels along each axis: one number, or one per axis.")
  var spacing: String?

  @Option(help: "A file like a grid: pixels where it is 0 are left out of both measures.")
  var mask: String?

  @Option(help: "What to do about unequal totals: require-equal or normalize.")
  var mass: MassOption = .requireEqual

  func validate() throws {
    if let colourBins, !(1...256).contains(colourBins) {
      throw ValidationError("--colour-bins is \(colourBins); it must be from 1 to 256")
    }
    _ = try filters(rows)
    _ = try filters(whereTarget)
    _ = try steps()
  }

  /// How the tables of the command write their cells and numbers.
  var notation: TableNotation { TableNotation(separator: delimiter, decimalMark: decimal) }

  /// Refuses standard input for both measures.
  static func check(_ source: String, _ target: String) throws {
    if source == "-", target == "-" {
      throw ValidationError("standard input can be one measure only, not both")
    }
  }

  /// Reads two measures.
  func read(
    _ source: String, _ target: String, _ precision: NumberPrecision = .double
  ) throws -> (source: Measure, target: Measure) {
    let reading = try reading(precision)
    let targetReading = try targetReading(precision)
    let mask = try mask.map { try grid(reading.measure(at: $0), option: "--mask") }
    return (
      try changed(try reading.measure(from: source), mask),
      try changed(try targetReading.measure(from: target), mask)
    )
  }

  /// How a measure is read, the source where there are two.
  func reading(_ precision: NumberPrecision = .double) throws -> MeasureReading {
    MeasureReading(
      layout: layout, columns: names(columns), filters: try filters(rows), precision: precision,
      notation: notation, imageContent: imageContent)
  }

  private func targetReading(_ precision: NumberPrecision) throws -> MeasureReading {
    MeasureReading(
      layout: layout, columns: names(columnsOfTarget) ?? names(columns),
      filters: whereTarget.isEmpty ? try filters(rows) : try filters(whereTarget),
      precision: precision, notation: notation, imageContent: imageContent)
  }

  private var imageContent: ImageContent {
    colourBins.map { .colourHistogram(bins: $0) } ?? .luminance
  }

  /// The measure with the spacing and the mask that were asked for.
  private func changed(_ measure: Measure, _ mask: Grid?) throws -> Measure {
    var measure = measure
    if let steps = try steps() {
      let grid = try grid(measure, option: "--spacing")
      let all = steps.count == 1 ? grid.shape.map { _ in steps[0] } : steps
      measure = .grid(try grid.spaced(all))
    }
    if let mask { measure = .grid(try grid(measure, option: "--mask").masked(by: mask)) }
    return measure
  }

  private func grid(_ measure: Measure, option: String) throws -> Grid {
    guard case .grid(let grid) = measure else {
      throw ValidationError("\(option) goes with grids only; --layout grid reads a table as one")
    }
    return grid
  }

  private func steps() throws -> [Double]? {
    guard let spacing else { return nil }
    return try spacing.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let step = Double(part), step > 0, step.isFinite else {
        throw ValidationError("--spacing is \(spacing); it must be positive numbers, such as 1,2")
      }
      return step
    }
  }

  private func names(_ list: String?) -> [String]? {
    list?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  private func filters(_ texts: [String]) throws -> [RowFilter] {
    try texts.map { text in
      guard let filter = RowFilter(text) else {
        throw ValidationError("'\(text)' is no condition; write NAME=VALUE")
      }
      return filter
    }
  }
}

/// The mass policies by their names on the command line.
enum MassOption: String, ExpressibleByArgument, CaseIterable {
  case requireEqual = "require-equal"
  case normalize

  var policy: MassPolicy {
    switch self {
    case .requireEqual: .requireEqual()
    case .normalize: .normalize
    }
  }
}
