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

  @Test(arguments: [
    (["--preset", "wgan-pg"], 64, "did you mean wgan-gp"), (["--unroll=-1"], 64, "is -1"),
    (["--batch", "0"], 64, "batch is 0"), (["--seeds", "0"], 64, "--seeds is 0"),
    (["--resume", "nowhere"], 66, "no such file"),
    (["--resume", "Package.swift"], 65, "no checkpoint"),
    (["--hidden", "8,x"], 64, "--hidden is 8,x"),
    (["--seeds", "2", "--checkpoint", "state"], 64, "take one seed"),
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
