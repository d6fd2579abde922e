import CPNGTrap

/// libpng as this module calls it: the only place that does.
enum PNGDecoder {
  /// What comes before the pixels.
  static func header(of source: SourceText) throws(MeasureFileError) -> PNGHeader {
    var header = cpng_header()
    var failure = cpng_failure()
    let outcome = unsafe source.bytes.withUnsafeBytes { bytes in
      unsafe cpng_read_header(bytes.baseAddress, bytes.count, &header, &failure)
    }
    guard outcome == CPNG_DONE else { throw error(failure, of: source) }
    return PNGHeader(header)
  }

  /// The rows, as `cpng_read_pixels` gives them; the header must have been compared with the file.
  ///
  /// The system gives memory when it is written to, and rows are written as they arrive. The passes
  /// of an interlaced image touch all rows at once, so that it is read once before without keeping
  /// any.
  static func rows(
    of source: SourceText, _ header: PNGHeader
  ) throws(MeasureFileError) -> [UInt8] {
    if header.isInterlaced { _ = try rows(of: source, header, kept: 1) }
    return try rows(of: source, header, kept: header.height)
  }

  private static func rows(
    of source: SourceText, _ header: PNGHeader, kept: Int
  ) throws(MeasureFileError) -> [UInt8] {
    var failure = cpng_failure()
    var outcome: Int32 = 0
    let size = header.rowBytes * kept
    let rows = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      outcome = unsafe source.bytes.withUnsafeBytes { bytes in
        unsafe cpng_read_pixels(
          bytes.baseAddress, bytes.count, buffer.baseAddress, header.rowBytes,
          kept == header.height ? header.rowBytes : 0, UInt32(header.height), &failure)
      }
      // Whoever reads a part of the passes has a row that is written in part: it is not kept.
      initialized = outcome == CPNG_DONE && kept == header.height ? size : 0
    }
    guard outcome == CPNG_DONE else { throw error(failure, of: source) }
    return rows
  }

  private static func error(_ failure: cpng_failure, of source: SourceText) -> MeasureFileError {
    var failure = failure
    let text = unsafe withUnsafeBytes(of: &failure.text) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return source.error(
      atByte: failure.offset, "the image cannot be read: \(text)", fix: "save it again as PNG")
  }
}

/// What a PNG file says before its pixels.
struct PNGHeader {
  /// What the samples of a pixel are.
  enum Kind { case grey, colour, palette, greyAlpha, colourAlpha }

  let width: Int
  let height: Int
  /// The bits of a sample.
  let depth: Int
  let kind: Kind
  /// The bytes of a row as they are decoded: one or two for each sample.
  let rowBytes: Int
  let isInterlaced: Bool
  /// The colours of the palette: red, green, blue, opacity.
  let palette: [[UInt8]]
  /// The colour that is transparent: one sample of grey, or three.
  let key: [UInt16]?

  init(_ header: cpng_header) {
    var header = header
    width = Int(header.width)
    height = Int(header.height)
    depth = Int(header.depth)
    rowBytes = header.row_bytes
    isInterlaced = header.interlaced
    switch Int(header.kind) {
    case CPNG_COLOUR: kind = .colour
    case CPNG_PALETTE: kind = .palette
    case CPNG_GREY_ALPHA: kind = .greyAlpha
    case CPNG_COLOUR_ALPHA: kind = .colourAlpha
    default: kind = .grey
    }
    let colours = unsafe withUnsafeBytes(of: &header.palette) { unsafe Array($0) }
    let alphas = unsafe withUnsafeBytes(of: &header.palette_alpha) { unsafe Array($0) }
    palette = (0..<Int(header.colours)).map { colours[3 * $0..<3 * $0 + 3] + [alphas[$0]] }
    let samples = [header.key.0, header.key.1, header.key.2]
    key = header.has_key ? (kind == .grey ? [samples[0]] : samples) : nil
  }

  /// The samples of a pixel in a row.
  var channels: Int {
    switch kind {
    case .grey, .palette: 1
    case .greyAlpha: 2
    case .colour: 3
    case .colourAlpha: 4
    }
  }
}

/// The library that reads PNG.
public enum PNGLibrary {
  /// The version of libpng that this program runs with.
  public static var version: String { unsafe String(cString: cpng_version()) }
}
