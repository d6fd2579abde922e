public import Measures

extension MeasureReading {
  /// Whether the text is masses rather than a path: parts between commas that all read as numbers.
  ///
  ///     MeasureReading.isLiteral(".1,.2,.7")  // true
  ///     MeasureReading.isLiteral("5")         // true: one bin
  ///     MeasureReading.isLiteral(".1,nan")    // true, and refused when it is read
  ///     MeasureReading.isLiteral("p.csv")     // false
  public static func isLiteral(_ text: String) -> Bool {
    text.split(separator: ",", omittingEmptySubsequences: false)
      .allSatisfy { NumberText.isNumber($0) }
  }

  /// Reads masses on the bins 0, 1, 2, … from text such as `.1,.2,.7`; the decimals are kept.
  ///
  /// - Parameter text: The masses, with commas between them.
  /// - Returns: A histogram on the bins 0, 1, 2, ….
  /// - Throws: `MeasureFileError` that names the bin.
  public func histogram(literal text: String) throws(MeasureFileError) -> Histogram {
    let bytes = Array(text.utf8)
    var masses: [Double] = []
    var decimals: [DecimalNumber] = []
    for part in bytes.split(separator: Byte.comma, omittingEmptySubsequences: false) {
      let range = bytes.trimmed(part.startIndex..<part.endIndex)
      masses.append(try Self.mass(bytes, range, bin: masses.count, of: text))
      if let decimal = NumberText.decimal(bytes, range) { decimals.append(decimal) }
    }
    guard decimals.count == masses.count || precision == .double else {
      throw Self.error(text, "a mass has more digits than exact arithmetic holds")
    }
    do {
      return try Histogram(masses, decimals: decimals.count == masses.count ? decimals : nil)
    } catch {
      throw Self.error(text, "\(error)")
    }
  }

  /// Tells who may have meant masses which of the parts is no number.
  static func withLiteralHint(_ error: MeasureFileError) -> MeasureFileError {
    let parts = error.path.split(separator: ",", omittingEmptySubsequences: false)
    guard error.kind == .noSuchFile, parts.count > 1, parts.contains(where: NumberText.isNumber),
      let part = parts.first(where: { !NumberText.isNumber($0) })
    else { return error }
    return MeasureFileError(
      .noSuchFile, path: error.path, what: error.what,
      fix: "check the path, or, if masses were meant, the part \"\(part)\", which is no number")
  }

  private static func mass(
    _ bytes: [UInt8], _ range: Range<Int>, bin: Int, of text: String
  ) throws(MeasureFileError) -> Double {
    let shown = String(decoding: bytes[range], as: UTF8.self)
    guard let value = NumberText.double(bytes, range) else {
      throw error(text, "bin \(bin), \"\(shown)\", is not a number")
    }
    guard value.isFinite, value >= 0 else {
      throw error(text, "the mass of bin \(bin) is \(shown)")
    }
    return value
  }

  private static func error(_ text: String, _ what: String) -> MeasureFileError {
    MeasureFileError(
      .badData, path: "literal \(text)", what: what,
      fix: "masses are finite numbers, not negative and not all zero")
  }
}
