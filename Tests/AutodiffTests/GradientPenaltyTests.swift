import Autodiff
import Testing

/// The gradient of a function of gradients, as training with a gradient penalty takes it.
@Suite struct GradientPenaltyTests {
  @Test(arguments: TinyNetwork.Activation.allCases)
  func isThatOfDifferences(_ activation: TinyNetwork.Activation) {
    let network = TinyNetwork(activation: activation)
    let parameters = TinyNetwork.parameters([2, 6, 4, 1], seed: 11)
    let points = Matrix.normal(5, 2, seed: 12)
    let tensors = parameters.map { Tensor(variable: $0) }
    let found = gradient(of: network.penalty(at: points, tensors), withRespectTo: tensors)
    // Steps of 10⁻⁴ cross no kink of this seed; their error is 10⁻¹² by rounding.
    let expected = numericalGradient(at: parameters, step: 1e-4) { place in
      network.penalty(at: points, place.map { Tensor(variable: $0) }).scalar
    }
    #expect(largestError(found, expected) < 1e-9)
  }

  /// The whole critic's loss of a Wasserstein GAN with penalty, in one gradient.
  @Test func lossAndPenaltyTogether() {
    let network = TinyNetwork(activation: .tanh)
    let parameters = TinyNetwork.parameters([2, 6, 4, 1], seed: 21)
    let (real, fake) = (Matrix.normal(5, 2, seed: 22), Matrix.normal(5, 2, seed: 23))
    func loss(_ tensors: [Tensor]) -> Tensor {
      network(Tensor(fake), tensors).mean() - network(Tensor(real), tensors).mean()
        + 10 * network.penalty(at: Matrix.normal(5, 2, seed: 24), tensors)
    }
    let tensors = parameters.map { Tensor(variable: $0) }
    let found = gradient(of: loss(tensors), withRespectTo: tensors)
    let expected = numericalGradient(at: parameters) { place in
      loss(place.map { Tensor(variable: $0) }).scalar
    }
    #expect(largestError(found, expected) < 1e-9)
  }

  @Test(arguments: TinyNetwork.Activation.allCases)
  func isFiniteWhereTheSlopeIsZero(_ activation: TinyNetwork.Activation) {
    let network = TinyNetwork(activation: activation)
    let tensors = [Matrix(rows: 2, columns: 4), Matrix(rows: 1, columns: 4)].map {
      Tensor(variable: $0)
    }
    let output = [Matrix(rows: 4, columns: 1), Matrix(rows: 1, columns: 1)].map {
      Tensor(variable: $0)
    }
    let penalty = network.penalty(at: Matrix(rows: 3, columns: 2), tensors + output)
    // √10⁻¹² = 10⁻⁶ of slope remains.
    #expect(abs(penalty.scalar - 1) < 3e-6)
    let slopes = gradient(of: penalty, withRespectTo: tensors + output)
    #expect(slopes.allSatisfy { $0.isFinite })
  }

  /// x ↦ a·x with |a| = 1 has no penalty and no gradient of it.
  @Test func vanishesForASlopeOfOne() {
    let network = TinyNetwork(activation: .relu)
    let tensors = [Tensor(variable: Matrix([[0.6], [-0.8]])), Tensor(variable: Matrix([[3]]))]
    let penalty = network.penalty(at: .normal(7, 2, seed: 1), tensors)
    // The epsilon of the norm is 10⁻¹², which is half of that in the slope.
    #expect(penalty.scalar < 1e-24)
    let slopes = gradient(of: penalty, withRespectTo: tensors)
    #expect(slopes.flatMap(\.elements).allSatisfy { abs($0) < 2e-12 })
  }
}
