public import Autodiff
import RealModule
import Transport

/// A small convolutional network that tells classes of images apart.
///
/// It is trained here, on the images at hand: scores made with it have the form of the Inception score and of
/// the Fréchet Inception distance and are not comparable with them.
///
/// ```swift
/// let (training, heldOut) = digits.split()
/// let classifier = ImageClassifier(trainedOn: training)
/// classifier.accuracy(on: heldOut)   // 0.98
/// ```
public struct ImageClassifier: Sendable {
  private let network: Network
  private let featureStack: LayerStack

  /// The number of classes.
  public var classes: Int { network.widths[1] }

  /// Trains a classifier by Adam on the mean cross-entropy.
  ///
  /// Two convolutions, 3 × 3 with 16 channels and 4 × 4 of stride 2 with 32, a full layer of 64 units and
  /// one of a unit a class, with leaky ReLU between them.
  ///
  /// - Parameters:
  ///   - images: The images and their labels, at least 4 × 4 pixels.
  ///   - steps: The steps of Adam, whose rate falls along a cosine from 2·10⁻³ to 10⁻⁵.
  ///   - batch: The images of a step, drawn with replacement.
  ///   - seed: The seed of weights and batches.
  public init(
    trainedOn images: LabelledImages, steps: Int = 1000, batch: Int = 64, seed: UInt64 = 0
  ) {
    var random = SplitMix64(seed: seed)
    let features: [ImageLayer] = [
      ImageLayer(
        .convolution(channels: 16, kernel: 3, stride: 1, padding: 1), activation: .leakyReLU),
      ImageLayer(
        .convolution(channels: 32, kernel: 4, stride: 2, padding: 1), activation: .leakyReLU),
      ImageLayer(.full(ImageShape(height: 1, width: 1, channels: 64)), activation: .leakyReLU),
    ]
    let last = ImageLayer(
      .full(ImageShape(height: 1, width: 1, channels: images.classes)))
    featureStack = LayerStack(input: images.shape, layers: features)
    var network = Network(
      LayerStack(input: images.shape, layers: features + [last]), initialization: .he,
      using: &random)
    let adam = Adam(rate: .cosine(from: 2e-3, to: 1e-5, steps: steps))
    var state = OptimizerState<Matrix>()
    for _ in 0..<steps {
      let places = (0..<batch).map { _ in Int.random(in: 0..<images.count, using: &random) }
      let variables = network.parameters.map { Tensor(variable: $0) }
      let outputs = network.outputs(
        for: Tensor(images.pixels.rows(at: places)), parameters: variables)
      let loss = crossEntropy(outputs, labels: places.map { images.labels[$0] })
      adam.update(
        &network.parameters, along: gradient(of: loss, withRespectTo: variables), state: &state)
    }
    self.network = network
  }

  /// How likely the classifier holds each class for each image.
  ///
  /// - Parameter images: An image a row.
  /// - Returns: count × classes; a row sums to 1.
  public func probabilities(of images: Matrix) -> Matrix {
    let outputs = network.outputs(
      for: Tensor(images), parameters: network.parameters.map { Tensor($0) })
    return (outputs - logarithmOfSumOfExponentials(outputs)).exp().value
  }

  /// What the last layer but one makes of images, for the Fréchet distance.
  ///
  /// - Parameter images: An image a row.
  /// - Returns: count × 64.
  public func features(of images: Matrix) -> Matrix {
    featureStack.outputs(
      for: Tensor(images), parameters: network.parameters.dropLast(2).map { Tensor($0) }
    ).value
  }

  /// The share of images whose likeliest class is their own.
  public func accuracy(on images: LabelledImages) -> Double {
    let found = ClassifiedSamples(probabilities(of: images.pixels))
    let right = zip(found.classes, images.labels).count { $0 == $1 }
    return Double(right) / Double(images.count)
  }
}

/// What a classifier finds in samples.
public struct ClassifiedSamples: Hashable, Sendable {
  /// The likeliest class of each sample; of equal ones the first.
  public let classes: [Int]
  /// How likely the classifier holds it.
  public let confidences: [Double]
  /// The number of samples of each class.
  public let counts: [Int]
  /// exp E KL(p(class | sample) ‖ p(class)), from 1 to the number of classes.
  ///
  /// The most is reached if every sample is told for sure and every class is as frequent. With Inception as
  /// classifier it is the Inception score.
  ///
  /// - Source: T. Salimans et al., "Improved techniques for training GANs", 2016, section 4.
  public let classifierScore: Double

  /// Reads probabilities, samples × classes.
  public init(_ probabilities: Matrix) {
    let entries = probabilities.elements
    let width = probabilities.columns
    let rows = (0..<probabilities.rows).map { entries[$0 * width..<($0 + 1) * width] }
    classes = rows.map { row in
      row.indices.reduce(row.startIndex) { row[$1] > row[$0] ? $1 : $0 } - row.startIndex
    }
    confidences = rows.map { $0.max() ?? 0 }
    counts = classes.reduce(into: Array(repeating: 0, count: width)) { $0[$1] += 1 }
    let ones = Matrix(rows: 1, columns: rows.count, repeating: 1 / Double(rows.count))
    let mean = ones.product(with: probabilities).elements
    let divergences = rows.map { row in
      zip(row, mean).reduce(0) { $1.0 > 0 ? $0 + $1.0 * Double.log($1.0 / $1.1) : $0 }
    }
    classifierScore = Double.exp(divergences.reduce(0, +) / Double(rows.count))
  }

  /// The share of samples that are told with at least a confidence.
  public func share(withConfidence least: Double) -> Double {
    Double(confidences.count { $0 >= least }) / Double(confidences.count)
  }

  /// The share of samples of each class.
  public var shares: [Double] { counts.map { Double($0) / Double(classes.count) } }
}

/// The mean of −log of the probability of each row's own class.
///
/// - Parameters:
///   - outputs: Logarithms of probabilities but for a number a row, n × classes.
///   - labels: The class of each row.
/// - Returns: 1 × 1.
func crossEntropy(_ outputs: Tensor, labels: [Int]) -> Tensor {
  let own = outputs.entries(
    at: labels.enumerated().map { $0.offset * outputs.shape.columns + $0.element })
  return (logarithmOfSumOfExponentials(outputs) - own).mean()
}

/// log Σ eˣ of each row, n × 1, without overflow.
private func logarithmOfSumOfExponentials(_ x: Tensor) -> Tensor {
  let greatest = x.detached.rowMaxima()
  return (x - greatest).exp().rowSums().log() + greatest
}
