import ArgumentParser
import Critics

/// How critics are trained, as a command is told.
struct CriticOptions: ParsableArguments {
  @Option(help: "The method: \(CriticMethod.names), or all.")
  var method: String?

  @Option(help: "The number of steps.")
  var steps: Int?

  @Option(help: "The widths of the hidden layers, separated by commas.")
  var hidden: String?

  @Option(
    help: """
      What hidden layers do: \
      \(Network.Activation.allCases.map(\.rawValue).joined(separator: ", ")).
      """)
  var activation: String?

  @Option(help: "Draw so many points of either measure for each step, instead of taking all.")
  var batch: Int?

  @Option(help: "Train a critic of slope K, which estimates K times the distance.")
  var lipschitz: Double?

  @Option(help: "Stop when a certified bound lacks that part of the exact value; sees it.")
  var stopAtGap: Double?

  @Option(help: "The seed of all randomness.")
  var seed: UInt64?

  @Flag(help: "Do without the exact value.")
  var withoutExact = false

  func validate() throws {
    for method in try methods() { _ = try training(method) }
    guard withoutExact else { return }
    if stopAtGap != nil {
      throw ValidationError("--stop-at-gap needs the exact value; leave --without-exact out")
    }
    if method == CriticMethod.potentialRegression.rawValue {
      throw ValidationError(
        "--method potential-regression needs the exact value; leave --without-exact out")
    }
  }

  /// The first option of a training that was given, in words, or nil.
  var firstGiven: String? {
    let given: [(String, Bool)] = [
      ("--method", method != nil), ("--steps", steps != nil), ("--hidden", hidden != nil),
      ("--activation", activation != nil), ("--batch", batch != nil),
      ("--lipschitz", lipschitz != nil), ("--stop-at-gap", stopAtGap != nil),
      ("--seed", seed != nil),
    ]
    return given.first { $0.1 }?.0
  }

  /// Whether a table of all methods was asked for.
  var isTable: Bool { method == "all" }

  /// The methods to train.
  func methods() throws -> [CriticMethod] {
    let name = method ?? CriticMethod.cTransform.rawValue
    guard let methods = CriticMethod.named(name, withoutExact: withoutExact) else {
      throw ValidationError(
        "--method is \(name); it must be one of \(CriticMethod.names), or all")
    }
    return methods
  }

  /// The settings of a method.
  func training(_ method: CriticMethod) throws -> CriticTraining {
    let widths = try widths()
    let activation = try activation.map { name in
      guard let known = Network.Activation(rawValue: name) else {
        let names = Network.Activation.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--activation is \(name); it must be one of \(names)")
      }
      return known
    }
    do {
      return try CriticTraining(
        method.method, hidden: widths, activation: activation, steps: steps,
        batch: batch.map { .minibatch($0) } ?? .fullSupport, lipschitzBound: lipschitz ?? 1,
        stopAtGap: stopAtGap, seed: seed ?? 0)
    } catch {
      throw ValidationError(Self.words(error))
    }
  }

  private func widths() throws -> [Int]? {
    guard let hidden else { return nil }
    return try hidden.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let width = Int(part), width > 0, width <= 65_536 else {
        throw ValidationError(
          "--hidden is \(hidden); it must be widths separated by commas, such as 64,64")
      }
      return width
    }
  }

  /// A setting's error under the option's name.
  private static func words(_ error: CriticTrainingError) -> String {
    switch error {
    case .steps: "--steps: \(error)"
    case .width, .oddWidth: "--hidden: \(error)"
    case .batchSize: "--batch: \(error)"
    case .setting("the gap", _, _): "--stop-at-gap: \(error)"
    case .setting("the Lipschitz bound", _, _): "--lipschitz: \(error)"
    default: "\(error)"
    }
  }
}
