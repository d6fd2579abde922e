import Measures

/// Files that hold many measures.
enum CollectionFormat: String, FileEnding {
  case csv, tsv, txt, npy, npz, jsonl
}

/// A column of a collection that holds no masses.
public enum LabelColumn: String, CaseIterable, Hashable, Sendable {
  /// The first column.
  case first
  /// The last column.
  case last
}

extension MeasureReading {
  /// Reads a collection of measures: `.csv .tsv .txt .npy .npz .jsonl`, with `.gz` behind it or without.
  ///
  /// In a table and in an array of two axes each row is a histogram, a mass for each bin; in an array of
  /// more axes what the first index chooses is a grid. In `.jsonl` each line is a measure as a JSON file
  /// holds one.
  ///
  /// - Parameters:
  ///   - path: The path; its ending says the format.
  ///   - label: A column of a table or an array of two axes that is left out.
  /// - Returns: The measures in the order of the file.
  /// - Throws: `MeasureFileError` with the place of what cannot be read.
  /// - Complexity: O(bytes).
  public func measures(
    at path: String, leavingOut label: LabelColumn? = nil
  ) throws(MeasureFileError) -> [Measure] {
    let file = try InputFile<CollectionFormat>(contentsOf: path)
    let rules = NumberRules(range: .finite, precision: .double)
    switch file.format {
    case .csv, .tsv, .txt:
      return try Self.histograms(
        TableReader.read(
          TableText(file, notation), selection: ColumnSelection(columns: columns, filters: filters),
          rules: rules), label)
    case .npy, .npz:
      try checkSelection(path)
      return try Self.measures(NPYArray(file.source), label, rules, path)
    case .jsonl:
      try checkSelection(path)
      return try lines(file.source, rules)
    }
  }

  private static func measures(
    _ array: NPYArray, _ label: LabelColumn?, _ rules: NumberRules, _ path: String
  ) throws(MeasureFileError) -> [Measure] {
    guard array.shape.count > 1 else {
      throw MeasureFileError(
        .badData, path: path, what: "the array has \(array.shape.count) axes",
        fix: "a collection is an array with a row for each histogram")
    }
    let shape = Array(array.shape.dropFirst())
    let size = array.values.count / array.shape[0]
    let block = try array.block(rules: rules, rows: array.shape[0], columns: size)
    if shape.count == 1 { return try histograms(block, label) }
    guard label == nil else {
      throw block.origin.error("grids have no column of labels", fix: "leave --label out")
    }
    var grids: [Measure] = []
    for row in 0..<block.rows {
      do {
        grids.append(
          .grid(try Grid(Array(block.values[row * size..<(row + 1) * size]), shape: shape)))
      } catch {
        throw block.located(error) { row * size + $0 }
      }
    }
    return grids
  }

  private static func histograms(
    _ block: NumberBlock, _ label: LabelColumn?
  ) throws(MeasureFileError) -> [Measure] {
    let first = label == .first ? 1 : 0
    let count = block.columns - (label == nil ? 0 : 1)
    guard count > 0 else { throw block.origin.error("no column of masses is left") }
    var histograms: [Measure] = []
    histograms.reserveCapacity(block.rows)
    for row in 0..<block.rows {
      let start = row * block.columns + first
      do {
        histograms.append(.histogram(try Histogram(Array(block.values[start..<start + count]))))
      } catch {
        if case .zeroTotal = error {
          throw block.origin.error(
            at: start, "all \(count) masses of row \(row) are zero",
            fix: "at least one must be positive")
        }
        throw block.located(error) { start + $0 }
      }
    }
    return histograms
  }

  /// A measure on each line that is not blank.
  private func lines(
    _ source: SourceText, _ rules: NumberRules
  ) throws(MeasureFileError) -> [Measure] {
    var measures: [Measure] = []
    var number = 0
    for line in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) else { continue }
      do {
        measures.append(
          try JSONMeasure.read(
            SourceText(path: source.path, bytes: Array(line)), layout: layout, rules: rules))
      } catch {
        throw MeasureFileError(
          error.kind, path: error.path, line: number, column: error.column, what: error.what,
          fix: error.fix)
      }
    }
    guard !measures.isEmpty else { throw source.error("there is no measure in the file") }
    return measures
  }
}
