import Foundation

/// The commands of a page with the output that the page says they have.
///
/// A line that begins with `$ ` is a command; lines that begin with `> ` straight below continue it;
/// what follows up to the next command is its output. The commands of a page run in one shell, from top
/// to bottom, from the repository's root; `$TMPDIR` is a folder of the page's own.
public struct ConsoleSession: Sendable {
  /// One command.
  public struct Command: Sendable {
    /// Where it stands: the page and the line.
    public let place: String
    /// What is typed, without `$ ` and `> `.
    public var text: String
    /// The lines that the page shows below it.
    public var expected: [String]
  }

  /// A command whose output differs from the page.
  public struct Difference: Sendable, CustomStringConvertible {
    /// What differs, for the report of a test.
    public let description: String
  }

  /// The commands, from top to bottom.
  public private(set) var commands: [Command] = []
  /// Lines of console blocks that belong to no command.
  public private(set) var strayLines: [String] = []

  /// The commands of a page's `console` blocks.
  ///
  /// - Parameter page: The page.
  public init(_ page: Page) {
    for block in page.blocks where block.language == "console" {
      let before = commands.count
      for (index, line) in block.lines.enumerated() {
        let place = "\(page.path):\(block.firstLine + index)"
        add(line, isFirstOfBlock: commands.count == before, at: place)
      }
    }
  }

  private mutating func add(_ line: String, isFirstOfBlock: Bool, at place: String) {
    if line.hasPrefix("$ ") {
      commands.append(Command(place: place, text: String(line.dropFirst(2)), expected: []))
    } else if isFirstOfBlock {
      strayLines.append("\(place): \(line)")
    } else if line.hasPrefix("> "), commands[commands.count - 1].expected.isEmpty {
      commands[commands.count - 1].text += "\n" + line.dropFirst(2)
    } else {
      commands[commands.count - 1].expected.append(line)
    }
  }

  /// Runs the commands and compares what they print.
  ///
  /// - Returns: The commands that printed something else, or anything on standard error.
  /// - Throws: If the shell cannot be started.
  public func differences() async throws -> [Difference] {
    let folder = try ScratchFolder()
    var script = "unset CDPATH\n"
    for (index, command) in commands.enumerated() {
      let name = folder.url.appending(path: "\(index)").path
      try Data("\(command.text)\n".utf8).write(to: URL(fileURLWithPath: name))
      script += "source '\(name)' > '\(name).output' 2> '\(name).errors'\n"
    }
    _ = try await ProgramRun("/bin/bash", ["-c", script])
    return commands.enumerated().compactMap { index, command in
      let texts = ["output", "errors"].map { kind in
        try? String(
          contentsOf: folder.url.appending(path: "\(index).\(kind)"), encoding: .utf8)
      }
      return difference(command, output: texts[0], errors: texts[1])
    }
  }

  private func difference(_ command: Command, output: String?, errors: String?) -> Difference? {
    let expected = command.expected.map { $0 + "\n" }.joined()
    guard output != expected || errors != "" else { return nil }
    return Difference(
      description: """
        \(command.place): $ \(command.text)
        expected:
        \(expected)printed:
        \(output ?? "nothing: the shell had ended\n")on standard error:
        \(errors ?? "")
        """)
  }
}
