public import Autodiff

/// A layer of a network on images: what it computes, and what is done to its sums.
///
/// Weights are matrices, so that every control of them, spectral normalisation too, is that of a full
/// layer. Of a convolution that is the matrix of kernel² · channels rows and a column for each channel made,
/// as in T. Miyato et al. 2018, section 2.1. Its norm is not the Lipschitz constant of the convolution: a
/// pixel stands in up to ⌈kernel/stride⌉² windows, so that the constant is up to ⌈kernel/stride⌉ times it.
public struct ImageLayer: Hashable, Sendable, Codable {
  /// What a layer computes of images.
  public enum Kind: Hashable, Sendable, Codable {
    /// Every entry of an image made depends on every entry of the image given.
    case full(ImageShape)
    /// The same weights at every window; see `Tensor.convolved`.
    case convolution(channels: Int, kernel: Int, stride: Int, padding: Int)
    /// Every pixel spread over a window of a larger image; see `Tensor.transposedConvolved`.
    case transposedConvolution(channels: Int, kernel: Int, stride: Int, padding: Int)
    /// An image written row of pixels by row of pixels by a gated recurrent unit; see `GatedRecurrentUnit`.
    case recurrent(units: Int, ImageShape)
  }

  /// What the layer computes.
  public let kind: Kind
  /// Whether the sums of each unit, or of each channel over all pixels, are moved and divided so that
  /// over the batch their mean is 0 and their variance 1, before the bias.
  public let normalizesBatch: Bool
  /// What is done to the sums; nil for nothing.
  public let activation: Network.Activation?

  /// A layer.
  ///
  /// - Parameters:
  ///   - kind: What it computes.
  ///   - normalizesBatch: Whether its sums are normalised over the batch.
  ///   - activation: What is done to the sums; nil for nothing.
  public init(
    _ kind: Kind, normalizesBatch: Bool = false, activation: Network.Activation? = nil
  ) {
    self.kind = kind
    self.normalizesBatch = normalizesBatch
    self.activation = activation
  }

  /// The image that the layer makes of an image.
  func output(for input: ImageShape) -> ImageShape {
    switch kind {
    case .full(let shape), .recurrent(_, let shape): return shape
    case .convolution(let channels, _, _, _):
      let grid = windows(on: input)
      return ImageShape(
        height: grid?.rows ?? 1, width: grid?.columns ?? 1, channels: channels)
    case .transposedConvolution(let channels, let kernel, let stride, let padding):
      return ImageShape(
        height: (input.height - 1) * stride + kernel - 2 * padding,
        width: (input.width - 1) * stride + kernel - 2 * padding, channels: channels)
    }
  }

  /// The windows of a convolution on the image given, or of a transposed one on the image made.
  func windows(on input: ImageShape) -> PatchGrid? {
    switch kind {
    case .full, .recurrent: nil
    case .convolution(_, let kernel, let stride, let padding):
      PatchGrid(of: input, kernel: kernel, stride: stride, padding: padding)
    case .transposedConvolution(_, let kernel, let stride, let padding):
      PatchGrid(of: output(for: input), kernel: kernel, stride: stride, padding: padding)
    }
  }

  /// The shapes of weights and bias, in turn, and how many inputs a sum has.
  func parameterShapes(for input: ImageShape) -> [(weights: Shape, inputs: Int)] {
    let made = output(for: input)
    switch kind {
    case .full:
      return [(Shape(rows: input.count, columns: made.count), input.count)]
    case .convolution(_, let kernel, _, _):
      let size = kernel * kernel * input.channels
      return [(Shape(rows: size, columns: made.channels), size)]
    case .transposedConvolution(_, let kernel, let stride, _):
      let columns = kernel * kernel * made.channels
      let inputs = max(1, kernel * kernel / (stride * stride)) * input.channels
      return [(Shape(rows: input.channels, columns: columns), inputs)]
    case .recurrent(let units, _):
      return GatedRecurrentUnit(units: units, image: made)
        .parameterShapes(inputs: input.count).map { ($0, $0.rows) }
    }
  }

  /// The columns of the bias that goes with the weights of a number.
  func biasWidth(ofWeights shape: Shape, for input: ImageShape) -> Int {
    if case .transposedConvolution(let channels, _, _, _) = kind { return channels }
    return shape.columns
  }

  /// The layer's values before normalisation and activation, a row for each sample or pixel.
  func sums(
    of values: Tensor, shaped input: ImageShape, samples: Int, _ parameters: [Tensor],
    isBiased: Bool
  ) -> Tensor {
    switch kind {
    case .full:
      let rows = values.reshaped(to: Shape(rows: samples, columns: input.count))
      return isBiased
        ? rows.affine(parameters[0], bias: parameters[1]) : rows.matmul(parameters[0])
    case .convolution:
      guard let grid = windows(on: input) else { return values }
      let patches = values.patches(grid)
      return isBiased
        ? patches.affine(parameters[0], bias: parameters[1]) : patches.matmul(parameters[0])
    case .transposedConvolution:
      guard let grid = windows(on: input) else { return values }
      let sums = values.matmul(parameters[0]).foldingPatches(grid)
      return isBiased ? sums + parameters[1] : sums
    case .recurrent(let units, let image):
      let rows = values.reshaped(to: Shape(rows: samples, columns: input.count))
      return GatedRecurrentUnit(units: units, image: image).image(from: rows, parameters)
    }
  }
}
