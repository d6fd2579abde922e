/// The header of an `.npy` file: the type of its entries, their order and their shape.
///
/// - Source: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays", versions 1.0,
///   2.0 and 3.0.
struct NPYHeader: Equatable {
  let type: NPYType
  let isFortranOrder: Bool
  let shape: [Int]
  /// The number of entries.
  let count: Int
  /// Where the entries start.
  let dataStart: Int

  init(_ source: SourceText) throws(MeasureFileError) {
    let range = try Self.textRange(source)
    let text = String(decoding: source.bytes[range], as: UTF8.self)
    var dictionary = NPYDictionary(text)
    guard let entries = dictionary.parse() else {
      throw source.error(
        atByte: range.lowerBound,
        "the header of the array cannot be read: \(source.excerpt(range))", fix: Self.writeAgain)
    }
    type = try NPYType(description: entries.type, source, at: range.lowerBound)
    isFortranOrder = entries.isFortranOrder
    shape = entries.shape
    dataStart = range.upperBound
    count = try Self.count(shape: entries.shape, type: type, dataStart: dataStart, source)
  }

  private static let writeAgain = "write the array again with numpy.save"

  /// The bytes of the dictionary, by the magic string, the version and the length before it.
  private static func textRange(_ source: SourceText) throws(MeasureFileError) -> Range<Int> {
    let bytes = source.bytes
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 10 else {
      throw source.error(atByte: 0, "the file is not in NPY format", fix: writeAgain)
    }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw source.error(
        atByte: 6, "the file is of NPY version \(version).\(bytes[7]), and 1 to 3 are known",
        fix: writeAgain)
    }
    let start = version == 1 ? 10 : 12
    guard bytes.count >= start else { throw truncated(source) }
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count - start >= length else { throw truncated(source) }
    return start..<start + length
  }

  private static func truncated(_ source: SourceText) -> MeasureFileError {
    source.error(
      atByte: source.bytes.count, "the file ends within its header", fix: "copy it again")
  }

  /// The number of entries, checked against the bytes that follow before anything is allocated.
  private static func count(
    shape: [Int], type: NPYType, dataStart: Int, _ source: SourceText
  ) throws(MeasureFileError) -> Int {
    let available = source.bytes.count - dataStart
    var count = 1
    var overflows = false
    for side in shape {
      let product = count.multipliedReportingOverflow(by: side)
      count = product.partialValue
      overflows = overflows || product.overflow
    }
    guard !shape.contains(0) else {
      throw source.error(atByte: dataStart, "the array has no entries")
    }
    let needed = count.multipliedReportingOverflow(by: type.size)
    guard !overflows, !needed.overflow, needed.partialValue <= available else {
      throw source.error(
        atByte: source.bytes.count,
        "the file is cut off: an array of shape \(shape) needs more than the \(available) bytes "
          + "behind its header", fix: "copy it again")
    }
    guard needed.partialValue == available else {
      throw source.error(
        atByte: dataStart + needed.partialValue,
        "\(available - needed.partialValue) bytes follow the end of the array",
        fix: "keep one array in a file")
    }
    return count
  }
}

/// The Python dictionary in the header, in the form that NumPy writes.
struct NPYDictionary {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
  }

  /// The three entries, or nil if anything is not as it should be.
  mutating func parse() -> (type: String, isFortranOrder: Bool, shape: [Int])? {
    var type: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    guard take("{") else { return nil }
    while !take("}") {
      guard let key = quoted(), take(":") else { return nil }
      switch key {
      case "descr": type = rest.first == "[" ? records() : quoted()
      case "fortran_order": isFortranOrder = take("True") ? true : take("False") ? false : nil
      case "shape": shape = tuple()
      default: return nil
      }
      guard take(",") || rest.first == "}" else { return nil }
    }
    skipBlanks()
    guard rest.isEmpty, let type, let isFortranOrder, let shape else { return nil }
    return (type, isFortranOrder, shape)
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == " " || $0 == "\n" || $0 == "\t" }
  }

  private mutating func take(_ text: String) -> Bool {
    skipBlanks()
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    skipBlanks()
    return true
  }

  private mutating func quoted() -> String? {
    skipBlanks()
    guard let quote = rest.first, quote == "'" || quote == "\"",
      let end = rest.dropFirst().firstIndex(of: quote)
    else { return nil }
    let text = rest[rest.index(after: rest.startIndex)..<end]
    rest = rest[rest.index(after: end)...]
    return String(text)
  }

  /// The type of arrays of records, `[('x', '<f8'), …]`, as it is written.
  private mutating func records() -> String? {
    guard let end = rest.lastIndex(of: "]") else { return nil }
    let text = rest[...end]
    rest = rest[rest.index(after: end)...]
    return String(text)
  }

  /// `(3, 4)`, `(3,)` or `()`; no side may be negative, and NumPy has no more than 64.
  private mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var sides: [Int] = []
    while !take(")") {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let side = Int(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      _ = take("L")
      guard sides.count < 64 else { return nil }
      sides.append(side)
      guard take(",") || rest.first == ")" else { return nil }
    }
    return sides
  }
}
