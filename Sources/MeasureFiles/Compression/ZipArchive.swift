/// An archive of arrays, as `numpy.savez` and `numpy.savez_compressed` write it.
///
/// - Source: PKWARE, "APPNOTE.TXT – .ZIP File Format Specification", version 6.3; members that are
///   stored or deflated, no encryption, no ZIP64.
struct ZipArchive {
  /// What the directory at the end says of a member.
  struct Member {
    let name: String
    let method: Int
    let isEncrypted: Bool
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    let headerOffset: Int
  }

  private let source: SourceText
  let members: [Member]

  /// Reads the directory.
  init(_ source: SourceText) throws(MeasureFileError) {
    self.source = source
    members = try ZipDirectory(source).members()
  }

  /// The bytes of an array under the name `FILE.npz:MEMBER`.
  ///
  /// - Parameter name: The member, with `.npy` or without; nil if there is only one.
  /// - Returns: The bytes of the member, under the name of the array.
  /// - Throws: An error that lists the members, or with the offset in the archive.
  func array(named name: String?) throws(MeasureFileError) -> SourceText {
    let arrays = members.filter { $0.name.hasSuffix(".npy") }
    let names = arrays.map { String($0.name.dropLast(4)) }
    guard let name else {
      guard let only = arrays.first, arrays.count == 1 else {
        throw source.error(
          atByte: source.bytes.count, "the archive has \(arrays.count) arrays",
          fix: arrays.isEmpty
            ? "save one with numpy.savez"
            : "name one behind a colon: " + names.map { ":\($0)" }.joined(separator: " "))
      }
      return try unpacked(only, path: source.path + ":" + names[0])
    }
    guard let member = arrays.first(where: { $0.name == name || $0.name == name + ".npy" }) else {
      throw source.error(
        atByte: source.bytes.count, "the archive has no array \(name)",
        fix: "the arrays are \(names.joined(separator: ", "))")
    }
    return try unpacked(member, path: source.path)
  }

  private func unpacked(_ member: Member, path: String) throws(MeasureFileError) -> SourceText {
    guard !member.isEncrypted else {
      throw source.error(
        atByte: member.headerOffset, "\(member.name) is encrypted", fix: "save it plainly")
    }
    let start = try dataStart(of: member)
    guard source.bytes.count - start >= member.packedSize else {
      throw source.error(
        atByte: start, "\(member.name) is cut off: \(member.packedSize) bytes should follow",
        fix: "copy it again")
    }
    let bytes = try content(of: member, start..<start + member.packedSize)
    guard bytes.count == member.size, Checksum.crc32(of: bytes) == member.checksum else {
      throw source.error(
        atByte: start, "\(member.name) is damaged: its checksum is another", fix: "copy it again")
    }
    return try SourceText(path: path, unpacked: bytes)
  }

  /// Where the data of a member starts, behind a header that repeats its name.
  private func dataStart(of member: Member) throws(MeasureFileError) -> Int {
    let start = member.headerOffset
    guard start + 30 <= source.bytes.count, source.bytes.number(at: start, 4) == 0x0403_4B50 else {
      throw source.error(
        atByte: min(start, source.bytes.count), "\(member.name) should start here, and does not",
        fix: "copy it again")
    }
    let end =
      start + 30 + source.bytes.number(at: start + 26, 2) + source.bytes.number(at: start + 28, 2)
    return min(end, source.bytes.count)
  }

  private func content(
    of member: Member, _ range: Range<Int>
  ) throws(MeasureFileError) -> [UInt8] {
    switch member.method {
    case 0: return Array(source.bytes[range])
    case 8: return try inflated(member, range)
    default:
      throw source.error(
        atByte: member.headerOffset,
        "\(member.name) is packed by method \(member.method); stored and deflated ones are read",
        fix: "save it with numpy.savez")
    }
  }

  /// The deflated content; no more than the directory promises is unpacked.
  private func inflated(_ member: Member, _ range: Range<Int>) throws(MeasureFileError) -> [UInt8] {
    let limit = min(member.size, GzipFile.greatestSize)
    var inflater = Inflater(.none)
    var output: [UInt8] = []
    var step = Inflater.Step.more
    while step == .more, output.count <= limit {
      step = inflater.step(
        source.bytes, range.lowerBound + inflater.consumed..<range.upperBound, to: &output)
    }
    if case .broken(let text) = step {
      throw source.error(
        atByte: range.lowerBound + inflater.consumed, "\(member.name) is damaged: \(text)",
        fix: "copy it again")
    }
    guard output.count <= limit else {
      throw source.error(
        atByte: range.lowerBound + inflater.consumed,
        "\(member.name), unpacked, has more than \(limit) bytes", fix: "copy it again")
    }
    return output
  }
}

extension [UInt8] {
  /// A number of some bytes, the lowest first; all of them must be there.
  func number(at start: Int, _ count: Int) -> Int {
    self[start..<start + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
