/// Numbers as CSV and JSON files hold them.
enum NumberFormat {
  /// The shortest digits that read back to the same double: `5`, `0.1`, `1e-300`, `inf`.
  static func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The same for JSON, which has no word for a number that is not finite: a string stands for it.
  static func json(_ value: Double) -> String {
    if value.isFinite { return shortest(value) }
    return value.isNaN ? "\"NaN\"" : value < 0 ? "\"-Infinity\"" : "\"Infinity\""
  }
}
