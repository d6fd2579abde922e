import Autodiff

/// An operation and inputs at which it is smooth.
struct OperationCase: CustomStringConvertible, Sendable {
  let description: String
  let inputs: [Matrix]
  let function: @Sendable ([Tensor]) -> Tensor

  init(
    _ description: String, _ inputs: [Matrix], _ function: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.description = description
    self.inputs = inputs
    self.function = function
  }

  static let all =
    arithmetic + broadcasting + functions + piecewise + products + reductions + selections
    + convolutions

  /// Standard normal entries.
  private static func normal(_ rows: Int, _ columns: Int, _ seed: UInt64 = 1) -> Matrix {
    .normal(rows, columns, seed: seed)
  }

  /// Entries between 1/2 and 3/2.
  private static func positive(_ rows: Int, _ columns: Int, _ seed: UInt64 = 2) -> Matrix {
    var generator = SplitMix64(state: seed)
    let samples = Matrix.uniform(rows: rows, columns: columns, using: &generator)
    return Matrix(rows: rows, columns: columns, elements: samples.elements.map { $0 + 0.5 })
  }

  /// All entries at least 1/4 apart from each other and from 0 and ±1, in mixed order.
  ///
  /// The differences of `numericalGradient` reach 2·10⁻³ far and meet no kink.
  private static func apart(_ rows: Int, _ columns: Int, _ seed: UInt64 = 3) -> Matrix {
    var generator = SplitMix64(state: seed)
    let count = rows * columns
    let values = (0..<count).map { 0.25 * Double($0 - count / 2) + 0.125 }
    return Matrix(rows: rows, columns: columns, elements: values.shuffled(using: &generator))
  }

  private static let arithmetic = [
    OperationCase("a + b", [normal(3, 2), normal(3, 2, 5)]) { $0[0] + $0[1] },
    OperationCase("a − b", [normal(3, 2), normal(3, 2, 5)]) { $0[0] - $0[1] },
    OperationCase("a · b", [normal(3, 2), normal(3, 2, 5)]) { $0[0] * $0[1] },
    OperationCase("a / b", [normal(3, 2), positive(3, 2)]) { $0[0] / $0[1] },
    OperationCase("−a", [normal(3, 2)]) { -$0[0] },
    OperationCase("a + 2", [normal(3, 2)]) { $0[0] + 2 },
    OperationCase("2 + a", [normal(3, 2)]) { 2 + $0[0] },
    OperationCase("a − 2", [normal(3, 2)]) { $0[0] - 2 },
    OperationCase("2 − a", [normal(3, 2)]) { 2 - $0[0] },
    OperationCase("3 · a", [normal(3, 2)]) { 3 * $0[0] },
    OperationCase("a · 3", [normal(3, 2)]) { $0[0] * 3 },
    OperationCase("a / 3", [normal(3, 2)]) { $0[0] / 3 },
    OperationCase("3 / a", [positive(3, 2)]) { 3 / $0[0] },
    OperationCase("a · a", [normal(3, 2)]) { $0[0] * $0[0] },
  ]

  private static let broadcasting = [
    OperationCase("full + row", [normal(3, 2), normal(1, 2, 5)]) { $0[0] + $0[1] },
    OperationCase("row · full", [normal(1, 2), normal(3, 2, 5)]) { $0[0] * $0[1] },
    OperationCase("full / column", [normal(3, 2), positive(3, 1)]) { $0[0] / $0[1] },
    OperationCase("column / full", [normal(3, 1), positive(3, 2)]) { $0[0] / $0[1] },
    OperationCase("full · number", [normal(3, 2), normal(1, 1, 5)]) { $0[0] * $0[1] },
    OperationCase("number / full", [normal(1, 1), positive(3, 2)]) { $0[0] / $0[1] },
    OperationCase("row · column", [normal(1, 2), normal(3, 1, 5)]) { $0[0] * $0[1] },
    OperationCase("column / row", [normal(3, 1), positive(1, 2)]) { $0[0] / $0[1] },
    OperationCase("max(full, row)", [apart(3, 2), apart(1, 2, 5)]) {
      pointwiseMax($0[0] * 1.03, $0[1])
    },
    OperationCase("row repeated", [normal(1, 2)]) {
      $0[0].broadcast(to: Shape(rows: 3, columns: 2))
    },
    OperationCase("column repeated", [normal(3, 1)]) {
      $0[0].broadcast(to: Shape(rows: 3, columns: 2))
    },
    OperationCase("number repeated", [normal(1, 1)]) {
      $0[0].broadcast(to: Shape(rows: 3, columns: 2))
    },
  ]

