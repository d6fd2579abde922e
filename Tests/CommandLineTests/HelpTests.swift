import DocumentationSupport
import Foundation
import Testing

/// What the help says can be typed as it stands there.
@Suite struct HelpTests {
  private static func commands() async throws -> [String] {
    let help = try await ProgramRun("ot", ["--help"]).output
    let list = try #require(help.components(separatedBy: "SUBCOMMANDS:").last)
    return list.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
  }

  /// The lines of the help that are commands, from the wide help in which none is broken.
  private static func examples(of command: String) async throws -> [String] {
    let help = try await ProgramRun("/bin/bash", ["-c", "COLUMNS=1000 ot \(command) --help"])
    #expect(help.status == 0)
    let text = try #require(help.output.components(separatedBy: "EXAMPLES:").dropFirst().first)
    let lines = text.components(separatedBy: "USAGE:")[0].split(separator: "\n")
    return lines.map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix("ot ") || $0.contains("| ot ") }
  }

  private func run(_ lines: [String]) async throws {
    #expect(!lines.isEmpty)
    let folder = try ScratchFolder()
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "Examples"),
      withDestinationURL: Repository.root.appending(path: "Examples"))
    for line in lines {
      let run = try await ProgramRun("/bin/bash", ["-c", "cd '\(folder.url.path)' && \(line)"])
      #expect(run.status == 0, "\(line): \(run.errors)")
      #expect(run.errors.isEmpty, "\(line)")
    }
  }

  @Test func theExamplesOfTheToolRunAsWritten() async throws {
    try await run(try await Self.examples(of: ""))
  }

  @Test func theExamplesOfEveryCommandRunAsWritten() async throws {
    let commands = try await Self.commands()
    #expect(commands.count >= 8)
    for command in commands {
      let examples = try await Self.examples(of: command)
      #expect(examples.contains { $0.contains("ot \(command)") }, "ot \(command) has no example")
      try await run(examples)
    }
  }

  /// groff, where there is one, finds nothing to complain of; every command and option is on the page.
  @Test func theManualHasEveryCommandAndOption() async throws {
    let manual = try await ProgramRun("ot", ["manual"])
    #expect(manual.status == 0)
    #expect(manual.output.hasPrefix(".TH OT 1"))
    let plain = manual.output.replacingOccurrences(of: "\\-", with: "-")
    for command in try await Self.commands() {
      #expect(plain.contains(".SS ot \(command) "))
      let help = try await ProgramRun("ot", ["help", command]).output
      for option in help.split(whereSeparator: { !($0.isLetter || $0 == "-") })
      where option.hasPrefix("--") && option.count > 2 && option != "--help"
        && option != "--version"
      {
        #expect(plain.contains(option), "\(option) of ot \(command)")
      }
    }
    let check = try await ProgramRun(
      "/bin/bash",
      [
        "-c",
        "command -v groff >/dev/null || exit 0; ot manual | groff -man -ww -Kutf8 -Tutf8 2>&1 >/dev/null",
      ])
    #expect(check.output.isEmpty)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsKnowTheCommands(shell: String) async throws {
    let script = try await ProgramRun("ot", ["--generate-completion-script", shell])
    #expect(script.status == 0)
    for word in ["emd", "critic", "figure", "normalize"] {
      #expect(script.output.contains(word), "\(shell): \(word)")
    }
  }

  @Test func theDoctorKnowsItsLibraries() throws {
    let text = try CommandLine.ot("doctor")
    #expect(text.status == 0)
    for title in ["Swift", "GLPK", "OpenBLAS", "libpng", "zlib", "cores", "SIMD"] {
      #expect(text.output.contains(title))
    }
    let json = try CommandLine.ot("doctor", "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["glpk"] as? String)?.first?.isNumber == true)
    #expect((object["openblas"] as? String)?.first?.isNumber == true)
    #expect((object["libpng"] as? String)?.hasPrefix("1.") == true)
    #expect((object["zlib"] as? String)?.hasPrefix("1.") == true)
    #expect((object["cores"] as? Int ?? 0) >= 1)
    #expect(object["simd"] is [String])
  }
}
