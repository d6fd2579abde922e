import Autodiff
import Testing

/// What is recorded, what is not, and what becomes of it.
@Suite struct GraphTests {
  /// Everything that a tensor was computed from, and itself.
  private static func graph(_ outputs: [Tensor]) -> [Tensor] {
    var seen: Set<ObjectIdentifier> = []
    var (found, stack): ([Tensor], [Tensor]) = ([], outputs)
    while let tensor = stack.popLast() {
      guard seen.insert(ObjectIdentifier(tensor)).inserted else { continue }
      found.append(tensor)
      stack.append(contentsOf: tensor.inputs)
    }
    return found
  }

  private struct Reference { weak var tensor: Tensor? }

  @Test func constantsAreNotRecorded() {
    let (x, y) = (Tensor(Matrix.normal(3, 2, seed: 1)), Tensor(Matrix.normal(2, 3, seed: 2)))
    for result in [x + 1, x * x, x.matmul(y), x.relu().sum(), x.maxMin(), x.rows(at: [0])] {
      #expect(!result.isDifferentiable && result.inputs.isEmpty)
    }
    let variable = Tensor(variable: Matrix.normal(3, 2, seed: 3))
    #expect((x * variable).isDifferentiable)
    #expect(!(x * variable).detached.isDifferentiable)
  }

  @Test func detachedValuesHaveNoDerivative() {
    let x = Tensor(variable: Matrix([[3]]))
    #expect(gradient(of: x * x.detached, withRespectTo: [x])[0].scalar == 3)
    #expect(gradient(of: x.detached * Tensor(2) + x * 0, withRespectTo: [x])[0].scalar == 0)
  }

  @Test func aTensorWithoutInfluenceHasGradientZero() {
    let (x, y) = (Tensor(variable: Matrix([[3]])), Tensor(variable: Matrix([[1, 2]])))
    let slopes = gradient(of: x * x, withRespectTo: [y, x])
    #expect(slopes == [Matrix([[0, 0]]), Matrix([[6]])])
    #expect(gradient(of: Tensor(5), withRespectTo: [x]) == [Matrix([[0]])])
  }

  @Test func theGradientOfItselfAndOfIntermediates() {
    let x = Tensor(variable: Matrix([[3]]))
    let square = x * x
    let output = square * x
    #expect(gradient(of: x, withRespectTo: [x])[0].scalar == 1)
    // By the square alone: x; by x with the square's own dependence: 3x².
    #expect(gradient(of: output, withRespectTo: [square, x, x]).map(\.scalar) == [3, 27, 27])
  }

  /// Weights are not among the targets of an input's gradient: no product of their shape is made.
  @Test func onlyTheTargetsAreDifferentiated() {
    let x = Tensor(variable: Matrix.normal(4, 3, seed: 1))
    let w = Tensor(variable: Matrix.normal(3, 7, seed: 2))
    let slopes = differentiableGradient(of: x.matmul(w).tanh().sum(), withRespectTo: [x])
    let shapes = Self.graph(slopes).filter { $0 !== w }.map(\.shape)
    #expect(!shapes.contains(w.shape) && !shapes.contains(Shape(rows: 7, columns: 3)))
  }

  /// A training with a penalty: no tensor of a step, recorded gradients included, outlives it.
  @Test func tenThousandStepsLeaveNothingBehind() {
    let network = TinyNetwork(activation: .tanh)
    var parameters = TinyNetwork.parameters([2, 3, 1], seed: 1)
    var state = OptimizerState<Matrix>()
    let adam = Adam(rate: 1e-3)
    let points = Matrix.normal(4, 2, seed: 2)
    for _ in 0..<10_000 {
      var references: [Reference] = []
      do {
        let tensors = parameters.map { Tensor(variable: $0) }
        let loss = network.penalty(at: points, tensors)
        references = Self.graph([loss]).map { Reference(tensor: $0) }
        let slopes = gradient(of: loss, withRespectTo: tensors)
        adam.update(&parameters, along: slopes, state: &state)
      }
      guard references.count > 15, references.allSatisfy({ $0.tensor == nil }) else {
        Issue.record("A tensor outlives its step")
        return
      }
    }
    #expect(parameters.allSatisfy { $0.isFinite })
  }

  /// Longer than any stack is deep: nothing may recurse, neither forward, nor back, nor in release.
  @Test func aChainOfAMillionOperations() {
    let x = Tensor(variable: Matrix([[0.5]]))
    var y = x
    for _ in 0..<1_000_000 { y = y + 1e-6 }
    #expect(gradient(of: y * y, withRespectTo: [x])[0].scalar == 2 * y.scalar)
  }

  @Test func aRecordedGradientOfALongChain() {
    let x = Tensor(variable: Matrix([[0.5]]))
    var y = x
    for _ in 0..<100_000 { y = y * 0.99999 }
    let slope = differentiableGradient(of: y * y, withRespectTo: [x])[0]
    let factor = y.scalar / 0.5
    // 100,000 roundings of 10⁻¹⁶.
    let curvature = gradient(of: slope, withRespectTo: [x])[0].scalar
    #expect(abs(curvature / (2 * factor * factor) - 1) < 1e-10)
  }

  /// A tensor used 2⁶⁰ times over along different paths is visited once.
  @Test func sharedTensorsAreVisitedOnce() {
    let x = Tensor(variable: Matrix([[1]]))
    var y = x
    for _ in 0..<60 { y = y + y }
    #expect(gradient(of: y, withRespectTo: [x])[0].scalar == 0x1p60)
  }

  @Test func tasksDoNotDisturbEachOther() async {
    let network = TinyNetwork(activation: .maxMin)
    @Sendable func slopes(_ seed: UInt64) -> [Matrix] {
      let tensors = TinyNetwork.parameters([2, 64, 64, 1], seed: seed).map { Tensor(variable: $0) }
      let penalty = network.penalty(at: .normal(64, 2, seed: seed), tensors)
      return gradient(of: penalty, withRespectTo: tensors)
    }
    let expected = (0..<8 as Range<UInt64>).map(slopes)
    await withTaskGroup(of: (Int, [Matrix]).self) { group in
      for number in 0..<64 { group.addTask { (number % 8, slopes(UInt64(number % 8))) } }
      for await (number, found) in group { #expect(found == expected[number]) }
    }
  }

  @Test func theSameSeedTrainsToTheSameBits() {
    func train() -> [Matrix] {
      let network = TinyNetwork(activation: .relu)
      var parameters = TinyNetwork.parameters([2, 32, 32, 1], seed: 7)
      var state = OptimizerState<Matrix>()
      var generator = SplitMix64(state: 8)
      for _ in 0..<20 {
        let points = Matrix.normal(rows: 40, columns: 2, using: &generator)
        let tensors = parameters.map { Tensor(variable: $0) }
        let slopes = gradient(
          of: network.penalty(at: points, tensors), withRespectTo: tensors)
        Adam(rate: 1e-2).update(&parameters, along: slopes, state: &state)
      }
      return parameters
    }
    #expect(train() == train())
  }
}
