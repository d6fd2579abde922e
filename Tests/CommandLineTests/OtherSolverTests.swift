import DocumentationSupport
import Foundation
import Testing

/// What is exported for other solvers is read by one: `glpsol` of GLPK, with readers of its own for both formats.
@Suite(.enabled(if: OtherSolver.path != nil, "needs the program glpsol (glpk-utils)"))
struct OtherSolverTests {
  let workspace: Workspace

  init() throws { workspace = try Workspace() }

  /// The objective that `glpsol` finds for a file.
  private func objective(_ file: String, _ format: String) async throws -> Double {
    let solution = workspace.path("solution.txt")
    let run = try await ProgramRun(try #require(OtherSolver.path), [format, file, "-o", solution])
    #expect(run.status == 0, "\(run.output)")
    let text = try String(contentsOfFile: solution, encoding: .utf8)
    #expect(text.contains("Status:     OPTIMAL"), "\(text)")
    let line = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("Objective:") }, "\(text)")
    return try #require(line.split(separator: " ").compactMap { Double($0) }.first, "\(line)")
  }

  /// The units of mass and cost that the comments of a DIMACS file name, multiplied.
  private func unit(of file: String) throws -> Double {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("c a unit of ") }.reduce(1) {
      unit, line in
      let parts = line.split(separator: " ").last.map { $0.split(separator: "/") } ?? []
      let numbers = parts.compactMap { Double($0) }
      return unit * (numbers.first ?? .nan) / (numbers.count == 2 ? numbers[1] : 1)
    }
  }

  private static let iris = [
    "Examples/data/iris.csv", "Examples/data/iris.csv", "--columns", "petal_length,petal_width",
    "--where", "species=setosa", "--where-target", "species=virginica",
  ].map { $0.hasSuffix(".csv") ? Repository.root.appending(path: $0).path : $0 }

  static let problems: [[String]] = [
    [".1,.2,.7", ".3,.3,.4"],
    [".1,.2,.7", ".3,.3,.4", "--order", "2"],
    ["1,2,7,0", "3,3,0,4,1e-3", "--mass", "normalize", "--metric", "cityblock"],
    iris + ["--metric", "sqeuclidean"],
    iris + ["--metric", "cityblock", "--threshold", "2.5"],
  ]

  @Test(arguments: problems)
  func theFlowHasTheSameOptimum(problem: [String]) async throws {
    let file = workspace.path("flow.min")
    let run = try CommandLine.ot(["emd"] + problem + ["--export-dimacs", file, "--json"])
    #expect(run.status == 0, "\(run.error)")
    let cost = try cost(run.output)
    let found = try await objective(file, "--mincost") * unit(of: file)
    // glpsol prints nine digits.
    #expect(abs(found - cost) <= 1e-8 * abs(cost), "\(found), \(cost)")
  }

  @Test(arguments: problems)
  func theLinearProgramHasTheSameOptimum(problem: [String]) async throws {
    let file = workspace.path("program.mps")
    let run = try CommandLine.ot(["emd"] + problem + ["--export-lp", file, "--json"])
    let cost = try cost(run.output)
    let found = try await objective(file, "--freemps")
    #expect(abs(found - cost) <= 1e-8 * abs(cost), "\(found), \(cost)")
  }

  /// Forbidden arcs and capacities arrive too.
  @Test func limitsArrive() async throws {
    let costs = try workspace.file("cost.csv", "0,1,inf\n4,0,2\n")
    let capacities = try workspace.file("capacities.csv", "0.125,inf,inf\ninf,0.25,inf\n")
    let file = workspace.path("program.mps")
    let run = try CommandLine.ot(
      "emd", ".5,.5", ".25,.5,.25", "--cost", costs, "--capacities", capacities, "--export-lp",
      file,
      "--json")
    let cost = try cost(run.output)
    #expect(abs(try await objective(file, "--freemps") - cost) <= 1e-8)
    let flow = workspace.path("flow.min")
    let free = try CommandLine.ot(
      "emd", ".5,.5", ".25,.5,.25", "--cost", costs, "--export-dimacs", flow, "--json")
    #expect(
      abs(try await objective(flow, "--mincost") * unit(of: flow) - self.cost(free.output)) <= 1e-8)
  }

  private func cost(_ json: String) throws -> Double {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    return try #require(object?["cost"] as? Double, "\(json)")
  }
}

/// The program `glpsol`, where it is.
private enum OtherSolver {
  static let path = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/glpsol" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}
