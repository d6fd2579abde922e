import Autodiff
import Critics
import TestSupport
import Testing
import Transport

@Suite struct LipschitzControlTests {
  /// Björck's iteration, started below norm 1, never exceeds it, and approaches orthonormality.
  @Test(arguments: [(5, 5), (3, 8), (8, 3)])
  func orthonormalLayersStayBelowNormOneAtEveryIteration(rows: Int, columns: Int) {
    var random = SplitMix64(seed: 91)
    let weights = Tensor(Matrix.normal(rows: rows, columns: columns, using: &random))
    var last = 0.0
    for iterations in 0...40 {
      let values = orthonormalized(weights, iterations: iterations).value.singularValues()
      #expect(values[0] <= 1 + 1e-12)
      #expect(values[values.count - 1] >= last - 1e-12, "singular values only grow towards 1")
      last = values[values.count - 1]
    }
    #expect(last > 1 - 1e-6)
  }

  @Test func whatBoundsTheConstantIsSaid() {
    #expect(LipschitzControl.spectralNormalization.boundsTheLipschitzConstant)
    #expect(LipschitzControl.orthonormal(iterations: 1).boundsTheLipschitzConstant)
    for control in [
      LipschitzControl.clipping(0.01), .gradientPenalty(PenaltyWeight(10)), .weightNormalization,
      .lipschitzPenalty(PenaltyWeight(10)), .orthonormalPenalty(1), .layerNormalization,
      .batchNormalization,
    ] {
      #expect(!control.boundsTheLipschitzConstant)
    }
  }

  private func trained(
    _ control: LipschitzControl, steps: Int = 20
  ) throws -> (critic: Critic, weights: [Matrix]) {
    let instance = try CriticInstance.plane(12, seed: 94)
    let critic = try CriticTraining(
      .wasserstein(control), hidden: [12, 8], steps: steps, penaltyPoints: 16
    ).train(on: instance.problem).critic
    let parameters = try #require(critic.network).parameters
    return (critic, stride(from: 0, to: parameters.count, by: 2).map { parameters[$0] })
  }

  @Test func clippingHoldsEveryParameter() throws {
    let parameters = try #require(try trained(.clipping(0.05)).critic.network).parameters
    let largest = parameters.flatMap(\.elements).reduce(0) { max($0, abs($1)) }
    #expect(largest == 0.05, "some are at the bound, none beyond")
  }

  @Test func spectrallyNormalizedLayersEndWithExactNormOne() throws {
    for weights in try trained(.spectralNormalization).weights {
      let norm = weights.largestSingularValue()
      #expect(norm <= 1 && norm > 1 - 1e-9)
    }
  }

  @Test func orthonormalLayersEndWithAllSingularValuesAtOne() throws {
    for weights in try trained(.orthonormal(iterations: 3)).weights {
      let values = weights.singularValues()
      #expect(values[0] <= 1 + 1e-12)
      #expect(values[values.count - 1] > 1 - 1e-6)
    }
  }

  /// Every unit's weights have norm 1, so a layer's squared singular values sum to its width: the largest
  /// may be its root, and the layer's norm is not bounded by 1.
  @Test func weightNormalizedUnitsHaveNormOne() throws {
    for weights in try trained(.weightNormalization).weights {
      for column in 0..<weights.columns {
        let square = (0..<weights.rows).reduce(0) { $0 + weights[$1, column] * weights[$1, column] }
        #expect(abs(square - 1) < 1e-12)
      }
      let sum = weights.singularValues().reduce(0) { $0 + $1 * $1 }
      #expect(abs(sum - Double(weights.columns)) < 1e-9)
    }
    #expect(try trained(.weightNormalization).weights[0].largestSingularValue() > 1.5)
  }

  @Test func theOrthonormalityPenaltyIsZeroForOrthonormalColumnsAlone() {
    var random = SplitMix64(seed: 95)
    let columns = Matrix.orthonormal(rows: 6, columns: 4, using: &random)
    #expect(orthonormalityPenalty(Tensor(columns)).scalar < 1e-24)
    let scaled = orthonormalityPenalty(2 * Tensor(columns)).scalar
    #expect(abs(scaled - 36) < 1e-9, "(2² − 1)² for each of 4 columns")
  }

