import Measures

/// The numbers of an `.npy` file, row-major.
struct NPYArray {
  private let source: SourceText
  private let entries: NPYEntries
  let shape: [Int]
  let values: [Double]
  private let isInteger: Bool
  /// For each entry its place in the file, where that is another.
  private let order: [Int]?

  /// Reads an array of numbers.
  ///
  /// - Throws: An error if the header or the length is wrong; nothing is allocated before.
  /// - Complexity: O(n).
  init(_ source: SourceText) throws(MeasureFileError) {
    let header = try NPYHeader(source)
    self.source = source
    shape = header.shape
    isInteger = header.type.kind != .float
    order = header.isFortranOrder ? Self.rowMajorOrder(ofColumnMajor: header.shape) : nil
    entries = NPYEntries(source.bytes, header)
    values = Self.reordered(entries.doubles(), by: order)
  }

  /// The array as a rectangle: one column for one axis.
  func block(rules: NumberRules) throws(MeasureFileError) -> NumberBlock {
    guard shape.count == 1 || shape.count == 2 else {
      throw source.error(
        atByte: 0, "the array has \(shape.count) axes", fix: "save an array with one axis or two")
    }
    return try block(rules: rules, rows: shape[0], columns: shape.count == 2 ? shape[1] : 1)
  }

  /// The array as a grid with as many axes as it has.
  func grid(rules: NumberRules) throws(MeasureFileError) -> Grid {
    guard !shape.isEmpty else {
      throw source.error(atByte: 0, "the array has no axes", fix: "save an array with two axes")
    }
    let block = try block(rules: rules, rows: 1, columns: values.count)
    do {
      return try Grid(values, shape: shape, decimals: block.decimals(at: values.indices))
    } catch {
      throw block.located(error) { $0 }
    }
  }

  func block(
    rules: NumberRules, rows: Int, columns: Int
  ) throws(MeasureFileError) -> NumberBlock {
    let origin = NumberOrigin.entries(
      EntryPlaces(
        path: source.path, shape: shape, start: entries.start, size: entries.size, order: order))
    for (index, value) in values.enumerated() where !rules.admits(value) {
      throw origin.error(at: index, "\(value) is not allowed here", fix: rules.fix)
    }
    return NumberBlock(
      values: values, rows: rows, columns: columns,
      decimals: rules.precision == .decimal ? try decimals(origin) : nil, names: nil,
      origin: origin)
  }

  private func decimals(_ origin: NumberOrigin) throws(MeasureFileError) -> [DecimalNumber?] {
    if isInteger {
      return Self.reordered(entries.integers(), by: order).map { DecimalNumber(significand: $0) }
    }
    var decimals: [DecimalNumber?] = []
    decimals.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      let decimal = DecimalNumber(exactly: value)
      guard decimal != nil || !value.isFinite else {
        throw origin.error(
          at: index, "the double \(value) has more digits than exact arithmetic holds",
          fix: "use a text file, which says 0.1 where the array says the double nearest to it")
      }
      decimals.append(decimal)
    }
    return decimals
  }

  /// For each place in row-major order the place in column-major order.
  private static func rowMajorOrder(ofColumnMajor shape: [Int]) -> [Int]? {
    guard shape.count > 1 else { return nil }
    var order = [0]
    var step = 1
    for side in shape {
      order = order.flatMap { base in (0..<side).map { base + $0 * step } }
      step *= side
    }
    return order
  }

  private static func reordered<Entry>(_ entries: [Entry], by order: [Int]?) -> [Entry] {
    guard let order else { return entries }
    return order.map { entries[$0] }
  }
}

/// Where the entries of an array stand in its file.
struct EntryPlaces {
  let path: String
  let shape: [Int]
  /// The byte at which the entries start.
  let start: Int
  /// The bytes of an entry.
  let size: Int
  /// For each entry in row-major order its place in the file, where that is another.
  let order: [Int]?

  /// An error about one entry, with its byte and its indices.
  func error(at index: Int, _ what: String, fix: String?) -> MeasureFileError {
    var rest = index
    var indices: [Int] = []
    for side in shape.reversed() {
      indices.insert(rest % side, at: 0)
      rest /= side
    }
    return MeasureFileError(
      .badData, path: path, offset: start + (order?[index] ?? index) * size,
      what: "entry \(indices): \(what)", fix: fix)
  }
}
