import DocumentationSupport
import Foundation
import Testing

/// The example on Apache Spark, where it was set up as its page says; otherwise it is skipped.
@Suite(.enabled(if: SparkExampleTests.isSetUp, "needs PySpark in Examples/spark/.venv, and Java"))
struct SparkExampleTests {
  private static let python = Repository.root.appending(path: "Examples/spark/.venv/bin/python")
    .path

  static var isSetUp: Bool {
    FileManager.default.isExecutableFile(atPath: python)
      && FileManager.default.isExecutableFile(atPath: "/usr/bin/java")
  }

  /// With a worker killed on the way, the answers are those of a single `ot batch`.
  @Test(.timeLimit(.minutes(10))) func aKilledWorkerChangesNoAnswer() async throws {
    let run = try await ProgramRun(
      Self.python,
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
