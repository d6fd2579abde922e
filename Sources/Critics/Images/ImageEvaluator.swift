public import Autodiff
import Divergences
import Measures
public import Transport

/// Holds samples of images against images that no training saw.
public struct ImageEvaluator: Sendable {
  /// The images that the players and the classifier are trained on.
  public let training: LabelledImages
  /// The images that are kept from all trainings.
  public let heldOut: LabelledImages
  /// What tells classes apart, trained on the training images.
  public let classifier: ImageClassifier
  /// The classifier's accuracy on held-out images.
  public let accuracy: Double
  /// What the classifier finds in the held-out images.
  public let heldOutClasses: ClassifiedSamples
  /// The exact W₁ in pixel space of training images from the held-out ones: what a generator would reach
  /// that knows the training images by heart.
  public let floor: Double
  private let neighbours: NeighbourReference
  private let heldOutCloud: PointCloud
  private let heldOutFeatures: Matrix
  private let solver: any TransportSolver

  /// Splits images, trains a classifier and computes the floor.
  ///
  /// - Parameters:
  ///   - images: All images; every third is held out.
  ///   - count: The number of samples that will be compared; as many training images, if there are so many,
  ///     are what the floor is measured with, evenly spread over all of them.
  ///   - classifierSteps: The steps that the classifier is trained for.
  ///   - seed: The seed of the classifier.
  ///   - solver: What solves the transport problems.
  /// - Throws: `MeasureError`, `TransportProblemError` or `TransportSolverError`.
  public init(
    _ images: LabelledImages, count: Int = 1000, classifierSteps: Int = 1000, seed: UInt64 = 0,
    solver: any TransportSolver = NetworkSimplex()
  ) throws {
    (training, heldOut) = images.split()
    classifier = ImageClassifier(trainedOn: training, steps: classifierSteps, seed: seed)
    accuracy = classifier.accuracy(on: heldOut)
    heldOutClasses = ClassifiedSamples(classifier.probabilities(of: heldOut.pixels))
    heldOutCloud = try heldOut.cloud()
    heldOutFeatures = classifier.features(of: heldOut.pixels)
    neighbours = NeighbourReference(training: training.pixels, heldOut: heldOut.pixels)
    self.solver = solver
    let drawn = min(count, training.count)
    let total = training.count
    let spread = training.images(at: (0..<drawn).map { $0 * total / drawn })
    floor = try SampleDistance(of: spread.cloud(), from: heldOutCloud, solver: solver).value
  }

  /// Measures samples.
  ///
  /// - Parameter samples: An image a row, in [−1, 1].
  /// - Returns: Distances, classes and the check for copies.
  /// - Throws: `MeasureError`, `TransportProblemError` or `TransportSolverError`; `CancellationError` in a
  ///   cancelled task.
  public func evaluate(_ samples: Matrix) throws -> ImageEvaluation {
    let cloud = try PointCloud(coordinates: samples.elements, dimension: samples.columns)
    let found = ClassifiedSamples(classifier.probabilities(of: samples))
    return ImageEvaluation(
      wasserstein1: try SampleDistance(of: cloud, from: heldOutCloud, solver: solver).value,
      classes: found,
      classDivergence: try ClassDivergence(of: found.shares, from: heldOutShares, costs: costs),
      frechet: frechetDistance(classifier.features(of: samples), heldOutFeatures),
      memorization: MemorizationCheck(samples, neighbours))
  }

  /// The share of each class among the held-out images, by their labels.
  public var heldOutShares: [Double] {
    let counts = heldOut.labels.reduce(into: Array(repeating: 0, count: heldOut.classes)) {
      $0[$1] += 1
    }
    return counts.map { Double($0) / Double(heldOut.count) }
  }

  /// What it costs to take one class for another: the distance of the means of their images.
  private var costs: [[Double]] {
    let means = (0..<heldOut.classes).map { label in
      let own = (0..<heldOut.count).filter { heldOut.labels[$0] == label }
      let ones = Matrix(
        rows: 1, columns: max(own.count, 1), repeating: 1 / Double(max(own.count, 1)))
      return own.isEmpty
        ? [Double](repeating: 0, count: heldOut.shape.count)
        : ones.product(with: heldOut.pixels.rows(at: own)).elements
    }
    return means.map { a in
      means.map { b in
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      }
    }
  }
}

/// What samples of images are worth.
public struct ImageEvaluation: Hashable, Sendable {
  /// The exact W₁ in pixel space from the held-out images.
  public let wasserstein1: Double
  /// What the classifier finds in them.
  public let classes: ClassifiedSamples
  /// How far the frequencies of classes are from those of the held-out images.
  public let classDivergence: ClassDivergence
  /// The Fréchet distance of the classifier's features from those of the held-out images.
  public let frechet: Double
  /// Whether samples are copies.
  public let memorization: MemorizationCheck
}

/// How far the frequencies of classes among samples are from those of the data.
public struct ClassDivergence: Hashable, Sendable {
  /// KL(samples ‖ data) in nats: finite if classes are missing.
  public let kullbackLeibler: Double
  /// The Jensen–Shannon divergence in nats.
  public let jensenShannon: Double
  /// The exact cost of moving one histogram into the other, where a move from class to class costs the
  /// distance of the means of their images.
  public let earthMovers: Double

  init(of samples: [Double], from data: [Double], costs: [[Double]]) throws {
    let (p, q) = (try Histogram(samples), try Histogram(data))
    kullbackLeibler = try p.klDivergence(from: q, mass: .normalize)
    jensenShannon = try p.jensenShannonDivergence(to: q, mass: .normalize)
    let problem = try TransportProblem(from: p, to: q, cost: CostMatrix(rows: costs))
    earthMovers = try NetworkSimplex().solve(problem).cost
  }
}
