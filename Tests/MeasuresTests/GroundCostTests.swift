import Measures
import Testing

/// Each ground cost against values worked out by hand, and the laws of a metric.
struct GroundCostTests {
  private static let metrics: [GroundCost] = [
    .euclidean, .cityBlock, .chebyshev, .minkowski(1), .minkowski(2), .minkowski(3.5),
  ]

  private func cost(
    _ x: [Double], _ y: [Double], _ groundCost: GroundCost, order: Double = 1
  ) throws -> Double {
    try PairwiseCosts(
      from: PointCloud([x]), to: PointCloud([y]), under: groundCost, order: order)[0, 0]
  }

  @Test(arguments: [
    (GroundCost.euclidean, 5.0), (.cityBlock, 7), (.chebyshev, 4), (.squaredEuclidean, 25),
    (.minkowski(1), 7), (.minkowski(2), 5),
  ])
  func threeFourFive(groundCost: GroundCost, expected: Double) throws {
    #expect(abs(try cost([1, 1], [4, -3], groundCost) - expected) < 1e-15 * expected)
  }

  @Test func minkowskiOfThree() throws {
    // 1³ + 2³ + 3³ = 36; 36^(1/3) with 17 digits.
    #expect(abs(try cost([0, 0, 0], [1, -2, 3], .minkowski(3)) - 3.3019272488946263) < 1e-15)
  }

  @Test func orders() throws {
    #expect(try cost([0, 0], [3, 4], .euclidean, order: 2) == 25)
    #expect(try cost([0, 0], [3, 4], .cityBlock, order: 3) == 343)
    #expect(try cost([0], [4], .euclidean, order: 1.5) == 8)
  }

  @Test(arguments: [
    (0.0, 10.0, 10.0), (10, 350, 20), (0, 180, 180), (0, 181, 179), (-90, 630, 0), (0, 360, 0),
    (5, 725, 0),
  ])
  func circle(x: Double, y: Double, expected: Double) throws {
    #expect(try cost([x], [y], .circular(period: 360)) == expected)
    #expect(try cost([y], [x], .circular(period: 360)) == expected)
  }

  /// A row is what the subscript says, entry by entry, for every cost, order and dimension.
  @Test(arguments: metrics + [.squaredEuclidean], [1, 2, 5])
  func rowsAreEntries(groundCost: GroundCost, dimension: Int) throws {
    var random = SplitMix(state: UInt64(dimension))
    func cloud(_ count: Int) throws -> PointCloud {
      try PointCloud(
        coordinates: (0..<count * dimension).map { _ in
          Double.random(in: -10...10, using: &random)
        }, dimension: dimension)
    }
    let (sources, targets) = (try cloud(7), try cloud(9))
    for order in [1, 2, 3.5] {
      let costs = try PairwiseCosts(from: sources, to: targets, under: groundCost, order: order)
      let matrix = costs.matrix()
      var row = [Double](repeating: 0, count: costs.columns)
      for source in 0..<costs.rows {
        costs.copyRow(source, into: &row)
        for target in 0..<costs.columns {
          #expect(row[target] == costs[source, target])
          #expect(row[target] == matrix[source, target])
        }
      }
    }
  }

  /// Coordinates of 1e200 and 1e-200, whose squares are no doubles: the shape of the answer stays.
  @Test(arguments: metrics)
  func scale(groundCost: GroundCost) throws {
    let points = [[0.0, 0], [3, 4], [-1, 7]]
    let reference = try PairwiseCosts(
      from: PointCloud(points), to: PointCloud(points), under: groundCost
    ).matrix()
    for exponent in [-700, -664, 664, 700] {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = try PointCloud(points.map { $0.map { $0 * factor } })
      let costs = try PairwiseCosts(from: scaled, to: scaled, under: groundCost)
      var row = [0.0, 0, 0]
      for source in 0..<3 {
        costs.copyRow(source, into: &row)
        for target in 0..<3 {
          // A scaled sum of squares is rounded a few times more.
          let expected = reference[source, target] * factor
          #expect(abs(row[target] - expected) <= 4 * expected.ulp)
          #expect(abs(costs[source, target] - expected) <= 4 * expected.ulp)
        }
      }
    }
  }

  /// Differences come first: two points near each other and far from the origin keep their distance.
  @Test func farFromTheOrigin() throws {
    #expect(try cost([1e8, 1e8], [1e8 + 3, 1e8 + 4], .euclidean) == 5)
    #expect(try cost([1e8, 1e8], [1e8 + 3, 1e8 + 4], .squaredEuclidean) == 25)
  }

  /// Every metric yields a matrix with zero diagonal, symmetry and the triangle inequality.
  @Test(arguments: metrics)
  func metricLaws(groundCost: GroundCost) throws {
    var random = SplitMix(state: 11)
    let cloud = try PointCloud(
      (0..<12).map { _ in (0..<3).map { _ in Double.random(in: -1...1, using: &random) } })
    #expect(groundCost.isMetric)
    #expect(try PairwiseCosts(from: cloud, to: cloud, under: groundCost).matrix().isMetric)
  }

  @Test func circleIsAMetric() throws {
    let cloud = try Histogram([1, 1, 1, 1], at: [0, 100, 200, 300]).pointCloud
    let costs = try PairwiseCosts(from: cloud, to: cloud, under: .circular(period: 360))
    #expect(costs.matrix().isMetric)
  }

  @Test func squaresAreNoMetric() throws {
    let line = try Histogram([1, 1, 1]).pointCloud
    let costs = try PairwiseCosts(from: line, to: line, under: .squaredEuclidean)
    #expect(!GroundCost.squaredEuclidean.isMetric)
    #expect(!costs.matrix().isMetric)
  }

  @Test func refused() throws {
    let plane = try PointCloud([[0, 0], [1, 1]])
    let line = try PointCloud([[0], [1]])
    func make(
      _ groundCost: GroundCost, order: Double = 1, _ cloud: PointCloud
    ) throws -> PairwiseCosts {
      try PairwiseCosts(from: cloud, to: cloud, under: groundCost, order: order)
    }
    for order in [0.5, -1, .infinity, .nan] {
      #expect(throws: MeasureError.self) { try make(.euclidean, order: order, line) }
    }
    for power in [0.5, .infinity, .nan] {
      #expect(throws: MeasureError.self) { try make(.minkowski(power), line) }
    }
    for period in [0, -1, .infinity, .nan] {
      #expect(throws: MeasureError.self) { try make(.circular(period: period), line) }
    }
    #expect(throws: MeasureError.self) { try make(.circular(period: 1), plane) }
    #expect(throws: MeasureError.self) {
      try PairwiseCosts(from: line, to: plane, under: .euclidean)
    }
    let apart = try PointCloud([[-1e308], [1e308]])
    #expect(throws: MeasureError.self) { try make(.circular(period: 1), apart) }
    let far = try PointCloud([[0], [1e200]])
    #expect(throws: MeasureError.self) { try make(.euclidean, order: 2, far) }
    let near = try PointCloud([[0], [1e-200]])
    #expect(throws: MeasureError.self) { try make(.euclidean, order: 2, near) }
  }
}
