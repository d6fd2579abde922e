import ArgumentParser
import GLPK
import MeasureFiles
import OptimalTransport
import Reports
import Transport
import TransportGLPK

/// `ot emd P Q`: the exact distance, with plan, potentials and certificate.
struct EMDCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emd",
    abstract: "The exact Earth Mover's or Wasserstein distance of two measures.",
    discussion: """
      The cost is the sum of mass × ground cost with the masses as they are; the distance is its \
      root of the order. Every answer carries a certificate computed without the solver.

      EXAMPLES:
        ot emd .1,.2,.7 .3,.3,.4
        ot emd .1,.2,.7 .3,.3,.4 --plan plan.csv --figure moves.svg
        ot emd Examples/data/camera-32x32.csv Examples/data/astronaut-32x32.csv --layout grid --mass normalize --report report.html
        ot emd Examples/data/camera-64x64.png Examples/data/astronaut-64x64.png --colour-bins 16 --metric chebyshev
        ot emd Examples/data/iris.csv Examples/data/iris.csv --columns petal_length --where species=setosa --where-target species=virginica
      """)

  @OptionGroup var measures: MeasureArguments
  @OptionGroup var costs: CostOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var figures: FigureOptions

  @Option(help: "The solver: \(SolverOption.allCases.map(\.rawValue).joined(separator: ", ")).")
  var solver: SolverOption = .automatic

  @Flag(help: "Compute in integers and print the cost as a fraction, or an interval.")
  var exact = false

  @Option(help: "Write the whole linear program, in free MPS format.")
  var exportLp: String?

  @Option(help: "Write the problem as a minimum cost flow in integers, in DIMACS format.")
  var exportDimacs: String?

  @Option(help: "Write the plan: .csv, .json or .npy (dense).")
  var plan: String?

  @Option(help: "Write the potentials: .csv, .json or .npy.")
  var potentials: String?

  @Flag(
    help: "Say what is unique, what each atom contributes and how far costs and masses may move.")
  var sensitivity = false

  @Flag(help: "Show the masses, or the plan, in block characters.")
  var show = false

  @Option(help: "Stop after that many seconds and print the bracket that is known by then.")
  var timeLimit: Double?

  @Option(help: "How many threads may work where work can be shared out; the answer is the same.")
  var threads = 1

  func validate() throws {
    if show, output.json || output.quiet {
      throw ValidationError("--show goes with neither --json nor --quiet")
    }
    if let timeLimit, !(timeLimit >= 0 && timeLimit.isFinite) {
      throw ValidationError("--time-limit is \(timeLimit); it must be a number of seconds")
    }
    guard (1...1024).contains(threads) else {
      throw ValidationError("--threads is \(threads); it must be from 1 to 1024")
    }
    if let exportLp, exportLp.lowercased().hasSuffix(".gz") {
      throw ValidationError(
        "--export-lp is \(exportLp); linear programs are written as they are, pack the file with gzip"
      )
    }
    _ = try solver.solver(exact ? .exact : .double)
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      let precision: NumberPrecision = exact || exportDimacs != nil ? .decimal : .double
      let (source, target) = try measures.read(precision)
      let problem = try costs.problem(
        from: source, to: target, mass: measures.mass.policy, precision: precision,
        notation: measures.notation)
      if let exportDimacs { try problem.writeDIMACS(to: exportDimacs) }
      if let exportLp {
        try LinearProgram(transporting: problem).write(to: exportLp, format: .mpsFree)
      }
      let run = SolveRun(
        solver: try solver.solver(exact ? .exact : .double), timeLimit: timeLimit,
        threads: threads, interruption: interruption)
      let ending = try await run.solve(problem)
      try report(ending, problem, source, target)
    }
  }

  private func summary(
    on solution: TransportSolution, of problem: TransportProblem
  ) throws -> SensitivitySummary? {
    guard sensitivity, solution.outcome == .optimal else { return nil }
    return SensitivitySummary(
      of: try SensitivityReport(of: solution, for: problem), on: solution, of: problem)
  }

  private func report(
    _ ending: SolveRun.Ending, _ problem: TransportProblem, _ source: Measure, _ target: Measure
  ) throws {
    let solution = ending.solution
    let certificate = solution.certificate(for: problem, threads: threads)
    let report = TransportReport(
      on: solution, of: problem, certificate: certificate, metric: costs.name,
      sensitivity: try summary(on: solution, of: problem))
    try output.print(text: report.text, quietText: report.quietText, json: report.json)
    if show {
      let picture = TransportPicture(
        of: solution, to: problem, source: source.grid, target: target.grid)
      try StandardOutput.print("\n" + picture.text(Terminal.style))
    }
    // Files come after the result, so that a path that cannot be written loses nothing.
    var files = PendingFiles()
    if let plan { files.write { try solution.plan.write(to: plan) } }
    if let potentials { files.write { try solution.potentials.write(to: potentials) } }
    figures.write(
      TransportFigure(
        of: solution, to: problem, source: source.grid, target: target.grid, metric: costs.name
      ).figure, into: &files
    ) { report.page(with: $0, command: FigureOptions.command) }
    try files.finish()
    if solution.outcome == .limitReached {
      throw ending.wasInterrupted ? ExitCode.interrupted : ExitCode.limitReached
    }
    guard certificate.holds else {
      StandardError.write("error: the answer's certificate \(certificate.summary)\n")
      throw ExitCode.internalError
    }
  }
}
