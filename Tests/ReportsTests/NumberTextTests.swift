import Reports
import Testing

@Suite struct NumberTextTests {
  @Test func readableHasFifteenDigitsWithoutTrailingZeros() {
    #expect(NumberText.readable(0.1 + 0.2) == "0.3")
    #expect(NumberText.readable(0.9) == "0.9")
    #expect(NumberText.readable(-0.0) == "-0")
    #expect(NumberText.readable(1e300) == "1e+300")
    #expect(NumberText.readable(1.0 / 3) == "0.333333333333333")
    #expect(NumberText.readable(.infinity) == "inf")
  }

  @Test func shortestReadsBackToTheSameDouble() {
    for value in [0.1, 1.0 / 3, 1.7976931348623157e308, -2.5, 1e22, 123456789] {
      #expect(Double(NumberText.shortest(value)) == value)
    }
    #expect(NumberText.shortest(7) == "7")
  }
}

@Suite struct JSONValueTests {
  @Test func orderIsKeptAndTextIsEscaped() {
    let document = JSONValue.object([
      ("b", .number(0.5)), ("a", .string("\"\\\n\u{1}é")), ("c", .array([.null, .bool(true)])),
    ])
    #expect(document.text == #"{"b":0.5,"a":"\"\\\n\u0001é","c":[null,true]}"#)
  }

  @Test func infinityIsAStringAndNaNIsNull() {
    #expect(JSONValue.number(.infinity).text == #""Infinity""#)
    #expect(JSONValue.number(-.infinity).text == #""-Infinity""#)
    #expect(JSONValue.number(.nan).text == "null")
    #expect(JSONValue.integer(-3).text == "-3")
  }
}
