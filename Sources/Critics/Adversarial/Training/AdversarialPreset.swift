import Autodiff

/// Settings with the constants of a paper, by name.
///
/// Optimisers, rates, n_dis, batch, noise and control are the paper's. Where a paper trains convolutions on
/// images, the layers here are fully connected and small enough for a processor: 128, 128, 128.
///
/// | name | constants |
/// | --- | --- |
/// | `gan`, `gan-minimax` | Adam 2e-4 (0.5, 0.999), non-saturating or minimax |
/// | `dcgan` | the same, weights N(0, 0.02), leaky ReLU in D, noise uniform of 100, batch 128 |
/// | `wgan` | RMSProp 5e-5, clipping 0.01, n_dis 5 after a start with 100, batch 64 |
/// | `wgan-gp`, `wgan-lp`, `gan-gp` | λ = 10, Adam 1e-4 (0, 0.9), n_dis 5, batch 64 |
/// | `wgan-gp-toy` | λ = 0.1, Adam 1e-4 (0.5, 0.9), n_dis 5, batch 256, layers of 512: the authors' toy program |
/// | `sngan-A` … `sngan-F` | spectral normalisation, non-saturating, α, β₁, β₂, n_dis of table 1 |
/// | `sngan-hinge` | spectral normalisation, hinge, Adam 2e-4 (0, 0.9), n_dis 5 |
/// | `unrolled-K` | K steps of Adam 1e-4 (0.5, 0.999), z of 256, layers of 128, orthogonal 0.8, batch 512 |
/// | `unrolled-K-small` | K steps, z of 32, layers of 64, Adam 1e-3, batch 128: for 2,000 steps on a processor |
/// | `wgan-gp-small`, `wgan-lp-small`, `sngan-small` | no paper's: for the ring and the grid on a processor |
/// | `f-gan-NAME` | Adam 2e-4 (0.5, 0.999) under each member of the f-GAN family |
public struct AdversarialPreset: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Its settings.
  public let settings: AdversarialTraining

  /// The names of all presets; in place of the K of `unrolled-K` any number of steps may stand.
  public static var names: [String] {
    ["gan", "gan-minimax", "dcgan", "wgan", "wgan-gp", "wgan-gp-toy", "wgan-lp", "gan-gp"]
      + SpectralSetting.allCases.map { "sngan-\($0.rawValue)" } + ["sngan-hinge"]
      + smallNames + [0, 1, 5, 10].flatMap { ["unrolled-\($0)", "unrolled-\($0)-small"] }
      + VariationalDivergence.allCases.map { "f-gan-\($0.rawValue)" }
  }

  /// The preset of a name.
  ///
  /// - Parameter name: One of `names`, or `unrolled-K` or `unrolled-K-small` with another K.
  /// - Throws: `AdversarialTrainingError.unknownPreset` with the most similar name.
  public init(_ name: String) throws(AdversarialTrainingError) {
    guard let settings = try Self.settings(name) else {
      throw .unknownPreset(name: name, nearest: Self.nearest(to: name, among: Self.names))
    }
    self.name = name
    self.settings = settings
  }

  private static func settings(
    _ name: String
  ) throws(AdversarialTrainingError) -> AdversarialTraining? {
    switch name {
    case "gan": return standard(.nonSaturating)
    case "gan-minimax": return standard(.minimax)
    case "dcgan": return dcgan
    case "wgan": return wassersteinWithClipping
    case "wgan-gp": return penalized(.wasserstein, .gradientPenalty(PenaltyWeight(10)))
    case "wgan-lp": return penalized(.wasserstein, .lipschitzPenalty(PenaltyWeight(10)))
    case "gan-gp": return penalized(.nonSaturating, .gradientPenalty(PenaltyWeight(10)))
    case "wgan-gp-toy": return penalizedToy
    case "sngan-hinge":
      return spectral(.hinge, adam(2e-4, 0, 0.9), discriminatorSteps: 5)
    default: break
    }
    if let settings = small(name) { return settings }
    if let letter = suffix(of: name, after: "sngan-") {
      return SpectralSetting(rawValue: letter).map { setting in
        spectral(.nonSaturating, setting.optimizer, discriminatorSteps: setting.steps)
      }
    }
    if let member = suffix(of: name, after: "f-gan-") {
      return VariationalDivergence(rawValue: member).map { standard(.variational($0)) }
    }
    return try unrolled(name)
  }

  private static func unrolled(
    _ name: String
  ) throws(AdversarialTrainingError) -> AdversarialTraining? {
    guard let rest = suffix(of: name, after: "unrolled-") else { return nil }
    let small = rest.hasSuffix("-small")
    guard let steps = Int(small ? String(rest.dropLast(6)) : rest) else { return nil }
    guard steps >= 0 else {
      throw .invalidSetting(
        name: "K, the number of unrolled steps,", value: "\(steps)", allowed: "at least 0")
    }
    return small ? smallRing(steps) : ring(steps)
  }

  private static func suffix(of name: String, after prefix: String) -> String? {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
  }

  /// The most similar name.
  static func nearest(to name: String, among names: [String]) -> String {
    names.min { editDistance(name, $0) < editDistance(name, $1) } ?? ""
  }

  /// The least number of letters to change, add or leave out (Levenshtein 1966).
  private static func editDistance(_ first: String, _ second: String) -> Int {
    let (a, b) = (Array(first), Array(second))
    var row = Array(0...b.count)
    for i in a.indices {
      var (diagonal, left) = (row[0], i + 1)
      row[0] = left
      for j in b.indices {
        let change = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        left = min(change, left + 1, diagonal + 1)
        row[j + 1] = left
      }
    }
    return row[b.count]
  }
}

