/// The tensors between an output and the targets of a derivative, and what is known of their
/// cotangents: the derivatives of the output with respect to them.
///
/// Loops only: a chain of operations may be longer than the stack is deep.
struct ReverseSweep {
  private let output: Tensor
  private let targets: [Tensor]
  /// Inputs before results; a tensor's `mark` is its place here while the sweep lasts.
  private var order: [Tensor] = []
  private var roles: [Role] = []
  /// A cotangent lives from its first share until it has been passed on.
  private var cotangents: [Tensor?] = []

  private enum Role { case target, onTheWay, irrelevant }

  private static let onStack = -2
  private static let targetToVisit = -3

  /// The derivative of the output with respect to each target; nil if it does not depend on it.
  static func derivatives(of output: Tensor, withRespectTo targets: [Tensor], isRecorded: Bool)
    -> [Tensor?]
  {
    var sweep = ReverseSweep(output: output, targets: targets)
    sweep.findOrder()
    sweep.passBack(isRecorded: isRecorded)
    return sweep.finish()
  }

  private init(output: Tensor, targets: [Tensor]) {
    self.output = output
    self.targets = targets
  }

  /// Orders what lies between output and targets by a depth-first search.
  private mutating func findOrder() {
    for target in targets { target.mark = Self.targetToVisit }
    // A tensor no deeper than every target was not computed from one: the search ends there.
    let least = targets.reduce(Int.max) { min($0, $1.depth) }
    var stack: [(tensor: Tensor, next: Int, isTarget: Bool)] = []
    func enter(_ tensor: Tensor) {
      let isTarget = tensor.mark == Self.targetToVisit
      guard tensor.isDifferentiable else { return }
      guard isTarget || (tensor.mark == Tensor.unvisited && tensor.depth > least) else { return }
      tensor.mark = Self.onStack
      stack.append((tensor, 0, isTarget))
    }
    enter(output)
    while let top = stack.last {
      if top.next < top.tensor.inputs.count, top.tensor.depth > least {
        stack[stack.count - 1].next += 1
        enter(top.tensor.inputs[top.next])
      } else {
        stack.removeLast()
        place(top.tensor, isTarget: top.isTarget)
      }
    }
  }

  private mutating func place(_ tensor: Tensor, isTarget: Bool) {
    tensor.mark = order.count
    order.append(tensor)
    let isOnTheWay = tensor.inputs.contains(where: isRelevant)
    roles.append(isTarget ? .target : isOnTheWay ? .onTheWay : .irrelevant)
  }

  private func isRelevant(_ tensor: Tensor) -> Bool {
    tensor.mark >= 0 && roles[tensor.mark] != .irrelevant
  }

  /// Visits each tensor after everything that was computed from it.
  private mutating func passBack(isRecorded: Bool) {
    cotangents = Array(repeating: nil, count: order.count)
    if output.mark >= 0 { cotangents[output.mark] = Tensor(1) }
    for place in order.indices.reversed() where roles[place] != .irrelevant {
      guard let cotangent = cotangents[place] else { continue }
      if roles[place] == .onTheWay { cotangents[place] = nil }
      let tensor = order[place]
      let rule = ChainRule(result: tensor, cotangent: cotangent, isRecorded: isRecorded)
      for (position, input) in tensor.inputs.enumerated() where isRelevant(input) {
        guard let share = rule.share(ofInput: position) else { continue }
        add(share, at: input.mark, isRecorded: isRecorded)
      }
    }
  }

  private mutating func add(_ share: Tensor, at place: Int, isRecorded: Bool) {
    guard var sum = cotangents[place].take() else {
      cotangents[place] = share
      return
    }
    let isDone = !isRecorded && isKnownUniquelyReferenced(&sum) && sum.add(share)
    cotangents[place] = isDone ? sum : sum + share
  }

  private func finish() -> [Tensor?] {
    let derivatives = targets.map { $0.mark >= 0 ? cotangents[$0.mark] : nil }
    for tensor in order { tensor.mark = Tensor.unvisited }
    for target in targets { target.mark = Tensor.unvisited }
    return derivatives
  }
}
