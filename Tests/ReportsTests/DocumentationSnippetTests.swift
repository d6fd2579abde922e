import Measures
import Reports
import Testing
import Transport

/// The code of `Docs/Figures.md`.
@Suite struct DocumentationSnippetTests {
  @Test func figures() throws {
    let p = try Histogram([0.1, 0.2, 0.7])
    let q = try Histogram([0.3, 0.3, 0.4])
    let problem = try TransportProblem(from: p, to: q)
    let solution = try MonotoneRearrangement().solve(problem)
    let figure = TransportFigure(of: solution, to: problem).figure
    let svg = figure.svg

    let curve = Series.line((0...20).map { FigurePoint(Double($0), Double($0 * $0)) }, named: "n²")
    let panel = Panel("Squares", x: Axis("n", ticks: .whole), y: Axis("n²"), series: [curve])
    let squares = Figure("Squares", description: "n² grows faster than n.", panels: [panel])
    #expect(svg.contains("area between = 0.5"))
    #expect(squares.svg.contains(">Squares</title>"))
  }
}