  /// Two-sided: 0 at slope 1 alone; one-sided: 0 up to slope 1, and never above the two-sided one.
  @Test func penaltiesPriceSlopesAsTheyAreDefined() throws {
    let slopes = Matrix([[0], [0.5], [1], [1.5], [3]])
    let weight = PenaltyWeight(1)
    let both = try #require(
      LipschitzControl.gradientPenalty(weight).penalty(ofSlopes: Tensor(slopes)))
    let one = try #require(
      LipschitzControl.lipschitzPenalty(weight).penalty(ofSlopes: Tensor(slopes)))
    #expect(both.value.elements == [1, 0.25, 0, 0.25, 4])
    #expect(one.value.elements == [0, 0, 0, 0.25, 4])
    #expect(LipschitzControl.clipping(1).penalty(ofSlopes: Tensor(slopes)) == nil)
  }

  /// Equal factors in equal times, exactly at both ends.
  @Test func aPenaltysWeightGrowsGeometrically() {
    let weight = PenaltyWeight(from: 10, to: 1000)
    #expect(weight.value(after: 0) == 10 && weight.value(after: 1) == 1000)
    #expect(abs(weight.value(after: 0.5) - 100) < 1e-10)
    #expect(PenaltyWeight(7).value(after: 0.3) == 7)
  }
}

/// The gradient through spectral normalisation as printed, against the gradient that the tape computes.
///
/// Source: T. Miyato et al., "Spectral normalization for generative adversarial networks", 2018,
/// section 2.1.
@Suite struct SpectralNormalizationGradient {
  private var random = SplitMix64(seed: 92)
  private let weights: Matrix
  private let inputs: Matrix
  private let upstream: Matrix

  init() {
    weights = Matrix.normal(rows: 4, columns: 6, using: &random)
    inputs = Matrix.normal(rows: 7, columns: 6, using: &random)
    upstream = Matrix.normal(rows: 7, columns: 4, using: &random)
  }

  /// The mean over the batch of δᵀ W̄ h, with δ held, whose gradient with respect to W is equation 12.
  private func value(_ weights: Tensor, norm: Tensor) -> Tensor {
    let outputs = Tensor(inputs).matmul((weights / norm).transposed)
    return (outputs * Tensor(upstream)).sum() / Double(inputs.rows)
  }

  private var singular: (left: Matrix, right: Matrix, norm: Double) {
    var right = Matrix(rows: 6, columns: 1, repeating: 1)
    for _ in 0..<5_000 {
      let next = weights.transposed.product(with: weights.product(with: right))
      let norm = next.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
      right = Matrix(rows: 6, columns: 1, elements: next.elements.map { $0 / norm })
    }
    let image = weights.product(with: right)
    let norm = image.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return (
      Matrix(rows: 4, columns: 1, elements: image.elements.map { $0 / norm }), right, norm
    )
  }

  private func tapeGradient() -> Matrix {
    let (left, right, _) = singular
    let variable = Tensor(variable: weights)
    let norm = Tensor(left.transposed).matmul(variable).matmul(Tensor(right))
    return gradient(of: value(variable, norm: norm), withRespectTo: [variable])[0]
  }

  /// ∂V/∂W = (E[δhᵀ] − λ u₁v₁ᵀ) / σ with λ = E[δᵀ W̄ h], a mean over the batch.
  @Test func theTapesGradientIsEquation12() {
    let (left, right, norm) = singular
    let batch = Double(inputs.rows)
    let plain = upstream.transposed.product(with: inputs)
    let lambda = value(Tensor(weights), norm: Tensor(norm)).scalar
    let direction = left.product(with: right.transposed)
    let tape = tapeGradient()
    for row in 0..<4 {
      for column in 0..<6 {
        let expected = (plain[row, column] / batch - lambda * direction[row, column]) / norm
        // The singular vectors are exact to about 1e-15.
        #expect(abs(tape[row, column] - expected) < 1e-12)
      }
    }
  }