extension AdversarialTraining {
  /// The settings of a preset.
  ///
  /// - Parameter name: One of `AdversarialPreset.names`.
  /// - Returns: Its settings.
  /// - Throws: `AdversarialTrainingError.unknownPreset` with the most similar name.
  public static func preset(_ name: String) throws(AdversarialTrainingError) -> AdversarialTraining
  {
    try AdversarialPreset(name).settings
  }
}

/// Settings A to F of table 1 in Miyato and others 2018.
private enum SpectralSetting: String, CaseIterable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
  case e = "E"
  case f = "F"

  var optimizer: OptimizerSetting {
    switch self {
    case .a: adam(1e-4, 0.5, 0.9)
    case .b: adam(1e-4, 0.5, 0.999)
    case .c: adam(2e-4, 0.5, 0.999)
    case .d: adam(1e-3, 0.5, 0.9)
    case .e: adam(1e-3, 0.5, 0.999)
    case .f: adam(1e-3, 0.9, 0.999)
    }
  }

  var steps: Int {
    switch self {
    case .b, .c: 1
    case .a, .d, .e, .f: 5
    }
  }
}

private func adam(_ rate: Double, _ mean: Double, _ square: Double) -> OptimizerSetting {
  .adam(rate: .constant(rate), meanDecay: mean, squareDecay: square)
}

private let layers = [128, 128, 128]

extension AdversarialPreset {
  private static func standard(_ objective: AdversarialObjective) -> AdversarialTraining {
    let player = AdversarialTraining.Player(hidden: layers, optimizer: adam(2e-4, 0.5, 0.999))
    return AdversarialTraining(
      objective: objective, discriminator: player, generator: player,
      noise: LatentNoise(dimension: 128))
  }

  /// Radford, Metz and Chintala 2016, without the convolutions.
  private static var dcgan: AdversarialTraining {
    var settings = standard(.nonSaturating)
    settings.noise = LatentNoise(.uniform, dimension: 100)
    settings.discriminator.initialization = .normal(deviation: 0.02)
    settings.discriminator.activation = .leakyReLU
    settings.generator.initialization = .normal(deviation: 0.02)
    return settings
  }

  /// Arjovsky, Chintala and Bottou 2017, algorithm 1, and the first steps of its program.
  private static var wassersteinWithClipping: AdversarialTraining {
    let player = AdversarialTraining.Player(
      hidden: layers, optimizer: .rmsProp(rate: 5e-5, decay: 0.99))
    return AdversarialTraining(
      objective: .wasserstein, control: .clipping(0.01), discriminator: player,
      generator: player, noise: LatentNoise(dimension: 128),
      discriminatorSteps: .warmingUp(few: 5, many: 100), batch: 64)
  }

  /// Gulrajani and others 2017, algorithm 1; the one-sided penalty is that of Petzka and others 2018.
  private static func penalized(
    _ objective: AdversarialObjective, _ control: LipschitzControl
  ) -> AdversarialTraining {
    let player = AdversarialTraining.Player(hidden: layers, optimizer: adam(1e-4, 0, 0.9))
    return AdversarialTraining(
      objective: objective, control: control, discriminator: player, generator: player,
      noise: LatentNoise(dimension: 128), discriminatorSteps: .constant(5), batch: 64)
  }

  private static var penalizedToy: AdversarialTraining {
    let player = AdversarialTraining.Player(
      hidden: [512, 512, 512], optimizer: adam(1e-4, 0.5, 0.9))
    return AdversarialTraining(
      objective: .wasserstein, control: .gradientPenalty(PenaltyWeight(0.1)),
      discriminator: player, generator: player, noise: LatentNoise(dimension: 2),
      discriminatorSteps: .constant(5), batch: 256)
  }

  private static func spectral(
    _ objective: AdversarialObjective, _ optimizer: OptimizerSetting, discriminatorSteps: Int
  ) -> AdversarialTraining {
    let generator = AdversarialTraining.Player(hidden: layers, optimizer: optimizer)
    var discriminator = generator
    discriminator.activation = .leakyReLU
    return AdversarialTraining(
      objective: objective, control: .spectralNormalization, discriminator: discriminator,
      generator: generator, noise: LatentNoise(dimension: 128),
      discriminatorSteps: .constant(discriminatorSteps), batch: 64)
  }

  /// Metz and others 2017, appendix A.
  private static func ring(_ steps: Int) -> AdversarialTraining {
    var settings = unrolling(
      steps, hidden: 128, noise: 256, optimizer: adam(1e-4, 0.5, 0.999), batch: 512)
    settings.steps = 25_000
    return settings
  }

  /// The same in small, with rates for few steps.
  private static func smallRing(_ steps: Int) -> AdversarialTraining {
    unrolling(steps, hidden: 64, noise: 32, optimizer: adam(1e-3, 0.5, 0.999), batch: 128)
  }

  private static func unrolling(
    _ steps: Int, hidden: Int, noise: Int, optimizer: OptimizerSetting, batch: Int
  ) -> AdversarialTraining {
    let generator = AdversarialTraining.Player(
      hidden: [hidden, hidden], initialization: .orthogonal(gain: 0.8), optimizer: optimizer)
    var discriminator = generator
    discriminator.hidden = [hidden]
    var settings = AdversarialTraining(
      objective: .minimax, discriminator: discriminator, generator: generator,
      noise: LatentNoise(dimension: noise), batch: batch)
    settings.inputScale = 0.25
    settings.unrolling.steps = steps
    return settings
  }
}
