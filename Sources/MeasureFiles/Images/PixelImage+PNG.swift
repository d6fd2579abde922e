extension PixelImage {
  /// Reads a PNG image: every depth, grey, colours or palette, interlaced or not.
  ///
  /// - Throws: An error with the byte at which the file is damaged.
  /// - Complexity: O(pixels). Memory is taken only when the file is long enough for its pixels.
  init(png source: SourceText) throws(MeasureFileError) {
    let header = try PNGDecoder.header(of: source)
    try Self.checkSize(header, source)
    let rows = try PNGDecoder.rows(of: source, header)
    let pixels = PNGPixels(header, rows)
    path = source.path
    width = header.width
    height = header.height
    largest = header.kind == .palette ? 255 : 1 << header.depth - 1
    switch header.kind {
    case .palette:
      try Self.checkPalette(header, rows, source)
      channels = 3
      (samples, alpha) = pixels.throughPalette()
    case .grey, .greyAlpha:
      channels = 1
      (samples, alpha) = pixels.split(colours: 1, largest: largest)
    case .colour, .colourAlpha:
      channels = 3
      (samples, alpha) = pixels.split(colours: 3, largest: largest)
    }
  }

  /// Refuses a header that promises more pixels than the file can hold.
  ///
  /// Deflate makes at most 1,032 bytes of one (RFC 1951: 258 bytes of two bits, 4 × 258 = 1,032).
  private static func checkSize(
    _ header: PNGHeader, _ source: SourceText
  ) throws(MeasureFileError) {
    let bits = header.channels * header.depth
    let rowBytes = (header.width * bits + 7) / 8 + 1
    let (needed, overflow) = rowBytes.multipliedReportingOverflow(by: header.height)
    guard overflow || needed > 1032 * source.bytes.count else { return }
    throw source.error(
      atByte: 16,
      "the header promises \(header.width) × \(header.height) pixels, and the file has "
        + "\(source.bytes.count) bytes", fix: "save it again as PNG")
  }

  private static func checkPalette(
    _ header: PNGHeader, _ rows: [UInt8], _ source: SourceText
  ) throws(MeasureFileError) {
    guard let pixel = rows.firstIndex(where: { Int($0) >= header.palette.count }) else { return }
    let (row, column) = pixel.quotientAndRemainder(dividingBy: header.width)
    throw source.error(
      atByte: source.bytes.count,
      "the pixel in row \(row), column \(column) has colour \(rows[pixel]), and the palette has "
        + "\(header.palette.count)", fix: "save it again as PNG")
  }
}

/// The decoded rows of a PNG file as samples.
private struct PNGPixels {
  private let header: PNGHeader
  private let rows: [UInt8]

  init(_ header: PNGHeader, _ rows: [UInt8]) {
    self.header = header
    self.rows = rows
  }

  private var count: Int { header.width * header.height }

  private func sample(_ index: Int) -> UInt16 {
    guard header.depth == 16 else { return UInt16(rows[index]) }
    return UInt16(rows[2 * index]) << 8 | UInt16(rows[2 * index + 1])
  }

  /// The colours of the palette, each with its opacity.
  func throughPalette() -> (samples: [UInt16], alpha: [UInt16]?) {
    let samples = rows.flatMap { header.palette[Int($0)].prefix(3).map { UInt16($0) } }
    guard header.palette.contains(where: { $0[3] < 255 }) else { return (samples, nil) }
    return (samples, rows.map { UInt16(header.palette[Int($0)][3]) })
  }

  /// The samples of grey or of colours, and the opacity beside them or by the transparent colour.
  func split(colours: Int, largest: Int) -> (samples: [UInt16], alpha: [UInt16]?) {
    let channels = header.channels
    var samples: [UInt16] = []
    samples.reserveCapacity(count * colours)
    var alpha: [UInt16] = []
    for pixel in 0..<count {
      for channel in 0..<colours { samples.append(sample(pixel * channels + channel)) }
      if channels > colours {
        alpha.append(sample(pixel * channels + colours))
      } else if let key = header.key {
        alpha.append(samples.suffix(colours).elementsEqual(key) ? 0 : UInt16(largest))
      }
    }
    return (samples, alpha.isEmpty ? nil : alpha)
  }
}
