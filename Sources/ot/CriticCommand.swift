import ArgumentParser
import Critics
import MeasureFiles
import OptimalTransport
import Reports
import Transport

/// `ot critic P Q`: trains critics, or loads one, and holds them against the exact answer.
struct CriticCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "critic",
    abstract: "Trains critics and holds them against the exact distance.",
    discussion: """
      Euclidean distance, order 1. Training never sees the exact value: --without-exact gives the \
      same estimate bit for bit. What does see it, --stop-at-gap and potential-regression, is marked. \
      Every row has two lower bounds that hold whatever the critic is.

      EXAMPLES:
        ot critic .1,.2,.7 .3,.3,.4
        ot critic .1,.2,.7 .3,.3,.4 --method min-funnel --steps 200 --figure curve.svg
        ot critic .1,.2,.7 .3,.3,.4 --method spectral --steps 50 --save critic.txt
        ot critic .3,.3,.4 .1,.2,.7 --load critic.txt
        ot critic --load critic.txt --evaluate 1,1,1
      """)

  @Argument(help: "The source: literal masses, a file, or - for CSV on standard input.")
  var source: String?

  @Argument(help: "The target, like the source.")
  var target: String?

  @OptionGroup var measures: MeasureOptions
  @OptionGroup var training: CriticOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var figures: FigureOptions

  @Option(help: "Write the trained critic to a file.")
  var save: String?

  @Option(help: "Measure the critic of a file instead of training one.")
  var load: String?

  @Option(help: "With --load: print the critic's values at the points of a file, as CSV.")
  var evaluate: String?

  func validate() throws {
    if evaluate != nil {
      guard load != nil else {
        throw ValidationError("--evaluate needs a critic; name its file with --load")
      }
      guard source == nil else {
        throw ValidationError("--evaluate takes no measures, only points")
      }
    } else {
      guard let source, let target else {
        throw ValidationError("two measures are needed: ot critic P Q")
      }
      try MeasureOptions.check(source, target)
    }
    if load != nil, figures.areWanted {
      throw ValidationError("a critic from --load has no training to draw")
    }
    if load != nil, let option = training.firstGiven {
      throw ValidationError("\(option) is for training; a critic from --load is not trained")
    }
    if save != nil, load != nil || training.isTable {
      throw ValidationError("--save is for one training, not for --load or --method all")
    }
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      if let load, let evaluate { return try printValues(of: load, at: evaluate) }
      guard let source, let target else { return }
      let pair = try measures.read(source, target)
      let problem = try CriticProblem(
        from: pair.source.pointCloud, to: pair.target.pointCloud, mass: measures.mass.policy)
      let critic = try load.map { try Self.critic(at: $0, fitting: problem.dimension) }
      let exact = try await exact(of: problem, interruption)
      if let critic {
        try show(
          [CriticSummary("loaded", CriticReport(on: critic, of: problem, exact: exact))], exact)
      } else {
        let run = CriticRun(options: training, interruption: interruption)
        try finish(try await run.train(on: problem, exact), exact)
      }
    }
  }

  /// The exact solution, unless it is to be done without.
  private func exact(
    of problem: CriticProblem, _ interruption: Interruption
  ) async throws -> TransportSolution? {
    guard !training.withoutExact else { return nil }
    let ending = try await SolveRun(
      solver: AutomaticSolver(), timeLimit: nil, interruption: interruption
    ).solve(problem.transport)
    if ending.solution.outcome == .limitReached { throw ExitCode.interrupted }
    return ending.solution
  }

  private func finish(_ ending: CriticRun.Ending, _ exact: TransportSolution?) throws {
    let text = try show(ending.summaries, exact)
    // Files come after the result, so that a path that cannot be written loses nothing.
    var files = PendingFiles()
    if let save, let trained = ending.trained.first {
      files.write { try PlainFile.write(text: trained.critic.fileText, to: save) }
    }
    figures.write(CriticFigure(ending.curves, exact: exact?.cost).figure, into: &files) { figure in
      var page = ReportPage(
        title: "Critics and the exact distance", command: FigureOptions.command)
      page.add(.plain(text))
      page.add(.words(CriticSummary.legend))
      page.add(.figure(figure))
      return page
    }
    try files.finish()
    if ending.wasInterrupted { throw ExitCode.interrupted }
  }

  /// Prints the result and returns it as a table.
  @discardableResult
  private func show(_ summaries: [CriticSummary], _ exact: TransportSolution?) throws -> String {
    let text = CriticSummary.table(summaries, exact: exact?.cost)
    try output.print(
      text: text,
      quietText: summaries.map(\.quietText).joined(separator: "\n"),
      json: training.isTable ? .array(summaries.map(\.json)) : summaries[0].json)
    return text
  }

  /// The critic of a file, if it takes points of a dimension.
  private static func critic(at path: String, fitting dimension: Int) throws -> Critic {
    let text = String(decoding: try PlainFile.bytes(at: path), as: UTF8.self)
    do {
      let critic = try Critic(fileText: text)
      try critic.check(fits: dimension)
      return critic
    } catch {
      throw CriticFileProblem(path: path, error: error)
    }
  }

  private func printValues(of path: String, at points: String) throws {
    let cloud = try measures.reading().measure(from: points).pointCloud
    let critic = try Self.critic(at: path, fitting: cloud.dimension)
    let values = CriticValues(of: critic, at: cloud)
    try output.print(text: values.text, quietText: values.quietText, json: values.json)
  }
}

/// A saved critic that cannot be used, with its file's name.
struct CriticFileProblem: Error, CustomStringConvertible {
  let path: String
  let error: CriticFileError

  var description: String { "\(path): \(error)" }
}
