import DocumentationSupport
import Foundation
import Testing

/// Every example prints what its `expected-output.txt` says.
@Suite struct ExampleTests {
  static let names = [
    "constraint-matrix", "histogram-distance", "image-distance", "linear-program",
    "parallel-lines", "seven-bins",
  ]

  @Test(arguments: names)
  func printsItsExpectedOutput(_ name: String) async throws {
    let run = try await ProgramRun(name)
    #expect(run.output == (try Repository.text(of: "Examples/\(name)/expected-output.txt")))
    #expect(run.errors.isEmpty)
    #expect(run.status == 0)
  }

  @Test func everyExampleOfTheFolderIsCompared() {
    let programs = Repository.files(in: "Examples", ending: "/main.swift")
    #expect(programs == Self.names.map { "Examples/\($0)/main.swift" })
  }

  @Test func theFigureOfTheParallelLinesIsTheOneInTheDocs() async throws {
    let scratch = try ScratchFolder()
    let path = scratch.url.appending(path: "figure.svg")
    let run = try await ProgramRun("parallel-lines", [path.path])
    #expect(run.status == 0)
    let figure = try String(contentsOf: path, encoding: .utf8)
    #expect(figure == (try Repository.text(of: "Docs/Theory/figures/parallel-lines.svg")))
  }
}
