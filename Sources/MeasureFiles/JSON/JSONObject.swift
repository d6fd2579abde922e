/// The members of a JSON object, each of which must have a meaning.
struct JSONObject {
  private let source: SourceText
  private let members: [JSONValue.Member]
  private let offset: Int

  /// The members of a value that must be an object with these names and no others.
  init(
    _ value: JSONValue, of source: SourceText, names: [String]
  ) throws(MeasureFileError) {
    guard case .object(let members) = value.content else {
      throw source.error(at: value.offset, "an object is expected, and this is \(value.kind)")
    }
    for member in members where !names.contains(member.name) {
      throw source.error(
        at: member.offset, "the name \"\(member.name)\" has no meaning here",
        fix: "the names are \(names.joined(separator: ", "))")
    }
    self.source = source
    self.members = members
    offset = value.offset
  }

  /// The value of a name, if it is there.
  subscript(name: String) -> JSONValue? {
    members.first { $0.name == name }?.value
  }

  /// The value of a name that must be there.
  func required(_ name: String) throws(MeasureFileError) -> JSONValue {
    guard let value = self[name] else {
      throw source.error(at: offset, "the name \"\(name)\" is missing")
    }
    return value
  }
}
