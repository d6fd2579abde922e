import Measures

/// The numbers of an `.npy` file, row-major.
struct NPYArray {
  private let source: SourceText
  let shape: [Int]
  let values: [Double]
  /// The entries where they are integers, so that none of their digits is lost.
  private let integers: [Int128]?

  /// Reads an array of numbers.
  ///
  /// - Throws: An error if the header or the length is wrong; nothing is allocated before.
  /// - Complexity: O(n).
  init(_ source: SourceText) throws(MeasureFileError) {
    let header = try NPYHeader(source)
    self.source = source
    shape = header.shape
    let isFloat = header.type.kind == .float
    let order = header.isFortranOrder ? Self.rowMajorOrder(ofColumnMajor: header.shape) : nil
    let entries = NPYEntries(source.bytes, header)
    values = Self.reordered(entries.doubles(), by: order)
    integers = isFloat ? nil : Self.reordered(entries.integers(), by: order)
  }

  /// The array as a rectangle: one column for one axis.
  func block(rules: NumberRules) throws(MeasureFileError) -> NumberBlock {
    guard shape.count == 1 || shape.count == 2 else {
      throw source.error(
        "the array has \(shape.count) axes", fix: "save an array with one axis or two")
    }
    let origin = NumberOrigin.entries(path: source.path, shape: shape)
    for (index, value) in values.enumerated() where !rules.admits(value) {
      throw origin.error(at: index, "\(value) is not allowed here", fix: rules.fix)
    }
    return NumberBlock(
      values: values, rows: shape[0], columns: shape.count == 2 ? shape[1] : 1,
      decimals: rules.precision == .decimal ? try decimals(origin) : nil, names: nil,
      origin: origin)
  }

  private func decimals(_ origin: NumberOrigin) throws(MeasureFileError) -> [DecimalNumber?] {
    if let integers { return integers.map { DecimalNumber(significand: $0) } }
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

/// The entries behind a header, byte by byte: no pointer, and any alignment will do.
struct NPYEntries {
  private let bytes: [UInt8]
  private let header: NPYHeader

  init(_ bytes: [UInt8], _ header: NPYHeader) {
    self.bytes = bytes
    self.header = header
  }

  /// The entries as doubles; 64-bit integers beyond 2⁵³ are rounded.
  func doubles() -> [Double] {
    switch (header.type.kind, header.type.size) {
    case (.float, 8): map { Double(bitPattern: $0) }
    case (.float, _): map { Double(Float(bitPattern: UInt32($0))) }
    default: integers().map { Double($0) }
    }
  }

  /// The entries as integers.
  func integers() -> [Int128] {
    let shift = UInt64(64 - 8 * header.type.size)
    switch header.type.kind {
    case .signed: return map { Int128(Int64(bitPattern: $0 << shift) >> Int64(shift)) }
    case .boolean: return map { $0 == 0 ? 0 : 1 }
    case .unsigned, .float: return map { Int128($0) }
    }
  }

  private func map<Entry>(_ entry: (UInt64) -> Entry) -> [Entry] {
    let size = header.type.size
    return (0..<header.count).map { index in
      let start = header.dataStart + index * size
      var pattern: UInt64 = 0
      for byte in 0..<size {
        let place = header.type.isBigEndian ? byte : size - 1 - byte
        pattern = pattern << 8 | UInt64(bytes[start + place])
      }
      return entry(pattern)
    }
  }
}
