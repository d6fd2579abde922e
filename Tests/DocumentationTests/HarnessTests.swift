import DocumentationSupport
import Foundation
import Testing

/// The checks of the pages catch what they are there to catch.
@Suite struct HarnessTests {
  private func session(_ lines: String) -> ConsoleSession {
    ConsoleSession(Page("```console\n\(lines)\n```\n", path: "page.md"))
  }

  @Test func outputAsShownPasses() async throws {
    let page = session("$ echo one; echo two\none\ntwo\n$ (exit 3); echo $?\n3")
    #expect(page.commands.count == 2)
    #expect(try await page.differences().isEmpty)
  }

  @Test(arguments: [
    "$ echo one\ntwo",  // another text
    "$ echo one",  // more than shown
    "$ true\none",  // less than shown
    "$ printf one\none",  // no end of line
    "$ echo one >&2",  // standard error
    "$ exit\n$ echo one\none",  // the shell ends early
    "$ echo 'one\none",  // no command at all
  ])
  func anyDifferenceIsCaught(_ lines: String) async throws {
    #expect(try await session(lines).differences().count == 1)
  }

  @Test func commandsOfAPageShareAShellAndAFolder() async throws {
    let page = session(
      "$ name=one\n$ cat > $TMPDIR/file <<END\n> $name\n> END\n$ cat $TMPDIR/file\none")
    #expect(try await page.differences().isEmpty)
  }

  @Test func theBuiltProgramIsFoundFirst() async throws {
    let page = session("$ command -v ot\n\(Repository.products.path)/ot")
    #expect(try await page.differences().isEmpty)
  }

  @Test func linesWithoutACommandAreStray() {
    #expect(session("one\n$ echo two\ntwo").strayLines == ["page.md:2: one"])
  }

  @Test func blocksAreFoundWithTheirLines() {
    let page = Page("one\n```swift\nlet x = 1\n```\ntwo\n```\nopen\n", path: "page.md")
    #expect(page.blocks.map(\.language) == ["swift"])
    #expect(page.blocks.map(\.firstLine) == [3])
    #expect(page.blocks.map(\.lines) == [["let x = 1"]])
    #expect(page.prose == ["one", "two"])
    #expect(page.isUnclosed)
  }

  @Test func codeIsFoundWhateverItsIndentation() {
    let index = CodeIndex(texts: ["func f() {\n  let x = 1\n\n  print(x)\n}"])
    #expect(index.contains(["let x = 1", "", "print(x)"]))
    #expect(!index.contains(["let x = 1", "print(y)"]))
    #expect(!index.contains(["func f() {", "print(x)"]))
  }

  @Test func brokenLinksAreFound() {
    let page = Page(
      """
      # A heading, twice
      [here](#a-heading-twice) [there](Package.swift) ![figure](none.svg) [no](#none)
      `[code
      ](none)` [far](https://example.org)
      """, path: "README.md")
    #expect(page.linkTargets.count == 5)
    #expect(page.brokenLinks() == ["none.svg", "#none"])
  }
}
