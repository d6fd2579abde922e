/// A matrix that remembers how it was computed, so that derivatives can be taken.
///
/// Operations on tensors compute their value at once and record themselves in the result, unless
/// all inputs are constant. A tensor belongs to one task; its value can be sent anywhere.
///
/// ```swift
/// let x = Tensor(variable: Matrix([[3]]))
/// let y = x * x * x
/// let slope = differentiableGradient(of: y, withRespectTo: [x])[0]   // 27
/// gradient(of: slope, withRespectTo: [x])[0].scalar                  // 18
/// ```
public final class Tensor {
  /// The rows and columns of the value.
  public let shape: Shape
  /// Whether a variable is among what the value was computed from.
  public let isDifferentiable: Bool
  let operation: Operation
  /// What the value was computed from, recorded if it is differentiable.
  package private(set) var inputs: [Tensor]
  /// More than that of every input.
  let depth: Int
  /// A `ReverseSweep`'s own note; `unvisited` outside of a sweep.
  var mark = Tensor.unvisited
  /// Nil for a transpose of which nobody has asked the value yet.
  private var storage: Matrix?

  static let unvisited = -1

  /// A constant: derivatives are not taken through it and cost nothing.
  public convenience init(_ value: Matrix) {
    self.init(leaf: value, isDifferentiable: false)
  }

  /// A 1 × 1 constant.
  public convenience init(_ number: Double) {
    self.init(leaf: Matrix(.scalar, [number]), isDifferentiable: false)
  }

  /// A variable: what is computed from it can be differentiated with respect to it.
  public convenience init(variable value: Matrix) {
    self.init(leaf: value, isDifferentiable: true)
  }

  private init(leaf value: Matrix, isDifferentiable: Bool) {
    shape = value.shape
    self.isDifferentiable = isDifferentiable
    operation = .leaf
    inputs = []
    depth = 0
    storage = value
  }

  /// The result of an operation; a constant, with nothing recorded, if all inputs are.
  init(_ operation: Operation, _ inputs: [Tensor], shape: Shape) {
    self.shape = shape
    isDifferentiable = inputs.contains(where: \.isDifferentiable)
    if case .transpose = operation {
      storage = nil
    } else {
      storage = operation.value(of: inputs, shape: shape)
    }
    if isDifferentiable || storage == nil {
      self.operation = operation
      self.inputs = inputs
      depth = 1 + inputs.reduce(0) { max($0, $1.depth) }
    } else {
      self.operation = .leaf
      self.inputs = []
      depth = 0
    }
  }

  /// The matrix itself.
  public var value: Matrix {
    if let storage { return storage }
    let made = inputs[0].value.transposed
    storage = made
    return made
  }

  /// The only entry of a 1 × 1 tensor.
  public var scalar: Double { value.scalar }

  /// The same value as a constant, through which no derivative is taken.
  public var detached: Tensor {
    isDifferentiable ? Tensor(value) : self
  }

  /// Adds to a constant in place; only if nobody else holds it.
  ///
  /// - Returns: False, and nothing is done, for a transpose: it has no entries of its own.
  func add(_ share: Tensor) -> Bool {
    guard inputs.isEmpty, storage != nil else { return false }
    storage?.add(share.value)
    return true
  }

  /// Releases the tensors that only this one keeps alive one after the other, not inside each
  /// other: a chain may be longer than the stack is deep.
  deinit {
    guard !inputs.isEmpty else { return }
    var released = inputs
    inputs = []
    while var tensor = released.popLast() {
      guard !tensor.inputs.isEmpty, isKnownUniquelyReferenced(&tensor) else { continue }
      released.append(contentsOf: tensor.inputs)
      tensor.inputs = []
    }
  }
}
