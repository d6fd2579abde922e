import Foundation
import Testing
import Transport

@Suite struct EMDCommandTests {
  static let p = ".1,.2,.1,.2,.1,.2,.1"
  static let q = ".1,.1,.1,.1,.1,.1,.4"

  @Test func quietPrintsTheDistanceAlone() throws {
    let result = try CommandLine.ot("emd", Self.p, Self.q, "--quiet")
    #expect(result.output == "0.9\n")
    #expect(result.error.isEmpty && result.status == 0)
  }

  @Test(arguments: ["automatic", "glpk", "network-simplex"])
  func exactPrintsTheFraction(solver: String) throws {
    let result = try CommandLine.ot("emd", Self.p, Self.q, "--exact", "--quiet", "--solver", solver)
    #expect(result.output == "9/10\n")
  }

  @Test(arguments: ["automatic", "monotone", "network-simplex", "glpk", "glpk-dual", "glpk-kr"])
  func everySolverAnswers(solver: String) throws {
    let result = try CommandLine.ot("emd", Self.p, Self.q, "--quiet", "--solver", solver)
    #expect(result.output == "0.9\n")
  }

  @Test func jsonHasTheKeysOfTheContract() throws {
    let result = try CommandLine.ot("emd", Self.p, Self.q, "--json", "--exact")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "distance", "cost", "order", "metric", "source", "target", "massAdjustment", "solver",
        "certificate", "exact",
      ])
    let certificate = try #require(object["certificate"] as? [String: Any])
    #expect(
      Set(certificate.keys) == [
        "primal", "dual", "gap", "marginalError", "minimumReducedCost", "holds", "seconds",
      ])
    #expect(certificate["holds"] as? Bool == true)
    let exact = try #require(object["exact"] as? [String: String])
    #expect(exact == ["numerator": "9", "denominator": "10"])
  }

  @Test func theRootOfTheOrderIsTaken() throws {
    let result = try CommandLine.ot("emd", "1,0,0", "0,0,1", "--order", "2", "--quiet")
    #expect(result.output == "2\n")
  }

  @Test func aCircleGoesTheShorterWay() throws {
    let result = try CommandLine.ot("emd", "1,0,0,0", "0,0,0,1", "--period", "4", "--quiet")
    #expect(result.output == "1\n")
  }

  @Test func standardInputIsCSV() throws {
    let result = try CommandLine.ot("emd", "-", "0,1", "--quiet", input: "mass\r\n1\r\n0\r\n")
    #expect(result.output == "1\n")
  }

  @Test func scaleIsNoMatter() throws {
    let masses = try CommandLine.ot("emd", "1e300,2e300,0", "0,2e300,1e300", "--quiet")
    #expect(masses.output == "2e+300\n")
    let tiny = try CommandLine.ot(
      "emd", "1e-300,2e-300,0", "0,2e-300,1e-300", "--quiet", "--solver", "glpk")
    #expect(tiny.output == "2e-300\n")
    let workspace = try Workspace()
    for (scale, expected) in [("1e-200", "1e-200\n"), ("1e200", "1e+200\n")] {
      let file = try workspace.file("cost.csv", "0,\(scale)\n\(scale),0\n")
      for solver in ["network-simplex", "glpk", "glpk-dual", "glpk-kr"] {
        let costs = try CommandLine.ot(
          "emd", "1,0", "0,1", "--cost", file, "--quiet", "--solver", solver)
        #expect(costs.output == expected && costs.status == 0, "\(solver)")
      }
    }
  }

  @Test func aLimitOfNoTimePrintsTheBracketAndExits75() throws {
    let workspace = try Workspace()
    let rows = (0..<150).map { "\(($0 * 37) % 151),\(($0 * 59) % 157)" }.joined(separator: "\n")
    let others = (0..<150).map { "\(($0 * 41) % 163),\(($0 * 61) % 149)" }.joined(separator: "\n")
    let p = try workspace.file("p.csv", "x,y\n\(rows)\n")
    let q = try workspace.file("q.csv", "x,y\n\(others)\n")
    let result = try CommandLine.ot("emd", p, q, "--time-limit", "0", "--json")
    #expect(result.status == 75)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["distance"] is NSNull)
    let bracket = try #require(object["bracket"] as? [String: Double])
    let (lower, upper) = (try #require(bracket["lower"]), try #require(bracket["upper"]))
    #expect(lower > 0 && lower <= upper)
  }

  @Test func theExportedProgramHasTheSameOptimum() throws {
    let workspace = try Workspace()
    let file = workspace.path("seven.mps")
    let result = try CommandLine.ot("emd", Self.p, Self.q, "--quiet", "--export-lp", file)
    #expect(result.status == 0)
    let solved = try CommandLine.ot("lp", file, "--quiet")
    #expect(solved.output == "0.9\n")
  }
}

@Suite struct VerifyCommandTests {
  let workspace: Workspace
  let p = ".5,.5,0"
  let q = "0,.5,.5"

  init() throws { workspace = try Workspace() }

  @Test(arguments: ["csv", "json", "npy"])
  func ourOwnAnswerHolds(format: String) throws {
    let plan = workspace.path("plan.\(format)")
    let potentials = workspace.path("potentials.\(format)")
    let solved = try CommandLine.ot("emd", p, q, "--plan", plan, "--potentials", potentials)
    #expect(solved.status == 0)
    let result = try CommandLine.ot("verify", plan, p, q, "--potentials", potentials)
    #expect(result.status == 0)
    #expect(result.output.contains("holds"))
  }

