import ArgumentParser
import Autodiff
import GLPK
import MeasureFiles
import Reports

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// `ot doctor`: what this program was made with and runs on.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Says which versions and which machine this program runs with.",
    discussion: """
      To be put into a report of an error.

      EXAMPLES:
        ot doctor
        ot doctor --json
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await reportingFailures {
      let lines = facts.map { $0.title.padded(to: 17) + Self.text($0.value) }
      try StandardOutput.print(
        json
          ? JSONValue.object(facts.map { ($0.key, $0.value) }).text
          : lines.joined(separator: "\n"))
    }
  }

  private var facts: [(key: String, title: String, value: JSONValue)] {
    [
      ("version", "ot", .string(OptimalTransportTool.configuration.version)),
      ("swift", "Swift", .string(Self.swiftVersion)),
      ("build", "build", .string(Self.buildKind)),
      ("glpk", "GLPK", .string(GLPKLibrary.version)),
      ("openblas", "OpenBLAS", .string(OpenBLASLibrary.version)),
      ("openblasKernel", "OpenBLAS kernel", .string(OpenBLASLibrary.kernel)),
      ("libpng", "libpng", .string(PNGLibrary.version)),
      ("zlib", "zlib", .string(ZlibLibrary.version)),
      ("system", "system", .string(Self.system)),
      ("cores", "cores", .integer(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))),
      ("simd", "SIMD", .array(Machine.simd.map { .string($0) })),
    ]
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let values): values.isEmpty ? "unknown" : values.map(text).joined(separator: " ")
    default: value.text
    }
  }

  /// The version of the compiler, as far as it tells its code.
  private static var swiftVersion: String {
    #if compiler(>=6.5)
    "6.5 or later"
    #elseif compiler(>=6.4)
    "6.4"
    #elseif compiler(>=6.3)
    "6.3"
    #else
    "6.2"
    #endif
  }

  private static var buildKind: String {
    #if DEBUG
    "debug: tens of times slower than a release build"
    #else
    "release"
    #endif
  }

  private static var system: String {
    #if os(Linux)
    let name = "Linux"
    #elseif os(macOS)
    let name = "macOS"
    #else
    let name = "another system"
    #endif
    #if arch(x86_64)
    return name + ", x86_64"
    #elseif arch(arm64)
    return name + ", arm64"
    #else
    return name
    #endif
  }
}

/// The machine's vector instructions, where the system tells.
private enum Machine {
  private static let known = ["sse4_2", "avx", "fma", "avx2", "avx512f", "neon", "asimd", "sve"]

  static var simd: [String] {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else {
      #if arch(arm64)
      return ["neon"]
      #else
      return []
      #endif
    }
    let line = text.split(separator: "\n").first {
      $0.hasPrefix("flags") || $0.hasPrefix("Features")
    }
    let flags = Set((line ?? "").split(separator: " ").map(String.init))
    return known.filter(flags.contains)
  }
}
