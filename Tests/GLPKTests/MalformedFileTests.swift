import GLPK
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct MalformedFileTests {
  /// Whatever the bytes, reading gives a program or an error that names the file.
  @Test(arguments: FileFormat.allCases)
  func everyFileIsReadOrRefused(_ format: FileFormat) throws {
    let whole = Array(try FileTests.everything(.maximize).text(in: format).utf8)
    var random = SplitMix64(state: 2026)
    try withFile(named: "mutated") { path in
      for _ in 0..<150 {
        let bytes = mutated(whole, &random)
        try Data(bytes).write(to: URL(filePath: path))
        do {
          let program = try LinearProgram(contentsOf: path, format: format)
          _ = try? program.solve(SolveOptions(iterationLimit: 100))
        } catch let error as LinearProgramError {
          #expect(error.description.contains(path))
        }
      }
    }
  }

  /// Some bytes changed, a stretch removed or repeated.
  private func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var result = bytes
    for _ in 0...Int(random.next() % 3) {
      let place = Int(random.next() % UInt64(result.count))
      let end = min(result.count, place + Int(random.next() % 40))
      switch random.next() % 4 {
      case 0: result[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: result[place] = Array("09.-+eE <>=:\n".utf8)[Int(random.next() % 13)]
      case 2: result.insert(contentsOf: result[place..<end], at: place)
      default: result.removeSubrange(place..<max(place, min(end, result.count - 1)))
      }
    }
    return result
  }

  @Test func namesAndNumbersOfAnyLength() throws {
    let long = String(repeating: "x", count: 5000)
    let digits = String(repeating: "9", count: 5000)
    let texts: [(String, FileFormat)] = [
      ("NAME \(long)\nROWS\n N c\nCOLUMNS\n \(long) c 1\nENDATA\n", .mpsFree),
      ("NAME\nROWS\n N c\nCOLUMNS\n x c \(digits)\nENDATA\n", .mpsFree),
      ("Minimize\n obj: \(digits) \(long)\nSubject To\n r: x >= 1\nEnd\n", .cplex),
      ("p lp min 1 1 \(digits)\n", .glpk), ("p lp min 99999999 99999999 1\n", .glpk),
    ]
    for (text, format) in texts {
      try withFile(named: "long") { path in
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: LinearProgramError.self) {
          try LinearProgram(contentsOf: path, format: format)
        }
        #expect(error?.description.hasPrefix("cannot read \(path): ") == true)
      }
    }
  }
}
