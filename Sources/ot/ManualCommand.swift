import ArgumentParser

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `ot manual`: the man page, made from what the parser knows.
struct ManualCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Prints the man page of all commands.",
    discussion: """
      EXAMPLES:
        ot manual > ot.1
      """)

  func run() async throws {
    try await reportingFailures {
      let help = OptimalTransportTool._dumpHelp()
      let tool = try JSONDecoder().decode(ToolDescription.self, from: Data(help.utf8))
      try StandardOutput.print(
        ManualPage(tool.command, version: OptimalTransportTool.configuration.version).text)
    }
  }
}

/// What the parser knows of a tool, as it writes it in JSON.
struct ToolDescription: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let abstract: String?
  }
}

/// A man page in the macros of man(7).
struct ManualPage {
  private let tool: ToolDescription.Command
  private let version: String

  init(_ tool: ToolDescription.Command, version: String) {
    self.tool = tool
    self.version = version
  }

  /// The page.
  var text: String {
    let commands = (tool.subcommands ?? []).filter { $0.commandName != "help" }
    var lines = [
      ".TH \(tool.commandName.uppercased()) 1 \"\" \"\(tool.commandName) \(version)\"", ".SH NAME",
      "\(tool.commandName) \\- \(Self.escaped(tool.abstract ?? ""))", ".SH SYNOPSIS",
      ".B \(tool.commandName)", ".I command", "[\\fIarguments\\fR]", ".SH DESCRIPTION",
    ]
    lines += Self.paragraphs(tool.discussion)
    lines.append(".SH COMMANDS")
    for command in commands { lines += section(command) }
    return lines.joined(separator: "\n")
  }

  private func section(_ command: ToolDescription.Command) -> [String] {
    let arguments = (command.arguments ?? []).filter { argument in
      argument.shouldDisplay && !["help", "version"].contains(argument.names?.first?.name ?? "")
    }
    let operands = arguments.filter { $0.kind == "positional" }.map { argument in
      let name =
        "\\fI\(Self.escaped(argument.valueName ?? ""))\\fR" + (argument.isRepeating ? " ..." : "")
      return argument.isOptional ? "[\(name)]" : name
    }
    var lines = [
      ".SS \(tool.commandName) \(command.commandName) [options] \(operands.joined(separator: " "))",
      Self.escaped(command.abstract ?? ""),
    ]
    lines += Self.paragraphs(command.discussion)
    for argument in arguments {
      lines += [".TP", Self.heading(argument)]
      let value = argument.defaultValue.map { " (default: \($0))" } ?? ""
      lines.append(Self.escaped((argument.abstract ?? "") + value))
    }
    return lines
  }

  private static func heading(_ argument: ToolDescription.Argument) -> String {
    let value = "\\fI\(escaped(argument.valueName ?? ""))\\fR"
    if argument.kind == "positional" { return value }
    let names = (argument.names ?? []).map { name in
      "\\fB\(escaped((name.kind == "long" ? "--" : "-") + name.name))\\fR"
    }.joined(separator: ", ")
    return argument.kind == "option" ? names + " " + value : names
  }

  /// Paragraphs as text is; indented lines, which are examples, as they stand.
  private static func paragraphs(_ text: String?) -> [String] {
    (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .flatMap { line -> [String] in
        if line.isEmpty { return [".PP"] }
        if line.hasPrefix("  ") {
          return [".PP", ".RS 4", ".nf", escaped(line.drop { $0 == " " }), ".fi", ".RE"]
        }
        return [escaped(line)]
      }
  }

  /// Text in which nothing is a macro: backslashes, dashes, and dots where a line begins.
  private static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\n": result += " "
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }
}
