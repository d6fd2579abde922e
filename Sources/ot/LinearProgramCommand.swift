import ArgumentParser
import GLPK
import Reports

/// `ot lp FILE`: solves a linear program through the wrapper.
struct LinearProgramCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lp",
    abstract: "Solves a linear program from a file and prints its status and objective.",
    discussion: """
      Infeasible and unbounded are answers: exit 0, with the proof. A file .mps is read as free, \
      then as fixed format; --format forces one.

      EXAMPLES:
        ot emd .1,.2,.7 .3,.3,.4 --export-lp transport.mps
        ot lp transport.mps
        ot lp transport.mps --method exact --json
      """)

  @Argument(help: "The program: .mps, .lp or .glpk.")
  var file: String

  @Option(help: "The format: mps-free, mps-fixed, lp or glpk.")
  var format: FileFormat?

  @Option(help: "The method: \(MethodOption.allCases.map(\.rawValue).joined(separator: ", ")).")
  var method: MethodOption = .dualThenPrimal

  @Flag(help: "Let GLPK simplify the program first.")
  var presolve = false

  @Flag(help: "Say how far each cost and each active bound moves before the basis changes.")
  var ranging = false

  @Option(help: "Stop after that many seconds.")
  var timeLimit: Double?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let timeLimit, !(timeLimit >= 0 && timeLimit.isFinite) {
      throw ValidationError("--time-limit is \(timeLimit); it must be a number of seconds")
    }
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      let program = try LinearProgram(contentsOf: file, format: format)
      let line = ProgressLine()
      var options = SolveOptions(
        method: method.method, presolve: presolve,
        timeLimit: timeLimit.map { Duration.seconds($0) }, ranging: ranging)
      if StandardError.isTerminal {
        options.progress = { [timeLimit] progress in
          line.show(limit: timeLimit, progress.words)
        }
      }
      let task = Task { [options] in try program.solve(options) }
      let solution = try await interruption.cancelling(task)
      line.clear()
      let report = LinearProgramReport(on: solution, of: program)
      try output.print(text: report.text, quietText: report.quietText, json: report.json)
      if case .limitReached = solution.outcome {
        throw task.isCancelled ? ExitCode.interrupted : ExitCode.limitReached
      }
    }
  }
}

/// The methods by their names on the command line.
enum MethodOption: String, ExpressibleByArgument, CaseIterable {
  case primal
  case dual
  case dualThenPrimal = "dual-then-primal"
  case interior
  case exact

  var method: SolveOptions.Method {
    switch self {
    case .primal: .primalSimplex
    case .dual: .dualSimplex
    case .dualThenPrimal: .dualThenPrimalSimplex
    case .interior: .interiorPoint
    case .exact: .exactSimplex
    }
  }
}

extension SolveOptions.Progress {
  /// How far the solve is.
  fileprivate var words: String {
    let value = isFeasible ? ", objective \(NumberText.formatted(objective, digits: 6))" : ""
    return "\(iterations) iterations" + value
  }
}
