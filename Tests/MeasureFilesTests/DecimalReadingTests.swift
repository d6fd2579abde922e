import MeasureFiles
import Measures
import Testing

/// Decimals are kept when they are asked for, and only then.
struct DecimalReadingTests {
  private let exact = MeasureReading(precision: .decimal)

  @Test func massesAndPositions() throws {
    let text = "x,mass\n0.10,.25\n1e-3,75e-2\n"
    guard case .histogram(let histogram) = try measure(text, exact) else { throw NoError() }
    #expect(histogram.decimals?.map(\.description) == ["0.25", "0.75"])
    #expect(histogram.positionDecimals?.map(\.description) == ["0.1", "0.001"])
    guard case .histogram(let plain) = try measure(text) else { throw NoError() }
    #expect(plain.decimals == nil)
    #expect(plain.positionDecimals == nil)
  }

  @Test func points() throws {
    guard case .points(let cloud) = try measure("x,y,mass\n.1,.2,.3\n", exact) else {
      throw NoError()
    }
    #expect(cloud.decimals?.map(\.description) == ["0.3"])
    #expect(cloud.coordinateDecimals?.map(\.description) == ["0.1", "0.2"])
  }

  @Test func json() throws {
    let text = #"{"points": [[0.1, 1e-30]], "masses": [0.30]}"#
    guard case .points(let cloud) = try measure(text, as: "p.json", exact) else { throw NoError() }
    #expect(cloud.decimals?.map(\.description) == ["0.3"])
    #expect(
      cloud.coordinateDecimals?.map(\.description) == [
        "0.1", "0." + String(repeating: "0", count: 29) + "1",
      ])
  }

  /// Too many digits for 128 bits: refused where exactness was asked for, rounded elsewhere.
  @Test func tooManyDigits() throws {
    let long = "0." + String(repeating: "7", count: 45)
    #expect(
      try message("x,mass\n1,2\n3,\(long)\n", exact)
        == "p.csv:3:3: \"0.77777777777777777777777777777777777777…\" in column mass has more digits "
        + "than exact arithmetic holds; shorten it to 38 digits")
    #expect(try measure("\(long)\n").masses == [7 / 9.0])
    #expect(
      try message("[1, \(long)]", as: "p.json", exact)
        == "p.json:1:5: the number has more digits than exact arithmetic holds; "
        + "shorten it to 38 digits")
  }

  @Test func costs() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("c.csv", "0.1,inf\n-2.50,3e2\n")
    let cost = try CostMatrix(contentsOf: path, precision: .decimal)
    #expect(
      cost.decimals == [DecimalNumber("0.1"), nil, DecimalNumber("-2.5"), DecimalNumber("300")])
    #expect(try CostMatrix(contentsOf: path).decimals == nil)
  }
}
