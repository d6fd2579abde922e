import Foundation
import Testing

/// `ot gan`: measured, resumed in the same bits, and refused with words.
@Suite struct GANCommandTests {
  private static let small = ["gan", "ring", "--steps", "6", "--samples", "20", "--batch", "6"]

  /// Two seeds side by side are those that run alone.
  @Test func seedsAreIndependent() throws {
    func distances(_ arguments: [String]) throws -> [Double] {
      let result = try CommandLine.ot(Self.small + ["--json"] + arguments)
      #expect(result.status == 0)
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      let seeds = try #require(document["seeds"] as? [[String: Any]])
      return try seeds.map { seed in
        let last = try #require((seed["measurements"] as? [[String: Any]])?.last)
        #expect(last["step"] as? Int == 6)
        return try #require(last["wasserstein1"] as? Double)
      }
    }
    let both = try distances(["--seeds", "2"])
    #expect(try both == distances([]) + distances(["--seed", "1"]))
    #expect(both[0] != both[1] && both.allSatisfy { $0 > 0 })
  }

  /// A run that was stopped and resumed writes the samples of an unbroken one, byte by byte.
  @Test func aResumedRunWritesTheSameSamples() throws {
    let workspace = try Workspace()
    let (whole, again) = (workspace.path("whole.csv"), workspace.path("again.csv"))
    let state = workspace.path("state")
    let trajectory = workspace.path("run.csv")
    let measured = Self.small + ["--every", "2", "--preset", "sngan-D"]
    #expect(try CommandLine.ot(measured + ["--write-samples", whole]).status == 0)
    #expect(
      try CommandLine.ot(
        measured + ["--checkpoint", state, "--stop-at", "2", "--trajectory", trajectory]
      ).status == 0)
    #expect(
      try CommandLine.ot(measured + ["--resume", state, "--write-samples", again]).status == 0)
    #expect(try Data(contentsOf: URL(filePath: whole)) == Data(contentsOf: URL(filePath: again)))
    let rows = try String(contentsOfFile: trajectory, encoding: .utf8).split(separator: "\n")
    #expect(rows.map { $0.split(separator: ",")[1] } == ["step", "0", "2"])
  }

  /// A run that is killed again and again, wherever it is, and resumed ends in the bytes of an unbroken one.
  @Test func aKilledRunEndsInTheSameSamples() async throws {
    let workspace = try Workspace()
    let (whole, again) = (workspace.path("whole.csv"), workspace.path("again.csv"))
    let state = workspace.path("state")
    let arguments = [
      "gan", "ring", "--steps", "40", "--samples", "20", "--batch", "6", "--preset", "wgan-gp",
      "--hidden", "8,8", "--every", "1",
    ]
    #expect(try CommandLine.ot(arguments + ["--write-samples", whole]).status == 0)
    var random = SystemRandomNumberGenerator()
    var kills = 0
    for _ in 0..<6 {
      let isBegun = FileManager.default.fileExists(atPath: state)
      let process = Process()
      process.executableURL = CommandLine.products.appendingPathComponent("ot")
      process.arguments =
        arguments + ["--checkpoint", state] + (isBegun ? ["--resume", state] : [])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      try await Task.sleep(for: .milliseconds(Int.random(in: 5...120, using: &random)))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
    }
    // Where even the start takes longer than all of that, there is nothing to resume from.
    let last = FileManager.default.fileExists(atPath: state) ? ["--resume", state] : []
    #expect(try CommandLine.ot(arguments + last + ["--write-samples", again]).status == 0)
    #expect(
      try Data(contentsOf: URL(filePath: whole)) == Data(contentsOf: URL(filePath: again)),
      "after \(kills) kills")
  }

  #if os(Linux)
  /// On one core and on all of them the same seeds give the same bytes.
  @Test func theNumberOfCoresChangesNothing() throws {
    let workspace = try Workspace()
    let arguments = Self.small + ["--seeds", "3", "--every", "3", "--preset", "sngan-D"]
    func trajectory(_ name: String, _ program: [String]) throws -> [[Substring]] {
      let path = workspace.path(name)
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments =
        program + [CommandLine.products.appendingPathComponent("ot").path] + arguments
        + ["--trajectory", path]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      // The last column is seconds.
      return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).dropLast() }
        .map(Array.init)
    }
    let free = try trajectory("free.csv", [])
    #expect(free.count == 1 + 3 * 3)
    #expect(try trajectory("one.csv", ["taskset", "-c", "0"]) == free)
  }
  #endif

  /// A row for each preset, a column for each step and one for the data.
  @Test func aFigureShowsSamplesOverTime() throws {
    let workspace = try Workspace()
    let (figure, table) = (workspace.path("gan.svg"), workspace.path("gan.csv"))
    let result = try CommandLine.ot(
      Self.small + [
        "--preset", "gan,wgan-lp", "--every", "3", "--figure", figure, "--trajectory", table,
      ])
    #expect(result.status == 0, "\(result.error)")
    let svg = try String(contentsOfFile: figure, encoding: .utf8)
    for words in ["gan", "wgan-lp", "step 0", "step 3", "step 6", "data"] {
      #expect(svg.contains(">\(words)<"), "\(words)")
    }
    #expect(svg.components(separatedBy: "stroke-linecap").count - 1 >= 2)
    let rows = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n")
    #expect(
      rows.map { $0.prefix { $0 != "," } } == ["preset", "gan", "gan", "gan"]
        + [String](repeating: "wgan-lp", count: 3).map { $0[...] })
  }

  /// Every law by name is a data set.
  @Test(arguments: ["grid", "swiss-roll", "spirals", "parallel-lines", "min-funnel"])
  func lawsAreData(name: String) throws {
    let result = try CommandLine.ot(
      "gan", name, "--steps", "2", "--samples", "10", "--batch", "4", "--quiet")
    #expect(result.status == 0, "\(result.error)")
    #expect((Double(result.output.dropLast()) ?? -1) > 0)
  }

  /// A law that is mistyped is answered with the most similar one.
  @Test(arguments: [("rng", "ring"), ("swissroll", "swiss-roll"), ("spiral", "spirals")])
  func theNearestLawIsSuggested(name: String, nearest: String) throws {
    let result = try CommandLine.ot("gan", name)
    #expect(result.status == 64)
    #expect(result.error.contains("did you mean \(nearest)?"), "\(result.error)")
  }

  /// Points of a file are data too, and their number is checked.
  @Test func filesAreData() throws {
    let workspace = try Workspace()
    let points = try workspace.file("points.csv", "x,y\n0,0\n1,0\n0,1\n")
    let arguments = ["gan", points, "--steps", "2", "--samples", "5", "--batch", "4"]
    #expect(try CommandLine.ot(arguments).status == 0)
    let refused = try CommandLine.ot(arguments + ["--without-replacement"])
    #expect(refused.status == 65)
    #expect(refused.error.contains("batch of 4") && refused.error.contains("3 points"))
  }

  /// What was trained is printed, and the other files are written, before the one that cannot be.
  @Test func aSheetThatCannotBeWrittenLosesNoResult() throws {
    let workspace = try Workspace()
    let trajectory = workspace.path("run.csv")
    let result = try CommandLine.ot(
      "gan", "digits", "--steps", "2", "--samples", "20", "--classifier-steps", "2", "--channels",
      "4", "--batch", "8", "--sheet", "/nowhere/sheet.svg", "--trajectory", trajectory)
    #expect(result.status == 73 && result.error.contains("/nowhere/sheet.svg"), "\(result.error)")
    #expect(result.output.contains("sngan-images"))
    let rows = try String(contentsOfFile: trajectory, encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 2 && rows.allSatisfy { $0.split(separator: ",").count == 16 })
  }

  @Test(arguments: [
    (["--preset", "wgan-pg"], 64, "did you mean wgan-gp"), (["--unroll=-1"], 64, "is -1"),
    (["--batch", "0"], 64, "batch is 0"), (["--seeds", "0"], 64, "--seeds is 0"),
    (["--resume", "nowhere"], 66, "no such file"),
    (["--resume", "Package.swift"], 65, "no checkpoint"),
    (["--hidden", "8,x"], 64, "--hidden is 8,x"),
    (["--seeds", "2", "--checkpoint", "state"], 64, "take one seed"),
    (["--preset", "gan,wgan", "--checkpoint", "state"], 64, "take one preset"),
    (["--figure", "gan.png"], 64, "written as .svg"),
  ])
  func badArgumentsAreRefused(arguments: [String], status: Int32, words: String) throws {
    let workspace = try Workspace()
    let own = try arguments.map { argument in
      argument == "Package.swift" ? try workspace.file("some.txt", "not a checkpoint") : argument
    }
    let result = try CommandLine.ot(Self.small + own)
    #expect(result.status == status, "\(result.error)")
    #expect(result.error.contains(words), "\(result.error)")
  }
}
