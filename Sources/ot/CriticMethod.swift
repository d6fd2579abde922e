import Critics

/// The methods by their names on the command line.
enum CriticMethod: String, CaseIterable, Sendable {
  case clipping
  case gradientPenalty = "gradient-penalty"
  case lipschitzPenalty = "lipschitz-penalty"
  case spectral
  case orthonormal
  case weightNormalization = "weight-normalization"
  case orthonormalPenalty = "orthonormal-penalty"
  case layerNormalization = "layer-normalization"
  case batchNormalization = "batch-normalization"
  case cTransform = "c-transform"
  case potentialRegression = "potential-regression"
  case minFunnel = "min-funnel"

  var method: CriticTraining.Method {
    switch self {
    case .clipping: .wasserstein(.clipping(0.1))
    case .gradientPenalty: .wasserstein(.gradientPenalty(PenaltyWeight(10)))
    case .lipschitzPenalty:
      .wasserstein(.lipschitzPenalty(PenaltyWeight(from: 10, to: 1000, in: .spreads)))
    case .spectral: .wasserstein(.spectralNormalization)
    case .orthonormal: .wasserstein(.orthonormal(iterations: 8))
    case .weightNormalization: .wasserstein(.weightNormalization)
    case .orthonormalPenalty: .wasserstein(.orthonormalPenalty(0.01))
    case .layerNormalization: .wasserstein(.layerNormalization)
    case .batchNormalization: .wasserstein(.batchNormalization)
    case .cTransform: .cTransform
    case .potentialRegression: .potentialRegression
    case .minFunnel: .minFunnel
    }
  }

  /// The names, for messages.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The methods that a name stands for: one, or all.
  ///
  /// All leaves out what needs the exact solution where there is none.
  static func named(_ name: String, withoutExact: Bool = false) -> [CriticMethod]? {
    if name == "all" { return allCases.filter { !withoutExact || $0 != .potentialRegression } }
    return CriticMethod(rawValue: name).map { [$0] }
  }
}
