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
      .lipschitzPenalty(PenaltyWeight(10)), .orthonormalPenalty(1),
    ] {
      #expect(!control.boundsTheLipschitzConstant)
    }
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
