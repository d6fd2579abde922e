public import Autodiff

/// Settings of generators and discriminators of images, by name.
///
/// The layers follow the guideline of A. Radford, L. Metz, S. Chintala 2016 (DCGAN): strided convolutions in
/// place of pooling, batch normalisation in the generator but for its last layer, ReLU in the generator with
/// tanh at its end, leaky ReLU in the discriminator. They are small enough for a processor.
///
/// | name | players |
/// | --- | --- |
/// | `sngan-images` | convolutions under spectral normalisation against transposed convolutions; hinge |
/// | `dcgan-images` | the same layers, batch normalisation in both, weights N(0, 0.02), Adam 2e-4 (0.5, 0.999) |
/// | `conditional-images` | as `sngan-images`, with labels: a projection discriminator |
/// | `recurrent-images` | a recurrent generator that writes rows of pixels, the convolutional discriminator |
/// | `recurrent-images-K` | the same, looking ahead K steps of the discriminator |
public enum ImagePreset: Hashable, Sendable {
  /// Spectral normalisation and hinge.
  case spectral
  /// Batch normalisation in both players.
  case batchNormalized
  /// Labels for both players.
  case conditional
  /// A recurrent generator, with K unrolled steps.
  case recurrent(unrolling: Int)

  /// The names; behind `recurrent-images-` any number of steps may stand.
  public static let names = [
    "sngan-images", "dcgan-images", "conditional-images", "recurrent-images", "recurrent-images-5",
  ]

  /// The preset of a name.
  ///
  /// - Parameter name: One of `names`, or `recurrent-images-K` with another K.
  /// - Throws: `AdversarialTrainingError.unknownPreset` with the most similar name.
  public init(_ name: String) throws(AdversarialTrainingError) {
    switch name {
    case "sngan-images": self = .spectral
    case "dcgan-images": self = .batchNormalized
    case "conditional-images": self = .conditional
    case "recurrent-images": self = .recurrent(unrolling: 0)
    default:
      let start = "recurrent-images-"
      guard name.hasPrefix(start), let steps = Int(name.dropFirst(start.count)) else {
        throw .unknownPreset(
          name: name, nearest: AdversarialPreset.nearest(to: name, among: Self.names))
      }
      self = .recurrent(unrolling: steps)
    }
  }

  /// Whether labels stand behind the images.
  public var usesLabels: Bool { self == .conditional }

  /// The settings for images of a size.
  ///
  /// - Parameters:
  ///   - images: The images; height and width must be multiples of 4.
  ///   - classes: The number of classes, for a preset that uses labels.
  /// - Throws: `AdversarialTrainingError` if the size does not suit, or if labels are needed and there are
  ///   less than two classes.
  public func settings(
    for images: ImageShape, classes: Int
  ) throws(AdversarialTrainingError) -> AdversarialTraining {
    guard images.height.isMultiple(of: 4), images.width.isMultiple(of: 4) else {
      throw .invalidSetting(
        name: "the size of images", value: "\(images)", allowed: "multiples of 4")
    }
    guard !usesLabels || classes > 1 else {
      throw .invalidSetting(
        name: "the number of classes", value: "\(classes)", allowed: "at least 2: give labels")
    }
    return players(images, usesLabels ? classes : 0)
  }

  private func players(_ images: ImageShape, _ classes: Int) -> AdversarialTraining {
    let noise = LatentNoise(dimension: 32, classes: classes)
    var generator = AdversarialTraining.Player(
      hidden: [], initialization: initialization, optimizer: optimizer)
    var discriminator = generator
    generator.layers =
      if case .recurrent = self { Self.recurrentLayers(images, noise) } else {
        Self.transposedLayers(images, noise)
      }
    discriminator.layers = Self.convolutions(
      images, normalizesBatch: self == .batchNormalized, classes: classes)
    var settings = AdversarialTraining(
      objective: self == .batchNormalized ? .nonSaturating : .hinge,
      control: self == .batchNormalized ? nil : .spectralNormalization,
      discriminator: discriminator, generator: generator, noise: noise, batch: 64, steps: 4000)
    if case .recurrent(let steps) = self {
      settings.objective = .minimax
      settings.unrolling.steps = steps
    }
    return settings
  }

  private var initialization: Initialization {
    self == .batchNormalized ? .normal(deviation: 0.02) : .he
  }

  private var optimizer: OptimizerSetting {
    self == .batchNormalized
      ? .adam(rate: 2e-4, meanDecay: 0.5, squareDecay: 0.999)
      : .adam(rate: 1e-3, meanDecay: 0.5, squareDecay: 0.999)
  }

  /// Noise, a quarter of the image's side with 64 channels, a half with 32, the image.
  private static func transposedLayers(_ images: ImageShape, _ noise: LatentNoise) -> LayerStack {
    let small = ImageShape(height: images.height / 4, width: images.width / 4, channels: 64)
    return LayerStack(
      input: ImageShape(height: 1, width: 1, channels: noise.dimension),
      layers: [
        ImageLayer(.full(small), normalizesBatch: true, activation: .relu),
        ImageLayer(
          .transposedConvolution(channels: 32, kernel: 4, stride: 2, padding: 1),
          normalizesBatch: true, activation: .relu),
        ImageLayer(
          .transposedConvolution(channels: 16, kernel: 4, stride: 2, padding: 1),
          normalizesBatch: true, activation: .relu),
        ImageLayer(
          .convolution(channels: images.channels, kernel: 3, stride: 1, padding: 1),
          activation: .tanh),
      ], labels: labels(noise))
  }

  private static func recurrentLayers(_ images: ImageShape, _ noise: LatentNoise) -> LayerStack {
    LayerStack(
      input: ImageShape(height: 1, width: 1, channels: noise.dimension),
      layers: [ImageLayer(.recurrent(units: 96, images), activation: .tanh)],
      labels: labels(noise))
  }

  private static func labels(_ noise: LatentNoise) -> LayerStack.Labels {
    noise.classes > 0 ? .passedOn(classes: noise.classes) : .none
  }

  /// The image with 32 channels, a half of its side with 64, a quarter with 64, a number.
  private static func convolutions(
    _ images: ImageShape, normalizesBatch: Bool, classes: Int
  ) -> LayerStack {
    var layers = [
      ImageLayer(
        .convolution(channels: 32, kernel: 3, stride: 1, padding: 1), activation: .leakyReLU),
      ImageLayer(
        .convolution(channels: 64, kernel: 4, stride: 2, padding: 1),
        normalizesBatch: normalizesBatch, activation: .leakyReLU),
      ImageLayer(
        .convolution(channels: 64, kernel: 4, stride: 2, padding: 1),
        normalizesBatch: normalizesBatch, activation: .leakyReLU),
    ]
    // The projection has the last layer in itself.
    guard classes == 0 else {
      return LayerStack(input: images, layers: layers, labels: .projected(classes: classes))
    }
    layers.append(ImageLayer(.full(ImageShape(height: 1, width: 1))))
    return LayerStack(input: images, layers: layers)
  }
}
