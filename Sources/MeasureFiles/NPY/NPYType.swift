/// The type of the entries of an `.npy` array.
struct NPYType: Equatable {
  enum Kind: Equatable { case float, signed, unsigned, boolean }

  let kind: Kind
  /// The bytes of an entry.
  let size: Int
  let isBigEndian: Bool

  /// A type as NumPy writes it: `<f8`, `>i4`, `|b1`; `offset` is where the header starts.
  init(description: String, _ source: SourceText, at offset: Int) throws(MeasureFileError) {
    let characters = Array(description)
    let kinds: [Character: (Kind, sizes: [Int])] = [
      "f": (.float, [2, 4, 8]), "i": (.signed, [1, 2, 4, 8]), "u": (.unsigned, [1, 2, 4, 8]),
      "b": (.boolean, [1]),
    ]
    guard characters.count == 3, "<>|=".contains(characters[0]),
      let (kind, sizes) = kinds[characters[1]], let size = characters[2].wholeNumberValue,
      sizes.contains(size)
    else {
      throw source.error(
        atByte: offset,
        "the entries of the array are of type \(description.prefix(60)), which is not read",
        fix: description.hasPrefix("[")
          ? "save one field, such as array['x']" : "save array.astype(float)")
    }
    self.kind = kind
    self.size = size
    isBigEndian = characters[0] == ">"
  }
}
