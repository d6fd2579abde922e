import ArgumentParser
import Critics
import MeasureFiles
import OptimalTransport
import Reports
import Transport

/// `ot critic P Q`: trains critics and holds them against the exact answer.
struct CriticCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "critic",
    abstract: "Trains critics and holds them against the exact distance.",
    discussion: """
      Euclidean distance, order 1. Training never sees the exact value: --without-exact gives the \
      same estimate bit for bit. Every row has two lower bounds that hold whatever the critic is.

      EXAMPLES:
        ot critic .1,.2,.7 .3,.3,.4
        ot critic .1,.2,.7 .3,.3,.4 --method min-funnel --steps 200 --figure curve.svg
      """)

  @OptionGroup var measures: MeasureArguments
  @OptionGroup var output: OutputOptions
  @OptionGroup var figures: FigureOptions

  @Option(
    help: "The method: \(CriticMethod.allCases.map(\.rawValue).joined(separator: ", ")), or all.")
  var method = "c-transform"

  @Option(help: "The number of steps.")
  var steps: Int?

  @Option(help: "The widths of the hidden layers, separated by commas.")
  var hidden: String?

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 0

  @Flag(help: "Do without the exact value.")
  var withoutExact = false

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps is \(steps); it must be at least 1") }
    _ = try methods()
    _ = try widths()
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      let (source, target) = try measures.read()
      let problem = try CriticProblem(
        from: source.pointCloud, to: target.pointCloud, mass: measures.mass.policy)
      let exact = withoutExact ? nil : try AutomaticSolver().solve(problem.transport)
      var summaries: [CriticSummary] = []
      var curves: [CriticFigure.Curve] = []
      for method in try methods() {
        let (summary, curve, isComplete) = try await train(method, problem, exact, interruption)
        summaries.append(summary)
        curves.append(curve)
        if !isComplete { break }
      }
      let text = table(summaries, exact)
      show(summaries, text)
      var files = PendingFiles()
      figures.write(CriticFigure(curves, exact: exact?.cost).figure, into: &files) { figure in
        var page = ReportPage(
          title: "Critics and the exact distance", command: FigureOptions.command)
        page.add(.plain(text))
        page.add(.words(CriticSummary.legend))
        page.add(.figure(figure))
        return page
      }
      try files.finish()
      if summaries.count < (try methods().count) { throw ExitCode.interrupted }
    }
  }

  private func train(
    _ method: CriticMethod, _ problem: CriticProblem, _ exact: TransportSolution?,
    _ interruption: Interruption
  ) async throws -> (CriticSummary, CriticFigure.Curve, isComplete: Bool) {
    let training = try CriticTraining(
      method.method, hidden: try widths(), steps: steps, seed: seed)
    let start = ContinuousClock.now
    let line = ProgressLine()
    let task = Task { () throws -> TrainedCritic in
      try training.train(on: problem) { progress in
        line.show(
          share: Double(progress.step) / Double(training.steps),
          "\(method.rawValue), estimate \(NumberText.formatted(progress.estimate, digits: 5))")
      }
    }
    let trained = try await interruption.cancelling(task)
    line.clear()
    let elapsed = (ContinuousClock.now - start).components
    let report = CriticReport(on: trained.critic, of: problem, exact: exact)
    let summary = CriticSummary(
      method.rawValue, report, of: trained,
      seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18, seed: seed)
    return (
      summary, CriticFigure.Curve(method.rawValue, of: trained, report), !task.isCancelled
    )
  }

  /// The exact value and a row for each critic.
  private func table(_ summaries: [CriticSummary], _ exact: TransportSolution?) -> String {
    let heading = exact.map { ["exact".padded(to: 22) + NumberText.formatted($0.cost, digits: 6)] }
    return ((heading ?? []) + [CriticSummary.heading] + summaries.map(\.row))
      .joined(separator: "\n")
  }

  private func show(_ summaries: [CriticSummary], _ text: String) {
    output.print(
      text: text,
      quietText: summaries.map(\.quietText).joined(separator: "\n"),
      json: method == "all" ? .array(summaries.map(\.json)) : summaries[0].json)
  }

  private func methods() throws -> [CriticMethod] {
    if method == "all" { return CriticMethod.allCases }
    guard let known = CriticMethod(rawValue: method) else {
      let names = CriticMethod.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--method is \(method); it must be one of \(names), or all")
    }
    return [known]
  }

  private func widths() throws -> [Int]? {
    guard let hidden else { return nil }
    return try hidden.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let width = Int(part), width > 0, width.isMultiple(of: 2), width <= 65_536 else {
        throw ValidationError(
          "--hidden is \(hidden); it must be even widths separated by commas, such as 64,64")
      }
      return width
    }
  }
}

/// The methods by their names on the command line.
enum CriticMethod: String, CaseIterable, Sendable {
  case clipping
  case gradientPenalty = "gradient-penalty"
  case lipschitzPenalty = "lipschitz-penalty"
  case spectral
  case orthonormal
  case weightNormalization = "weight-normalization"
  case orthonormalPenalty = "orthonormal-penalty"
  case cTransform = "c-transform"
  case minFunnel = "min-funnel"

  var method: CriticTraining.Method {
    switch self {
    case .clipping: .wasserstein(.clipping(0.1))
    case .gradientPenalty: .wasserstein(.gradientPenalty(PenaltyWeight(10)))
    case .lipschitzPenalty:
      .wasserstein(.lipschitzPenalty(PenaltyWeight(from: 10, to: 1000, in: .spreads)))
    case .spectral: .wasserstein(.spectralNormalization)
    case .orthonormal: .wasserstein(.orthonormal(iterations: 3))
    case .weightNormalization: .wasserstein(.weightNormalization)
    case .orthonormalPenalty: .wasserstein(.orthonormalPenalty(0.01))
    case .cTransform: .cTransform
    case .minFunnel: .minFunnel
    }
  }
}
