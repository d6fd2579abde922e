import DocumentationSupport
import Foundation
import Testing

/// `ot batch`: a line in, a line out.
@Suite struct BatchCommandTests {
  let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func answers(_ lines: String, _ arguments: String...) throws -> [[String: Any]] {
    let run = try CommandLine.ot(["batch"] + arguments, input: lines)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.error.isEmpty)
    return try run.output.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  private func distance(_ line: String, _ arguments: String...) throws -> Double {
    let run = try CommandLine.ot(["batch"] + arguments, input: line + "\n")
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    return try #require(answer["distance"] as? Double, "\(run.output)")
  }

  static let forms: [(String, Double)] = [
    (#"{"source": [1,2,7], "target": [3,3,4]}"#, 5.0),
    (#"{"source": {"masses": [1,2,7]}, "target": {"masses": [3,3,4]}}"#, 5),
    (#"{"source": {"points": [0, 0.5]}, "target": {"points": [1, 1.5]}}"#, 1),
    (#"{"source": {"points": [[0,0]]}, "target": {"points": [[3,4]]}}"#, 5),
    (#"{"source": {"points": [[0,0]]}, "target": {"points": [[3,4]]}, "metric": "cityblock"}"#, 7),
    (#"{"source": {"points": [0], "masses": [2]}, "target": [1,0,1], "order": 2}"#, 2),
    (#"{"points": [[0,0],[3,4]], "source": [1,0], "target": [0,1], "metric": "chebyshev"}"#, 4),
    (#"{"points": [0, 10], "source": [1,0], "target": [0,1], "threshold": 4}"#, 4),
    (#"{"source": {"grid": [[1,0],[0,0]]}, "target": {"grid": [[0,0],[0,1]]}}"#, 2.0.squareRoot()),
    (
      #"{"source": {"grid": [[1,0]], "spacing": [1,3]}, "target": {"grid": [[0,1]], "spacing": [1,3]}}"#,
      3
    ),
    (#"{"source": [1,0], "target": [0,1], "cost": [[0, 2.5], ["inf", 0]]}"#, 2.5),
    (#"{"source": [1,0], "target": [0,1], "cost": [[0, 2.5], [1, 0]], "threshold": 2}"#, 2),
    (#"{"source": [1,0,0,0,0,0], "target": [0,0,0,0,0,1], "period": 6}"#, 1),
    (#"{"source": [2,0], "target": [0,5], "mass": "normalize"}"#, 1),
    (#"{"source": [1,0], "target": [0,1], "metric": null, "id": null}"#, 1),
    (
      #"{"source": [1,1], "target": [1,1], "cost": [[0,1],[1,0]], "capacities": [[0.5,9],[9,0.5]]}"#,
      1
    ),
  ]

  /// Each form of a measure against a distance that is known in closed form.
  @Test(arguments: forms)
  func everyFormOfAMeasureIsUnderstood(line: String, expected: Double) throws {
    #expect(abs(try distance(line) - expected) <= 1e-15 * expected)
  }

  @Test func optionsHoldWhereALineSaysNothing() throws {
    let line = #"{"source": [1,0,0], "target": [0,0,3]}"#
    #expect(try distance(line, "--mass", "normalize", "--order", "2") == 2)
    let own = #"{"source": [1,0,0], "target": [0,0,1], "order": 1}"#
    #expect(try distance(own, "--metric", "sqeuclidean", "--order", "2") == 4)
    let costs = try workspace.file("costs.csv", "0,5\n5,0\n")
    #expect(try distance(#"{"source": [1,0], "target": [0,1]}"#, "--cost", costs) == 5)
    let metric = #"{"source": [1,0], "target": [0,1], "metric": "euclidean"}"#
    #expect(try distance(metric, "--cost", costs) == 1)
  }

  /// The same numbers as `ot emd --json` has, but for the times.
  @Test func answersAreThoseOfEMD() throws {
    let images = ["camera", "astronaut"].map { "Examples/data/\($0)-32x32.csv" }
    let grids = try images.map { path in
      let rows = try Repository.text(of: path).split(separator: "\n").map { "[\($0)]" }
      return "{\"grid\": [\(rows.joined(separator: ","))]}"
    }
    let line = "{\"source\": \(grids[0]), \"target\": \(grids[1]), \"mass\": \"normalize\"}\n"
    let answer = try #require(try answers(line).first)
    let emd = try CommandLine.ot(
      ["emd"] + images.map { Repository.root.appending(path: $0).path }
        + ["--layout", "grid", "--mass", "normalize", "--json"])
    let expected = try #require(
      try JSONSerialization.jsonObject(with: Data(emd.output.utf8)) as? [String: Any])
    #expect(answer["distance"] as? Double == expected["distance"] as? Double)
    let certificate = try #require(answer["certificate"] as? [String: Any])
    #expect(certificate["holds"] as? Bool == true)
    #expect(certificate["seconds"] == nil)
    #expect(answer["massAdjustment"] != nil)
  }

  @Test func planPotentialsAndExactCostOnRequest() throws {
    let line =
      #"{"source": [0.1,0.9], "target": [0.4,0.6], "plan": true, "potentials": true, "exact": true}"#
    let answer = try #require(try answers(line).first)
    let plan = try #require(answer["plan"] as? [[Double]])
    var moved = [0.0, 0.0]
    for arc in plan { moved[Int(arc[0])] += arc[2] }
    #expect(abs(moved[0] - 0.1) < 1e-15 && abs(moved[1] - 0.9) < 1e-15)
    let potentials = try #require(answer["potentials"] as? [String: [Double]])
    #expect(potentials["source"]?.count == 2 && potentials["target"]?.count == 2)
    let exact = try #require(answer["exact"] as? [String: String])
    #expect(exact == ["numerator": "3", "denominator": "10"])
  }

  @Test func aTimeLimitGivesABracket() throws {
    let points = (0..<300).map { "[\($0 % 17),\($0 * $0 % 31)]" }.joined(separator: ",")
    let others = (0..<300).map { "[\($0 % 13),\($0 * $0 % 37)]" }.joined(separator: ",")
    let line =
      "{\"source\": {\"points\": [\(points)]}, \"target\": {\"points\": [\(others)]}, \"timeLimit\": 0}"
    let answer = try #require(try answers(line).first)
    #expect(answer["distance"] is NSNull)
    let bracket = try #require(answer["bracket"] as? [String: Any])
    #expect(bracket["lower"] is Double)
  }

  /// Whatever is wrong with a line, the next one is answered.
  @Test(arguments: [
    (#"{"id": 1, "source": [1,2"#, "badData", "a comma or ] is missing"),
    ("\u{1}\u{2}\u{7F}", "badData", "no value can start here"),
    ("[1,2]", "badData", "an object is expected"),
    (#"{"source": [1]}"#, "badData", #"the name "target" is missing"#),
    (
      #"{"source": [1], "target": [1], "metrc": 1}"#, "badData", #"the name "metrc" has no meaning"#
    ),
    (#"{"source": [1], "target": [1], "metric": "manhattan"}"#, "badData", "no such metric"),
    (#"{"source": [1], "target": [1], "order": 0.5}"#, "badData", "order is 0.5"),
    (#"{"source": [1], "target": [1], "order": 1e999}"#, "badData", "beyond the largest double"),
    (#"{"source": [1], "target": [1], "solver": "fast"}"#, "badData", "no such solver"),
    (#"{"source": [1], "target": [1], "plan": 1}"#, "badData", "plan is true or false"),
    (#"{"source": [1], "target": [1], "mass": "any"}"#, "badData", "require-equal or normalize"),
    (#"{"source": [1], "target": [1], "id": [1]}"#, "badData", "an id is a number or a string"),
    (#"{"source": [1], "target": [1], "id": NaN}"#, "badData", "an id is a finite number"),
    (#"{"source": [-1], "target": [1]}"#, "badData", "the mass -1 is negative"),
    (#"{"source": [0], "target": [1]}"#, "badData", "all 1 masses are zero"),
    (#"{"source": [], "target": [1]}"#, "badData", "the array is empty"),
    (#"{"source": [NaN], "target": [1]}"#, "badData", "NaN is not allowed here"),
    (#"{"source": [1], "target": [2]}"#, "badData", "masses total 1 and the target's 2"),
    (#"{"source": [[1,2]], "target": [1]}"#, "badData", "may be points or pixels"),
    (#"{"source": {"file": "p.csv"}, "target": [1]}"#, "badData", "say --files"),
    (#"{"points": [0,1], "source": [1], "target": [1,0]}"#, "badData", "2 points and 1 masses"),
    (
      #"{"source": [1,0], "target": [0,1], "cost": [[0,"inf"],["inf",0]]}"#, "infeasible",
      "no transport plan exists"
    ),
    (#"{"source": [1], "target": [1], "cost": [[0,1],[1,0]]}"#, "badData", "2 × 2"),
    (
      #"{"source": {"points": [[0,0]]}, "target": [1], "solver": "monotone"}"#, "badData",
      "expected 2"
    ),
    (
      #"{"source": {"points": [[0,0]]}, "target": {"points": [[0,1]]}, "solver": "monotone"}"#,
      "unsupported", "monotone"
    ),
    (
      #"{"source": [1], "target": [1], "exact": true, "solver": "glpk-kr"}"#, "unsupported", "exact"
    ),
  ])
  func aBadLineIsAnsweredByAnError(line: String, kind: String, message: String) throws {
    let good = #"{"id": "good", "source": [1], "target": [0,1]}"#
    let answers = try answers("\(line)\n\(good)\n")
    #expect(answers.count == 2)
    #expect(answers[0]["kind"] as? String == kind)
    #expect((answers[0]["error"] as? String)?.contains(message) == true, "\(answers[0])")
    #expect(answers[0]["line"] as? Int == 1)
    #expect(answers[1]["distance"] as? Double == 1)
  }

  /// An id comes back as it was written, with an error too, where the line could be read that far.
  @Test func idsArePassedThrough() throws {
    let lines = #"""
      {"id": 12345678901234567890, "source": [1], "target": [1]}
      {"id": 1.50, "source": [1], "target": [2]}
      {"source": [1], "target": [1], "id": "a\"\u00e4ß"}
      """#
    let run = try CommandLine.ot("batch", input: lines)
    let answers = run.output.split(separator: "\n")
    #expect(answers.count == 3)
    #expect(answers[0].hasPrefix(#"{"id":12345678901234567890,"distance":0,"#))
    #expect(answers[1].hasPrefix(#"{"id":1.50,"line":2,"#))
    #expect(answers[2].hasPrefix(#"{"id":"a\"\u00e4ß","distance":0,"#))
  }

  @Test func linesMayEndAndBeginInAnyWay() throws {
    let line = #"{"source": [1,0], "target": [0,1]}"#
    #expect(try answers("\(line)\r\n\r\n  \n\t\n\(line)\r\n\n\(line)").count == 3)
    #expect(try answers("\u{FEFF}\(line)\n").first?["distance"] as? Double == 1)
    #expect(try answers("").isEmpty)
    #expect(try answers("\n\n").isEmpty)
    // Blank lines have no answer, and count as lines.
    #expect(try answers("\n\nno\n").first?["line"] as? Int == 3)
  }

  @Test func aLongLineIsPassedOver() throws {
    let line = #"{"id": 7, "source": [1,0], "target": [0,1]}"#
    let long = "{\"source\": [" + String(repeating: "1,", count: 200_000) + "1]}"
    let answers = try answers("\(line)\n\(long)\n\(line)\n\(long)", "--longest-line", "100000")
    #expect(answers.count == 4)
    #expect((answers[1]["error"] as? String)?.contains("the line has 400015 bytes") == true)
    #expect(answers[1]["line"] as? Int == 2)
    #expect(answers[2]["distance"] as? Double == 1)
    #expect(answers[3]["line"] as? Int == 4)
    // A line of just as many bytes as are allowed is read, whatever ends it.
    let exact = try self.answers("\(line)\r\n\(line)", "--longest-line", "\(line.utf8.count)")
    #expect(exact.compactMap { $0["distance"] as? Double } == [1, 1])
  }

  @Test func aLineMayNameFilesIfToldSo() throws {
    let file = try workspace.file("p.csv", "0,1\n2,0\n")
    let line =
      #"{"source": {"file": "\#(file)", "layout": "grid"}, "target": {"grid": [[3,0],[0,0]]}}"#
    #expect(try answers(line, "--files").first?["distance"] as? Double == 3)
    let missing = #"{"id": 5, "source": {"file": "/nowhere.csv"}, "target": [1]}"#
    let answer = try #require(try answers(missing, "--files").first)
    #expect(answer["kind"] as? String == "noSuchFile")
    #expect(answer["error"] as? String == "/nowhere.csv: there is no such file; check the path")
    #expect(answer["id"] as? Int == 5)
    let input = #"{"source": {"file": "-"}, "target": [1]}"#
    #expect(
      (try answers(input, "--files").first?["error"] as? String)?.contains("has the lines") == true)
  }

  /// Whoever waits for each answer before the next line is not kept waiting.
  @Test(.timeLimit(.minutes(1)), arguments: ["1", "2"])
  func eachAnswerComesAtOnce(threads: String) throws {
    let process = Process()
    process.executableURL = CommandLine.products.appendingPathComponent("ot")
    process.arguments = ["batch", "--threads", threads]
    let (output, input) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    for number in 1...20 {
      let line = "{\"id\": \(number), \"source\": [1,0,0], \"target\": [0,0,1]}\n"
      input.fileHandleForWriting.write(Data(line.utf8))
      let answer = output.fileHandleForReading.availableData
      #expect(
        String(decoding: answer, as: UTF8.self).hasPrefix("{\"id\":\(number),\"distance\":2,"))
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// A stream of all kinds of problems, every so manieth line bad.
  private static func stream(_ count: Int) -> String {
    var lines = ""
    for number in 0..<count {
      func value(_ place: Int) -> Int { (number &* 7919 &+ place &* 104_729) % 17 + 1 }
      func list(_ from: Int) -> String {
        "[" + (from..<from + 9).map { "\(value($0))" }.joined(separator: ",") + "]"
      }
      func points(_ from: Int) -> String {
        "[" + (from..<from + 6).map { "[\(value($0)),\(value($0 + 50))]" }.joined(separator: ",")
          + "]"
      }
      if number % 100 == 57 {
        lines += "{\"id\": \(number), \"source\": [1,2\n"
      } else if number % 3 == 0 {
        lines += "{\"id\": \(number), \"source\": \(list(0)), \"target\": \(list(20))}\n"
      } else if number % 3 == 1 {
        lines +=
          "{\"id\": \(number), \"source\": {\"points\": \(points(0))}, \"target\": {\"points\": \(points(9))}}\n"
      } else {
        lines +=
          "{\"id\": \(number), \"source\": {\"grid\": [\(list(0)),\(list(9))]}, \"target\": {\"grid\": [\(list(30)),\(list(40))]}, \"metric\": \"sqeuclidean\", \"plan\": true}\n"
      }
    }
    return lines
  }

  /// Order is kept, an answer does not depend on the others, and threads change no byte.
  @Test func threadsChangeNoByte() async throws {
    // Files, not pipes: who writes all lines before reading an answer could wait for ever.
    func run(_ lines: String, _ options: String) async throws -> ProgramRun {
      let file = try workspace.file("stream\(lines.utf8.count).jsonl", lines)
      return try await ProgramRun(
        "/bin/bash", ["-c", "ot batch --mass normalize \(options) < '\(file)'"])
    }
    let stream = Self.stream(600)
    let one = try await run(stream, "")
    let four = try await run(stream, "--threads 4")
    #expect(one.status == 0 && four.status == 0)
    #expect(one.output == four.output)
    let answers = one.output.split(separator: "\n")
    #expect(answers.count == 600)
    for (number, answer) in answers.enumerated() {
      let isBad = number % 100 == 57
      #expect(
        answer.hasPrefix(isBad ? "{\"line\":\(number + 1)," : "{\"id\":\(number),\"distance\":"))
      #expect(isBad || answer.contains("\"holds\":true"))
    }
    // The last problems by themselves, with nothing before them that could be used again.
    let tail = stream.split(separator: "\n").suffix(20).joined(separator: "\n")
    let alone = try await run(tail, "")
    #expect(alone.output.split(separator: "\n") == Array(answers.suffix(20)))
  }

  /// Ten times as many lines take no more memory.
  @Test(.enabled(if: FileManager.default.isReadableFile(atPath: "/proc/self/status")))
  func memoryStaysFlat() async throws {
    func peak(_ count: Int) async throws -> Int {
      let file = try workspace.file("stream\(count).jsonl", Self.stream(count))
      let run = try await ProgramRun(
        "/bin/bash",
        [
          "-c",
          """
          { cat '\(file)'; sleep 0.5; } | { { ot batch --mass normalize <&3 > /dev/null & } 3<&0; pid=$!
            while kill -0 $pid 2> /dev/null; do
              grep VmHWM /proc/$pid/status 2> /dev/null && sleep 0.05; done | tail -1; wait $pid; }
          """,
        ])
      return try #require(run.output.split(separator: " ").compactMap { Int($0) }.last)
    }
    #if DEBUG
    let (few, many) = (100, 1000)
    #else
    let (few, many) = (1000, 10_000)
    #endif
    let (small, large) = (try await peak(few), try await peak(many))
    #expect(large < small + 4096, "\(small) KiB for \(few) lines, \(large) KiB for \(many)")
  }

  @Test func whoWillReadNoMoreEndsTheStream() async throws {
    let line = #"{"source": [1,0], "target": [0,1]}"#
    let run = try await ProgramRun(
      "/bin/bash",
      ["-c", "yes '\(line)' | ot batch --threads 2 | head -n 3; echo ${PIPESTATUS[1]}"])
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 4)
    // SIGPIPE ends it, unless whoever started the tests has it ignored.
    #expect(["141", "73"].contains(lines.last))
    let ignoring = try await ProgramRun(
      "/bin/bash",
      [
        "-c",
        "trap '' PIPE; yes '\(line)' 2>/dev/null | ot batch | head -n 3; echo ${PIPESTATUS[1]}",
      ])
    #expect(ignoring.output.hasSuffix("\n73\n"))
    #expect(ignoring.errors.contains("standard output: cannot be written: Broken pipe"))
  }

  @Test func interruptedItEndsWithWholeLines() async throws {
    let line = #"{"source": [1,0], "target": [0,1]}"#
    let run = try await ProgramRun(
      "/bin/bash",
      [
        "-c",
        "yes '\(line)' | timeout --preserve-status -s INT 1 ot batch --threads 2; echo ${PIPESTATUS[1]}",
      ])
    let lines = run.output.split(separator: "\n")
    #expect(lines.last == "130")
    #expect(lines.dropLast().allSatisfy { $0.hasSuffix("}}") })
    #expect(run.output.contains("\n130\n"))
  }

  @Test func settingsThatMakeNoSenseAreRefused() throws {
    #expect(try CommandLine.ot("batch", "--threads", "0").status == 64)
    #expect(try CommandLine.ot("batch", "--longest-line", "0").status == 64)
    #expect(try CommandLine.ot("batch", "--cost", "c.csv", "--order", "2").status == 64)
    #expect(try CommandLine.ot("batch", "--cost", "/nowhere.csv").status == 66)
    #expect(try CommandLine.ot("batch", "--exact", "--solver", "glpk-kr").status == 64)
  }
}
