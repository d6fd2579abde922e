import Measures

/// The samples of an image as its file stores them.
///
/// Nothing is done to them that the file does not ask for: neither gamma nor a colour profile, and
/// four bits stay four bits.
struct PixelImage {
  let path: String
  let width: Int
  let height: Int
  /// The samples of a pixel: 1, grey, or 3, red, green and blue.
  let channels: Int
  /// The largest that a sample can be.
  let largest: Int
  /// The samples, height × width × channels, row-major.
  let samples: [UInt16]
  /// How opaque each pixel is, as a part of `largest`; nil where all are.
  let alpha: [UInt16]?

  /// The number of pixels.
  var count: Int { width * height }

  /// An error about one pixel.
  func error(atPixel index: Int, _ what: String, fix: String) -> MeasureFileError {
    let (row, column) = index.quotientAndRemainder(dividingBy: width)
    return MeasureFileError(
      .badData, path: path, what: "pixel in row \(row), column \(column): \(what)", fix: fix)
  }

  /// How opaque a pixel is, as a part of `largest`.
  func opacity(_ pixel: Int) -> Int {
    alpha.map { Int($0[pixel]) } ?? largest
  }
}

// Masses on the pixels.
extension PixelImage {
  /// The weights of red, green and blue in the luminance, in ten-thousandths.
  ///
  /// - Source: ITU-R Recommendation BT.709-6, item 3.2; here applied to the stored samples.
  private static let weights = (red: 2126, green: 7152, blue: 722)

  /// The grey levels as masses; of colours the luminance; a transparent pixel has less, or none.
  ///
  /// Each mass is one fraction of integers, rounded once, so that a grey image has the same masses
  /// whether it is stored as grey or as colours, opaque without alpha or with it.
  ///
  /// - Complexity: O(pixels).
  func luminance(_ precision: NumberPrecision) throws(MeasureFileError) -> Grid {
    let masses = (0..<count).map { pixel in
      Double(luminanceInTenThousandths(pixel) * opacity(pixel)) / Double(10_000 * largest)
    }
    let decimals = precision == .decimal ? try decimalLuminance() : nil
    return try wholeImage { () throws(MeasureError) in
      try Grid(masses, shape: [height, width], decimals: decimals)
    }
  }

  private func luminanceInTenThousandths(_ pixel: Int) -> Int {
    guard channels == 3 else { return 10_000 * Int(samples[pixel]) }
    return Self.weights.red * Int(samples[3 * pixel])
      + Self.weights.green * Int(samples[3 * pixel + 1])
      + Self.weights.blue * Int(samples[3 * pixel + 2])
  }

  private func decimalLuminance() throws(MeasureFileError) -> [DecimalNumber] {
    var decimals: [DecimalNumber] = []
    decimals.reserveCapacity(count)
    for pixel in 0..<count {
      let (part, rest) = (luminanceInTenThousandths(pixel) * opacity(pixel))
        .quotientAndRemainder(dividingBy: largest)
      guard rest == 0 else {
        throw error(
          atPixel: pixel, "it is partly transparent, and its mass is no decimal",
          fix: "save the image without transparency")
      }
      decimals.append(DecimalNumber(significand: Int128(part), exponent: -4))
    }
    return decimals
  }

  /// What an image as a whole can be refused for: that it has no mass.
  private func wholeImage<Result>(
    _ body: () throws(MeasureError) -> Result
  ) throws(MeasureFileError) -> Result {
    do {
      return try body()
    } catch {
      throw MeasureFileError(
        .badData, path: path, what: "all \(count) pixels have no mass",
        fix: "at least one must be brighter than black, and not transparent")
    }
  }
}

// Colours as points.
extension PixelImage {
  /// The number of pixels of each colour, as points in a cube of bins; empty bins are left out.
  ///
  /// Sample v falls into bin ⌊v · bins / (largest + 1)⌋; a point's coordinates are the indices of
  /// its bins of red, green and blue. A transparent pixel counts for as much as it is opaque.
  ///
  /// - Complexity: O(pixels + k log k) for k colours.
  func colourHistogram(
    bins: Int, _ precision: NumberPrecision
  ) throws(MeasureFileError) -> PointCloud {
    precondition((1...256).contains(bins), "a cube of colours has 1 to 256 bins along each side")
    var opacities: [Int: Int] = [:]
    for pixel in 0..<count {
      opacities[bin(of: pixel, bins), default: 0] += opacity(pixel)
    }
    let used = opacities.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    guard !used.isEmpty else {
      throw MeasureFileError(
        .badData, path: path, what: "all \(count) pixels are transparent",
        fix: "at least one must be seen")
    }
    let decimals = precision == .decimal ? try decimalCounts(used.map(\.value)) : nil
    return try wholeImage { () throws(MeasureError) in
      try PointCloud(
        coordinates: used.flatMap { Self.indices(ofBin: $0.key, bins) }, dimension: 3,
        masses: used.map { Double($0.value) / Double(largest) }, decimals: decimals)
    }
  }

  private func bin(of pixel: Int, _ bins: Int) -> Int {
    (0..<3).reduce(0) { bin, channel in
      let sample = Int(samples[channels == 3 ? 3 * pixel + channel : pixel])
      return bin * bins + sample * bins / (largest + 1)
    }
  }

  private static func indices(ofBin bin: Int, _ bins: Int) -> [Double] {
    [bin / (bins * bins), bin / bins % bins, bin % bins].map { Double($0) }
  }

  private func decimalCounts(_ opacities: [Int]) throws(MeasureFileError) -> [DecimalNumber] {
    guard opacities.allSatisfy({ $0.isMultiple(of: largest) }) else {
      throw MeasureFileError(
        .badData, path: path, what: "pixels are partly transparent, and their mass is no decimal",
        fix: "save the image without transparency")
    }
    return opacities.map { DecimalNumber(significand: Int128($0 / largest)) }
  }
}
