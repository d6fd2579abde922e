/// Files that gzip has packed, unpacked as a stream.
enum GzipFile {
  /// The most that a packed file may become: 1 GiB.
  static let greatestSize = 1 << 30

  /// The content of a packed file under the same name.
  ///
  /// Memory is taken as bytes arrive, never because the file says how many there are; deflate makes
  /// at most 1,032 bytes of one. Several streams in a row are one file, as gzip has it.
  ///
  /// - Throws: An error with the offset in the packed file.
  /// - Complexity: O(packed and unpacked bytes).
  static func unpacked(
    _ source: SourceText, greatestSize: Int = greatestSize
  ) throws(MeasureFileError) -> SourceText {
    guard source.bytes.starts(with: magic) else {
      throw source.error(
        atByte: 0, "the file is not packed by gzip", fix: "take the ending .gz away, or pack it")
    }
    var inflater = Inflater(.gzip)
    var output: [UInt8] = []
    repeat {
      var step = Inflater.Step.more
      while step == .more {
        step = inflater.step(
          source.bytes, inflater.consumed..<source.bytes.count, to: &output)
        guard output.count <= greatestSize else {
          throw source.error(
            atByte: inflater.consumed, "unpacked, the file has more than \(greatestSize) bytes",
            fix: "unpack it first")
        }
      }
      if case .broken(let text) = step {
        throw source.error(
          atByte: inflater.consumed, "the packed file is damaged: \(text)", fix: "copy it again")
      }
      inflater.startNext()
    } while try hasNext(source, behind: inflater.consumed)
    return try SourceText(path: source.path, unpacked: output)
  }

  private static let magic: [UInt8] = [0x1F, 0x8B]

  /// Whether another stream follows; zeros that fill a block may, and nothing else.
  private static func hasNext(
    _ source: SourceText, behind end: Int
  ) throws(MeasureFileError) -> Bool {
    let rest = source.bytes[end...]
    guard !rest.starts(with: magic) else { return true }
    guard let stray = rest.firstIndex(where: { $0 != 0 }) else { return false }
    throw source.error(
      atByte: stray, "\(source.bytes.count - stray) bytes follow the packed data",
      fix: "copy it again")
  }
}
