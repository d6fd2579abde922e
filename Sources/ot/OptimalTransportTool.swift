import ArgumentParser

/// The command line `ot`; `Docs/CommandLine.md` is its contract.
@main
struct OptimalTransportTool: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ot",
    abstract: "Exact optimal transport and divergences between histograms, images and points.",
    discussion: """
      Measures are literal masses (.1,.2,.7), files (.csv .tsv .txt .json .npy) or - for CSV on \
      standard input. Exit codes: 0 done, 1 a certificate does not hold, 64 usage, 65 bad data or \
      infeasible, 66 no such input, 73 cannot write, 75 limit reached, 130 interrupted.

      EXAMPLES:
        ot emd .1,.2,.7 .3,.3,.4
        ot emd .1,.2,.7 .3,.3,.4 --exact --quiet
        ot emd .1,.2,.7 .3,.3,.4 --figure moves.svg --report report.html
        ot divergence .1,.2,.7 .3,.3,.4
        ot compare .1,.2,.7 .3,.3,.4

      For shells: ot --generate-completion-script bash, zsh or fish.
      """,
    version: "0.1.0",
    subcommands: [
      EMDCommand.self, DivergenceCommand.self, CompareCommand.self, VerifyCommand.self,
      PairwiseCommand.self, MergeCommand.self, BatchCommand.self, CriticCommand.self,
      GANCommand.self, ExperimentCommand.self, LinearProgramCommand.self, DoctorCommand.self,
      ManualCommand.self,
    ])
}
