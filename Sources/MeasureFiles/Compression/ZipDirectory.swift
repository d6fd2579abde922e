/// The directory at the end of an archive of ZIP.
struct ZipDirectory {
  private let source: SourceText
  private let bytes: [UInt8]

  init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
  }

  /// What the directory says, entry by entry; each is compared with the length of the file.
  ///
  /// - Throws: An error with the offset of the entry.
  /// - Complexity: O(entries + 2¹⁶), the length of the longest comment.
  func members() throws(MeasureFileError) -> [ZipArchive.Member] {
    let end = try endRecord()
    let count = bytes.number(at: end + 10, 2)
    var position = bytes.number(at: end + 16, 4)
    guard count != 0xFFFF, position != 0xFFFF_FFFF else {
      throw source.error(
        atByte: end, "the archive is in ZIP64 form, for more than 4 GB",
        fix: "save the arrays as .npy files")
    }
    var members: [ZipArchive.Member] = []
    for _ in 0..<count {
      guard position + 46 <= end, bytes.number(at: position, 4) == 0x0201_4B50 else {
        throw damaged(at: position)
      }
      let name = position + 46..<position + 46 + bytes.number(at: position + 28, 2)
      guard name.upperBound <= end else { throw damaged(at: position) }
      members.append(member(at: position, name: name))
      position =
        name.upperBound + bytes.number(at: position + 30, 2) + bytes.number(at: position + 32, 2)
    }
    return members
  }

  private func member(at position: Int, name: Range<Int>) -> ZipArchive.Member {
    ZipArchive.Member(
      name: String(decoding: bytes[name], as: UTF8.self),
      method: bytes.number(at: position + 10, 2),
      isEncrypted: bytes.number(at: position + 8, 2) & 1 == 1,
      checksum: UInt32(bytes.number(at: position + 16, 4)),
      packedSize: bytes.number(at: position + 20, 4), size: bytes.number(at: position + 24, 4),
      headerOffset: bytes.number(at: position + 42, 4))
  }

  /// Where the record at the end starts: the last place that has its signature.
  private func endRecord() throws(MeasureFileError) -> Int {
    guard bytes.starts(with: Array("PK".utf8)) else {
      throw source.error(
        atByte: 0, "the file is not an archive of arrays", fix: "write it with numpy.savez")
    }
    var position = bytes.count - 22
    while position >= max(0, bytes.count - 22 - 0xFFFF) {
      if bytes.number(at: position, 4) == 0x0605_4B50 { return position }
      position -= 1
    }
    throw source.error(
      atByte: bytes.count, "the file is cut off: the directory at its end is missing",
      fix: "copy it again")
  }

  private func damaged(at position: Int) -> MeasureFileError {
    source.error(
      atByte: min(position, bytes.count), "the directory of the archive is damaged",
      fix: "copy it again")
  }
}
