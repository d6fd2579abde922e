/// One page of HTML that needs nothing from outside: numbers, figures and the command that made it.
///
///     var page = ReportPage(title: "Seven bins", command: "ot emd p.csv q.csv --report r.html")
///     page.add(.table([("distance", "0.9")]))
///     page.add(.figure(figure))
///     page.html
///
/// The page loads nothing: no script, no font, no picture, and its own policy forbids it. It follows the
/// reader's choice of light or dark and can be printed.
public struct ReportPage: Sendable {
  /// A part of a page.
  public enum Part: Sendable {
    /// A heading.
    case heading(String)
    /// A sentence or more.
    case words(String)
    /// Names with their values, a line each.
    case table([(name: String, value: String)])
    /// Text in which the columns stand below each other, as a terminal shows it.
    case plain(String)
    /// A figure.
    case figure(Figure)
  }

  /// What the page is about.
  public let title: String
  /// The command that made it; nil if none did.
  public let command: String?
  private var parts: [Part] = []

  /// An empty page.
  ///
  /// - Parameters:
  ///   - title: What the page is about.
  ///   - command: The command that made it, as it would be typed.
  public init(title: String, command: String? = nil) {
    self.title = title
    self.command = command
  }

  /// Adds a part below the others.
  public mutating func add(_ part: Part) { parts.append(part) }

  /// The page.
  ///
  /// - Complexity: O(what is on it).
  public var html: String {
    let body = parts.enumerated().map { Self.element($1, number: $0) }.joined(separator: "\n")
    let made =
      command.map { "<h2>Command</h2>\n<pre class=\"command\">\(Self.escaped($0))</pre>" } ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>\(SVGText.escaped(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      <h1>\(SVGText.escaped(title))</h1>
      \(body)
      \(made)
      </main>
      </body>
      </html>

      """
  }

  private static func element(_ part: Part, number: Int) -> String {
    switch part {
    case .heading(let text): "<h2>\(SVGText.escaped(text))</h2>"
    case .words(let text): "<p>\(SVGText.escaped(text))</p>"
    case .plain(let text): "<pre>\(escaped(text))</pre>"
    case .figure(let figure): "<figure>\n\(figure.svg(identifier: "figure-\(number)"))</figure>"
    case .table(let rows):
      "<table>\n"
        + rows.map { name, value in
          "<tr><th scope=\"row\">\(SVGText.escaped(name))</th><td>\(SVGText.escaped(value))</td></tr>"
        }.joined(separator: "\n") + "\n</table>"
    }
  }

  /// Escaped, line by line.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { SVGText.escaped(String($0)) }.joined(separator: "\n")
  }

  private static let style = """
    body{margin:0;background:#fff;color:#1b1f24;font:15px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif}
    main{max-width:960px;margin:0 auto;padding:24px 20px 48px}
    h1{font-size:24px;line-height:1.25;margin:0 0 18px}
    h2{font-size:17px;margin:30px 0 8px}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    th{text-align:left;font-weight:600;padding:3px 24px 3px 0;vertical-align:top;white-space:nowrap}
    td{padding:3px 0;overflow-wrap:anywhere}
    tr+tr{border-top:1px solid #d9dee3}
    pre{background:#f3f5f7;padding:10px 12px;border-radius:6px;overflow-x:auto;font:13px/1.45 ui-monospace,"DejaVu Sans Mono",monospace}
    pre.command{white-space:pre-wrap;overflow-wrap:anywhere}
    figure{margin:16px 0;overflow-x:auto}
    figure svg{max-width:100%;height:auto;display:block}
    @media (prefers-color-scheme:dark){
    body{background:#15181c;color:#e6e9ec}
    tr+tr{border-top-color:#31373e}
    pre{background:#20252b}
    }
    @media print{pre{white-space:pre-wrap}figure{break-inside:avoid}}
    """
}
