/// A value of a JSON text; numbers stay the text they are, so that no digit is lost.
struct JSONValue {
  enum Content {
    case null
    case boolean(Bool)
    /// The bytes of the number; also the words NaN, Infinity and -Infinity, which Python writes.
    case number(Range<Int>)
    case string(String)
    case array([JSONValue])
    case object([Member])
  }

  /// A name and its value.
  struct Member {
    let name: String
    let offset: Int
    let value: JSONValue
  }

  let content: Content
  /// Where the value stands in the text.
  let range: Range<Int>

  /// Where the value starts in the text.
  var offset: Int { range.lowerBound }

  /// The elements, if the value is an array.
  var array: [JSONValue]? {
    if case .array(let elements) = content { elements } else { nil }
  }

  /// What the value is, for error messages.
  var kind: String {
    switch content {
    case .null: "null"
    case .boolean: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
