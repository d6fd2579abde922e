import ArgumentParser
import Experiments
import MeasureFiles
import Reports

/// `ot experiment NAME`: an experiment of the documentation, run again.
struct ExperimentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Runs an experiment of the documentation again: its tables and figures.",
    discussion: """
      \(Experiment.allCases.map { "\($0.rawValue): \($0.summary)." }.joined(separator: "\n"))

      EXAMPLES:
        ot experiment games --quick
        ot experiment best-discriminator --json
        ot experiment parallel-lines --quick --figures .
      """)

  @Argument(help: "The experiment's name.")
  var name: String

  @Flag(help: "Few steps and points: to see that it runs, not what it shows.")
  var quick = false

  @Option(help: "The first seed.")
  var seed: UInt64 = 0

  @Option(help: "How many seeds, where the experiment has several.")
  var seeds: Int?

  @Option(help: "Write the figures into this folder: NAME.svg.")
  var figures: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if let seeds, seeds < 1 {
      throw ValidationError("--seeds is \(seeds); it must be at least 1")
    }
    guard Experiment(rawValue: name) == nil else { return }
    let names = Experiment.allCases.map(\.rawValue)
    throw ValidationError(
      "there is no experiment \(name); there are \(names.joined(separator: ", "))")
  }

  func run() async throws {
    guard let experiment = Experiment(rawValue: name) else { return }
    let interruption = Interruption()
    try await reportingFailures {
      let settings = ExperimentSettings(
        size: quick ? .quick : .full, seed: seed, seeds: seeds)
      let line = ProgressLine()
      let task = Task {
        try await experiment.run(settings) { share, words in line.show(share: share, words) }
      }
      let result: ExperimentResult
      do {
        result = try await interruption.cancelling(task)
      } catch is CancellationError {
        line.clear()
        throw ExitCode.interrupted
      }
      line.clear()
      try StandardOutput.print(json ? result.json.text : result.markdown)
      try write(result.figures)
    }
  }

  private func write(_ drawings: [ExperimentResult.NamedFigure]) throws {
    guard let figures else { return }
    var files = PendingFiles()
    for drawing in drawings {
      files.write {
        try PlainFile.write(text: drawing.figure.svg, to: "\(figures)/\(drawing.name).svg")
      }
    }
    try files.finish()
  }
}
