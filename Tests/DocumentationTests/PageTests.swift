import DocumentationSupport
import Foundation
import Testing

/// What the pages say is so: commands print what is shown, code is built, links lead somewhere.
@Suite struct PageTests {
  @Test(arguments: Page.all)
  func commandsPrintWhatThePageShows(_ path: String) async throws {
    let session = ConsoleSession(try Page(at: path))
    #expect(session.strayLines.isEmpty, "console blocks begin with a command")
    for difference in try await session.differences() {
      Issue.record("\(difference)")
    }
  }

  @Test(arguments: Page.all)
  func swiftCodeStandsInABuiltFile(_ path: String) throws {
    let index = try CodeIndex()
    let page = try Page(at: path)
    for block in page.blocks where block.language == "swift" {
      #expect(index.contains(block.lines), "\(path):\(block.firstLine) stands in no built file")
    }
  }

  /// Commands are run and Swift is built; the other kinds show installation and contents of files.
  static let kinds = ["console", "swift", "sh", "text", "csv", "tsv", "json", "mps", "lp"]

  @Test(arguments: Page.all)
  func everyBlockIsOfAKnownKind(_ path: String) throws {
    let page = try Page(at: path)
    #expect(!page.isUnclosed)
    for block in page.blocks {
      #expect(
        Self.kinds.contains(block.language),
        "\(path):\(block.firstLine): '\(block.language)'")
    }
  }

  @Test(
    arguments: Page.all + ["CHANGELOG.md", "Examples/data/README.md", "Examples/spark/README.md"])
  func linksLeadSomewhere(_ path: String) throws {
    #expect(try Page(at: path).brokenLinks() == [])
  }

  /// The README's first command is run here without its installation.
  @Test func theFirstCommandOfTheReadmeIsTheOneThatIsTested() throws {
    let page = try Page(at: "README.md")
    let scripts = page.blocks.filter { $0.language == "sh" }.flatMap(\.lines)
    let tested = ConsoleSession(page).commands.map(\.text)
    let first = try #require(scripts.first)
    let command = try #require(first.components(separatedBy: "swift run -c release ").last)
    #expect(tested.first == command)
    #expect(scripts.count == 2)
    #expect(scripts.allSatisfy { $0.hasPrefix("apt-get update && apt-get install -y libglpk-dev") })
    #expect(scripts.last?.hasSuffix(" && swift test") == true)
  }
}