  /// W̄ does not change when W is scaled, so the gradient is at right angles to W.
  @Test func theGradientIsOrthogonalToTheWeights() {
    let inner = zip(tapeGradient().elements, weights.elements).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(inner) < 1e-13)
  }

  /// Equations 9 and 10 against finite differences of W ÷ its exact spectral norm.
  @Test func theGradientIsThatOfTheExactNorm() {
    let tape = tapeGradient()
    let step = 1e-6
    func shifted(_ row: Int, _ column: Int, _ change: Double) -> Double {
      var moved = weights
      moved[row, column] += change
      return value(Tensor(moved), norm: Tensor(moved.largestSingularValue())).scalar
    }
    for (row, column) in [(0, 0), (1, 4), (3, 5), (2, 2)] {
      let difference = (shifted(row, column, step) - shifted(row, column, -step)) / (2 * step)
      // Rounding 1e-16 / 1e-6 and the third derivative times 1e-12.
      #expect(abs(difference - tape[row, column]) < 1e-8)
    }
  }

  /// Equations 9 and 10, entry by entry: ∂W̄ / ∂W_ij = (E_ij − [u₁v₁ᵀ]_ij W̄) / σ.
  @Test func theDerivativeOfTheNormalizedWeightsIsEquation10() {
    let (left, right, norm) = singular
    let step = 1e-6
    func normalized(_ row: Int, _ column: Int, _ change: Double) -> [Double] {
      var moved = weights
      moved[row, column] += change
      let norm = moved.largestSingularValue()
      return moved.elements.map { $0 / norm }
    }
    for (row, column) in [(0, 1), (2, 3), (3, 5)] {
      let (above, below) = (normalized(row, column, step), normalized(row, column, -step))
      let share = left[row, 0] * right[column, 0]
      for index in 0..<24 {
        let unit = index == row * 6 + column ? 1.0 : 0
        let printed = (unit - share * weights.elements[index] / norm) / norm
        // Rounding 1e-16 / 1e-6 and the third derivative times 1e-12.
        #expect(abs((above[index] - below[index]) / (2 * step) - printed) < 1e-8)
      }
    }
  }

  /// In training u and v count as constants even where they have not converged: the gradient is then that
  /// of W / (uᵀ W v) with both held.
  @Test func theGradientWithHeldVectorsIsThatOfTheHeldEstimate() {
    let left = Matrix(rows: 4, columns: 1, repeating: 0.5)
    let image = weights.transposed.product(with: left)
    let length = image.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let right = Matrix(rows: 6, columns: 1, elements: image.elements.map { $0 / length })
    func loss(_ weights: Tensor) -> Tensor {
      value(weights, norm: Tensor(left.transposed).matmul(weights).matmul(Tensor(right)))
    }
    let variable = Tensor(variable: weights)
    let tape = gradient(of: loss(variable), withRespectTo: [variable])[0]
    let step = 1e-6
    for (row, column) in [(0, 0), (1, 4), (3, 5)] {
      var (above, below) = (weights, weights)
      above[row, column] += step
      below[row, column] -= step
      let difference = (loss(Tensor(above)).scalar - loss(Tensor(below)).scalar) / (2 * step)
      #expect(abs(difference - tape[row, column]) < 1e-8)
    }
  }

  /// The last layer's λ is the estimate itself, because its bias cancels in E_p f − E_q f.
  @Test func lambdaIsReportedForEveryLayer() throws {
    let instance = try CriticInstance.plane(12, seed: 96)
    let trained = try CriticTraining(
      .wasserstein(.spectralNormalization), hidden: [8, 6], steps: 20
    ).train(on: instance.problem)
    let recorded = trained.history.dropLast()
    #expect(recorded.count == 20)
    for entry in recorded {
      #expect(entry.spectralRegularization.count == 3)
      let last = try #require(entry.spectralRegularization.last)
      #expect(abs(last - entry.estimate) < 1e-12 * (1 + abs(last)))
    }
    let other = try CriticTraining(.wasserstein(.weightNormalization), hidden: [4], steps: 3)
      .train(on: instance.problem)
    #expect(other.history.allSatisfy { $0.spectralRegularization.isEmpty })
  }

  /// With weights that stand still, one iteration a step on a kept u brings the network of training to
  /// the one divided by exact norms.
  @Test func theKeptVectorsConverge() throws {
    let instance = try CriticInstance.plane(12, seed: 97)
    let trained = try CriticTraining(
      .wasserstein(.spectralNormalization), hidden: [8, 6], steps: 400, rate: 1e-30
    ).train(on: instance.problem)
    let final = try #require(trained.history.last).estimate
    let misses = trained.history.map { abs($0.estimate - final) / abs(final) }
    #expect(misses[0] > 1e-3, "the first estimate of σ is a guess")
    #expect(misses[99] < 1e-6)
  }

  /// One power iteration gives a lower estimate of σ, whose error falls with (σ₂ / σ₁)² an iteration.
  @Test func powerIterationEstimatesFromBelowAtItsRate() {
    let values = weights.singularValues()
    var right = Matrix(rows: 6, columns: 1, repeating: 1)
    var errors: [Double] = []
    for _ in 0..<12 {
      let left = weights.product(with: right)
      let norm = left.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let unit = Matrix(rows: 4, columns: 1, elements: left.elements.map { $0 / norm })
      let next = weights.transposed.product(with: unit)
      let estimate = next.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(estimate <= values[0] * (1 + 1e-14))
      errors.append(values[0] - estimate)
      right = Matrix(rows: 6, columns: 1, elements: next.elements.map { $0 / estimate })
    }
    let ratio = values[1] / values[0]
    let rate = errors[8] / errors[7]
    #expect(abs(rate - ratio * ratio * ratio * ratio) < 0.05)
  }
}
