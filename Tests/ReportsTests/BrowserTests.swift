import DocumentationSupport
import Foundation
import Reports
import Testing

/// What a browser makes of the figures: they are seen, their words lie beside each other, nothing is loaded.
@Suite(
  .serialized,
  .enabled(if: Browser.isInstalled, "needs chromium: apt-get install chromium"))
struct BrowserTests {
  private static func page() throws -> String {
    var page = ReportPage(title: "All <figures>", command: "ot emd 'a b' c & d")
    page.add(.table([("name", "value < 1")]))
    page.add(.plain("a  b\nc  d"))
    for figure in try SampleFigures.transport() { page.add(.figure(figure)) }
    page.add(.figure(SampleFigures.critics.figure))
    page.add(.figure(SampleFigures.sheet))
    page.add(.figure(SampleFigures.scales))
    return page.html
  }

  @Test(arguments: [false, true])
  func figuresAreSeenAndReadable(isDark: Bool) async throws {
    let findings = try await Browser.findings(in: try Self.page(), isDark: isDark)
    #expect(findings.shapes.count == 12)
    #expect(findings.shapes.allSatisfy { $0 >= 2 }, "\(findings.shapes)")
    #expect(findings.overlaps == [])
    #expect(findings.outside == [])
    #expect(findings.loaded == [])
    // The least that WCAG 2 asks of words, 4.5 to 1; of small notes 3 to 1.
    #expect(findings.contrast >= 3)
    #expect(Set(findings.grounds) == [isDark ? "rgb(21, 24, 28)" : "rgb(255, 255, 255)"])
  }

  @Test func whatLiesOnEachOtherIsFound() async throws {
    let tick = Axis.Name("a long name of a mark", at: 0)
    let other = Axis.Name("another long name of a mark", at: 0.01)
    var page = ReportPage(title: "Overlap")
    page.add(
      .figure(
        Figure(
          "Overlap", description: "Two marks at nearly one place.",
          panels: [
            Panel(
              x: Axis(range: -1...1, ticks: .named([tick, other])), width: 200, height: 80,
              series: [.line([FigurePoint(-1, 0), FigurePoint(1, 1)])])
          ])))
    let html = page.html.replacingOccurrences(
      of: "</main>", with: "<img src=\"elsewhere.png\" alt=\"\"></main>")
    let findings = try await Browser.findings(in: html)
    #expect(findings.overlaps.count == 1)
    #expect(findings.loaded.count == 1)
  }
}
