extension CriticTraining {
  /// Looks at every setting once.
  func check(firstRate: Double) throws(CriticTrainingError) {
    guard steps >= 1 else { throw .steps(steps) }
    for (index, width) in hidden.enumerated() {
      guard width >= 1 else { throw .width(layer: index + 1, value: width) }
      guard activation != .maxMin || width.isMultiple(of: 2) else {
        throw .oddWidth(layer: index + 1, value: width)
      }
    }
    if case .minibatch(let size) = batch, size < 1 { throw .batchSize(size) }
    try Self.requirePositive(firstRate, "the step size")
    try Self.requirePositive(lipschitzBound, "the Lipschitz bound")
    guard penaltyPoints >= 1 else {
      throw .setting(
        what: "the number of penalty points", value: Double(penaltyPoints), allowed: "at least 1")
    }
    if let stopAtGap, !(stopAtGap >= 0 && stopAtGap < 1) {
      throw .setting(what: "the gap", value: stopAtGap, allowed: "at least 0 and below 1")
    }
    if case .wasserstein(let control) = method { try Self.check(control) }
  }

  private static func check(_ control: LipschitzControl) throws(CriticTrainingError) {
    switch control {
    case .clipping(let bound): try requirePositive(bound, "the bound of the weights")
    case .orthonormalPenalty(let weight): try requirePositive(weight, "the penalty's weight")
    case .orthonormal(let iterations) where iterations < 0:
      throw .setting(
        what: "the number of iterations", value: Double(iterations), allowed: "at least 0")
    default: return
    }
  }

  private static func requirePositive(
    _ value: Double, _ what: String
  ) throws(CriticTrainingError) {
    guard value > 0, value.isFinite else {
      throw .setting(what: what, value: value, allowed: "positive and finite")
    }
  }
}

extension CriticTraining.Method {
  /// Whether what is trained is K-Lipschitz by construction; if not, its report says what slope it has.
  public var boundsTheLipschitzConstant: Bool {
    switch self {
    case .wasserstein(let control): control.boundsTheLipschitzConstant
    case .cTransform, .minFunnel: true
    case .potentialRegression: false
    }
  }
}
