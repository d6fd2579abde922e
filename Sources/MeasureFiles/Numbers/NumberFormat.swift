/// Numbers as CSV and JSON files hold them.
enum NumberFormat {
  /// The shortest digits that read back to the same double: `5`, `0.1`, `1e-300`, `inf`.
  static func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
