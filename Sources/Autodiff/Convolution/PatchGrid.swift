/// The square windows that a convolution looks through: how large they are and where they lie.
///
/// Window (r, c) covers the pixels from row `stride` · r − `padding` and column `stride` · c − `padding`
/// on; what is outside of the image counts as zero.
///
/// ```swift
/// let grid = PatchGrid(
///   of: ImageShape(height: 8, width: 8), kernel: 4, stride: 2, padding: 1)
/// grid.rows   // 4
/// ```
public struct PatchGrid: Hashable, Sendable, Codable {
  /// The image that the windows lie on.
  public let image: ImageShape
  /// The pixels of a window along each axis.
  public let kernel: Int
  /// The pixels from one window to the next.
  public let stride: Int
  /// The pixels of zeros around the image.
  public let padding: Int

  /// Windows on an image.
  ///
  /// - Parameters:
  ///   - image: The image that they lie on.
  ///   - kernel: The pixels of a window along each axis, no more than the padded image has.
  ///   - stride: The pixels from one window to the next, at least 1.
  ///   - padding: The pixels of zeros around the image, fewer than `kernel`.
  public init(of image: ImageShape, kernel: Int, stride: Int = 1, padding: Int = 0) {
    precondition(
      stride >= 1 && padding >= 0 && padding < kernel,
      "A window of \(kernel) with stride \(stride) and padding \(padding) is none: the stride is at "
        + "least 1, the padding from 0 to \(kernel - 1)")
    precondition(
      kernel <= min(image.height, image.width) + 2 * padding,
      "A window of \(kernel) does not fit into \(image) with padding \(padding)")
    self.image = image
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// The rows of windows: ⌊(height + 2 padding − kernel)/stride⌋ + 1.
  public var rows: Int { (image.height + 2 * padding - kernel) / stride + 1 }

  /// The windows in a row.
  public var columns: Int { (image.width + 2 * padding - kernel) / stride + 1 }

  /// The number of windows.
  public var count: Int { rows * columns }

  /// The entries that a window covers: kernel² · channels.
  public var patchSize: Int { kernel * kernel * image.channels }
}
