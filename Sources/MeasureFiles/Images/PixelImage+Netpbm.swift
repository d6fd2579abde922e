extension PixelImage {
  /// Reads an image of Netpbm: a bitmap, in grey or in colours; P1 to P3 in text, P4 to P6 in bytes.
  ///
  /// A bitmap writes black as 1; here black is 0, as in every other image, and white is 1.
  ///
  /// - Throws: An error with line and column, or with the byte among the samples of P4 to P6.
  /// - Complexity: O(bytes). Memory is taken only when the file is long enough for its samples.
  /// - Source: The pages pbm(5), pgm(5), ppm(5) and pnm(5) of Netpbm.
  init(netpbm source: SourceText) throws(MeasureFileError) {
    var reader = NetpbmReader(source)
    let header = try reader.header()
    path = source.path
    (width, height, channels) = (header.width, header.height, header.channels)
    largest = header.largest
    samples =
      switch (header.isBitmap, header.isText) {
      case (true, true): try reader.digits(header)
      case (true, false): try reader.packedBits(header)
      case (false, true): try reader.words(header)
      case (false, false): try reader.binary(header)
      }
    alpha = nil
  }
}

/// What a Netpbm file says before its samples.
private struct NetpbmHeader {
  let isText: Bool
  let isBitmap: Bool
  let channels: Int
  let width: Int
  let height: Int
  let largest: Int
  let sampleCount: Int
}

/// Walks over a Netpbm file.
private struct NetpbmReader {
  private let source: SourceText
  private let bytes: [UInt8]
  private var position = 0

