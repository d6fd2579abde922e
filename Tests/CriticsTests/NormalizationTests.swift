import Autodiff
import Critics
import TestSupport
import Testing
import Transport

/// What layer and batch normalisation do, and that neither bounds a slope.
@Suite struct NormalizationTests {
  private let sums: Matrix

  init() {
    var random = SplitMix64(seed: 111)
    sums = Matrix.normal(rows: 9, columns: 6, using: &random)
  }

  private func moments(_ values: [Double], _ shares: [Double]) -> (mean: Double, variance: Double) {
    let mean = zip(values, shares).reduce(0) { $0 + $1.0 * $1.1 }
    return (mean, zip(values, shares).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 })
  }

  @Test func layerNormalizationGivesEachSampleMeanZeroAndVarianceOne() {
    let result = Normalization.layer.apply(to: Tensor(sums)).value
    for row in 0..<9 {
      let (mean, variance) = moments(
        (0..<6).map { result[row, $0] }, [Double](repeating: 1 / 6, count: 6))
      #expect(abs(mean) < 1e-14)
      // The epsilon of 1e-5 beside variances of about 1.
      #expect(abs(variance - 1) < 1e-3 && variance < 1)
    }
  }

  @Test func batchNormalizationGivesEachUnitMeanZeroAndVarianceOne() {
    let weights = (1...9).map { Double($0) / 45 }
    let shares = Matrix(rows: 9, columns: 1, elements: weights)
    let result = Normalization.batch.apply(to: Tensor(sums), shares: Tensor(shares)).value
    for column in 0..<6 {
      let (mean, variance) = moments((0..<9).map { result[$0, column] }, weights)
      #expect(abs(mean) < 1e-14)
      #expect(abs(variance - 1) < 1e-3 && variance < 1)
    }
  }

  /// Splitting an atom into two of half the mass changes nothing.
  @Test func weightedStatisticsAreThoseOfTheMeasure() {
    let shares = Matrix(rows: 2, columns: 1, elements: [2.0 / 3, 1.0 / 3])
    let two = Normalization.batch.apply(to: Tensor(sums.rows(at: [0, 1])), shares: Tensor(shares))
    let three = Normalization.batch.apply(to: Tensor(sums.rows(at: [0, 0, 1])))
    for (a, b) in zip(two.value.elements, three.value.rows(at: [0, 2]).elements) {
      #expect(abs(a - b) < 1e-12)
    }
  }

  /// The length of a sample is lost, but for the epsilon: twice the sums, the same values.
  @Test func layerNormalizationForgetsTheScale() {
    let large = Normalization.layer.apply(to: 1e6 * Tensor(sums)).value
    let larger = Normalization.layer.apply(to: 2e6 * Tensor(sums)).value
    for (a, b) in zip(large.elements, larger.elements) { #expect(abs(a - b) < 1e-12) }
  }

  private func network(_ normalization: Normalization) -> Network {
    var random = SplitMix64(seed: 112)
    return Network(
      hidden: [8, 8], activation: .relu, through: sums, normalization: normalization,
      using: &random)
  }

  private func values(_ network: Network, _ points: Matrix) -> [Double] {
    network.outputs(
      for: Tensor(points), parameters: network.parameters.map { Tensor($0) }
    ).value.elements
  }

  /// Frozen, a network has the values that it had on the batch, and one point's value no longer depends on
  /// the others.
  @Test func frozenStatisticsReproduceTheBatchAndForgetTheCompany() {
    let network = network(.batch)
    let frozen = network.freezingStatistics(of: sums)
    #expect(frozen.normalization == .none)
    let together = values(frozen, sums)
    for (a, b) in zip(values(network, sums), together) { #expect(abs(a - b) < 1e-11) }
    let few = sums.rows(at: [3, 4])
    let apart = values(frozen, few)
    #expect(abs(apart[0] - together[3]) < 1e-12)
    #expect(abs(values(network, few)[0] - together[3]) > 1e-3)
  }

  /// Both divide by a spread: where it is small, slopes are large, whatever the weights.
  @Test(arguments: [Normalization.layer, .batch])
  func neitherBoundsTheSlope(normalization: Normalization) {
    let near = Matrix([[0, 0.001], [0.001, 0]])
    let result = normalization.apply(to: Tensor(near)).value
    let rise = abs(result[0, 0] - result[1, 0])
    #expect(rise > 100 * 0.001)
  }

  /// The finished critic has its statistics frozen and its last layer at norm 1, and its steepest pair is
  /// reported.
  @Test(arguments: [LipschitzControl.layerNormalization, .batchNormalization])
  func theTrainedCriticIsMeasuredAsAnyOther(control: LipschitzControl) throws {
    let instance = try CriticInstance.plane(12, seed: 113)
    let trained = try CriticTraining(.wasserstein(control), hidden: [8, 8], steps: 30)
      .train(on: instance.problem)
    let network = try #require(trained.critic.network)
    #expect(network.normalization != .batch)
    let last = network.parameters[network.parameters.count - 2]
    #expect(abs(last.elements.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
    let report = CriticReport(on: trained.critic, of: instance.problem, exact: instance.exact)
    #expect((report.slopes.violations > 0) == (report.lipschitzOnSupport > 1 + 1e-9))
    #expect(report.certifiedLowerBound <= instance.exact.cost + instance.tolerance)
  }
}
