extension Operation {
  /// The value of the operation, of which the caller has checked and computed the shape.
  func value(of inputs: [Tensor], shape: Shape) -> Matrix {
    switch self {
    case .leaf, .transpose: preconditionFailure("A leaf is given and a transpose made when asked")
    case .map(let map): map.value(inputs[0].value)
    case .combine(let combination):
      combination.value(inputs[0].value, inputs[1].value, shape)
    case .product(let transposition):
      Matrix.product(inputs[0].value, inputs[1].value, transposing: transposition)
    case .affine(let transposition):
      Matrix.affine(inputs[0].value, inputs[1].value, inputs[2].value, transposition)
    case .reshape: Matrix(shape, inputs[0].value.elements)
    case .broadcast: inputs[0].value.broadcast(to: shape)
    case .sum: inputs[0].value.summed(to: shape)
    case .gather(let indices): inputs[0].value.gathered(indices, shape: shape)
    case .scatter(let indices): inputs[0].value.scattered(indices, shape: shape)
    case .gatherRows(let rows): inputs[0].value.gatheredRows(rows)
    case .scatterRows(let rows): inputs[0].value.scatteredRows(rows, shape: shape)
    case .slice(let row, let column):
      inputs[0].value.slice(row: row, column: column, size: shape)
    case .embed(let row, let column): Self.embedding(inputs[0].value, row, column, shape)
    case .stackRows: Matrix.stackedRows(inputs.map(\.value), shape: shape)
    case .stackColumns: Matrix.stackedColumns(inputs.map(\.value), shape: shape)
    case .patches(let grid): inputs[0].value.patches(grid)
    case .fold(let grid): inputs[0].value.foldingPatches(grid)
    }
  }

  private static func embedding(_ block: Matrix, _ row: Int, _ column: Int, _ shape: Shape)
    -> Matrix
  {
    var result = Matrix(shape)
    result.replace(row: row, column: column, with: block)
    return result
  }
}

extension Operation.Combination {
  func value(_ a: Matrix, _ b: Matrix, _ shape: Shape) -> Matrix {
    switch self {
    case .add: .combined(a, b, to: shape) { $0 + $1 }
    case .subtract: .combined(a, b, to: shape) { $0 - $1 }
    case .multiply: .combined(a, b, to: shape) { $0 * $1 }
    case .divide: .combined(a, b, to: shape) { $0 / $1 }
    // NaN in either input gives NaN, so that a diverged training is not hidden.
    case .maximum: .combined(a, b, to: shape) { $0 < $1 || $1.isNaN ? $1 : $0 }
    case .minimum: .combined(a, b, to: shape) { $0 > $1 || $1.isNaN ? $1 : $0 }
    case .notLess: .combined(a, b, to: shape) { $0 >= $1 ? 1 : 0 }
    case .less: .combined(a, b, to: shape) { $0 < $1 ? 1 : 0 }
    case .gate(let slope):
      slope == 0
        ? .combined(a, b, to: shape) { $1 <= 0 ? 0 : $0 }
        : .combined(a, b, to: shape) { $1 <= 0 ? slope * $0 : $0 }
    case .tanhRule: .combined(a, b, to: shape) { $0 * (1 - $1 * $1) }
    case .sigmoidRule: .combined(a, b, to: shape) { $0 * ($1 * (1 - $1)) }
    }
  }
}
