public import Autodiff

/// Settings of generators and discriminators of images, by name.
///
/// The layers follow the guideline of A. Radford, L. Metz, S. Chintala 2016 (DCGAN): strided convolutions in
/// place of pooling, batch normalisation in the generator but for its last layer, ReLU in the generator with
/// tanh at its end, leaky ReLU in the discriminator. They are small enough for a processor. Samples are made
/// with a running mean of the generator's parameters that keeps 0.999 a step, but for `dcgan-images`.
///
/// | name | players |
/// | --- | --- |
/// | `sngan-images` | convolutions under spectral normalisation against transposed convolutions; hinge |
/// | `dcgan-images` | the same layers, batch normalisation in both, weights N(0, 0.02), Adam 2e-4 (0.5, 0.999) |
/// | `conditional-images` | as `sngan-images`, with labels: a projection discriminator |
/// | `recurrent-images` | a recurrent generator that writes rows of pixels, the convolutional discriminator, no control |
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
  ///   - channels: The channels at half of the image's side, even.
  ///   - noise: The coordinates of the noise.
  /// - Returns: The settings.
  /// - Throws: `AdversarialTrainingError` if the size does not suit, or if labels are needed and there are
  ///   less than two classes.
  public func settings(
    for images: ImageShape, classes: Int, channels: Int = 32, noise: Int = 32
  ) throws(AdversarialTrainingError) -> AdversarialTraining {
    guard images.height.isMultiple(of: 4), images.width.isMultiple(of: 4) else {
      throw .invalidSetting(
        name: "the size of images", value: "\(images)", allowed: "multiples of 4")
    }
    guard !usesLabels || classes > 1 else {
      throw .invalidSetting(
        name: "the number of classes", value: "\(classes)", allowed: "at least 2: give labels")
    }
    guard channels >= 2, channels.isMultiple(of: 2), channels <= 4096 else {
      throw .invalidSetting(
        name: "the number of channels", value: "\(channels)", allowed: "even, from 2 to 4096")
    }
    guard (1...65_536).contains(noise) else {
      throw .invalidSetting(
        name: "the dimension of the noise", value: "\(noise)", allowed: "from 1 to 65536")
    }
    return players(
      images, LatentNoise(dimension: noise, classes: usesLabels ? classes : 0), channels)
  }

  private func players(
    _ images: ImageShape, _ noise: LatentNoise, _ channels: Int
  ) -> AdversarialTraining {
    var generator = AdversarialTraining.Player(
      hidden: [], initialization: initialization, optimizer: optimizer)
    var discriminator = generator
    generator.layers =
      isRecurrent
      ? Self.recurrentLayers(images, noise) : Self.transposedLayers(images, noise, channels)
    discriminator.layers = convolutions(images, classes: noise.classes, channels)
    var settings = AdversarialTraining(
      objective: self == .batchNormalized ? .nonSaturating : .hinge,
      control: self == .batchNormalized ? nil : .spectralNormalization,
      discriminator: discriminator, generator: generator, noise: noise, batch: 64,
      steps: self == .spectral ? 6000 : 4000)
    if self != .batchNormalized { settings.generatorAveraging = 0.999 }
    if case .recurrent(let steps) = self {
      settings.objective = .nonSaturating
      settings.control = nil
      settings.unrolling.steps = steps
    }
    return settings
  }

  private var initialization: Initialization {
    self == .batchNormalized ? .normal(deviation: 0.02) : .he
  }

  private var isRecurrent: Bool {
    if case .recurrent = self { true } else { false }
  }

  private var optimizer: OptimizerSetting {
    self == .batchNormalized
      ? .adam(rate: 2e-4, meanDecay: 0.5, squareDecay: 0.999)
      : .adam(rate: isRecurrent ? 5e-4 : 1e-3, meanDecay: 0.5, squareDecay: 0.999)
  }

  /// Noise, a quarter of the image's side with 2c channels, a half with c, the side with c/2, the image.
  private static func transposedLayers(
    _ images: ImageShape, _ noise: LatentNoise, _ channels: Int
  ) -> LayerStack {
    let small = ImageShape(
      height: images.height / 4, width: images.width / 4, channels: 2 * channels)
    return LayerStack(
      input: ImageShape(height: 1, width: 1, channels: noise.dimension),
      layers: [
        ImageLayer(.full(small), normalizesBatch: true, activation: .relu),
        ImageLayer(
          .transposedConvolution(channels: channels, kernel: 4, stride: 2, padding: 1),
          normalizesBatch: true, activation: .relu),
        ImageLayer(
          .transposedConvolution(channels: channels / 2, kernel: 4, stride: 2, padding: 1),
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

  /// The image with c channels, a half of its side with 2c, a quarter with 2c, a number.
  ///
  /// Against a recurrent generator, which may look through many of its steps, the first of these is left out.
  private func convolutions(_ images: ImageShape, classes: Int, _ channels: Int) -> LayerStack {
    let first = ImageLayer(
      .convolution(channels: channels, kernel: 3, stride: 1, padding: 1), activation: .leakyReLU)
    let halving = ImageLayer(
      .convolution(channels: 2 * channels, kernel: 4, stride: 2, padding: 1),
      normalizesBatch: self == .batchNormalized, activation: .leakyReLU)
    let layers = (isRecurrent ? [] : [first]) + [halving, halving]
    // The projection has the last layer in itself.
    guard classes == 0 else {
      return LayerStack(input: images, layers: layers, labels: .projected(classes: classes))
    }
    return LayerStack(
      input: images, layers: layers + [ImageLayer(.full(ImageShape(height: 1, width: 1)))])
  }
}
