import Autodiff
import Testing

/// Operations composed at random, results shared at random.
///
/// The table of operations tests each rule by itself; here cotangents meet, in all orders.
@Suite struct RandomGraphTests {
  private static let size = 3

  /// One operation on one or two tensors of 3 × 3, with a result of that shape and bounded size.
  private static let operations: [@Sendable (Tensor, Tensor) -> Tensor] = [
    { $0 + $1 }, { $0 - $1 }, { $0 * $1 }, { a, _ in a.tanh() }, { a, _ in a.sigmoid() },
    { a, _ in a.transposed }, { a, b in a.matmul(b).tanh() },
    { a, b in a.transposed.matmul(b).tanh() }, { a, b in a.matmul(b.transposed).tanh() },
    { a, b in a.affine(b, bias: b.columnSums()).tanh() }, { a, b in a * b.rowMeans() },
    { a, b in a.columnMeans() - b }, { a, _ in a.reshaped(to: Shape(rows: 3, columns: 3)) },
    { a, b in .stackedRows([a.rows(0..<1), b.rows(1..<3)]) },
    { a, b in .stackedColumns([a.columns(1..<3), b.columns(0..<1)]) },
    { a, _ in a.rows(at: [2, 0, 0]) }, { a, _ in a.addingRows(to: [1, 1, 0], rowCount: 3) },
    { a, b in a / (1 + b.squared()) }, { a, _ in a.power(3).tanh() }, { a, b in a + b.mean() },
    { a, _ in a / a.rowNorms(epsilon: 0.1) }, { a, _ in -a },
    { a, _ in a.broadcast(to: a.shape) + a.sum().broadcast(to: a.shape).tanh() },
  ]

  private static func output(_ inputs: [Tensor], seed: UInt64) -> Tensor {
    var generator = SplitMix64(state: seed)
    var tensors = inputs
    for _ in 0..<15 {
      let operation = operations[Int.random(in: 0..<operations.count, using: &generator)]
      let first = tensors[Int.random(in: 0..<tensors.count, using: &generator)]
      let second = tensors[Int.random(in: 0..<tensors.count, using: &generator)]
      tensors.append(operation(first, second).tanh() + 0.1 * first)
    }
    return mixture(tensors)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func firstAndSecondDerivatives(_ seed: UInt64) {
    let matrices = [
      Matrix.normal(Self.size, Self.size, seed: seed + 1000),
      Matrix.normal(Self.size, Self.size, seed: seed + 2000),
    ]
    func slope(_ inputs: [Tensor]) -> Tensor {
      mixture(
        differentiableGradient(of: Self.output(inputs, seed: seed), withRespectTo: inputs))
    }
    let inputs = matrices.map { Tensor(variable: $0) }
    let output = Self.output(inputs, seed: seed)
    let found = gradient(of: output, withRespectTo: inputs)
    let recorded = differentiableGradient(of: output, withRespectTo: inputs)
    #expect(found == recorded.map(\.value))
    let second = gradient(of: mixture(recorded), withRespectTo: inputs)

    let expected = numericalGradient(at: matrices) { place in
      Self.output(place.map { Tensor($0) }, seed: seed).scalar
    }
    let expectedSecond = numericalGradient(at: matrices) { place in
      slope(place.map { Tensor(variable: $0) }).scalar
    }
    // Fifteen bent functions inside each other: high derivatives stand in the differences' error.
    #expect(largestError(found, expected) < 1e-7)
    #expect(largestError(second, expectedSecond) < 1e-6)
  }
}
