import ArgumentParser
import Divergences
import MeasureFiles
import Measures
import Reports

/// `ot divergence P Q`: what compares masses bin by bin.
struct DivergenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "divergence",
    abstract: "KL both ways, JS, total variation and others, and which bins make one infinite.",
    discussion: """
      Measures without coordinates need the same bins; with coordinates the bins are all positions \
      of both. Totals must be 1, or --mass normalize divides by them.

      EXAMPLES:
        ot divergence .1,.2,.7 .3,.3,.4
        ot divergence 1,2,7 3,3,4 --mass normalize --unit bits --json
      """)

  @OptionGroup var measures: MeasureArguments
  @OptionGroup var output: OutputOptions

  @Option(help: "The unit of divergences made of logarithms: nats or bits.")
  var unit: InformationUnit = .nats

  func run() async throws {
    try await reportingFailures {
      let (source, target) = try measures.read()
      let pair = try Self.pair(source, target, measures.mass)
      let report = DivergenceReport(on: DivergenceSummary(pair, in: unit))
      try output.print(text: report.text, quietText: report.quietText, json: report.json)
    }
  }

  /// Both measures on common bins.
  static func pair(
    _ source: Measure, _ target: Measure, _ mass: MassOption
  ) throws(DivergenceError) -> DistributionPair {
    let policy: UnitMassPolicy = mass == .normalize ? .normalize : .require
    if case .histogram(let p) = source, case .histogram(let q) = target {
      return try DistributionPair(p, q, mass: policy)
    }
    return try DistributionPair(source.pointCloud, target.pointCloud, mass: policy)
  }
}
