import DocumentationSupport
import Foundation
import Testing

/// The example on Apache Spark, where it was set up as its page says; otherwise it is skipped.
@Suite(.enabled(if: SparkSetup.isThere, "needs PySpark in Examples/spark/.venv, and Java"))
struct SparkExampleTests {
  /// With a worker killed on the way, the answers are those of a single `ot batch`.
  @Test(.timeLimit(.minutes(10))) func aKilledWorkerChangesNoAnswer() async throws {
    let run = try await ProgramRun(
      SparkSetup.python,
      [
        Repository.root.appending(path: "Examples/spark/pairwise.py").path, "--kill", "--damage",
        "100", "--ot", Repository.products.appending(path: "ot").path,
      ])
    #expect(run.status == 0, "\(run.errors.suffix(2000))")
    let page = try Page(at: "Examples/spark/README.md")
    let shown = try #require(page.blocks.first { $0.language == "text" })
    #expect(run.output == shown.lines.joined(separator: "\n") + "\n")
  }
}

/// What the example needs.
private enum SparkSetup {
  static let python = Repository.root.appending(path: "Examples/spark/.venv/bin/python").path

  static var isThere: Bool {
    FileManager.default.isExecutableFile(atPath: python)
      && FileManager.default.isExecutableFile(atPath: "/usr/bin/java")
  }
}
