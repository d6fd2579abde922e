import Autodiff
public import Measures
public import Transport

/// Two weighted discrete measures in Euclidean space, as critics are trained on them: W₁ of their atoms.
///
/// Training sees coordinates moved to their mean and divided by their spread, and masses divided by their
/// total, so that it is the same in every unit. It never sees the exact distance.
public struct CriticProblem: Sendable {
  /// The transport problem of order 1 under the Euclidean distance.
  public let transport: TransportProblem
  /// The measure under which the critic is to be large.
  public let source: PointCloud
  /// The measure under which it is to be small.
  public let target: PointCloud
  /// The sources that have mass, in training coordinates, m × d.
  let sources: Matrix
  /// The targets that have mass, in training coordinates, n × d.
  let targets: Matrix
  /// The share of each source.
  let sourceShares: [Double]
  /// The share of each target.
  let targetShares: [Double]
  /// The indices of the sources that have mass.
  let sourceIndices: [Int]
  /// The indices of the targets that have mass.
  let targetIndices: [Int]
  /// How training coordinates come from coordinates.
  let standardization: Standardization
  /// The total mass.
  let totalMass: Double

  /// The problem of two clouds of points.
  ///
  /// - Parameters:
  ///   - source: The measure under which the critic is to be large.
  ///   - target: The measure under which it is to be small, of the same dimension.
  ///   - mass: What to do about unequal totals.
  /// - Throws: `TransportProblemError`.
  /// - Complexity: O((m + n) d).
  public init(
    from source: PointCloud, to target: PointCloud, mass: MassPolicy = .requireEqual()
  ) throws(TransportProblemError) {
    transport = try TransportProblem(from: source, to: target, mass: mass)
    (self.source, self.target) = (source, target)
    totalMass = transport.totalMass
    let (sourceMasses, targetMasses) = (transport.sourceMasses, transport.targetMasses)
    sourceIndices = sourceMasses.indices.filter { sourceMasses[$0] > 0 }
    targetIndices = targetMasses.indices.filter { targetMasses[$0] > 0 }
    sourceShares = sourceIndices.map { [totalMass] in sourceMasses[$0] / totalMass }
    targetShares = targetIndices.map { [totalMass] in targetMasses[$0] / totalMass }
    let atoms = sourceIndices.map { source.point($0) } + targetIndices.map { target.point($0) }
    standardization = Standardization(of: atoms)
    sources = standardization.matrix(sourceIndices.map { source.point($0) })
    targets = standardization.matrix(targetIndices.map { target.point($0) })
  }

  /// The number of coordinates of a point.
  public var dimension: Int { sources.columns }

  /// Coordinates of all atoms that have mass, sources before targets.
  var atomCoordinates: [Double] {
    sourceIndices.flatMap { source.point($0) } + targetIndices.flatMap { target.point($0) }
  }

  /// E_p f − E_q f with the masses of the problem, from the values on the atoms that have mass.
  func difference(of values: [Double]) -> Double {
    let mean = { (values: ArraySlice<Double>, shares: [Double]) in
      zip(values, shares).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let sources = sourceIndices.count
    return totalMass
      * (mean(values[..<sources], sourceShares) - mean(values[sources...], targetShares))
  }

  /// An empirical pair of measures: so many points of either, drawn by their masses, of equal mass.
  ///
  /// - Parameters:
  ///   - size: The number of points of either, at least 1.
  ///   - generator: The source of randomness.
  /// - Returns: A problem of the same total mass.
  /// - Throws: `TransportProblemError` where masses are so small that a part of them is 0.
  public func batch(
    of size: Int, using generator: inout some RandomNumberGenerator
  ) throws(TransportProblemError) -> CriticProblem {
    precondition(size >= 1, "a batch has at least one point, not \(size)")
    let rows = MassSampler(sourceShares).draw(size, using: &generator)
    let columns = MassSampler(targetShares).draw(size, using: &generator)
    return try CriticProblem(
      from: empirical(source, rows.map { sourceIndices[$0] }),
      to: empirical(target, columns.map { targetIndices[$0] }))
  }

  private func empirical(
    _ cloud: PointCloud, _ drawn: [Int]
  ) throws(TransportProblemError) -> PointCloud {
    do {
      return try PointCloud(
        coordinates: drawn.flatMap { cloud.point($0) }, dimension: cloud.dimension,
        masses: [Double](repeating: totalMass / Double(drawn.count), count: drawn.count))
    } catch {
      throw .measure(error)
    }
  }

  /// The distances of sources and targets in training coordinates, target by target (n × m).
  func distancesByTarget() -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(targets.rows * sources.rows)
    for j in targetIndices {
      for i in sourceIndices { result.append(transport.costs[i, j] / standardization.scale) }
    }
    return result
  }
}

/// Coordinates moved to a centre and divided by one scale, which keeps Lipschitz constants.
struct Standardization: Hashable, Sendable {
  let center: [Double]
  let scale: Double

  /// A centre and a scale that are known.
  init(center: [Double], scale: Double) {
    self.center = center
    self.scale = scale
  }

  /// The mean of the atoms and the root of their mean squared distance from it, per coordinate.
  init(of atoms: [ArraySlice<Double>]) {
    let dimension = atoms[0].count
    let largest = atoms.joined().reduce(0) { max($0, abs($1)) }
    let unit = largest > 0 ? largest : 1
    var mean = [Double](repeating: 0, count: dimension)
    for atom in atoms {
      for (axis, value) in atom.enumerated() { mean[axis] += value / unit / Double(atoms.count) }
    }
    var square = 0.0
    for atom in atoms {
      for (axis, value) in atom.enumerated() {
        let difference = value / unit - mean[axis]
        square += difference * difference
      }
    }
    let spread = (square / Double(atoms.count * dimension)).squareRoot()
    center = mean.map { $0 * unit }
    scale = spread > 0 ? spread * unit : 1
  }

  /// Rows of training coordinates.
  func matrix(_ points: [ArraySlice<Double>]) -> Matrix {
    Matrix(
      rows: points.count, columns: center.count,
      elements: points.flatMap { point in
        zip(point, center).map { ($0 - $1) / scale }
      })
  }
  /// Rows of training coordinates from n × d coordinates, row-major.
  func matrix(flat coordinates: [Double]) -> Matrix {
    let dimension = center.count
    return Matrix(
      rows: coordinates.count / dimension, columns: dimension,
      elements: coordinates.indices.map { (coordinates[$0] - center[$0 % dimension]) / scale })
  }
}
