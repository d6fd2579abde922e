/// One step of the chain rule: from the cotangent of a result to the cotangents of its inputs.
///
/// Every rule is written in differentiable operations. If the derivative is itself to be
/// differentiated, they are applied to the recorded tensors; if not, to constants, and nothing is
/// recorded.
struct ChainRule {
  let result: Tensor
  let cotangent: Tensor
  let isRecorded: Bool

  /// What the cotangent of the result contributes to that of an input; nil if that is zero.
  func share(ofInput position: Int) -> Tensor? {
    switch result.operation {
    case .leaf: nil
    case .map(let map): share(of: map)
    case .combine(let combination):
      share(of: combination, position)?.summed(to: shape(position))
    case .product(let transposition): share(of: transposition, position)
    case .affine(let transposition):
      position == 2 ? cotangent.columnSums() : share(of: transposition, position)
    case .transpose: cotangent.transposed
    case .reshape: Tensor(.reshape, [cotangent], shape: shape(0))
    case .broadcast: cotangent.summed(to: shape(0))
    case .sum: Tensor(.broadcast, [cotangent], shape: shape(0))
    case .gather(let indices): Tensor(.scatter(indices), [cotangent], shape: shape(0))
    case .scatter(let indices): Tensor(.gather(indices), [cotangent], shape: shape(0))
    case .gatherRows(let rows): Tensor(.scatterRows(rows), [cotangent], shape: shape(0))
    case .scatterRows(let rows): Tensor(.gatherRows(rows), [cotangent], shape: shape(0))
    case .slice(let row, let column):
      Tensor(.embed(row: row, column: column), [cotangent], shape: shape(0))
    case .embed(let row, let column):
      Tensor(.slice(row: row, column: column), [cotangent], shape: shape(0))
    case .stackRows:
      Tensor(.slice(row: offset(position, \.rows), column: 0), [cotangent], shape: shape(position))
    case .stackColumns:
      Tensor(
        .slice(row: 0, column: offset(position, \.columns)), [cotangent], shape: shape(position))
    case .patches(let grid): Tensor(.fold(grid), [cotangent], shape: shape(0))
    case .fold(let grid): Tensor(.patches(grid), [cotangent], shape: shape(0))
    }
  }

  private func share(of map: Operation.Map) -> Tensor? {
    switch map {
    case .scale(let factor): factor * cotangent
    case .shift: cotangent
    case .power(let exponent):
      exponent == 0 ? nil : exponent * (cotangent * input(0).power(exponent - 1))
    case .square: 2 * (cotangent * input(0))
    case .squareRoot: 0.5 * (cotangent / output)
    case .reciprocal: -(cotangent * output.squared())
    case .exp: cotangent * output
    case .log: cotangent / input(0)
    case .tanh: Tensor(.combine(.tanhRule), [cotangent, output], shape: result.shape)
    case .sigmoid: Tensor(.combine(.sigmoidRule), [cotangent, output], shape: result.shape)
    case .softplus: cotangent * input(0).sigmoid()
    case .absolute: cotangent * constant(.sign)
    case .rectify(let slope):
      Tensor(.combine(.gate(slope: slope)), [cotangent, input(0).detached], shape: result.shape)
    case .clamp(let low, let high): cotangent * constant(.inside(low, high))
    case .sign, .inside: nil
    }
  }

  private func share(of combination: Operation.Combination, _ position: Int) -> Tensor? {
    let isFirst = position == 0
    switch combination {
    case .add: return cotangent
    case .subtract: return isFirst ? cotangent : -cotangent
    case .multiply: return cotangent * input(isFirst ? 1 : 0)
    case .divide:
      // Summed before it is divided: cheaper where one number divides a whole matrix.
      return isFirst
        ? cotangent / input(1) : -((cotangent * output).summed(to: shape(1)) / input(1))
    case .maximum: return cotangent * constant(isFirst ? .notLess : .less)
    case .minimum: return cotangent * (1 - constant(isFirst ? .notLess : .less))
    case .notLess, .less: return nil
    case .gate:
      return isFirst
        ? Tensor(.combine(combination), [cotangent, input(1)], shape: result.shape) : nil
    case .tanhRule:
      return isFirst
        ? Tensor(.combine(.tanhRule), [cotangent, input(1)], shape: result.shape)
        : -2 * (cotangent * input(0) * input(1))
    case .sigmoidRule:
      return isFirst
        ? Tensor(.combine(.sigmoidRule), [cotangent, input(1)], shape: result.shape)
        : cotangent * input(0) * (1 - 2 * input(1))
    }
  }

  /// For C = A·B: Ā = C̄·Bᵀ and B̄ = Aᵀ·C̄, with the transpositions of A and B folded in.
  ///
  /// Source: M. Giles, Collected matrix derivative results, 2008, section 2.2.
  private func share(of transposition: Transposition, _ position: Int) -> Tensor {
    let (left, right) = (transposition.left, transposition.right)
    if position == 0 {
      let b = input(1)
      return left
        ? .product(b, cotangent, transposing: Transposition(left: right, right: true))
        : .product(cotangent, b, transposing: Transposition(left: false, right: !right))
    }
    let a = input(0)
    return right
      ? .product(cotangent, a, transposing: Transposition(left: true, right: left))
      : .product(a, cotangent, transposing: Transposition(left: !left, right: false))
  }

  private func input(_ position: Int) -> Tensor {
    isRecorded ? result.inputs[position] : result.inputs[position].detached
  }

  private var output: Tensor { isRecorded ? result : result.detached }

  private func shape(_ position: Int) -> Shape { result.inputs[position].shape }

  private func constant(_ map: Operation.Map) -> Tensor {
    Tensor(map.value(result.inputs[0].value))
  }

  private func constant(_ combination: Operation.Combination) -> Tensor {
    Tensor(
      combination.value(result.inputs[0].value, result.inputs[1].value, result.shape))
  }

  /// Where an input starts in the stack of all of them.
  private func offset(_ position: Int, _ size: KeyPath<Shape, Int>) -> Int {
    result.inputs[..<position].reduce(0) { $0 + $1.shape[keyPath: size] }
  }
}
