import ArgumentParser
import MeasureFiles
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

  /// Reads both measures.
  func read(_ precision: NumberPrecision = .double) throws -> (source: Measure, target: Measure) {
    try options.read(source, target, precision)
  }
}

/// How the files of measures are to be read.
struct MeasureOptions: ParsableArguments {
  @Option(help: "What a table without header means: grid, points or points+mass.")
  var layout: TableLayout?

  @Option(help: "The columns to read, by name, separated by commas.")
  var columns: String?

  @Option(name: .customLong("where"), help: "Read only rows where NAME=VALUE; may be repeated.")
  var rows: [String] = []

  @Option(help: "The target's columns, where they differ from the source's.")
  var columnsOfTarget: String?

  @Option(help: "The target's rows, NAME=VALUE, where they differ from the source's.")
  var whereTarget: [String] = []

  @Option(help: "What to do about unequal totals: require-equal or normalize.")
  var mass: MassOption = .requireEqual

  func validate() throws {
    _ = try filters(rows)
    _ = try filters(whereTarget)
  }

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
    (
      try reading(precision).measure(from: source),
      try targetReading(precision).measure(from: target)
    )
  }

  /// How a measure is read, the source where there are two.
  func reading(_ precision: NumberPrecision = .double) throws -> MeasureReading {
    MeasureReading(
      layout: layout, columns: names(columns), filters: try filters(rows), precision: precision)
  }

  private func targetReading(_ precision: NumberPrecision) throws -> MeasureReading {
    MeasureReading(
      layout: layout, columns: names(columnsOfTarget) ?? names(columns),
      filters: whereTarget.isEmpty ? try filters(rows) : try filters(whereTarget),
      precision: precision)
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
