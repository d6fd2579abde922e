import Foundation
import Testing

/// Every public name is a promise, so every public declaration says what it promises.
///
/// A member that only meets a requirement of a protocol has its documentation there.
@Suite struct PublicDocumentationTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  @Test func everyPublicDeclarationIsDocumented() throws {
    let files = try Self.swiftFiles()
    #expect(files.count > 50)
    let requirements = files.values.reduce(into: Set(["description"])) {
      $0.formUnion(Self.requirements(in: $1))
    }
    #expect(requirements.isSuperset(of: ["solve", "reasonAgainst", "generator"]))
    for (file, lines) in files {
      let undocumented = Self.undocumented(in: lines, exempting: requirements)
      #expect(undocumented.isEmpty, "\(file)")
    }
  }

  @Test func anUndocumentedDeclarationIsFound() {
    let lines = ["/// Said.", "public func said() {}", "", "public let unsaid = 1"]
    #expect(Self.undocumented(in: lines, exempting: []) == ["public let unsaid = 1"])
    #expect(Self.undocumented(in: lines, exempting: ["unsaid"]).isEmpty)
  }

  private static func swiftFiles() throws -> [String: [String]] {
    var files: [String: [String]] = [:]
    let walk = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    for case let url as URL in walk ?? .init() where url.pathExtension == "swift" {
      let text = try String(contentsOf: url, encoding: .utf8)
      files[url.lastPathComponent + " in " + url.deletingLastPathComponent().path] =
        text.components(separatedBy: "\n")
    }
    return files
  }

  /// The names that public protocols require.
  private static func requirements(in lines: [String]) -> Set<String> {
    var names: Set<String> = []
    var isInside = false
    for line in lines {
      if line.hasPrefix("public protocol") { isInside = true }
      if line == "}" { isInside = false }
      if isInside, let match = line.firstMatch(of: /^  (?:static )?(?:var|func) (\w+)/) {
        names.insert(String(match.1))
      }
    }
    return names
  }

  /// The public declarations without a documentation comment above them.
  private static func undocumented(
    in lines: [String], exempting requirements: Set<String>
  ) -> [String] {
    let declaration =
      /^\s*(?:@\w+ )*public (?!import|extension)(?:\w+(?:\(set\))? )*?(?:var|let|func|init|struct|enum|class|protocol|subscript|typealias) ?`?(\w*)/
    return lines.indices.compactMap { index in
      guard let match = lines[index].firstMatch(of: declaration),
        !requirements.contains(String(match.1))
      else { return nil }
      let above = lines[..<index].last {
        !$0.trimmingCharacters(in: .whitespaces).hasPrefix("@")
      }
      let isDocumented =
        above?.trimmingCharacters(in: .whitespaces).hasPrefix("///") ?? false
      return isDocumented ? nil : lines[index]
    }
  }
}
