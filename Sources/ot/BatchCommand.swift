import ArgumentParser
import MeasureFiles
import Measures
import Transport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// `ot batch`: problems on standard input, answers on standard output, a line each.
struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Solves a stream of problems: a line of JSON in, a line of JSON out.",
    discussion: """
      Reads problems from standard input and answers each as soon as it has come, in order. A bad line \
      is answered by an error, and the stream goes on. Memory does not grow with the number of lines. \
      The options hold where a line says nothing else.

      EXAMPLES:
        echo '{"id": 1, "source": [1,2,7], "target": [3,3,4]}' | ot batch
        echo '{"source": {"points": [[0,0],[3,4]]}, "target": {"points": [[0,0]]}}' | ot batch --metric cityblock
        printf '{"source": [1,0], "target": [%s,1]}\\n' 0 1 oops | ot batch --mass normalize --threads 2
      """)

  @OptionGroup var costs: CostOptions

  @Option(help: "What to do about unequal totals: require-equal or normalize.")
  var mass: MassOption = .requireEqual

  @Option(help: "The solver: \(SolverOption.allCases.map(\.rawValue).joined(separator: ", ")).")
  var solver: SolverOption = .automatic

  @Flag(help: "Compute in integers: answers have the cost as a fraction, or an interval.")
  var exact = false

  @Flag(help: "Put the plan into each answer.")
  var plan = false

  @Flag(help: "Put the potentials into each answer.")
  var potentials = false

  @Option(help: "Stop each problem after that many seconds and answer with a bracket.")
  var timeLimit: Double?

  @Flag(help: "Let lines name files: {\"source\": {\"file\": \"p.png\"}, …}.")
  var files = false

  @Option(help: "The number of problems that are solved at the same time.")
  var threads = 1

  @Option(help: "The most bytes that a line may have.")
  var longestLine = 1 << 25

  func validate() throws {
    guard (1...1024).contains(threads) else {
      throw ValidationError("--threads is \(threads); it must be from 1 to 1024")
    }
    guard longestLine >= 1 else {
      throw ValidationError("--longest-line is \(longestLine); it must be at least 1")
    }
    if let timeLimit, !(timeLimit >= 0 && timeLimit.isFinite) {
      throw ValidationError("--time-limit is \(timeLimit); it must be a number of seconds")
    }
    _ = try solver.solver(exact ? .exact : .double)
  }

  func run() async throws {
    let interruption = Interruption()
    try await reportingFailures {
      if isatty(STDIN_FILENO) == 1, StandardError.isTerminal {
        StandardError.write(
          "one problem a line, such as {\"source\": [1,2,7], \"target\": [3,3,4]}\n")
      }
      let reading = ProblemLineReading(
        defaults: try settings(), solvers: SolverOption.allCases.map(\.rawValue),
        readsFiles: files)
      let stream = try BatchStream(reading, longestLine: longestLine, threads: threads)
      let ending = await interruption.replacing(by: { stream.interrupt() }) {
        await stream.run()
      }
      if let failure = ending.failure { throw failure }
      guard ending.doubtful == 0 else {
        StandardError.write(
          "error: \(ending.doubtful) answers have certificates that do not hold\n")
        throw ExitCode.internalError
      }
    }
  }

  /// What holds where a line says nothing else.
  private func settings() throws -> ProblemSettings {
    let precision: NumberPrecision = exact ? .decimal : .double
    let matrix = try costs.cost.map { try CostMatrix(contentsOf: $0, precision: precision) }
    return ProblemSettings(
      groundCost: costs.groundCost, order: costs.order ?? 1,
      matrix: try costs.threshold.map { try matrix?.thresholded(at: $0) } ?? matrix,
      threshold: costs.threshold,
      capacities: try costs.capacities.map { try CostMatrix(contentsOf: $0) },
      mass: mass.policy, solver: solver.rawValue, isExact: exact, wantsPlan: plan,
      wantsPotentials: potentials, timeLimit: timeLimit)
  }
}
