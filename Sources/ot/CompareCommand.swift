import ArgumentParser
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
      form, each with its certificate, wherever it applies; below them the divergences.

      EXAMPLES:
        ot compare .1,.2,.7 .3,.3,.4
        ot compare .1,.2,.7 .3,.3,.4 --order 2 --report compare.html
      """)

  @OptionGroup var measures: MeasureArguments
  @OptionGroup var costs: CostOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var figures: FigureOptions

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
      addDivergences(to: &report, source, target)
      output.print(text: report.text, quietText: report.quietText, json: report.json)
      if let first { try draw(first, report, problem, source, target) }
    }
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
