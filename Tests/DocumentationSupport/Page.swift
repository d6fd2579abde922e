/// A page of Markdown, cut into its fenced blocks and the prose between them.
public struct Page: Sendable {
  /// A fenced block.
  public struct Block: Sendable {
    /// The word after the opening fence: `console`, `swift`, `sh`, `text`.
    public let language: String
    /// The number of the first line inside the fence, counted from 1.
    public let firstLine: Int
    /// The lines between the fences.
    public let lines: [String]
  }

  /// The path from the repository's root.
  public let path: String
  /// The fenced blocks, from top to bottom.
  public let blocks: [Block]
  /// The lines outside the fences.
  public let prose: [String]
  /// Whether a fence was opened and never closed.
  public let isUnclosed: Bool

  /// A page from its text.
  ///
  /// - Parameters:
  ///   - text: The Markdown.
  ///   - path: The path that reports name.
  public init(_ text: String, path: String) {
    var blocks: [Block] = []
    var prose: [String] = []
    var open: (language: String, firstLine: Int, lines: [String])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if var block = open {
        if line == "```" {
          blocks.append(
            Block(language: block.language, firstLine: block.firstLine, lines: block.lines))
          open = nil
        } else {
          block.lines.append(String(line))
          open = block
        }
      } else if line.hasPrefix("```") {
        open = (String(line.dropFirst(3)), index + 2, [])
      } else {
        prose.append(String(line))
      }
    }
    self.path = path
    self.blocks = blocks
    self.prose = prose
    isUnclosed = open != nil
  }

  /// A page of the repository.
  ///
  /// - Parameter path: The path from the root.
  /// - Throws: If it cannot be read.
  public init(at path: String) throws {
    self.init(try Repository.text(of: path), path: path)
  }

  /// The paths of the README and of every page below `Docs`.
  public static let all = ["README.md"] + Repository.files(in: "Docs", ending: ".md")
}
