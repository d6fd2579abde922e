import ArgumentParser
import Critics
import Divergences
import MeasureFiles
import OptimalTransport
import Reports
import Transport
import TransportGLPK

/// `ot compare P Q`: every distance side by side.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Every solver and every divergence side by side.",
    discussion: """
      Linear program, its dual, the Kantorovich–Rubinstein form, the network simplex and the closed \
      form, each with its certificate, wherever it applies; critics on request; below them the \
      divergences.

      EXAMPLES:
        ot compare .1,.2,.7 .3,.3,.4
        ot compare .1,.2,.7 .3,.3,.4 --order 2 --report compare.html
        ot compare .1,.2,.7 .3,.3,.4 --critic min-funnel
      """)

  @OptionGroup var measures: MeasureArguments
  @OptionGroup var costs: CostOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var figures: FigureOptions

  @Option(
    defaultAsFlag: "c-transform",
    help: "Add a trained critic, by its method, or all; c-transform where no method is named.")
  var critic: String?

  func validate() throws {
    guard let critic, CriticMethod.named(critic) == nil else { return }
    throw ValidationError(
      "--critic is \(critic); it must be one of \(CriticMethod.names), or all")
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      let (source, target) = try measures.read()
      let problem = try costs.problem(
        from: source, to: target, mass: measures.mass.policy, precision: .double,
        notation: measures.notation)
      var report = ComparisonReport(of: problem, metric: costs.name)
      var first: TransportSolution?
      for row in ComparisonRow.all(for: problem) {
        guard row.solver.supports(problem) else {
          report.add(row.title, notApplying: row.solver.reasonAgainst(problem) ?? "")
          continue
        }
        let ending = try await SolveRun(
          solver: row.solver, timeLimit: nil, interruption: interruption
        ).solve(problem)
        if ending.solution.outcome == .limitReached { throw ExitCode.interrupted }
        report.add(row.title, ending.solution)
        first = first ?? ending.solution
      }
      try await addCritics(to: &report, source, target, interruption)
      addDivergences(to: &report, source, target)
      try output.print(text: report.text, quietText: report.quietText, json: report.json)
      if let first { try draw(first, report, problem, source, target) }
    }
  }

  /// The critics that were asked for, where the ground cost is theirs.
  private func addCritics(
    to report: inout ComparisonReport, _ source: Measure, _ target: Measure,
    _ interruption: Interruption
  ) async throws {
    guard let critic else { return }
    guard costs.isEuclideanDistance else {
      return report.add("critic", notApplying: "critics need the Euclidean distance of order 1")
    }
    let problem = try CriticProblem(
      from: source.pointCloud, to: target.pointCloud, mass: measures.mass.policy)
    let options = try CriticOptions.parse(["--method", critic])
    let ending = try await CriticRun(options: options, interruption: interruption)
      .train(on: problem, try AutomaticSolver().solve(problem.transport))
    if ending.wasInterrupted { throw ExitCode.interrupted }
    for summary in ending.summaries { report.add(summary) }
  }

  /// Draws the first solver's solution: all have the same cost.
  private func draw(
    _ solution: TransportSolution, _ report: ComparisonReport, _ problem: TransportProblem,
    _ source: Measure, _ target: Measure
  ) throws {
    var files = PendingFiles()
    figures.write(
      TransportFigure(
        of: solution, to: problem, source: source.grid, target: target.grid, metric: costs.name
      ).figure, into: &files
    ) { figure in
      var page = ReportPage(title: "Distances side by side", command: FigureOptions.command)
      page.add(.plain(report.text))
      page.add(.figure(figure))
      return page
    }
    try files.finish()
  }

  /// The divergences where the measures are on the same bins and have unit mass.
  private func addDivergences(
    to report: inout ComparisonReport, _ source: Measure, _ target: Measure
  ) {
    do {
      let pair = try DivergenceCommand.pair(source, target, measures.mass)
      report.add(DivergenceSummary(pair))
    } catch {
      report.add(divergencesNotApplying: "\(error)")
    }
  }
}

/// A solver with its line in the table.
private struct ComparisonRow {
  let title: String
  let solver: any TransportSolver

  /// The lines of a problem's table; that of grids stands there only for grids.
  static func all(for problem: TransportProblem) -> [ComparisonRow] {
    let grid = ComparisonRow(title: "grid flow", solver: GridFlow())
    return problem.lattice == nil ? all : all.dropLast() + [grid] + all.suffix(1)
  }

  private static let all = [
    ComparisonRow(title: "linear program, primal", solver: LinearProgramSolver()),
    ComparisonRow(title: "linear program, dual", solver: LinearProgramSolver(form: .dual)),
    ComparisonRow(
      title: "Kantorovich–Rubinstein", solver: LinearProgramSolver(form: .kantorovichRubinstein)),
    ComparisonRow(title: "network simplex", solver: NetworkSimplex()),
    ComparisonRow(title: "closed form", solver: MonotoneRearrangement()),
  ]
}
