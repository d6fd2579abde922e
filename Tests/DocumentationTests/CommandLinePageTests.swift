import DocumentationSupport
import Foundation
import Testing

/// `Docs/CommandLine.md` has the commands and options that `ot` has, no more and no less.
@Suite struct CommandLinePageTests {
  private static let commands = [
    "emd", "divergence", "compare", "verify", "pairwise", "merge", "batch", "critic", "gan",
    "experiment", "lp", "doctor", "manual",
  ]

  /// The words of a text that are long options.
  private func options(in text: String) -> Set<String> {
    let words = text.split { !($0.isLetter || $0 == "-") }
    return Set(words.filter { $0.hasPrefix("--") && !$0.hasPrefix("---") }.map(String.init))
  }

  private func helpOptions(of command: String) async throws -> Set<String> {
    let help = try await ProgramRun("ot", ["help", command])
    #expect(help.status == 0)
    return options(in: help.output)
  }

  @Test func everyOptionIsOnThePage() async throws {
    let page = options(in: try Repository.text(of: "Docs/CommandLine.md"))
    for command in Self.commands {
      #expect(try await helpOptions(of: command).subtracting(page) == [], "ot \(command)")
    }
  }

  @Test func everyOptionOfThePageExists() async throws {
    var known = options(in: try await ProgramRun("ot", ["--help"]).output)
    for command in Self.commands { known.formUnion(try await helpOptions(of: command)) }
    #expect(options(in: try Repository.text(of: "Docs/CommandLine.md")).subtracting(known) == [])
  }

  @Test func everyCommandIsOnThePage() async throws {
    let help = try await ProgramRun("ot", ["--help"]).output
    let list = try #require(help.components(separatedBy: "SUBCOMMANDS:").last)
    let names = list.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
      .filter { $0 != "See" }
    #expect(names == Self.commands)
    let page = try Repository.text(of: "Docs/CommandLine.md")
    for name in names { #expect(page.contains("## `ot \(name)`")) }
  }
}
