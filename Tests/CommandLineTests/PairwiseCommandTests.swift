import Foundation
import Testing

/// `ot pairwise` and `ot merge`, as a shell runs them.
@Suite struct PairwiseCommandTests {
  /// Small images, a row of pixels masses each, the last column a label.
  private static func images(_ count: Int, side: Int = 4) -> String {
    var state: UInt64 = 7
    return (0..<count).map { row in
      let masses = (0..<side * side).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return "\(state >> 60)"
      }
      return (masses + ["\(row % 3)"]).joined(separator: ",")
    }.joined(separator: "\n") + "\n"
  }

  private static let grid = [
    "--shape", "4x4", "--label", "last", "--metric", "sqeuclidean", "--mass", "normalize",
  ]

  @Test func literalsAreTheirPairs() throws {
    let run = try CommandLine.ot("pairwise", "1,0,0", "0,0,1", "0,1,0")
    #expect(run.output == "source,target,distance\n0,1,2\n0,2,1\n1,2,1\n")
    #expect(run.status == 0 && run.error.isEmpty)
    let json = try CommandLine.ot("pairwise", "1,0", "0,1", "--json")
    #expect(json.output == "{\"source\":0,\"target\":1,\"distance\":1}\n")
  }

  /// Rows of a table, an array, and lines of JSON are the same collection.
  @Test func everyFormatIsTheSameCollection() throws {
    let space = try Workspace()
    let table = try space.file("c.csv", "1,0,3\n0,2,2\n4,0,0\n")
    let lines = try space.file("c.jsonl", "[1,0,3]\n\n{\"masses\":[0,2,2]}\n[4,0,0]\n")
    let expected = try CommandLine.ot("pairwise", "--collection", table)
    #expect(expected.output == "source,target,distance\n0,1,2\n0,2,6\n1,2,6\n")
    #expect(try CommandLine.ot("pairwise", "--collection", lines).output == expected.output)
    let array = space.path("m.npy")
    _ = try CommandLine.ot("pairwise", "--collection", table, "--output", array)
    // The matrix of distances is itself an array with a row for each of three histograms.
    let again = try CommandLine.ot("pairwise", "--collection", array, "--mass", "normalize")
    #expect(again.status == 0 && again.output.split(separator: "\n").count == 4)
  }

  @Test func oneAgainstAllAndNeighbours() throws {
    let space = try Workspace()
    let table = try space.file("c.csv", "1,0,3\n0,2,2\n4,0,0\n")
    let against = try CommandLine.ot("pairwise", "--collection", table, "--against", "0,4,0")
    #expect(against.output == "source,target,distance\n0,0,4\n0,1,2\n0,2,4\n")
    let nearest = try CommandLine.ot("pairwise", "--collection", table, "--nearest", "1")
    #expect(nearest.output.hasPrefix("query,rank,neighbour,distance\n0,1,1,2\n1,1,0,2\n2,1,0,6\n#"))
    #expect(nearest.output.contains("% skipped"))
    let images = try space.file("d.csv", Self.images(9))
    let json = try CommandLine.ot(
      ["pairwise", "--collection", images, "--nearest", "2", "--json"] + Self.grid)
    let lines = json.output.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines[9].contains("\"skippedShare\":"))
  }

  /// The threads change no byte, and parts put together are the whole, in every format.
  @Test(arguments: ["csv", "jsonl"])
  func partsMakeTheWhole(format: String) throws {
    let space = try Workspace()
    let images = try space.file("d.csv", Self.images(13))
    let base = ["pairwise", "--collection", images] + Self.grid
    for extra in [[], ["--nearest", "2"]] {
      let whole = space.path("whole.\(format)")
      #expect(try CommandLine.ot(base + extra + ["--output", whole]).status == 0)
      let expected = try Data(contentsOf: URL(fileURLWithPath: whole))
      let parts = (1...3).map { space.path("part-\($0).\(format)") }
      for (place, part) in parts.enumerated() {
        let run = try CommandLine.ot(
          base + extra + ["--shard", "\(place + 1)/3", "--threads", "2", "--output", part])
        #expect(run.status == 0)
      }
      let merged = space.path("merged.\(format)")
      let merge = try CommandLine.ot(["merge"] + parts + ["--output", merged])
      #expect(merge.status == 0, "\(merge.error)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: merged)) == expected)
      // A part that is missing or in the wrong place is noticed.
      #expect(
        try CommandLine.ot("merge", parts[1], parts[0], parts[2], "--output", merged).status == 64)
      #expect(try CommandLine.ot("merge", parts[0], parts[2], "--output", merged).status == 64)
      if extra.isEmpty {
        #expect(
          try CommandLine.ot("merge", parts[0], parts[1], "--output", merged).status == 64)
        let array = space.path("whole.npy")
        let mergedArray = space.path("merged.npy")
        _ = try CommandLine.ot(base + ["--output", array])
        _ = try CommandLine.ot(["merge"] + parts + ["--output", mergedArray])
        #expect(
          try Data(contentsOf: URL(fileURLWithPath: array))
            == Data(contentsOf: URL(fileURLWithPath: mergedArray)))
      }
    }
  }

  /// Parts that end within a row show that there is another.
  @Test func aRowOfPartsMustBeWhole() throws {
    let space = try Workspace()
    let table = try space.file("d.csv", "4,0,0\n0,4,0\n0,0,4\n")
    let queries = try space.file("q.csv", "1,1,2\n0,4,0\n")
    let parts = (1...4).map { space.path("part-\($0).csv") }
    for (place, part) in parts.enumerated() {
      let run = try CommandLine.ot(
        "pairwise", "--collection", table, "--against", queries, "--shard", "\(place + 1)/4",
        "--output", part)
      #expect(run.status == 0, "\(run.error)")
    }
    let whole = space.path("whole.csv")
    #expect(try CommandLine.ot(["merge"] + parts + ["--output", whole]).status == 0)
    let short = try CommandLine.ot(["merge"] + parts.dropLast() + ["--output", whole])
    #expect(short.status == 64 && short.error.contains("not whole"))
  }

  /// Killed at several moments, and cut off in the middle of a record: the same bytes in the end.
  @Test(arguments: ["csv", "jsonl", "npy"])
  func killedWorkIsGoneOnWith(format: String) async throws {
    // Without optimisation a pair takes a hundred times as long.
    #if DEBUG
    let (count, pause) = (40, 250)
    #else
    let (count, pause) = (400, 100)
    #endif
    let space = try Workspace()
    let images = try space.file("d.csv", Self.images(count, side: 6))
    let grid = Self.grid.map { $0 == "4x4" ? "6x6" : $0 }
    let (whole, file) = (space.path("whole.\(format)"), space.path("file.\(format)"))
    let base = ["pairwise", "--collection", images] + grid + ["--threads", "2"]
    #expect(try CommandLine.ot(base + ["--output", whole]).status == 0)
    for round in 0..<5 {
      let process = Process()
      process.executableURL = CommandLine.products.appendingPathComponent("ot")
      process.arguments = base + ["--resume", "--output", file]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      try await Task.sleep(for: .milliseconds(15 + pause * round))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    // A record that was cut off, as a kill within a write leaves it.
    if FileManager.default.fileExists(atPath: file + ".job") {
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
      let size = try handle.seekToEnd()
      try handle.truncate(atOffset: size - min(size, 3))
      try handle.close()
    }
    let last = try CommandLine.ot(base + ["--resume", "--output", file])
    #expect(last.status == 0, "\(last.error)")
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: file))
        == Data(contentsOf: URL(fileURLWithPath: whole)))
    #expect(!FileManager.default.fileExists(atPath: file + ".job"))
    // What is whole needs nothing more.
    #expect(try CommandLine.ot(base + ["--resume", "--output", file]).status == 0)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: file))
        == Data(contentsOf: URL(fileURLWithPath: whole)))
  }

  /// Unfinished work of other measures or options is not gone on with, nor thrown away.
  @Test func otherWorkIsLeftAlone() throws {
    let space = try Workspace()
    let file = space.path("d.csv")
    _ = try CommandLine.ot("pairwise", "1,0", "0,1", "1,1", "--mass", "normalize", "--output", file)
    try Data("other work\n".utf8).write(to: URL(fileURLWithPath: file + ".job"))
    let base = ["pairwise", "1,0", "0,1", "1,1", "--mass", "normalize", "--output", file]
    let again = try CommandLine.ot(base)
    #expect(again.status == 64 && again.error.contains("--resume"))
    let resumed = try CommandLine.ot(base + ["--resume"])
    #expect(resumed.status == 64 && resumed.error.contains("other work"))
  }

  @Test func interruptedWorkSaysHowToGoOn() async throws {
    // More work than the interrupt can be late.
    #if DEBUG
    let count = 900
    #else
    let count = 5000
    #endif
    let space = try Workspace()
    let images = try space.file("d.csv", Self.images(count, side: 6))
    let process = Process()
    process.executableURL = CommandLine.products.appendingPathComponent("ot")
    process.arguments = [
      "pairwise", "--collection", images, "--shape", "6x6", "--label", "last", "--mass",
      "normalize", "--threads", "1", "--output", space.path("f.csv"),
    ]
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while !FileManager.default.fileExists(atPath: space.path("f.csv")) {
      try await Task.sleep(for: .milliseconds(10))
    }
    process.interrupt()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(text.contains("--resume"))
    #expect(FileManager.default.fileExists(atPath: space.path("f.csv.job")))
  }

  /// What is wrong is said, with the place, and the exit code of its kind.
  @Test func badInputIsRefused() throws {
    let space = try Workspace()
    let table = try space.file("c.csv", "1,0,3\n0,x,2\n")
    let zero = try space.file("z.csv", "1,0,3\n0,0,0\n")
    let lines = try space.file("l.jsonl", "[1,2]\n[1,\n")
    let good = try space.file("g.csv", "1,0,3\n0,2,2\n")
    let cases: [([String], Int32, String)] = [
      ([], 64, "--collection"),
      (["--collection", good, "1,2"], 64, "not both"),
      (["--collection", table], 65, "c.csv:2:3"),
      (["--collection", zero], 65, "z.csv:2:1: all 3 masses of row 1 are zero"),
      (["--collection", lines], 65, "l.jsonl:2"),
      (["--collection", space.path("none.csv")], 66, "no such file"),
      (["--collection", good, "--shape", "2x2"], 64, "--label"),
      (["--collection", good, "--shape", "2xb"], 64, "8x8"),
      (["--collection", good, "--shard", "3/2"], 64, "3/2"),
      (["--collection", good, "--resume"], 64, "--output"),
      (["--collection", good, "--output", "a.txt"], 64, ".jsonl"),
      (["--collection", good, "--nearest", "0"], 64, "--nearest"),
      (["1,2", "2,2"], 65, "measures 0 and 1"),
      (["--collection", good, "--output", "/nonexistent/x.csv"], 73, "/nonexistent"),
    ]
    for (arguments, status, words) in cases {
      let run = try CommandLine.ot(["pairwise"] + arguments)
      #expect(run.status == status, "\(arguments): \(run.error)")
      #expect(run.error.contains(words), "\(arguments): \(run.error)")
    }
  }
}
