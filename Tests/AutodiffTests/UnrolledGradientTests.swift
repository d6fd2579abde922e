import Autodiff
import Testing

/// Gradients through the steps of an optimiser.
@Suite struct UnrolledGradientTests {
  static let optimizers: [any Optimizer] = [
    GradientDescent(rate: 0.1), Momentum(rate: 0.05, decay: 0.8), RMSProp(rate: 0.05),
    Adam(rate: 0.05, meanDecay: 0.5), Adam(rate: .cosine(from: 0.1, to: 0.01, steps: 4)),
  ]

  /// The value of a small game after the discriminator's steps, as a function of the generator.
  private static func value(
    after steps: Int, of optimizer: any Optimizer, generator: [Tensor],
    from state: OptimizerState<Matrix> = OptimizerState()
  ) -> Tensor {
    let (real, noise) = (Matrix.normal(6, 2, seed: 31), Matrix.normal(6, 2, seed: 32))
    let network = TinyNetwork(activation: .tanh)
    let fake = network(Tensor(noise), generator)
    func loss(_ discriminator: [Tensor]) -> Tensor {
      (-network(Tensor(real), discriminator)).softplus().mean()
        + network(fake, discriminator).softplus().mean()
    }
    var discriminator = TinyNetwork.parameters([2, 4, 1], seed: 33).map { Tensor(variable: $0) }
    var state = OptimizerState<Tensor>(state)
    for _ in 0..<steps {
      let slopes = differentiableGradient(of: loss(discriminator), withRespectTo: discriminator)
      discriminator = optimizer.step(discriminator, along: slopes, state: &state)
    }
    return loss(discriminator)
  }

  @Test(arguments: 0..<5, [0, 1, 5])
  func isThatOfDifferences(_ number: Int, _ steps: Int) {
    let optimizer = Self.optimizers[number]
    let parameters = TinyNetwork.parameters([2, 3, 2], seed: 34)
    let tensors = parameters.map { Tensor(variable: $0) }
    let found = gradient(
      of: Self.value(after: steps, of: optimizer, generator: tensors), withRespectTo: tensors)
    let expected = numericalGradient(at: parameters, step: 2e-4) { place in
      Self.value(after: steps, of: optimizer, generator: place.map { Tensor(variable: $0) }).scalar
    }
    #expect(largestError(found, expected) < 1e-9)
    #expect(found.flatMap(\.elements).contains { abs($0) > 1e-3 })
  }

  /// f = xy − (c/2)y², y ascends: y_K = aᴷy + (1 − aᴷ)x/c with a = 1 − ηc, and the derivative of
  /// f(x, y_K) by x is y_K + (x − c·y_K)(1 − aᴷ)/c.
  @Test(arguments: [(1, 0.1806), (5, 0.1620), (50, 2.7e-7)])
  func quadraticGameInClosedForm(_ steps: Int, _ secondTerm: Double) {
    let (c, eta, x0, y0) = (1.3, 0.2, 0.7, -0.4)
    func f(_ x: Tensor, _ y: Tensor) -> Tensor { x * y - (c / 2) * y.squared() }
    let x = Tensor(variable: Matrix([[x0]]))
    var y = [Tensor(variable: Matrix([[y0]]))]
    var state = OptimizerState<Tensor>()
    for _ in 0..<steps {
      let slope = differentiableGradient(of: -f(x, y[0]), withRespectTo: y)
      y = GradientDescent(rate: .constant(eta)).step(y, along: slope, state: &state)
    }
    let found = gradient(of: f(x, y[0]), withRespectTo: [x])[0].scalar

    let decay = (0..<steps).reduce(1.0) { power, _ in power * (1 - eta * c) }
    let last = decay * y0 + (1 - decay) * x0 / c
    let second = (x0 - c * last) * (1 - decay) / c
    #expect(abs(y[0].scalar - last) < 1e-14)
    #expect(abs(found - (last + second)) < 1e-14)
    #expect(abs(second - secondTerm) < 5e-5)
  }

  /// The first term alone is what remains when the steps are detached.
  @Test func detachingDropsTheSecondTerm() {
    let x = Tensor(variable: Matrix([[0.7]]))
    let y = Tensor(variable: Matrix([[-0.4]]))
    let slope = differentiableGradient(of: x * y - 0.5 * y.squared(), withRespectTo: [y])[0]
    let moved = y + 0.2 * slope.detached
    let found = gradient(of: x * moved - 0.5 * moved.squared(), withRespectTo: [x])[0].scalar
    #expect(found == moved.scalar)
  }

  /// f = xy: with both players at rate η the step's matrix has spectral radius √(1 + η²) without
  /// unrolling, and √(1 + η² − 2Kη²) with K steps.
  @Test(arguments: [(0, 1.00499), (1, 0.99499), (3, 0.97468)])
  func bilinearGame(_ steps: Int, _ radius: Double) {
    let eta = 0.1
    func move(_ point: [Double]) -> [Double] {
      let (x, y) = (Tensor(variable: Matrix([[point[0]]])), Tensor(variable: Matrix([[point[1]]])))
      var unrolled = y
      for _ in 0..<steps {
        let slope = differentiableGradient(of: x * unrolled, withRespectTo: [unrolled])[0]
        unrolled = unrolled + eta * slope
      }
      let down = gradient(of: x * unrolled, withRespectTo: [x])[0].scalar
      let up = gradient(of: x * y, withRespectTo: [y])[0].scalar
      return [point[0] - eta * down, point[1] + eta * up]
    }
    let (first, second) = (move([1, 0]), move([0, 1]))
    // The eigenvalues are conjugate: the radius is the root of the determinant.
    let determinant = first[0] * second[1] - first[1] * second[0]
    #expect(abs(determinant.squareRoot() - radius) < 5e-6)
  }

  /// A recorded step that starts from the state of a real training goes on from there.
  @Test func goesOnFromARealTraining() {
    let adam = Adam(rate: 0.01)
    var matrices = TinyNetwork.parameters([2, 3, 1], seed: 41)
    var state = OptimizerState<Matrix>()
    let slopes = TinyNetwork.parameters([2, 3, 1], seed: 42)
    for _ in 0..<3 { adam.update(&matrices, along: slopes, state: &state) }
    var recorded = OptimizerState<Tensor>(state)
    let next = adam.step(
      matrices.map { Tensor(variable: $0) }, along: slopes.map { Tensor($0) }, state: &recorded)
    adam.update(&matrices, along: slopes, state: &state)
    #expect(next.map(\.value) == matrices && recorded.stepCount == 4)
  }
}
