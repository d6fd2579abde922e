import Autodiff

/// The format of a saved critic: lines of words and numbers, ended by a checksum.
///
/// Numbers have the shortest digits that read back to the same double, so a critic that was loaded has the
/// same values to the last bit. `Docs/FileFormats.md` describes the lines.
enum CriticFile {
  static let title = "optimal-transport critic"
  static let version = 1
  static let checksumWord = "checksum"

  /// The text of a critic.
  static func text(of critic: Critic) -> String {
    var lines = ["\(title) \(version)", "dimension \(critic.dimension)"]
    lines.append("center " + numbers(critic.standardization.center[...]))
    lines.append("scale \(critic.standardization.scale)")
    lines.append("lipschitz-bound \(critic.lipschitzBound)")
    switch critic.body {
    case .network(let network):
      lines.append("form network")
      lines.append("activation \(network.activation.rawValue)")
      lines.append("normalization \(network.normalization.rawValue)")
      lines.append("widths " + network.widths.map(String.init).joined(separator: " "))
      for parameter in network.parameters { lines += rows(of: parameter) }
    case .funnels(let centers, let heights):
      lines.append("form funnels")
      lines.append("count \(heights.count)")
      lines += rows(of: centers)
      lines.append(numbers(heights[...]))
    }
    let content = lines.joined(separator: "\n") + "\n"
    return content + "\(checksumWord) \(checksum(of: content.utf8))\n"
  }

  private static func rows(of matrix: Matrix) -> [String] {
    (0..<matrix.rows).map { row in
      numbers(matrix.elements[row * matrix.columns..<(row + 1) * matrix.columns])
    }
  }

  private static func numbers(_ values: ArraySlice<Double>) -> String {
    values.map { "\($0)" }.joined(separator: " ")
  }

  /// CRC-32 as zlib computes it, in eight hexadecimal digits.
  ///
  /// - Source: ISO 3309, the reflected polynomial 0xEDB88320.
  static func checksum(of bytes: some Sequence<UInt8>) -> String {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 1 ? (remainder >> 1) ^ 0xEDB8_8320 : remainder >> 1
      }
    }
    let digits = String(~remainder, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

extension Critic {
  /// The critic as text, for a file; the same critic has the same text.
  public var fileText: String { CriticFile.text(of: self) }

  /// A critic from the text of a file.
  ///
  /// - Parameter fileText: What `fileText` of a critic was.
  /// - Throws: `CriticFileError` where the text was cut off, changed, is of another version or is none of
  ///   a critic.
  public init(fileText: String) throws(CriticFileError) {
    var reader = try CriticFileReader(fileText)
    self = try reader.critic()
  }

  /// Makes sure that the critic takes the points of a problem.
  ///
  /// - Throws: `CriticFileError.dimension` if they have another number of coordinates.
  public func check(fits problem: CriticProblem) throws(CriticFileError) {
    try check(fits: problem.dimension)
  }

  /// Makes sure that the critic takes points of a dimension.
  ///
  /// - Throws: `CriticFileError.dimension` if it takes others.
  public func check(fits dimension: Int) throws(CriticFileError) {
    guard dimension == self.dimension else {
      throw .dimension(critic: self.dimension, points: dimension)
    }
  }
}