  @Test func anotherOptimalPlanHoldsWithoutPotentials() throws {
    let plan = try workspace.file("plan.csv", "source,target,mass\n0,2,0.5\n1,1,0.5\n")
    #expect(try CommandLine.ot("verify", plan, p, q).status == 0)
  }

  @Test func aBentPlanIsRefused() throws {
    let plan = try workspace.file("plan.csv", "source,target,mass\n0,1,0.5\n1,2,0.4999\n")
    let result = try CommandLine.ot("verify", plan, p, q)
    #expect(result.status == 1)
    #expect(result.output.contains("marginal error"))
  }

  @Test func aPlanThatCostsMoreIsRefused() throws {
    // Order 2 punishes the long way that order 1 does not mind.
    let plan = try workspace.file("plan.csv", "source,target,mass\n0,2,0.5\n1,1,0.5\n")
    #expect(try CommandLine.ot("verify", plan, p, q, "--order", "2").status == 1)
  }

  @Test func bentPotentialsAreRefused() throws {
    let plan = workspace.path("plan.csv")
    let potentials = workspace.path("potentials.json")
    _ = try CommandLine.ot("emd", p, q, "--plan", plan)
    _ = try workspace.file("potentials.json", #"{"source":[0,-1,-2],"target":[0,1,2.001]}"#)
    let result = try CommandLine.ot("verify", plan, p, q, "--potentials", potentials)
    #expect(result.status == 1)
    #expect(result.output.contains("target 2"))
  }
}

@Suite struct OtherCommandTests {
  @Test func divergenceNamesTheBinsThatMakeItInfinite() throws {
    let result = try CommandLine.ot("divergence", ".5,.5,0", ".5,0,.5", "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["kullbackLeibler"] as? String == "Infinity")
    #expect(object["totalVariation"] as? Double == 0.5)
    #expect(object["infiniteBecauseOf"] as? [Int] == [1, 2])
  }

  @Test func compareHasEveryForm() throws {
    let result = try CommandLine.ot("compare", EMDCommandTests.p, EMDCommandTests.q)
    #expect(result.status == 0)
    #expect(result.output.components(separatedBy: "certified").count == 6)
    #expect(result.output.contains("below 1e-12"))
  }

  @Test func infeasibleAndUnboundedProgramsAreAnswers() throws {
    let workspace = try Workspace()
    let infeasible = try workspace.file(
      "infeasible.lp", "Minimize\n x\nSubject To\n a: x >= 2\n b: x <= 1\nEnd\n")
    let result = try CommandLine.ot("lp", infeasible)
    #expect(result.status == 0)
    #expect(result.output.contains("infeasible"))
    let unbounded = try workspace.file(
      "unbounded.lp", "Maximize\n x\nSubject To\n a: x - y <= 1\nEnd\n")
    #expect(try CommandLine.ot("lp", unbounded, "--quiet").output == "unbounded\n")
  }

  @Test func theVersionAndTheHelpArePrinted() throws {
    #expect(try CommandLine.ot("--version").output == "0.1.0\n")
    let help = try CommandLine.ot("emd", "--help")
    #expect(help.status == 0 && help.output.contains("--export-lp"))
  }

  /// On 2,500 random points, which keep GLPK busy for many seconds in any build.
  ///
  /// Ctrl-C before the solve only ends the process, so on a busy machine it comes later from try to try.
  @Test func controlCPrintsTheBracketAndExits130() throws {
    let workspace = try Workspace()
    var random = SplitMix64(seed: 1)
    func points() -> String {
      "x,y\n"
        + (0..<2500).map { _ in
          "\(Double.random(in: 0..<1, using: &random)),\(Double.random(in: 0..<1, using: &random))"
        }.joined(separator: "\n")
    }
    let p = try workspace.file("p.csv", points())
    let q = try workspace.file("q.csv", points())
    for seconds in [1.0, 2, 4] {
      let (status, text) = try interrupted(after: seconds, ["emd", p, q, "--solver", "glpk"])
      #expect(status == 130)
      if text.contains("from ") { return }
    }
    Issue.record("no bracket was printed")
  }

  @Test func controlCBeforeTheSolveEndsTheProcess() throws {
    let (status, text) = try interrupted(after: 1, ["emd", "-", "1,2"])
    #expect(status == 130)
    #expect(text.isEmpty)
  }

  /// Runs `ot`, presses Ctrl-C some seconds after it has begun to heed it, and waits for its end.
  ///
  /// It sleeps on its own thread: a task would wake only when other tests leave it one.
  private func interrupted(
    after seconds: Double, _ arguments: [String]
  ) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = CommandLine.products.appendingPathComponent("ot")
    process.arguments = arguments
    let (output, input) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = input
    try process.run()
    try untilInterruptsAreCaught(by: process)
    Thread.sleep(forTimeInterval: seconds)
    process.interrupt()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// Waits until a process has its handler of SIGINT, where the system tells.
  ///
  /// Before that a test that was itself started with SIGINT ignored would see it lost, and a busy machine
  /// may take seconds to start a process.
  private func untilInterruptsAreCaught(by process: Process) throws {
    for _ in 0..<1_500 {
      guard
        let status = try? String(
          contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("SigCgt:") }),
        let caught = line.split(separator: "\t").last.flatMap({ UInt64($0, radix: 16) })
      else { return }
      if caught & (1 << UInt64(SIGINT - 1)) != 0 { return }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }
}
