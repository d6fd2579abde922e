import Foundation

/// A headless Chromium that opens a page and tells what became of it.
public enum Browser {
  /// What the browser made of a page.
  public struct Findings: Codable, Sendable {
    /// The number of shapes that can be seen in each figure, ground, grid and frame not counted.
    public let shapes: [Int]
    /// The words in each figure.
    public let words: [[String]]
    /// Pairs of words of one figure that lie on each other.
    public let overlaps: [String]
    /// Words that leave their figure.
    public let outside: [String]
    /// What the page loaded, or names to be loaded, besides itself.
    public let loaded: [String]
    /// The least contrast of words against the ground, over all figures, after WCAG 2.
    public let contrast: Double
    /// The colour of the ground of each figure.
    public let grounds: [String]
  }

  /// The path of the program, or nil where there is none.
  public static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in ["chromium", "chromium-browser", "google-chrome"] {
      for folder in folders.map(String.init) + ["/usr/bin"] {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path) { return path }
      }
    }
    return nil
  }()

  /// Whether there is a browser.
  public static var isInstalled: Bool { path != nil }

  /// Opens a page and looks at its figures.
  ///
  /// The page's own policy forbids scripts; the copy that is opened has the script that looks in its place.
  ///
  /// - Parameters:
  ///   - html: The page.
  ///   - isDark: Whether the reader prefers dark pages.
  /// - Returns: What was found.
  /// - Throws: If the browser cannot be run or says nothing.
  public static func findings(in html: String, isDark: Bool = false) async throws -> Findings {
    let policy =
      #"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">"#
    let page = html.replacingOccurrences(of: policy, with: "")
      .replacingOccurrences(of: "</body>", with: "<script>\(script)</script></body>")
    let folder = try ScratchFolder()
    let file = folder.url.appending(path: "page.html")
    try Data(page.utf8).write(to: file)
    let run = try await ProgramRun(
      path ?? "chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--user-data-dir=\(folder.url.appending(path: "profile").path)",
        "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--window-size=1100,1400",
        "--virtual-time-budget=3000", "--dump-dom", file.absoluteString,
      ])
    guard let start = run.output.range(of: "<pre id=\"findings\">"),
      let end = run.output.range(of: "</pre>", range: start.upperBound..<run.output.endIndex)
    else { throw NothingFound(output: run.output, errors: run.errors) }
    let text = String(run.output[start.upperBound..<end.lowerBound])
      .replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
      .replacingOccurrences(of: "&amp;", with: "&")
    return try JSONDecoder().decode(Findings.self, from: Data(text.utf8))
  }

  /// The browser did not say what it found.
  public struct NothingFound: Error {
    /// What it printed.
    public let output: String
    /// What it complained of.
    public let errors: String
  }

  private static let script = #"""
    const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(v => { v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b };
    addEventListener('load', () => {
      const found = { shapes: [], words: [], overlaps: [], outside: [], loaded: [], contrast: 99, grounds: [] };
      for (const figure of document.querySelectorAll('svg')) {
        const frame = figure.getBoundingClientRect();
        const ground = getComputedStyle(figure.querySelector('.bg')).fill;
        found.grounds.push(ground);
        const texts = [...figure.querySelectorAll('text')].map(t => ({ t, words: t.textContent, box: t.getBoundingClientRect() }));
        found.words.push(texts.map(t => t.words));
        for (const { t, words, box } of texts) {
          if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
            found.outside.push(words);
          const [a, b] = [light(getComputedStyle(t).fill), light(ground)];
          found.contrast = Math.min(found.contrast, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
        }
        for (let i = 0; i < texts.length; i++) for (let j = 0; j < i; j++) {
          const [a, b] = [texts[i].box, texts[j].box];
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (across > 1 && down > 3) found.overlaps.push(texts[j].words + ' | ' + texts[i].words);
        }
        found.shapes.push([...figure.querySelectorAll('path,rect,circle')].filter(s => {
          const box = s.getBoundingClientRect();
          return !s.closest('clipPath') && !['bg', 'gr', 'fr'].includes(s.getAttribute('class')) && box.width + box.height > 0;
        }).length);
      }
      found.loaded = performance.getEntriesByType('resource').map(e => e.name);
      for (const e of document.querySelectorAll('[src],[href],[data],[srcset]')) {
        const place = e.getAttribute('src') || e.getAttribute('href') || e.getAttribute('data') || e.getAttribute('srcset');
        if (!place.startsWith('data:') && !place.startsWith('#')) found.loaded.push(place);
      }
      const pre = document.createElement('pre'); pre.id = 'findings';
      pre.textContent = JSON.stringify(found); document.body.append(pre);
    });
    """#
}
