/// The gradient of a number with respect to tensors that it was computed from, as matrices.
///
/// Reverse mode: one sweep back over the recorded operations, each once, whatever the number of
/// tensors. Nothing is recorded. A tensor that the number does not depend on has gradient zero.
/// Source: B. Speelpenning, Compiling fast partial derivatives of functions given by algorithms,
/// 1980.
///
/// - Parameters:
///   - output: 1 × 1.
///   - tensors: Variables, or tensors computed on the way to the output.
/// - Returns: A matrix of the shape of each tensor.
/// - Complexity: A small multiple of the cost of computing the output from the tensors; nothing is
///   computed for others.
public func gradient(of output: Tensor, withRespectTo tensors: [Tensor]) -> [Matrix] {
  cotangents(of: output, withRespectTo: tensors, isRecorded: false).map(\.value)
}

/// The gradient of a number as tensors that can be differentiated again, to any order.
///
/// As `gradient(of:withRespectTo:)`, but the sweep itself is recorded. For a penalty on the slope
/// of a critic, for second derivatives, for gradients through the steps of an optimiser.
///
/// - Parameters:
///   - output: 1 × 1.
///   - tensors: Variables, or tensors computed on the way to the output.
/// - Returns: A tensor of the shape of each tensor.
public func differentiableGradient(of output: Tensor, withRespectTo tensors: [Tensor]) -> [Tensor] {
  cotangents(of: output, withRespectTo: tensors, isRecorded: true)
}

private func cotangents(
  of output: Tensor, withRespectTo targets: [Tensor], isRecorded: Bool
) -> [Tensor] {
  precondition(
    output.shape == .scalar,
    "A gradient is that of one number, but the output is \(output.shape): sum it or take the mean")
  for target in targets {
    precondition(
      target.isDifferentiable,
      "A tensor of \(target.shape) is constant, so nothing varies with it: make it a variable")
  }
  let derivatives = ReverseSweep.derivatives(
    of: output, withRespectTo: targets, isRecorded: isRecorded)
  return zip(derivatives, targets).map { $0 ?? Tensor(Matrix($1.shape)) }
}
