import ArgumentParser
import MeasureFiles
import Measures
import Reports
import Transport

/// `ot verify PLAN P Q`: the certificate of anybody's plan and potentials.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks anybody's plan, and potentials, against the problem itself.",
    discussion: """
      Prints the certificate; exits 1 if it does not hold. Without --potentials the plan is checked \
      for feasibility and, by a solve of our own, for optimality.

      EXAMPLES:
        ot emd .1,.2,.7 .3,.3,.4 --plan plan.csv --potentials potentials.csv
        ot verify plan.csv .1,.2,.7 .3,.3,.4 --potentials potentials.csv
      """)

  @Argument(
    help: "The plan: .csv (source,target,mass, or R's from,to,mass), .json or .npy (dense).")
  var plan: String

  @OptionGroup var measures: MeasureArguments
  @OptionGroup var costs: CostOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The potentials: .csv (side,index,potential), .json or .npy (f, then g).")
  var potentials: String?

  @Option(help: "The target's potentials g, where --potentials has the source's f alone.")
  var potentialsOfTarget: String?

  @Flag(help: "Sources and targets are counted from 1 in the plan and the potentials.")
  var oneBased = false

  func validate() throws {
    if potentialsOfTarget != nil, potentials == nil {
      throw ValidationError("--potentials-of-target needs --potentials for the source's")
    }
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      let (source, target) = try measures.read()
      let problem = try costs.problem(
        from: source, to: target, mass: measures.mass.policy, precision: .double,
        notation: measures.notation)
      let plan = try TransportPlan(
        contentsOf: plan, sourceCount: problem.sourceCount, targetCount: problem.targetCount,
        countsFromOne: oneBased, notation: measures.notation)
      let potentials = try await potentials(of: problem, interruption)
      let certificate = OptimalityCertificate(of: problem, plan: plan, potentials: potentials)
      try output.print(
        text: CertificateReport(certificate).text,
        quietText: certificate.holds ? "holds" : "does not hold", json: certificate.json)
      if !certificate.holds { throw ExitCode.doesNotHold }
    }
  }

  private func potentials(
    of problem: TransportProblem, _ interruption: Interruption
  ) async throws -> KantorovichPotentials {
    if let potentials, let potentialsOfTarget {
      return try KantorovichPotentials(
        ofSources: potentials, ofTargets: potentialsOfTarget, sourceCount: problem.sourceCount,
        targetCount: problem.targetCount, notation: measures.notation)
    }
    if let potentials {
      return try KantorovichPotentials(
        contentsOf: potentials, sourceCount: problem.sourceCount,
        targetCount: problem.targetCount, countsFromOne: oneBased, notation: measures.notation)
    }
    let run = SolveRun(
      solver: try SolverOption.automatic.solver(.double), timeLimit: nil,
      interruption: interruption)
    let ending = try await run.solve(problem)
    if ending.solution.outcome == .limitReached { throw ExitCode.interrupted }
    return ending.solution.potentials
  }
}
