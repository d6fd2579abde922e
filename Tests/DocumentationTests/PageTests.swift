import DocumentationSupport
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

  @Test(arguments: Page.all)
  func everyBlockIsOfAKnownKind(_ path: String) throws {
    let page = try Page(at: path)
    #expect(!page.isUnclosed)
    for block in page.blocks {
      #expect(
        ["console", "swift", "sh", "text"].contains(block.language),
        "\(path):\(block.firstLine): '\(block.language)'")
    }
  }

  @Test(arguments: Page.all + ["CHANGELOG.md", "Examples/data/README.md"])
  func linksLeadSomewhere(_ path: String) throws {
    #expect(try Page(at: path).brokenLinks() == [])
  }
}
