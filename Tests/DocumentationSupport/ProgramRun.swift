import Foundation

/// What a program printed and how it ended.
public struct ProgramRun: Sendable {
  /// What it wrote on standard output.
  public let output: String
  /// What it wrote on standard error.
  public let errors: String
  /// Its exit code.
  public let status: Int32

  /// Runs a program from the repository's root, with the built programs first on `PATH`.
  ///
  /// Output goes to files, not pipes: a pipe could be inherited by a program that runs beside this.
  ///
  /// - Parameters:
  ///   - program: The name of a built program or an absolute path.
  ///   - arguments: Its arguments.
  /// - Throws: If the program cannot be started.
  public init(_ program: String, _ arguments: [String] = []) async throws {
    let scratch = try ScratchFolder()
    let process = Process()
    process.executableURL =
      program.hasPrefix("/")
      ? URL(fileURLWithPath: program) : Repository.products.appending(path: program)
    process.arguments = arguments
    process.currentDirectoryURL = Repository.root
    process.environment = Self.environment(scratch)
    let outputFile = scratch.url.appending(path: "output")
    let errorFile = scratch.url.appending(path: "errors")
    try Data().write(to: outputFile)
    try Data().write(to: errorFile)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    status = try await Self.ending(of: process)
    output = try String(contentsOf: outputFile, encoding: .utf8)
    errors = try String(contentsOf: errorFile, encoding: .utf8)
  }

  private static func environment(_ scratch: ScratchFolder) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    let path = environment["PATH"] ?? "/usr/bin:/bin"
    environment["PATH"] = "\(Repository.products.path):\(path)"
    environment["TMPDIR"] = scratch.url.path
    environment["LC_ALL"] = "C.UTF-8"
    environment["COLUMNS"] = "80"
    return environment
  }

  private static func ending(of process: Process) async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }
}