  private static let functions = [
    OperationCase("exp", [normal(3, 2)]) { $0[0].exp() },
    OperationCase("log", [positive(3, 2)]) { $0[0].log() },
    OperationCase("square root", [positive(3, 2)]) { $0[0].squareRoot() },
    OperationCase("square", [normal(3, 2)]) { $0[0].squared() },
    OperationCase("reciprocal", [positive(3, 2)]) { $0[0].reciprocal() },
    OperationCase("power 3", [normal(3, 2)]) { $0[0].power(3) },
    OperationCase("power −1.5", [positive(3, 2)]) { $0[0].power(-1.5) },
    OperationCase("power 1", [normal(3, 2)]) { $0[0].power(1) },
    OperationCase("power 0", [normal(3, 2)]) { $0[0].power(0) },
    OperationCase("tanh", [normal(3, 2)]) { $0[0].tanh() },
    OperationCase("sigmoid", [normal(3, 2)]) { $0[0].sigmoid() },
    OperationCase("softplus", [normal(3, 2)]) { $0[0].softplus() },
  ]

  private static let piecewise = [
    OperationCase("relu", [apart(4, 3)]) { $0[0].relu() },
    OperationCase("leaky relu", [apart(4, 3)]) { $0[0].leakyReLU(slope: 0.1) },
    OperationCase("relu of a square", [apart(4, 3)]) { ($0[0].squared() - 1).relu() },
    OperationCase("absolute value", [apart(4, 3)]) { $0[0].absoluteValue() },
    OperationCase("clamp", [apart(4, 3)]) { $0[0].clamped(to: -1...1) },
    OperationCase("max", [apart(4, 3), apart(4, 3, 9)]) {
      pointwiseMax($0[0] * 1.03, $0[1])
    },
    OperationCase("min", [apart(4, 3), apart(4, 3, 9)]) {
      pointwiseMin($0[0] * 1.03, $0[1])
    },
  ]

  private static let products = [
    OperationCase("A·B", [normal(3, 4), normal(4, 2, 5)]) { $0[0].matmul($0[1]) },
    OperationCase("Aᵀ·B", [normal(4, 3), normal(4, 2, 5)]) { $0[0].transposed.matmul($0[1]) },
    OperationCase("A·Bᵀ", [normal(3, 4), normal(2, 4, 5)]) { $0[0].matmul($0[1].transposed) },
    OperationCase("Aᵀ·Bᵀ", [normal(4, 3), normal(2, 4, 5)]) {
      $0[0].transposed.matmul($0[1].transposed)
    },
    OperationCase("W·Wᵀ·W", [normal(3, 4)]) { $0[0].matmul($0[0].transposed).matmul($0[0]) },
    OperationCase("transpose", [normal(3, 4)]) { $0[0].transposed * 2 },
    OperationCase("transpose and itself", [normal(3, 3)]) {
      $0[0].exp() * $0[0].transposed.exp() + $0[0].transposed.sigmoid() + $0[0].tanh()
    },
    OperationCase("itself and transpose", [normal(3, 3)]) {
      $0[0].tanh() * $0[0].sigmoid() + $0[0].transposed.exp()
    },
    OperationCase("transpose twice", [normal(3, 4)]) { $0[0].transposed.transposed },
    OperationCase("x·W + b", [normal(3, 4), normal(4, 2, 5), normal(1, 2, 6)]) {
      $0[0].affine($0[1], bias: $0[2])
    },
    OperationCase("x·Wᵀ + b", [normal(3, 4), normal(2, 4, 5), normal(1, 2, 6)]) {
      $0[0].affine($0[1].transposed, bias: $0[2])
    },
    OperationCase("xᵀ·Wᵀ + b", [normal(4, 3), normal(2, 4, 5), normal(1, 2, 6)]) {
      $0[0].transposed.affine($0[1].transposed, bias: $0[2])
    },
  ]

