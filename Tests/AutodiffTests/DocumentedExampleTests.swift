import Autodiff
import Testing

/// The code of Docs/Autodiff.md, line by line.
@Suite struct DocumentedExampleTests {
  @Test func firstDerivatives() {
    let x = Tensor(variable: Matrix([[1, 2], [3, 4]]))
    let y = (x * x).sum()
    let slopes = gradient(of: y, withRespectTo: [x])
    #expect(y.scalar == 30)
    #expect(slopes[0] == Matrix([[2, 4], [6, 8]]))
  }

  @Test func secondDerivatives() {
    let x = Tensor(variable: Matrix([[3]]))
    let slope = differentiableGradient(of: x * x * x, withRespectTo: [x])[0]
    let curvature = gradient(of: slope, withRespectTo: [x])[0]
    #expect(slope.scalar == 27 && curvature.scalar == 18)
  }

  @Test func training() {
    var random = SplitMix64(state: 1)
    let points = Matrix.normal(rows: 64, columns: 1, using: &random)
    let values = Tensor(points).squared()
    var parameters = [
      Matrix.normal(rows: 1, columns: 16, using: &random),
      Matrix.normal(rows: 1, columns: 16, using: &random),
      0.25 * Matrix.normal(rows: 16, columns: 1, using: &random),
      Matrix(rows: 1, columns: 1),
    ]
    let adam = Adam(rate: .cosine(from: 5e-2, to: 1e-4, steps: 500))
    var state = OptimizerState<Matrix>()
    var losses: [Double] = []
    for _ in 0..<500 {
      let tensors = parameters.map { Tensor(variable: $0) }
      let hidden = Tensor(points).affine(tensors[0], bias: tensors[1]).tanh()
      let output = hidden.affine(tensors[2], bias: tensors[3])
      let loss = (output - values).squared().mean()
      let slopes = gradient(of: loss, withRespectTo: tensors)
      adam.update(&parameters, along: slopes, state: &state)
      losses.append(loss.scalar)
    }
    #expect(losses[499] < losses[0] / 100)
  }

  @Test func gradientPenalty() {
    let weights = Tensor(variable: Matrix([[3], [4]]))
    let points = Tensor(variable: Matrix([[1, 2], [0, 1], [5, 5]]))
    let critic = points.matmul(weights)
    let slope = differentiableGradient(of: critic.sum(), withRespectTo: [points])[0]
    let penalty = (slope.rowNorms() - 1).squared().mean()
    let pull = gradient(of: penalty, withRespectTo: [weights])[0]
    #expect(abs(penalty.scalar - 16) < 1e-9)
    #expect(abs(pull[0, 0] - 4.8) < 1e-9 && abs(pull[1, 0] - 6.4) < 1e-9)
  }

  @Test func unrolling() {
    let x = Tensor(variable: Matrix([[0.5]]))
    var y = [Tensor(variable: Matrix([[1]]))]
    var state = OptimizerState<Tensor>()
    for _ in 0..<3 {
      let slopes = differentiableGradient(of: (y[0] - x).squared(), withRespectTo: y)
      y = GradientDescent(rate: 0.25).step(y, along: slopes, state: &state)
    }
    #expect(gradient(of: y[0], withRespectTo: [x])[0].scalar == 0.875)
  }
}
