public import Autodiff

/// How near rows come to the rows of another matrix: whether a generator copies what it was trained on.
///
/// A generator that keeps its training images makes samples nearer to them than new images of the same law
/// are. So the share of samples within a radius of a training image is held against that of held-out images.
public struct MemorizationCheck: Hashable, Sendable {
  /// The radius: that many of the training images have another one nearer than this.
  public let radius: Double
  /// The share of training images that have another one within the radius.
  public let level: Double
  /// The share of samples within the radius of a training image.
  public let sampleShare: Double
  /// The share of held-out images within the radius of a training image.
  public let heldOutShare: Double
  /// The median distance of a sample to the nearest training image.
  public let medianOfSamples: Double
  /// The median distance of a held-out image to the nearest training image.
  public let medianOfHeldOut: Double

  /// Whether samples are no more often within the radius than held-out images are.
  public var isPassed: Bool { sampleShare <= heldOutShare }

  /// Compares samples with training images.
  ///
  /// - Parameters:
  ///   - samples: A sample a row.
  ///   - training: A training image a row, at least two.
  ///   - heldOut: An image that no training saw a row.
  ///   - level: The share of training images that the radius is chosen by.
  /// - Complexity: O((samples + training + held-out) · training · pixels).
  public init(samples: Matrix, training: Matrix, heldOut: Matrix, level: Double = 0.05) {
    self.init(samples, NeighbourReference(training: training, heldOut: heldOut, level: level))
  }

  init(_ samples: Matrix, _ reference: NeighbourReference) {
    radius = reference.radius
    level = reference.level
    heldOutShare = reference.heldOutShare
    medianOfHeldOut = reference.medianOfHeldOut
    let distances = nearestDistances(from: samples, to: reference.training).sorted()
    let limit = reference.radius
    sampleShare = Double(distances.count { $0 <= limit }) / Double(distances.count)
    medianOfSamples = distances[distances.count / 2]
  }
}

/// What is the same for all samples that are held against the same images.
struct NeighbourReference: Sendable {
  let training: Matrix
  let level: Double
  let radius: Double
  let heldOutShare: Double
  let medianOfHeldOut: Double

  init(training: Matrix, heldOut: Matrix, level: Double = 0.05) {
    precondition(level > 0 && level < 1, "a share lies between 0 and 1, not at \(level)")
    self.training = training
    self.level = level
    let own = nearestDistances(from: training, to: training, skipsSame: true).sorted()
    let limit = own[min(own.count - 1, Int(level * Double(own.count)))]
    let distances = nearestDistances(from: heldOut, to: training).sorted()
    radius = limit
    heldOutShare = Double(distances.count { $0 <= limit }) / Double(distances.count)
    medianOfHeldOut = distances[distances.count / 2]
  }
}

/// The Euclidean distance of each row to the nearest row of another matrix.
///
/// - Parameters:
///   - rows: n × d.
///   - others: m × d.
///   - skipsSame: Whether row i of the first is not compared with row i of the second.
/// - Returns: n distances.
/// - Complexity: O(n m d).
func nearestDistances(
  from rows: Matrix, to others: Matrix, skipsSame: Bool = false
) -> [Double] {
  precondition(rows.columns == others.columns, "rows of one length have distances")
  let (a, b, width) = (rows.elements, others.elements, rows.columns)
  return (0..<rows.rows).map { row in
    var best = Double.infinity
    for other in 0..<others.rows where !(skipsSame && other == row) {
      var square = 0.0
      for column in 0..<width {
        let difference = a[row * width + column] - b[other * width + column]
        square += difference * difference
        if square >= best { break }
      }
      best = min(best, square)
    }
    return best.squareRoot()
  }
}
