import Foundation
import Measures
import Reports
import Testing
import Transport

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct FigureTests {
  private static func all() throws -> [Figure] {
    try SampleFigures.transport() + [
      SampleFigures.critics.figure, SampleFigures.sheet, SampleFigures.scales,
    ]
  }

  private func parse(_ text: String) -> XMLReading {
    let reading = XMLReading()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reading
    reading.isWhole = parser.parse()
    return reading
  }

  @Test func everyFigureIsXMLWithATitleAndADescription() throws {
    for figure in try Self.all() {
      let reading = parse(figure.svg)
      #expect(reading.isWhole, "\(figure.title)")
      #expect(reading.texts["title"] == figure.title)
      #expect(reading.texts["desc"] == figure.description)
      #expect(reading.attributes.allSatisfy { !$0.contains("nan") && !$0.contains("inf") })
    }
  }

  @Test func theSameValuesMakeTheSameText() throws {
    #expect(try Self.all().map(\.svg) == (try Self.all().map(\.svg)))
  }

  @Test func wordsAreEscaped() {
    let words = "a <b> & \"c\" 'd' \u{1} ]]> </svg>"
    let figure = Figure(
      words, description: words, notes: [words],
      panels: [
        Panel(
          words, x: Axis(words), y: Axis(words, ticks: .named([.init(words, at: 0)])),
          series: [.line([FigurePoint(0, 0), FigurePoint(1, 1)], named: words)])
      ])
    let reading = parse(figure.svg(identifier: words))
    #expect(reading.isWhole)
    #expect(reading.texts["title"] == words.replacingOccurrences(of: "\u{1}", with: "\u{FFFD}"))
  }

  @Test func nothingIsLoaded() throws {
    for figure in try Self.all() {
      let text = figure.svg.replacingOccurrences(
        of: "xmlns=\"http://www.w3.org/2000/svg\"", with: "")
      for word in ["http", "href", "src=", "@import", "url(http", "<script", "<image"] {
        #expect(!text.contains(word), "\(figure.title): \(word)")
      }
    }
  }

  /// The cells drawn add up to the entries, though blocks of 8 × 8 are drawn.
  @Test func blocksOfAPlanLoseNoMass() {
    let entries = (0..<1000).map { HeatMap.Entry(row: $0, column: $0 * 7 % 1000, value: 0.5) }
    let map = HeatMap(entries: entries, rows: 1000, columns: 1000)
    #expect(map.rows == 125 && map.columns == 125)
    #expect(map.values.filter { !$0.isNaN }.reduce(0, +) == 500)
    #expect(map.note?.contains("8 × 8") == true)
  }

  @Test func blocksOfAFieldAreMeansWithoutBlanks() {
    var values = [Double](repeating: 3, count: 129 * 2)
    values[0] = .nan
    values[1] = 5
    let map = HeatMap(values, rows: 129, columns: 2)
    #expect(map.rows == 65 && map.columns == 1)
    #expect(map.values[0] == 11.0 / 3 && map.values[1] == 3)
    #expect(map.note?.contains("mean") == true)
    #expect(HeatMap([1, 2], rows: 1, columns: 2).note == nil)
  }

  /// The number of bytes of a figure is bounded, whatever the size of the problem.
  @Test func largeProblemsMakeSmallFiguresThatSaySo() throws {
    var state = UInt64(1)
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let count = 20_000
    let p = try Histogram((0..<count).map { _ in 1 }, at: (0..<count).map { _ in random() })
    let q = try Histogram((0..<count).map { _ in 1 }, at: (0..<count).map { _ in random() })
    let problem = try TransportProblem(from: p, to: q)
    let figure = TransportFigure(of: try MonotoneRearrangement().solve(problem), to: problem).figure
    #expect(figure.svg.utf8.count < 400_000)
    #expect(figure.notes.contains { $0.contains("1000 heaviest of 20000 moves") })
    #expect(figure.notes.contains { $0.contains("128 bins") })
  }

  /// Between the curves of cumulated masses lies the distance of order 1.
  @Test func theAreaBetweenIsTheDistance() throws {
    let figure = try SampleFigures.transport()[0]
    #expect(figure.svg.contains("area between = 0.9"))
    #expect(figure.title == "Distance 0.9 (euclidean, order 1)")
  }
}

/// What a parser of XML reads.
private final class XMLReading: NSObject, XMLParserDelegate {
  var isWhole = false
  var texts: [String: String] = [:]
  var attributes: [String] = []
  private var path: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes values: [String: String] = [:]
  ) {
    path.append(name)
    attributes += values.filter { ["d", "x", "y", "width", "height"].contains($0.key) }.values
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    path.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    texts[path.last ?? "", default: ""] += string
  }
}
