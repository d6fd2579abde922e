import DocumentationSupport
import Foundation
import Testing

/// What a person at a terminal sees, through the pseudo-terminal that `script` of util-linux makes.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"),
    "needs the program script of util-linux"))
struct TerminalTests {
  private func onATerminal(_ command: String) async throws -> String {
    try await ProgramRun(
      "/usr/bin/script", ["-qec", "TERM=xterm env -u NO_COLOR \(command)", "/dev/null"]
    ).output
  }

  private static let images =
    "Examples/data/camera-32x32.csv Examples/data/astronaut-32x32.csv --layout grid --mass normalize"

  @Test func coloursAreForTerminals() async throws {
    let colored = try await onATerminal("ot emd 1,2 2,1 --show")
    #expect(colored.contains("\u{1B}[38;5;32m"))
    let image = try await onATerminal("ot emd \(Self.images) --solver glpk --time-limit 0 --show")
    #expect(image.contains("▀"))
  }

  @Test(arguments: ["NO_COLOR=1", "TERM=dumb"])
  func coloursCanBeRefused(variable: String) async throws {
    let plain = try await onATerminal("env \(variable) ot emd 1,2 2,1 --show")
    #expect(plain.contains("█"))
    #expect(!plain.contains("\u{1B}"))
  }

  @Test func longWorkSaysHowFarItIs() async throws {
    let output = try await onATerminal(
      "timeout -s INT 4 ot critic 1,0 0,1 --method orthonormal --steps 1000000")
    #expect(output.contains("░"))
    #expect(output.contains(" left"))
    #expect(output.contains("orthonormal") && output.contains("estimate "))
  }

  @Test func aTrainingSaysHowFarItIs() async throws {
    let output = try await onATerminal(
      "timeout -s INT 5 ot gan ring --steps 1000000 --samples 20")
    #expect(output.contains("░"))
    #expect(output.contains("seed 0, step "))
    #expect(output.contains(" left"))
  }

  /// A stream says how many lines it has answered.
  @Test func aStreamSaysHowFarItIs() async throws {
    let output = try await onATerminal(
      "sh -c 'yes [] | timeout -s INT 3 ot batch > /dev/null'")
    #expect(output.contains(" lines answered, "))
  }

  @Test func shortWorkSaysNothing() async throws {
    let output = try await onATerminal("ot emd 1,2 2,1 --quiet")
    #expect(output == "1\r\n")
  }
}
