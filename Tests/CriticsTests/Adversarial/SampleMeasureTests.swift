import Autodiff
import Critics
import Measures
import TestSupport
import Testing
import Transport

/// What samples are measured by.
@Suite struct SampleMeasureTests {
  /// Samples at modes, near one and far from all, by hand.
  @Test func coverageByHand() throws {
    let samples = try PointCloud([[0, 0], [0.1, 0], [1, 0], [5, 5], [0, 1.29]])
    let modes: [[Double]] = [[0, 0], [1, 0], [0, 1]]
    let loose = ModeCoverage(of: samples, modes: modes, radius: 0.3)
    #expect(loose.counts == [2, 1, 1] && loose.covered == 3)
    #expect(loose.highQualityShare == 0.8)
    let strict = ModeCoverage(of: samples, modes: modes, radius: 0.05, minimumShare: 0.3)
    #expect(strict.counts == [1, 1, 0] && strict.covered == 0)
  }

  /// Data of a law with modes cover all of them; almost all are within three deviations (in the plane
  /// 1 − e^(−9/2) = 98.9 %).
  @Test(arguments: [
    PointLaw.gaussianRing(modes: 8, radius: 2, deviation: 0.02),
    .gaussianGrid(side: 5, spacing: 2, deviation: 0.05),
  ])
  func dataCoverTheirModes(law: PointLaw) throws {
    let modes = try #require(law.modes)
    let coverage = ModeCoverage(
      of: try law.cloud(1000, seed: 4), modes: modes,
      radius: 3 * (try #require(law.modeDeviation)))
    #expect(coverage.covered == modes.count)
    // Four deviations of a share of 0.989 in 1,000.
    #expect(abs(coverage.highQualityShare - 0.9889) < 0.0133)
    #expect(PointLaw.circle(radius: 1).modes == nil)
  }

  private func generator(_ random: inout SplitMix64) -> Generator {
    Generator(
      network: Network(
        inputs: 3, hidden: [5], outputs: 2, activation: .tanh, initialization: .orthogonal(gain: 1),
        using: &random), noise: LatentNoise(dimension: 3))
  }

  /// ∇θ W₁ = −E ∇θ f(g_θ(z)) against differences of the exact distance, to 1 % (here to 1e-6: between
  /// changes of the plan W₁ is smooth).
  @Test(arguments: [1.0, 2, 3])
  func theGradientOfTheDistanceIsThatOfDifferences(order: Double) throws {
    var random = SplitMix64(seed: 21)
    let generator = generator(&random)
    let noise = generator.noise.sample(12, using: &random)
    let data = try PointLaw.gaussian(dimension: 2).cloud(15, seed: 22)
    func distance(_ parameters: [Matrix]) throws -> SampleDistance {
      let points = generator.points(
        from: Tensor(noise), parameters: parameters.map { Tensor($0) })
      let samples = try PointCloud(coordinates: points.value.elements, dimension: 2)
      return try SampleDistance(of: samples, from: data, order: order)
    }
    let parameters = generator.network.parameters
    let gradient = try distance(parameters).gradient(of: generator, from: noise)
    for (layer, row, column) in [(0, 0, 0), (0, 2, 4), (1, 0, 3), (2, 1, 1), (3, 0, 0)] {
      func value(_ change: Double) throws -> Double {
        var moved = parameters
        moved[layer][row, column] += change
        return try distance(moved).value
      }
      let difference = try (value(1e-6) - value(-1e-6)) / 2e-6
      #expect(
        abs(difference - gradient[layer][row, column]) < 1e-6 + 1e-6 * abs(difference),
        "parameter \(layer) \(row) \(column)")
    }
  }

  /// The slope at a sample is minus the gradient of a 1-Lipschitz critic: no longer than its mass.
  @Test func theSlopeAtASampleIsAtMostItsMass() throws {
    let data = try PointLaw.gaussian(dimension: 2).cloud(30, seed: 31)
    let samples = try PointLaw.circle(radius: 1).cloud(20, seed: 32)
    let distance = try SampleDistance(of: samples, from: data)
    let certificate = distance.solution.certificate(for: distance.problem)
    #expect(certificate.holds)
    let slopes = distance.gradientAtSamples()
    for row in 0..<20 {
      let length = (slopes[row, 0] * slopes[row, 0] + slopes[row, 1] * slopes[row, 1]).squareRoot()
      #expect(length <= (1 + 1e-12) / 20)
    }
  }

  /// Fréchet's distance of two Gaussians with diagonal covariances: Σ (μ − μ′)² + (σ − σ′)².
  @Test func frechetDistanceOfDiagonalGaussians() {
    // Four points at (±a, ±b) have the covariance diag(a², b²).
    func cross(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Matrix {
      Matrix([[x + a, y + b], [x - a, y + b], [x + a, y - b], [x - a, y - b]])
    }
    let distance = frechetDistance(cross(1, 2, 0, 0), cross(3, 0.5, 1, -1))
    #expect(abs(distance - (1 + 1 + 4 + 2.25)) < 1e-12)
    #expect(frechetDistance(cross(1, 2, 0, 0), cross(1, 2, 0, 0)) < 1e-12)
    // A covariance without rank.
    #expect(abs(frechetDistance(cross(1, 0, 0, 0), cross(0, 0, 2, 0)) - 5) < 1e-12)
  }

  /// In one dimension and for an affine map with a positive matrix A: tr(Σ + AΣA − 2(Σ^½ AΣA Σ^½)^½) is
  /// the cost of the map x ↦ Ax, E‖x − Ax‖², which is optimal.
  @Test func frechetDistanceOfAnAffineImage() {
    var random = SplitMix64(seed: 41)
    let points = Matrix.normal(rows: 40, columns: 3, using: &random)
    let positive = Matrix([[2, 0.3, 0], [0.3, 1, -0.2], [0, -0.2, 0.5]])
    let shift = Matrix([[1, -2, 0.5]])
    let image = points.product(with: positive) + shift
    let ways = image - points
    let meanCost = ways.elements.reduce(0) { $0 + $1 * $1 } / 40
    #expect(abs(frechetDistance(points, image) - meanCost) < 1e-10)
  }

  /// Of a diagonal matrix by hand; one of rank one has 1.
  @Test func stableRank() {
    let diagonal = LayerSpectrum(of: Matrix([[3, 0, 0], [0, 0, -1.5]]))
    #expect(abs(diagonal.spectralNorm - 3) < 1e-14 && abs(diagonal.stableRank - 1.25) < 1e-14)
    #expect(abs(LayerSpectrum(of: Matrix([[1, 2], [2, 4]])).stableRank - 1) < 1e-12)
    #expect(LayerSpectrum(of: Matrix(rows: 2, columns: 2)).stableRank == 0)
  }

  /// Under spectral normalisation the weights in use have norms near 1, from above: power iteration estimates
  /// from below.
  @Test func spectraOfADiscriminator() throws {
    var settings = try AdversarialTraining.preset("sngan-D")
    settings.discriminator.hidden = [8, 8]
    settings.generator.hidden = [8]
    settings.noise.dimension = 2
    settings.batch = 8
    settings.steps = 12
    let ring = AdversarialData.law(.gaussianRing(modes: 8, radius: 2, deviation: 0.02))
    var run = try settings.start(on: ring)
    while !run.isFinished { run.advance() }
    let spectra = run.discriminatorSpectra()
    #expect(spectra.count == 3)
    for spectrum in spectra {
      #expect(spectrum.spectralNorm >= 1 - 1e-12 && spectrum.spectralNorm < 1.2)
      #expect(spectrum.stableRank >= 1 && spectrum.stableRank <= 8)
    }
  }

  /// λ of a layer is how fast the value grows as that layer's weights in use grow: by differences.
  @Test func multipliersAreSlopesAlongTheWeights() throws {
    let player = AdversarialTraining.Player(
      hidden: [4], activation: .tanh, optimizer: .gradientDescent(rate: 0.1))
    let settings = AdversarialTraining(
      objective: .nonSaturating, discriminator: player, generator: player,
      noise: LatentNoise(dimension: 2), batch: 5, steps: 1)
    let data = AdversarialData.law(.circle(radius: 1))
    let run = try settings.start(on: data)
    var random = SplitMix64(seed: 51)
    let points = data.batch(9, using: &random)
    let noise = settings.noise.sample(9, using: &random)
    let multipliers = run.spectralMultipliers(data: points, noise: noise)
    func value(_ layer: Int, _ factor: Double) -> Double {
      var parameters = run.discriminatorNetwork.parameters
      parameters[2 * layer] = factor * parameters[2 * layer]
      let network = run.discriminatorNetwork
      let tensors = parameters.map { Tensor($0) }
      let samples = run.generator.points(
        from: Tensor(noise), parameters: run.generator.network.parameters.map { Tensor($0) })
      return settings.objective.value(
        data: network.outputs(for: Tensor(points), parameters: tensors),
        samples: network.outputs(for: samples, parameters: tensors)
      ).scalar
    }
    for layer in 0..<2 {
      let difference = (value(layer, 1 + 1e-5) - value(layer, 1 - 1e-5)) / 2e-5
      #expect(abs(difference - multipliers[layer]) < 1e-9)
    }
  }
}