  private static let reductions = [
    OperationCase("sum", [normal(3, 4)]) { $0[0].sum() },
    OperationCase("row sums", [normal(3, 4)]) { $0[0].rowSums() },
    OperationCase("column sums", [normal(3, 4)]) { $0[0].columnSums() },
    OperationCase("mean", [normal(3, 4)]) { $0[0].mean() },
    OperationCase("row means", [normal(3, 4)]) { $0[0].rowMeans() },
    OperationCase("column means", [normal(3, 4)]) { $0[0].columnMeans() },
    OperationCase("row norms", [normal(3, 4)]) { $0[0].rowNorms() },
    OperationCase("row maxima", [apart(3, 4)]) { $0[0].rowMaxima() },
    OperationCase("row minima", [apart(3, 4)]) { $0[0].rowMinima() },
    OperationCase("layer normalisation", [normal(3, 4)]) {
      let centred = $0[0] - $0[0].rowMeans()
      return centred / (centred.squared().rowMeans() + 0.1).squareRoot()
    },
    OperationCase("batch normalisation", [normal(3, 4)]) {
      let centred = $0[0] - $0[0].columnMeans()
      return centred / (centred.squared().columnMeans() + 0.1).squareRoot()
    },
  ]

  private static let selections = [
    OperationCase("MaxMin", [apart(3, 4)]) { $0[0].maxMin() },
    OperationCase("GroupSort 3", [apart(2, 6)]) { $0[0].sortedInGroups(of: 3) },
    OperationCase("FullSort", [apart(3, 5)]) { $0[0].sortedRows() },
    OperationCase("FullSort of 40", [apart(1, 40)]) { $0[0].sortedRows() },
    OperationCase("rows at", [normal(3, 2)]) { $0[0].rows(at: [2, 0, 2, 2]) },
    OperationCase("adding rows", [normal(3, 2)]) { $0[0].addingRows(to: [3, 1, 3], rowCount: 5) },
    OperationCase("entries at", [normal(3, 2)]) { $0[0].entries(at: [5, 0, 5, 3]) },
    OperationCase("adding entries", [normal(3, 2)]) {
      $0[0].addingEntries(to: [3, 1, 3, 0, 5, 1], of: Shape(rows: 2, columns: 4))
    },
    OperationCase("rows", [normal(4, 2)]) { $0[0].rows(1..<3) },
    OperationCase("columns", [normal(2, 4)]) { $0[0].columns(1..<3) },
    OperationCase("reshaped", [normal(3, 4)]) { $0[0].reshaped(to: Shape(rows: 2, columns: 6)) },
    OperationCase("stacked rows", [normal(3, 2), normal(1, 2, 5)]) {
      .stackedRows([$0[0], $0[1]])
    },
    OperationCase("stacked columns", [normal(3, 2), normal(3, 1, 5)]) {
      .stackedColumns([$0[0], $0[1], $0[0]])
    },
  ]

  /// Two images of 3 × 4 pixels with two channels; windows of 3 × 3, two pixels apart, over the edge.
  private static let grid = PatchGrid(
    of: ImageShape(height: 3, width: 4, channels: 2), kernel: 3, stride: 2, padding: 1)

  private static let convolutions = [
    OperationCase("patches", [normal(24, 2)]) { $0[0].patches(grid) },
    OperationCase("folding patches", [normal(8, 18)]) { $0[0].foldingPatches(grid) },
    OperationCase("convolution", [normal(24, 2), normal(18, 2, 5), normal(1, 2, 6)]) {
      0.2 * $0[0].convolved(with: $0[1], bias: $0[2], grid)
    },
    OperationCase("transposed convolution", [normal(8, 2), normal(2, 18, 5), normal(1, 2, 6)]) {
      0.2 * $0[0].transposedConvolved(with: $0[1], bias: $0[2], grid)
    },
  ]
}