  init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
  }

  mutating func header() throws(MeasureFileError) -> NetpbmHeader {
    let kind = bytes.count > 2 && bytes[0] == UInt8(ascii: "P") ? bytes[1] : 0
    guard let (isText, isBitmap, channels) = Self.kinds[kind] else {
      throw source.error(
        atByte: 0, "the file is no image of the kinds P1 to P6",
        fix: "save it as PBM, PGM or PPM")
    }
    position = 2
    let width = try number("the width", in: 1...Int(Int32.max))
    let height = try number("the height", in: 1...Int(Int32.max))
    let largest = isBitmap ? 1 : try number("the largest sample", in: 1...65535)
    guard let blank = current, blank.isBlank else {
      throw source.error(at: position, "a blank is missing before the samples")
    }
    position += 1
    // Both sides fit 32 bits, and so their product 64.
    let (count, overflow) = (width * height).multipliedReportingOverflow(by: channels)
    let header = NetpbmHeader(
      isText: isText, isBitmap: isBitmap, channels: channels, width: width, height: height,
      largest: largest,
      sampleCount: overflow ? Int.max / 4 : count)
    try checkLength(header)
    return header
  }

  private static let kinds: [UInt8: (isText: Bool, isBitmap: Bool, channels: Int)] = [
    UInt8(ascii: "1"): (true, true, 1), UInt8(ascii: "2"): (true, false, 1),
    UInt8(ascii: "3"): (true, false, 3), UInt8(ascii: "4"): (false, true, 1),
    UInt8(ascii: "5"): (false, false, 1), UInt8(ascii: "6"): (false, false, 3),
  ]

  /// Compares the number of samples with the bytes that follow: in text two for each but the last, and
  /// in a bitmap a digit or a bit, each row in whole bytes.
  private func checkLength(_ header: NetpbmHeader) throws(MeasureFileError) {
    let available = bytes.count - position
    let size = header.isText || header.largest > 255 ? 2 : 1
    let needed =
      switch (header.isBitmap, header.isText) {
      case (true, true): header.sampleCount
      case (true, false): header.height * ((header.width + 7) / 8)
      case (false, let isText): size * header.sampleCount - (isText ? 1 : 0)
      }
    guard needed > available else { return }
    throw source.error(
      atByte: bytes.count,
      "the file is cut off: \(header.width) × \(header.height) pixels need more than the "
        + "\(available) bytes behind the header", fix: "copy it again")
  }

  /// Samples in text, separated by blanks.
  mutating func words(_ header: NetpbmHeader) throws(MeasureFileError) -> [UInt16] {
    var samples: [UInt16] = []
    samples.reserveCapacity(header.sampleCount)
    for _ in 0..<header.sampleCount {
      samples.append(UInt16(try number("a sample", in: 0...header.largest)))
    }
    skipBlanks()
    guard position == bytes.count else {
      throw source.error(at: position, "there is more behind the last sample")
    }
    return samples
  }

  /// Samples in one byte, or in two, the higher first.
  func binary(_ header: NetpbmHeader) throws(MeasureFileError) -> [UInt16] {
    let size = header.largest > 255 ? 2 : 1
    var samples: [UInt16] = []
    samples.reserveCapacity(header.sampleCount)
    for index in 0..<header.sampleCount {
      let place = position + index * size
      let sample =
        size == 1 ? UInt16(bytes[place]) : UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
      guard sample <= header.largest else {
        throw source.error(
          atByte: place, "the sample \(sample) is above the largest, \(header.largest)",
          fix: "write the image again")
      }
      samples.append(sample)
    }
    try requireEnd(at: position + header.sampleCount * size)
    return samples
  }

  /// Bits as digits, with blanks between them or without.
  mutating func digits(_ header: NetpbmHeader) throws(MeasureFileError) -> [UInt16] {
    var samples: [UInt16] = []
    samples.reserveCapacity(header.sampleCount)
    for _ in 0..<header.sampleCount {
      skipBlanks()
      guard let digit = current, digit == Byte.zero || digit == Byte.zero + 1 else {
        throw source.error(at: position, "a bit is missing", fix: "write 0 for white, 1 for black")
      }
      position += 1
      samples.append(digit == Byte.zero ? 1 : 0)
    }
    skipBlanks()
    guard position == bytes.count else {
      throw source.error(at: position, "there is more behind the last sample")
    }
    return samples
  }

  /// Bits in bytes, the highest first; each row starts with a byte of its own.
  func packedBits(_ header: NetpbmHeader) throws(MeasureFileError) -> [UInt16] {
    let rowSize = (header.width + 7) / 8
    var samples: [UInt16] = []
    samples.reserveCapacity(header.sampleCount)
    for row in 0..<header.height {
      for column in 0..<header.width {
        let byte = bytes[position + row * rowSize + column / 8]
        samples.append(byte >> UInt8(7 - column % 8) & 1 == 0 ? 1 : 0)
      }
    }
    try requireEnd(at: position + header.height * rowSize)
    return samples
  }

  /// Nothing but blanks may follow the samples.
  private func requireEnd(at end: Int) throws(MeasureFileError) {
    guard !bytes[end...].allSatisfy(\.isBlank) else { return }
    throw source.error(
      atByte: end, "\(bytes.count - end) bytes follow the last sample",
      fix: "keep one image in a file")
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Steps over blanks and comments, which start with `#` and end with the line.
  private mutating func skipBlanks() {
    while let byte = current, byte.isBlank || byte == Byte.hash {
      position += 1
      guard byte == Byte.hash else { continue }
      while let next = current, next != Byte.lineFeed { position += 1 }
    }
  }

  private mutating func number(
    _ what: String, in range: ClosedRange<Int>
  ) throws(MeasureFileError) -> Int {
    skipBlanks()
    let start = position
    var value = 0
    while let byte = current, byte >= Byte.zero, byte <= UInt8(ascii: "9") {
      value = min(value * 10 + Int(byte - Byte.zero), Int(Int32.max) + 1)
      position += 1
    }
    guard position > start else { throw source.error(at: start, "\(what) is missing") }
    guard range.contains(value) else {
      throw source.error(
        at: start, "\(what) must be \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}
