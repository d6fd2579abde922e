/// The lines of every Swift file that is built for the tests: where the code of the pages must stand.
public struct CodeIndex: Sendable {
  private let files: [[String]]

  /// An index of given texts.
  ///
  /// - Parameter texts: The contents of files.
  public init(texts: [String]) { files = texts.map { Self.lines(of: $0) } }

  /// The Swift files below `Examples` and `Tests` that belong to a target of the manifest.
  ///
  /// - Throws: If a file cannot be read.
  public init() throws {
    let manifest = try Repository.text(of: "Package.swift")
    let paths = ["Examples", "Tests"].flatMap { Repository.files(in: $0, ending: ".swift") }
    self.init(
      texts: try paths.filter { Self.isBuilt($0, manifest) }.map { try Repository.text(of: $0) })
  }

  /// Whether the lines stand one below the other in a file, whatever their indentation.
  ///
  /// - Parameter lines: The lines of a block; empty ones do not count.
  /// - Returns: True if one file has them all.
  public func contains(_ lines: [String]) -> Bool {
    let wanted = Self.lines(of: lines.joined(separator: "\n"))
    return files.contains { file in
      file.indices.contains { start in file[start...].starts(with: wanted) }
    }
  }

  private static func isBuilt(_ path: String, _ manifest: String) -> Bool {
    let folder = String(path.split(separator: "/")[1])
    let module = folder.hasSuffix("Tests") ? String(folder.dropLast(5)) : folder
    return ["name: \"\(folder)\"", "example(\"\(folder)\")", "of: \"\(module)\""]
      .contains { manifest.contains($0) }
  }

  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
  }
}
