public import Foundation

/// Where the repository and its built programs are.
public enum Repository {
  /// The folder of `Package.swift`.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder that this test bundle was built in, beside `ot` and the examples.
  public static let products: URL = {
    if let bundle = Bundle.allBundles.first(where: { $0.bundlePath.hasSuffix(".xctest") }) {
      return bundle.bundleURL.deletingLastPathComponent()
    }
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return program.deletingLastPathComponent()
  }()

  /// The files of a folder and of its folders with an ending, by their paths from the root, sorted.
  ///
  /// - Parameters:
  ///   - folder: A folder below the root.
  ///   - ending: What a file's name ends with.
  /// - Returns: The paths.
  public static func files(in folder: String, ending: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    let paths = (names?.allObjects ?? []).compactMap { $0 as? String }
    return paths.filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }.sorted()
  }

  /// The text of a file.
  ///
  /// - Parameter path: The path from the root.
  /// - Returns: The text.
  /// - Throws: What reading a file throws.
  public static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}

/// A folder for the files of one run, deleted with it.
public final class ScratchFolder: Sendable {
  /// The folder.
  public let url: URL

  /// A new, empty folder among the temporary files.
  ///
  /// - Throws: What making a folder throws.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
