import Foundation
import Testing

/// `ot experiment`: tables on standard output, figures in a folder.
@Suite struct ExperimentCommandTests {
  @Test func tablesAndFigures() throws {
    let workspace = try Workspace()
    let result = try CommandLine.ot(
      "experiment", "games", "--quick", "--figures", workspace.folder.path)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("| K | closed form √(1 + η² − 2Kη²) |"))
    #expect(result.output.contains("| 0 | 1.00499 | 1.00499 |"))
    let svg = try String(contentsOfFile: workspace.path("games.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg") && svg.contains("K = 1"))
  }

  @Test func json() throws {
    let result = try CommandLine.ot("experiment", "best-discriminator", "--quick", "--json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let tables = try #require(document["tables"] as? [[String: Any]])
    let rows = try #require(tables.first?["rows"] as? [[Any]])
    #expect(rows.count == 6 && tables.first?["columns"] is [String])
  }

  @Test(arguments: [
    (["experiment", "gams"], 64, "unrolled-ring"),
    (["experiment", "games", "--seeds", "0"], 64, "--seeds is 0"),
    (["experiment", "games", "--quick", "--figures", "/nowhere"], 73, "cannot be written"),
  ])
  func badArguments(arguments: [String], status: Int32, words: String) throws {
    let result = try CommandLine.ot(arguments)
    #expect(result.status == status)
    #expect(result.error.contains(words), "\(result.error)")
  }
}
