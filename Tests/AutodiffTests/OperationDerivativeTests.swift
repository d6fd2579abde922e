import Autodiff
import Testing

/// Every operation against differences of its values.
@Suite struct OperationDerivativeTests {
  /// Makes every operation curved, so that a second derivative that is lost shows.
  private static func number(_ operation: OperationCase, _ inputs: [Tensor]) -> Tensor {
    let result = operation.function(inputs)
    return mixture([result, 0.3 * result.squared()])
  }

  /// For the tolerance see `numericalGradient`.
  @Test(arguments: OperationCase.all)
  func gradientIsThatOfDifferences(_ operation: OperationCase) {
    let inputs = operation.inputs.map { Tensor(variable: $0) }
    let found = gradient(of: Self.number(operation, inputs), withRespectTo: inputs)
    let expected = numericalGradient(at: operation.inputs) { place in
      Self.number(operation, place.map { Tensor($0) }).scalar
    }
    #expect(largestError(found, expected) < 1e-9)
  }

  @Test(arguments: OperationCase.all)
  func secondDerivativeIsThatOfDifferences(_ operation: OperationCase) {
    func slope(_ inputs: [Tensor]) -> Tensor {
      mixture(differentiableGradient(of: Self.number(operation, inputs), withRespectTo: inputs))
    }
    let inputs = operation.inputs.map { Tensor(variable: $0) }
    let found = gradient(of: slope(inputs), withRespectTo: inputs)
    let expected = numericalGradient(at: operation.inputs) { place in
      slope(place.map { Tensor(variable: $0) }).scalar
    }
    #expect(largestError(found, expected) < 1e-9)
  }

  /// Third derivatives: what a penalty on slopes needs inside of an unrolled game.
  @Test(arguments: OperationCase.all)
  func thirdDerivativeIsThatOfDifferences(_ operation: OperationCase) {
    func curvature(_ inputs: [Tensor]) -> Tensor {
      let slope = mixture(
        differentiableGradient(of: Self.number(operation, inputs), withRespectTo: inputs))
      return mixture(differentiableGradient(of: slope, withRespectTo: inputs))
    }
    let inputs = operation.inputs.map { Tensor(variable: $0) }
    let found = gradient(of: curvature(inputs), withRespectTo: inputs)
    let expected = numericalGradient(at: operation.inputs) { place in
      curvature(place.map { Tensor(variable: $0) }).scalar
    }
    // Derivatives of order 8 stand in the error of the differences: 10⁻⁷ for the steep quotients.
    #expect(largestError(found, expected) < 1e-7)
  }

  @Test func bothGradientsAreTheSameBits() {
    for operation in OperationCase.all {
      let inputs = operation.inputs.map { Tensor(variable: $0) }
      let output = Self.number(operation, inputs)
      let plain = gradient(of: output, withRespectTo: inputs)
      let recorded = differentiableGradient(of: output, withRespectTo: inputs)
      #expect(plain == recorded.map(\.value), "\(operation)")
    }
  }
}
