import Measures

/// Numbers gathered from a JSON text, with their places.
struct JSONNumbers {
  private let source: SourceText
  private let rules: NumberRules
  private(set) var values: [Double] = []
  private var decimals: [DecimalNumber?] = []
  private var offsets: [Int] = []

  init(_ source: SourceText, rules: NumberRules) {
    self.source = source
    self.rules = rules
  }

  /// Appends one number; the strings "inf" and "Infinity" are numbers where infinity is allowed.
  mutating func append(_ value: JSONValue) throws(MeasureFileError) {
    let (bytes, range) = try text(of: value)
    guard let number = NumberText.double(bytes, range) else {
      throw source.error(at: value.offset, "a number is expected, and this is \(value.kind)")
    }
    guard !number.isInfinite || NumberText.isInfinityWord(bytes, range) else {
      throw source.error(
        at: value.offset, "the number is beyond the largest double", fix: "scale the numbers down")
    }
    guard rules.admits(number) else {
      throw source.error(
        at: value.offset,
        "\(String(decoding: bytes[range], as: UTF8.self)) is not allowed here", fix: rules.fix)
    }
    values.append(number)
    offsets.append(value.offset)
    guard rules.precision == .decimal else { return }
    let decimal = NumberText.decimal(bytes, range)
    guard decimal != nil || !number.isFinite else {
      throw source.error(
        at: value.offset, "the number has more digits than exact arithmetic holds",
        fix: "shorten it to 38 digits")
    }
    decimals.append(decimal)
  }

  private func text(of value: JSONValue) throws(MeasureFileError) -> ([UInt8], Range<Int>) {
    switch value.content {
    case .number(let range): return (source.bytes, range)
    case .string(let text) where rules.range == .finiteOrInfinite:
      let bytes = Array(text.utf8)
      if NumberText.isInfinityWord(bytes, bytes.indices) { return (bytes, bytes.indices) }
    default: break
    }
    throw source.error(at: value.offset, "a number is expected, and this is \(value.kind)")
  }

  /// Appends all numbers of nested arrays of the same lengths, and tells these lengths.
  ///
  /// - Returns: The lengths from the outermost array inwards; empty for a number by itself.
  mutating func appendNested(_ value: JSONValue) throws(MeasureFileError) -> [Int] {
    guard let elements = value.array else {
      try append(value)
      return []
    }
    guard let first = elements.first else {
      throw source.error(
        at: value.offset, "the array is empty", fix: "at least one number is needed")
    }
    let shape = try appendNested(first)
    for element in elements.dropFirst() {
      guard try appendNested(element) == shape else {
        throw source.error(
          at: element.offset, "the rows are of different length or depth",
          fix: "give every row the same number of entries")
      }
    }
    return [elements.count] + shape
  }

  /// The numbers as a rectangle.
  func block(rows: Int, columns: Int) -> NumberBlock {
    NumberBlock(
      values: values, rows: rows, columns: columns,
      decimals: rules.precision == .decimal ? decimals : nil, names: nil,
      origin: .tokens(source, offsets: offsets))
  }
}

extension JSONNumbers {
  /// A rectangle of numbers from an array of numbers (one column) or of arrays (its rows).
  static func block(
    _ value: JSONValue, of source: SourceText, rules: NumberRules
  ) throws(MeasureFileError) -> NumberBlock {
    var numbers = JSONNumbers(source, rules: rules)
    let shape = try numbers.appendNested(value)
    guard shape.count == 1 || shape.count == 2 else {
      throw source.error(
        at: value.offset, "an array of numbers, or of arrays of numbers, is expected")
    }
    return numbers.block(rows: shape[0], columns: shape.count == 2 ? shape[1] : 1)
  }
}
