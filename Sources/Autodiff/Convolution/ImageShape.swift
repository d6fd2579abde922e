/// The pixels and channels of an image.
///
/// A batch of n images is an (n · height · width) × channels matrix: a row for each pixel, image after
/// image and row of pixels after row of pixels. The same entries as n rows are one image a row.
public struct ImageShape: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Rows of pixels, at least 1.
  public let height: Int
  /// Pixels in a row, at least 1.
  public let width: Int
  /// Numbers for each pixel, at least 1.
  public let channels: Int

  /// The shape of an image.
  public init(height: Int, width: Int, channels: Int = 1) {
    precondition(
      height > 0 && width > 0 && channels > 0,
      "An image has pixels and channels, not \(height) × \(width) × \(channels)")
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// The number of pixels.
  public var pixels: Int { height * width }

  /// The number of entries: pixels times channels.
  public var count: Int { pixels * channels }

  /// For instance "8 × 8 × 1".
  public var description: String { "\(height) × \(width) × \(channels)" }
}
