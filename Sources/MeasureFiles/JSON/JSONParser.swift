/// A strict parser of JSON that keeps the text of numbers and the place of every value.
///
/// - Source: RFC 8259. Beyond it only the words `NaN`, `Infinity` and `-Infinity` are taken, as
///   numbers, because Python writes them; a name that stands twice in an object is refused.
struct JSONParser {
  private let source: SourceText
  private let bytes: [UInt8]
  private var position: Int
  private var depth = 0

  /// Deeper nesting is refused, so that a hostile text cannot exhaust the stack.
  private static let greatestDepth = 64

  /// Parses a text that holds one value.
  ///
  /// - Throws: An error at the first byte that cannot stand where it does.
  /// - Complexity: O(bytes).
  static func parse(_ source: SourceText) throws(MeasureFileError) -> JSONValue {
    var parser = JSONParser(source)
    let value = try parser.value()
    parser.skipBlanks()
    guard parser.position == parser.bytes.count else {
      throw parser.error("there is text behind the end of the value")
    }
    return value
  }

  private init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
    position = source.lengthOfByteOrderMark
  }

  private mutating func value() throws(MeasureFileError) -> JSONValue {
    skipBlanks()
    let start = position
    guard let first = current else { throw error("a value is missing at the end of the text") }
    let content = try content(from: first)
    return JSONValue(content: content, range: start..<position)
  }

  private mutating func content(from first: UInt8) throws(MeasureFileError) -> JSONValue.Content {
    switch first {
    case UInt8(ascii: "["): .array(try array())
    case UInt8(ascii: "{"): .object(try object())
    case Byte.quote: .string(try string())
    case Byte.minus, Byte.zero...UInt8(ascii: "9"), UInt8(ascii: "N"), UInt8(ascii: "I"):
      .number(try number())
    default: try word()
    }
  }

  private mutating func array() throws(MeasureFileError) -> [JSONValue] {
    try enter()
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value())
      if take(UInt8(ascii: "]")) { return elements }
      guard take(Byte.comma) else { throw error("a comma or ] is missing") }
    }
  }

  private mutating func object() throws(MeasureFileError) -> [JSONValue.Member] {
    try enter()
    var members: [JSONValue.Member] = []
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipBlanks()
      let start = position
      guard current == Byte.quote else { throw error("a name in quotes is missing") }
      let name = try string()
      guard !members.contains(where: { $0.name == name }) else {
        throw source.error(at: start, "the name \"\(name)\" stands twice")
      }
      guard take(UInt8(ascii: ":")) else { throw error("a colon is missing") }
      members.append(JSONValue.Member(name: name, offset: start, value: try value()))
      if take(UInt8(ascii: "}")) { return members }
      guard take(Byte.comma) else { throw error("a comma or } is missing") }
    }
  }

  /// Steps over an opening bracket; leaving it is what `take` of the closing one does.
  private mutating func enter() throws(MeasureFileError) {
    depth += 1
    guard depth <= Self.greatestDepth else {
      throw error("arrays and objects are nested more than \(Self.greatestDepth) deep")
    }
    position += 1
  }

  private mutating func word() throws(MeasureFileError) -> JSONValue.Content {
    let words: [(text: String, content: JSONValue.Content)] = [
      ("null", .null), ("true", .boolean(true)), ("false", .boolean(false)),
    ]
    for word in words where bytes[position...].starts(with: word.text.utf8) {
      position += word.text.utf8.count
      return word.content
    }
    throw error("no value can start here")
  }
}

// Numbers, strings and blanks.
extension JSONParser {
  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position].isBlank { position += 1 }
  }

  /// Steps over a byte, if it is the next that is not blank; a closing bracket ends a level.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard current == byte else { return false }
    if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
    position += 1
    return true
  }

  private func error(_ what: String) -> MeasureFileError {
    source.error(at: position, what, fix: "the file must be JSON")
  }

  /// A number as JSON writes it: no sign but minus, no leading zeros, digits around the point.
  private mutating func number() throws(MeasureFileError) -> Range<Int> {
    let start = position
    for word in ["NaN", "Infinity", "-Infinity"] where bytes[start...].starts(with: word.utf8) {
      position += word.utf8.count
      return start..<position
    }
    if current == Byte.minus { position += 1 }
    let leadingZero = current == Byte.zero
    let count = try digits()
    guard !leadingZero || count == 1 else {
      throw source.error(at: start, "a number must not start with a zero before other digits")
    }
    if current == Byte.point {
      position += 1
      _ = try digits()
    }
    if let mark = current, mark | 0x20 == UInt8(ascii: "e") {
      position += 1
      if current == Byte.plus || current == Byte.minus { position += 1 }
      _ = try digits()
    }
    return start..<position
  }

  private mutating func digits() throws(MeasureFileError) -> Int {
    let start = position
    while let byte = current, byte >= Byte.zero, byte <= UInt8(ascii: "9") { position += 1 }
    guard position > start else { throw error("a digit is missing") }
    return position - start
  }

  private mutating func string() throws(MeasureFileError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while let byte = current, byte != Byte.quote {
      guard byte >= 0x20 else { throw error("a control character stands in a string") }
      position += 1
      if byte == Byte.backslash {
        try appendEscape(to: &text)
      } else {
        text.append(byte)
      }
    }
    guard current == Byte.quote else {
      throw source.error(at: start, "the string is opened and never closed")
    }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func appendEscape(to text: inout [UInt8]) throws(MeasureFileError) {
    guard let byte = current else { return }
    let plain: [UInt8: UInt8] = [
      Byte.quote: Byte.quote, Byte.backslash: Byte.backslash, UInt8(ascii: "/"): UInt8(ascii: "/"),
      UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
      UInt8(ascii: "t"): 9,
    ]
    position += 1
    if let character = plain[byte] {
      text.append(character)
    } else if byte == UInt8(ascii: "u") {
      var units = [try hexadecimalUnit()]
      if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: "\\u".utf8) {
        position += 2
        units.append(try hexadecimalUnit())
      }
      text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    } else {
      position -= 1
      throw error("an escape in a string is none of JSON's")
    }
  }

  private mutating func hexadecimalUnit() throws(MeasureFileError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, !digits.contains(Byte.plus), !digits.contains(Byte.minus),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits are missing") }
    position += 4
    return unit
  }
}
