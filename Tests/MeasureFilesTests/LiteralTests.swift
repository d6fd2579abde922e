import MeasureFiles
import Measures
import Testing

/// Masses written where a path may stand.
struct LiteralTests {
  @Test(arguments: [".1,.2,.7", "5", "1e3, 2 ,-3", "nan", ".1,inf,0", "+.5,Infinity", "0,0"])
  func literals(text: String) {
    #expect(MeasureReading.isLiteral(text))
  }

  @Test(arguments: ["p.csv", "-", "", ",", "1,,2", "1,", "1;2", "0x1,2", "1,2,p.csv", "infinit"])
  func paths(text: String) {
    #expect(!MeasureReading.isLiteral(text))
  }

  @Test func massesAndDecimals() throws {
    let measure = try MeasureReading().measure(from: ".1, .2 ,0.70")
    guard case .histogram(let histogram) = measure else {
      Issue.record("a literal is a histogram")
      return
    }
    #expect(histogram.masses == [0.1, 0.2, 0.7])
    #expect(histogram.positions == nil)
    #expect(histogram.decimals?.map(\.description) == ["0.1", "0.2", "0.7"])
  }

  @Test func oneBin() throws {
    #expect(try MeasureReading().histogram(literal: "5").masses == [5])
  }

  @Test(arguments: [
    (".1,nan,.9", "the mass of bin 1 is nan"), (".1,.2,-inf", "the mass of bin 2 is -inf"),
    ("-1,2", "the mass of bin 0 is -1"), ("1,1e999", "the mass of bin 1 is 1e999"),
    ("0,0", "all 2 masses are zero; at least one must be positive"),
  ])
  func refused(text: String, expected: String) throws {
    let error = try failure { () throws(MeasureFileError) in
      _ = try MeasureReading().measure(from: text)
    }
    #expect(error.kind == .badData)
    #expect(error.path == "literal " + text)
    #expect(error.what == expected)
  }

  /// More digits than 128 bits hold: no decimals, and an error for who needs them.
  @Test func longLiterals() throws {
    let text = "1." + String(repeating: "123456789", count: 5)
    #expect(try MeasureReading().histogram(literal: text).decimals == nil)
    let exact = MeasureReading(precision: .decimal)
    let error = try failure { () throws(MeasureFileError) in
      _ = try exact.measure(from: text)
    }
    #expect(error.what == "a mass has more digits than exact arithmetic holds")
  }

  /// Who mistypes a mass is told which part is no number.
  @Test func mistypedLiteral() throws {
    let error = try failure { () throws(MeasureFileError) in
      _ = try MeasureReading().measure(from: ".1,.2x,.7")
    }
    #expect(error.kind == .noSuchFile)
    #expect(
      error.description == ".1,.2x,.7: there is no such file; check the path, or, if masses were "
        + "meant, the part \".2x\", which is no number")
  }
}
