import Foundation

extension Page {
  /// The targets of the links and pictures in the prose, `(…)` in `[text](…)`, code spans left out.
  public var linkTargets: [String] {
    prose.joined(separator: "\n").components(separatedBy: "\n\n").flatMap { paragraph in
      let words = paragraph.split(separator: "`", omittingEmptySubsequences: false)
        .enumerated().map { $0.offset.isMultiple(of: 2) ? String($0.element) : "code" }.joined()
      return words.components(separatedBy: "](").dropFirst().map { rest in
        String(rest.prefix { $0 != ")" })
      }
    }
  }

  /// The names that the headings have as targets of links.
  public var anchors: [String] {
    prose.filter { $0.hasPrefix("#") }.map { heading in
      heading.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
        .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
        .replacingOccurrences(of: " ", with: "-")
    }
  }

  /// The links of this page that lead nowhere: a file that is not there, a heading that is not in it.
  ///
  /// - Returns: Their targets as they are written.
  public func brokenLinks() -> [String] {
    linkTargets.filter { target in
      !target.hasPrefix("https://") && !target.hasPrefix("http://") && !leadsSomewhere(target)
    }
  }

  private func leadsSomewhere(_ target: String) -> Bool {
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard !parts[0].isEmpty else { return anchors.contains(String(target.dropFirst())) }
    let here = Repository.root.appending(path: path).deletingLastPathComponent()
    let file = here.appending(path: String(parts[0])).standardized
    guard FileManager.default.fileExists(atPath: file.path) else { return false }
    guard parts.count == 2 else { return true }
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return false }
    return Page(text, path: path).anchors.contains(String(parts[1]))
  }
}
