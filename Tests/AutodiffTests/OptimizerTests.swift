import Autodiff
import Testing

@Suite struct OptimizerTests {
  static let optimizers: [any Optimizer] =
    UnrolledGradientTests.optimizers + [
      RMSProp(rate: 0.01, epsilon: .outside(1e-8)), Adam(rate: 0.01, epsilon: .outside(1e-8)),
    ]

  /// The two forms of every rule, in place and recorded, do the same arithmetic.
  @Test(arguments: 0..<7)
  func updateAndStepAreTheSameBits(_ number: Int) {
    let optimizer = Self.optimizers[number]
    var matrices = TinyNetwork.parameters([3, 5, 2], seed: 1)
    var tensors = matrices.map { Tensor(variable: $0) }
    var (state, recorded) = (OptimizerState<Matrix>(), OptimizerState<Tensor>())
    for step in 0..<5 as Range<UInt64> {
      let slopes = TinyNetwork.parameters([3, 5, 2], seed: 100 + 50 * step)
      optimizer.update(&matrices, along: slopes, state: &state)
      tensors = optimizer.step(tensors, along: slopes.map { Tensor($0) }, state: &recorded)
      #expect(tensors.map(\.value) == matrices)
    }
    #expect(state.stepCount == 5 && recorded.stepCount == 5)
  }

  @Test func firstStepsByHand() {
    func moved(_ optimizer: some Optimizer, by slopes: [Double]) -> Double {
      var (parameters, state) = ([Matrix([[1]])], OptimizerState<Matrix>())
      for slope in slopes {
        optimizer.update(&parameters, along: [Matrix([[slope]])], state: &state)
      }
      return parameters[0].scalar - 1
    }
    // Products of short decimals: a few units in the last place of 1.
    let tolerance = 1e-15
    #expect(abs(moved(GradientDescent(rate: 0.1), by: [2, 3]) + 0.5) < tolerance)
    #expect(abs(moved(Momentum(rate: 0.1, decay: 0.5), by: [2, 3]) + 0.2 + 0.4) < tolerance)
    // √(0.01 · 4) = 0.2.
    #expect(abs(moved(RMSProp(rate: 0.1, epsilon: .outside(0)), by: [2]) + 1) < 1e-14)
    // Adam's first step is the rate, whatever the size of the gradient.
    for slope in [1e-3, 1, -1e3] {
      let step = moved(Adam(rate: 0.1), by: [slope])
      #expect(abs(step + (slope > 0 ? 0.1 : -0.1)) < 1e-10)
    }
  }

  @Test(arguments: 0..<7)
  func findsTheMinimumOfABowl(_ number: Int) {
    var parameters = [Matrix([[2, -1, 0.5]])]
    var state = OptimizerState<Matrix>()
    let target = Tensor(Matrix([[1, 1, 1]]))
    for _ in 0..<2000 {
      let x = Tensor(variable: parameters[0])
      let loss = (x - target).squared().sum()
      let slopes = gradient(of: loss, withRespectTo: [x])
      Self.optimizers[number].update(&parameters, along: slopes, state: &state)
    }
    // Rules that divide by the gradient's size end within one or two steps of at most 0.05.
    #expect(parameters[0].elements.allSatisfy { abs($0 - 1) < 0.06 })
  }

  @Test func aZeroGradientMovesNothing() {
    for optimizer in UnrolledGradientTests.optimizers {
      var (parameters, state) = ([Matrix([[1, 2]])], OptimizerState<Matrix>())
      optimizer.update(&parameters, along: [Matrix(rows: 1, columns: 2)], state: &state)
      #expect(parameters == [Matrix([[1, 2]])])
    }
  }

  @Test func rates() {
    #expect(LearningRate.constant(0.5).value(at: 99) == 0.5)
    let cosine = LearningRate.cosine(from: 1, to: 0.2, steps: 10)
    #expect(cosine.value(at: 0) == 1 && abs(cosine.value(at: 5) - 0.6) < 1e-15)
    #expect(cosine.value(at: 10) == 0.2 && cosine.value(at: 1000) == 0.2)
    let steps = LearningRate.step(1, factor: 0.5, every: 3)
    #expect([0, 2, 3, 6].map(steps.value) == [1, 1, 0.5, 0.25])
  }

  @Test func weightAverage() {
    var average = WeightAverage(decay: 0.75)
    #expect(average.parameters.isEmpty)
    average.add([Matrix([[4]])])
    #expect(average.parameters == [Matrix([[4]])])
    average.add([Matrix([[8]])])
    #expect(average.parameters == [Matrix([[5]])])
  }
}
