import Foundation

/// Runs the built `ot` as a shell would.
struct CommandLine {
  /// What a run printed and how it ended.
  struct Result {
    let output: String
    let error: String
    let status: Int32
  }

  /// The folder of the built products, beside which the tests themselves are.
  static var products: URL {
    #if os(macOS)
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      return bundle.bundleURL.deletingLastPathComponent()
    }
    #endif
    return Bundle.main.bundleURL
  }

  /// Runs `ot` with arguments, and text on standard input.
  static func ot(_ arguments: String..., input: String? = nil) throws -> Result {
    try ot(arguments, input: input)
  }

  /// Runs `ot` with a list of arguments, and text on standard input.
  static func ot(_ arguments: [String], input: String? = nil) throws -> Result {
    let process = Process()
    process.executableURL = products.appendingPathComponent("ot")
    process.arguments = arguments
    let (output, error, standardInput) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    process.standardInput = standardInput
    try process.run()
    if let input { standardInput.fileHandleForWriting.write(Data(input.utf8)) }
    try standardInput.fileHandleForWriting.close()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let errorText = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      output: String(decoding: text, as: UTF8.self),
      error: String(decoding: errorText, as: UTF8.self), status: process.terminationStatus)
  }
}

/// A folder for the files of one test, removed with the value's last copy.
final class Workspace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ot-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Data(text.utf8))
  }

  /// Writes a file of bytes and returns its path.
  func file(_ name: String, _ data: Data) throws -> String {
    let url = folder.appendingPathComponent(name)
    try data.write(to: url)
    return url.path
  }

  /// The path that a file of that name would have.
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}
